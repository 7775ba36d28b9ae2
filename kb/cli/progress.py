"""Progress of long work on stderr: bars for people, nothing when piped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from kb.cli.language import text
from kb.pipeline import OnProgress

LONGEST = 40  # characters of a name beside a bar


@contextmanager
def progress_bars() -> Iterator[OnProgress]:
    """Give a callback (stage, done, total, what) that draws one bar a stage."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description:<12}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[what]}"),
    )
    tasks: dict[str, TaskID] = {}
    with Progress(
        *columns, console=console, disable=not console.is_terminal
    ) as bars:

        def on_progress(
            stage: str, done: int, total: int, what: str = ""
        ) -> None:
            if stage not in tasks:
                name = text(f"cli_stage_{stage}")
                tasks[stage] = bars.add_task(name, total=total, what="")
            bars.update(
                tasks[stage], completed=done, total=total, what=what[:LONGEST]
            )

        yield on_progress
