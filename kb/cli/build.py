"""`kb build`: from the documents in the corpus to a searchable index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.group import corpus_option, index_option, option_help, settings_of
from kb.cli.language import language, text
from kb.errors import (
    BuildMemoryError,
    KbError,
    NothingBuiltError,
    problem_sentence,
)
from kb.settings import ENGINES

if TYPE_CHECKING:
    from kb.pipeline import BuildReport
    from kb.pipeline.executor import Executor
    from kb.settings import Settings

_COLOURS = {"error": "red", "warning": "yellow", "note": None}


def show(report: BuildReport, index_dir: Path, verbose: bool) -> None:
    """The outcome in a few lines on stderr.

    What was built, what was not, what to look at.
    """
    shown = [
        p
        for p in report.problems
        if verbose
        or p.severity == "error"
        or (p.page is None and p.severity == "warning")
    ]
    for problem in sorted(
        shown, key=lambda p: list(_COLOURS).index(p.severity)
    ):
        click.secho(
            f"  {problem_sentence(problem, language())}",
            fg=_COLOURS.get(problem.severity),
            err=True,
        )
    if len(report.problems) > len(shown):
        click.echo(
            "  "
            + text("cli_build_more", count=len(report.problems) - len(shown)),
            err=True,
        )
    if not report.generation:
        return
    key = "cli_build_unchanged" if report.unchanged else "cli_build_done"
    if not report.counts["documents"]:
        key = "cli_build_empty"
    click.secho(
        text(
            key,
            index=index_dir,
            seconds=f"{report.seconds:.1f}",
            **report.counts,
        ),
        fg="green",
        err=True,
    )


def executor_of(settings: Settings) -> Executor | None:
    """Where documents are made: None for processes on this machine."""
    if not settings.scheduler:
        return None
    from kb.pipeline.dask_executor import DaskExecutor

    return DaskExecutor(settings.scheduler)


@contextmanager
def bounded(settings: Settings) -> Iterator[None]:
    """A bound on the memory of this process. Raises BuildMemoryError where it is met."""
    from kb.pipeline.sandbox import bound_memory, met_memory_bound

    limit = settings.build_memory_mb
    bound_memory(limit)
    try:
        yield
    except KbError:
        raise
    except Exception as error:
        was_memory = isinstance(error, MemoryError) or met_memory_bound()
        if not limit or not was_memory:
            raise
        raise BuildMemoryError(limit=limit) from error


def command() -> click.Command:
    @click.command("build", help=text("cli_build"))
    @corpus_option
    @index_option
    @click.option(
        "--workers",
        type=click.IntRange(0, 256),
        help=option_help("build", "workers"),
    )
    @click.option(
        "--engine",
        type=click.Choice(["auto", *ENGINES]),
        help=option_help("build", "engine"),
    )
    @click.option("--scheduler", help=option_help("build", "scheduler"))
    @click.option("--force", is_flag=True, help=option_help("build", "force"))
    @click.option("--retry", is_flag=True, help=option_help("build", "retry"))
    @click.option(
        "--verbose", is_flag=True, help=option_help("build", "verbose")
    )
    def build(
        corpus_dir: str | None,
        index_dir: str | None,
        workers: int | None,
        engine: str | None,
        scheduler: str | None,
        force: bool,
        retry: bool,
        verbose: bool,
    ) -> None:
        from kb.cli.progress import progress_bars
        from kb.pipeline import build as run_build

        settings = settings_of(
            builds=True,
            corpus_dir=corpus_dir,
            index_dir=index_dir,
            workers=workers,
            engine=engine,
            scheduler=scheduler,
        )
        with progress_bars() as on_progress, bounded(settings):
            report = run_build(
                settings, on_progress, force, retry, executor_of(settings)
            )
        show(report, settings.index_dir, verbose)
        if not report.generation:
            raise NothingBuiltError()

    return build
