"""`kb worker`: read and tag on this machine for builds that run elsewhere."""

from __future__ import annotations

import asyncio
import contextlib
import os

import click

from kb.cli.group import option_help
from kb.cli.language import text
from kb.errors import MissingLibraryError, SchedulerAwayError


def command() -> click.Command:
    """The command, worded in the interface language."""

    @click.command("worker", help=text("cli_worker"))
    @click.argument("scheduler", metavar="ADDRESS")
    @click.option(
        "--tasks",
        type=click.IntRange(1, 256),
        help=option_help("worker", "tasks"),
    )
    def worker(scheduler: str, tasks: int | None) -> None:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_work(scheduler, tasks or os.cpu_count() or 1))

    return worker


async def _work(scheduler: str, tasks: int) -> None:
    """Work until interrupted or until the scheduler is gone."""
    try:
        import dask
        from distributed import Worker
    except ImportError:
        raise MissingLibraryError(
            library="distributed", extra="cluster"
        ) from None
    from kb.pipeline.executor import warm_up

    warm_up()
    dask.config.set({"distributed.worker.daemon": False})
    try:
        async with Worker(scheduler, nthreads=tasks, dashboard=False) as one:
            click.echo(text("cli_worker_ready", where=scheduler), err=True)
            await one.finished()
    except (OSError, TimeoutError, ValueError) as error:
        raise SchedulerAwayError(where=scheduler) from error
