"""Progress of long work on stderr: bars for people, plain lines when piped, nothing on standard output."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
)

from kb.cli.language import text
from kb.pipeline import OnProgress


@contextmanager
def progress_bars() -> Iterator[OnProgress]:
    """Give a callback (stage, done, total, what) that draws one bar a stage."""
    console = Console(stderr=True)
    what = TextColumn("{task.fields[what]}")
    columns = (
        TextColumn("{task.description:<12}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        what,
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
        tasks = {}

        def on_progress(stage: str, done: int, total: int, what: str = "") -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(
                    text(f"cli_stage_{stage}"), total=total, what=""
                )
                if not console.is_terminal:
                    console.print(text(f"cli_stage_{stage}"), highlight=False)
            bars.update(tasks[stage], completed=done, total=total, what=what[:40])

        yield on_progress
