"""Where work is done: anything that takes tasks with limits and gives results as they come.

`LocalExecutor` runs processes on this machine. Another one (a cluster's queue) needs the
index folder within reach and has to keep the promise of `Executor.run`; no stage knows
the difference.
"""

from __future__ import annotations

import errno
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from kb.errors import KbError
from kb.pipeline.garbage import collecting_rarely
from kb.pipeline.sandbox import confine
from kb.records import Problem

TASKS_A_WORKER = (
    100  # then a worker is replaced, so that memory does not pile up
)
# Of the folder of products: a source that cannot be opened is told as one that vanished.
NOTHING_CAN_BE_WRITTEN = (
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EROFS,
    errno.EACCES,
    errno.ENOTDIR,
)
GRACE = 5.0  # seconds that work has to end by itself and say how far it came

Job = TypeVar("Job")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Task(Generic[Job]):
    """A piece of work and what it may cost. Heavier tasks are begun first."""

    job: Job
    seconds: float
    memory_mb: int = 0  # beyond what the process has at its start; 0: no limit
    weight: int = 0


class GivenUpError(Exception):
    """Work found by itself that it asks for too much; `code` as in `Failure`."""

    def __init__(self, code: str, values: Mapping[str, str]) -> None:
        super().__init__(code, values)
        self.code, self.values = code, dict(values)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a task has no result: it took too long, too much, died, or raised.

    `code` is reader_timeout, reader_memory, reader_crashed, reader_failed, or that of a
    GivenUpError.
    """

    code: str
    values: dict[str, str]

    @property
    def would_come_again(self) -> bool:
        """Whether the same work would most likely end so once more, after as long a wait."""
        return self.code != "reader_failed"

    def problem(self, document: str) -> Problem:
        """The problem that this is to a document."""
        return Problem(
            document, self.code, values=self.values, severity="error"
        )


class Executor(Protocol):
    """Does tasks with `work`, a function at the top of a module."""

    def run(
        self,
        work: Callable[[Job], Result | Task[Job]],
        tasks: Sequence[Task[Job]],
    ) -> Iterator[tuple[Job, Result | Failure]]:
        """Each job with its result, as they come ready; nothing is raised for one job.

        Where `work` gives a Task instead of a result, that one is done in its place,
        with limits of its own. What the user must mend ends the run: a KbError, a full disk.
        """


class LocalExecutor:
    """Processes on this machine; a task that hangs or dies takes nothing along."""

    def __init__(self, workers: int = 0) -> None:
        """`workers`: processes at once; 0 for one a core."""
        self.workers = workers or os.cpu_count() or 1

    def run(
        self,
        work: Callable[[Job], Result | Task[Job]],
        tasks: Sequence[Task[Job]],
    ) -> Iterator[tuple[Job, Result | Failure]]:
        """See `Executor.run`."""
        if not tasks:
            return
        pool = _pool(min(self.workers, len(tasks)))
        waiting: dict[Future[Any], Task[Job]] = {}

        def begin(task: Task[Job]) -> None:
            given = (work, task.job, task.memory_mb)
            future = pool.schedule(
                _bounded, args=given, timeout=task.seconds + GRACE
            )
            waiting[future] = task

        try:
            for task in sorted(tasks, key=lambda task: -task.weight):
                begin(task)
            while waiting:
                ready, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for future in ready:
                    task = waiting.pop(future)
                    found = _outcome(future, task)
                    if isinstance(found, Task):
                        begin(found)
                    else:
                        yield task.job, found
        finally:
            pool.stop()
            pool.join()


# Forking a process that has threads is unsafe; a fork server has none.
_METHOD = "forkserver" if sys.platform == "linux" else "spawn"
PRELOADED = "kb.pipeline.document.warm"


def _pool(workers: int) -> Any:
    from pebble import ProcessPool

    context = multiprocessing.get_context(_METHOD)
    return ProcessPool(
        max_workers=workers, max_tasks=TASKS_A_WORKER, context=context
    )


def warm_up() -> None:
    """Let the fork server load what every worker needs while the builder does other work.

    Loading spaCy takes more than a second, most of what one changed report costs.
    """
    if _METHOD != "forkserver":
        return
    from multiprocessing import forkserver

    multiprocessing.set_forkserver_preload([PRELOADED])
    forkserver.ensure_running()


def _bounded(work: Callable[[Any], Any], job: Any, memory_mb: int) -> Any:
    """Run in the worker: confine it, then work."""
    confine(memory_mb)
    with collecting_rarely():
        return work(job)


def _outcome(future: Future[Any], task: Task[Any]) -> Any:
    """The result of a finished task, or why it has none. Raises KbError."""
    error = future.exception()
    if error is None:
        return future.result()
    if (
        isinstance(error, KbError)
        or getattr(error, "errno", None) in NOTHING_CAN_BE_WRITTEN
    ):
        raise error
    if isinstance(error, GivenUpError):
        return Failure(error.code, error.values)
    if isinstance(error, TimeoutError):
        return Failure("reader_timeout", {"seconds": f"{task.seconds:.0f}"})
    if isinstance(error, MemoryError):
        return Failure("reader_memory", {"limit": str(task.memory_mb)})
    if type(error).__name__ == "ProcessExpired":
        return Failure(
            "reader_crashed", {"detail": str(getattr(error, "exitcode", "?"))}
        )
    detail = f"{type(error).__name__}: {error}"[:200]
    return Failure("reader_failed", {"detail": detail})
