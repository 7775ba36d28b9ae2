"""Tasks on the machines of a Dask cluster, in processes with limits as on this one.

Each worker needs kb in this very version, and the corpus and the index folder under the same
path. A task of a worker that is lost is done by another.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from kb import __version__
from kb.errors import (
    KbError,
    MissingLibraryError,
    NoWorkersError,
    SchedulerAwayError,
    WorkerVersionError,
)
from kb.pipeline.executor import (
    NOTHING_CAN_BE_WRITTEN,
    Failure,
    Job,
    LocalExecutor,
    Result,
    Task,
    warm_up,
)
from kb.pipeline.versions import version_of

CONNECT_SECONDS = 10
LOOK_SECONDS = 2.0  # between looks whether anyone still works
ALONE_SECONDS = 60.0  # without any worker, after which a build gives up


def stamp() -> str:
    """The version of kb here: its number, and a hash of all its sources."""
    return f"{__version__} ({version_of(('.',))})"


def done_here(
    work: Callable[[Any], Any], task: Task[Any], wanted: str
) -> object:
    """Do a task on the machine of a worker, in a process of its own.

    Raises:
        WorkerVersionError: kb is another here.
        KbError, OSError: what the user must mend.
    """
    if stamp() != wanted:
        raise WorkerVersionError(worker="?", found=stamp(), wanted=wanted)
    warm_up()
    ((_, found),) = LocalExecutor(1).run(work, [task])
    return found


class DaskExecutor:
    """The workers of a cluster, by the address of its scheduler."""

    def __init__(self, address: str, patience: float = ALONE_SECONDS) -> None:
        """`patience`: seconds to wait for a worker when there is none."""
        self.address, self.patience = address, patience

    def run(
        self,
        work: Callable[[Job], Result | Task[Job]],
        tasks: Sequence[Task[Job]],
    ) -> Iterator[tuple[Job, Result | Failure]]:
        """See `Executor.run`. Raises SchedulerAwayError, WorkerVersionError too."""
        if not tasks:
            return
        client = self._client()
        try:
            self._check_versions(client)
            yield from self._done(client, work, tasks)
        finally:
            client.close()

    def _client(self) -> Any:
        try:
            from distributed import Client
        except ImportError:
            raise MissingLibraryError(
                library="distributed", extra="cluster"
            ) from None
        try:
            return Client(
                self.address, timeout=CONNECT_SECONDS, set_as_default=False
            )
        except (OSError, ValueError) as error:
            raise SchedulerAwayError(where=self.address) from error

    def _check_versions(self, client: Any) -> None:
        """Ask every worker which kb it has. Raises WorkerVersionError."""
        wanted = stamp()
        for worker, found in client.run(stamp, on_error="return").items():
            if found != wanted:
                told = found if isinstance(found, str) else "?"
                raise WorkerVersionError(
                    worker=worker, found=told, wanted=wanted
                )

    def _done(
        self,
        client: Any,
        work: Callable[[Any], Any],
        tasks: Sequence[Task[Any]],
    ) -> Iterator[tuple[Any, Any]]:
        wanted = stamp()
        heaviest_first = sorted(tasks, key=lambda task: -task.weight)
        waiting = {
            client.submit(
                done_here, work, task, wanted, pure=False, priority=-place
            ): task
            for place, task in enumerate(heaviest_first)
        }
        try:
            while waiting:
                for future in self._ready(client, list(waiting)):
                    task = waiting.pop(future)
                    yield task.job, _outcome(future)
                    future.release()
        finally:
            client.cancel(list(waiting))

    def _ready(self, client: Any, waiting: Sequence[Any]) -> list[Any]:
        """Those that are done, at least one. Raises NoWorkersError, SchedulerAwayError."""
        from distributed import wait

        alone_since: float | None = None
        while True:
            try:
                with client.as_current():
                    found = wait(waiting, LOOK_SECONDS, "FIRST_COMPLETED")
                return list(found.done)
            except TimeoutError:
                alone_since = self._alone(client, alone_since)

    def _alone(self, client: Any, since: float | None) -> float | None:
        """Since when there are no workers; None where there are."""
        if client.status != "running":
            raise SchedulerAwayError(where=self.address)
        if client.scheduler_info().get("workers"):
            return None
        now = time.monotonic()
        if since is not None and now - since > self.patience:
            raise NoWorkersError(where=self.address)
        return since or now


def _outcome(future: Any) -> object:
    """The result of a finished task, or why it has none. Raises KbError, OSError."""
    if future.status == "finished":
        return future.result()
    error = future.exception()
    number = getattr(error, "errno", None)
    if isinstance(error, KbError) or number in NOTHING_CAN_BE_WRITTEN:
        raise error
    if type(error).__name__ == "KilledWorker":
        return Failure("reader_crashed", {"detail": "worker"})
    detail = f"{type(error).__name__}: {error}"[:200]
    return Failure("reader_failed", {"detail": detail})
