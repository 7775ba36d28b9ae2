"""Why a task has no result is told in a word, and what the user must mend ends the run."""

from __future__ import annotations

import errno
import multiprocessing
from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any

import pytest

from kb.errors import (
    KbError,
    NoWorkersError,
    SchedulerAwayError,
    SettingError,
    WorkerVersionError,
)
from kb.pipeline import dask_executor, executor
from kb.pipeline.dask_executor import DaskExecutor, done_here
from kb.pipeline.executor import Failure, GivenUpError, LocalExecutor, Task

TASK = Task("verslag", seconds=12.6, memory_mb=300)


class ProcessExpired(Exception):
    """What a pool says of a process that died."""

    exitcode = -9


class KilledWorker(Exception):
    """What a cluster says of a worker that died."""


def ended(error: BaseException) -> Future[Any]:
    future: Future[Any] = Future()
    future.set_exception(error)
    return future


@pytest.mark.parametrize(
    ("error", "code", "values"),
    [
        (GivenUpError("stage_output", {"limit": "4"}), None, {"limit": "4"}),
        (TimeoutError(), "reader_timeout", {"seconds": "13"}),
        (MemoryError(), "reader_memory", {"limit": "300"}),
        (ProcessExpired(), "reader_crashed", {"detail": "-9"}),
        (ValueError("x"), "reader_failed", {"detail": "ValueError: x"}),
        (
            OSError(errno.EIO, "no"),
            "reader_failed",
            {"detail": "OSError: [Errno 5] no"},
        ),
    ],
)
def test_a_task_that_failed_says_how(
    error: BaseException, code: str | None, values: dict[str, str]
) -> None:
    found = executor._outcome(ended(error), TASK)
    assert found == Failure(code or "stage_output", values)
    comes_again = found.code != "reader_failed"
    assert found.would_come_again is comes_again
    problem = found.problem("a")
    assert (problem.document, problem.code) == ("a", found.code)
    assert (problem.values, problem.severity) == (values, "error")


def test_what_a_library_says_at_length_is_cut() -> None:
    found = executor._outcome(ended(ValueError("x" * 900)), TASK)
    assert len(found.values["detail"]) == 200


MUST_BE_MENDED = [
    SettingError(name="a", value="b", expected="c"),
    OSError(errno.ENOSPC, "full"),
    OSError(errno.EDQUOT, "quota"),
    OSError(errno.EROFS, "read only"),
    OSError(errno.EACCES, "not allowed"),
    OSError(errno.ENOTDIR, "a file in the place of a folder"),
]


@pytest.mark.parametrize("error", MUST_BE_MENDED, ids=repr)
def test_what_the_user_must_mend_is_raised(error: Exception) -> None:
    with pytest.raises(type(error)) as raised:
        executor._outcome(ended(error), TASK)
    assert raised.value is error
    failed = SimpleNamespace(status="error", exception=lambda: error)
    with pytest.raises(type(error)) as beyond:
        dask_executor._outcome(failed)
    assert beyond.value is error


def test_a_result_is_given_as_it_is() -> None:
    future: Future[Any] = Future()
    future.set_result("gelezen")
    assert executor._outcome(future, TASK) == "gelezen"
    done = SimpleNamespace(status="finished", result=lambda: "gelezen")
    assert dask_executor._outcome(done) == "gelezen"


def test_a_worker_of_a_cluster_that_died_is_told_from_a_fault() -> None:
    def outcome(error: BaseException) -> object:
        failed = SimpleNamespace(status="error", exception=lambda: error)
        return dask_executor._outcome(failed)

    crashed = Failure("reader_crashed", {"detail": "worker"})
    assert outcome(KilledWorker()) == crashed
    fault = Failure("reader_failed", {"detail": "ValueError: x"})
    assert outcome(ValueError("x")) == fault
    long = outcome(ValueError("y" * 900))
    assert isinstance(long, Failure)
    assert len(long.values["detail"]) == 200


class Waits:
    """A client of a cluster whose workers and health are given."""

    def __init__(self, workers: object, status: str = "running") -> None:
        self.workers, self.status = workers, status

    def scheduler_info(self) -> dict[str, object]:
        return {"workers": self.workers} if self.workers is not None else {}


@pytest.mark.parametrize(
    ("now", "since", "told"),
    [(70.0, None, 70.0), (70.0, 60.0, 60.0), (70.0, 1.0, 1.0)],
)
def test_a_build_waits_a_while_for_a_worker(
    monkeypatch: pytest.MonkeyPatch,
    now: float,
    since: float | None,
    told: float,
) -> None:
    """The first look sets the moment that its patience is counted from."""
    monkeypatch.setattr("time.monotonic", lambda: now)
    waiting = DaskExecutor("tcp://host:1", patience=70.0)
    assert waiting._alone(Waits({}), since) == told
    assert waiting._alone(Waits(None), since) == told
    assert waiting._alone(Waits({"w": 1}), since) is None


def test_a_build_without_workers_or_scheduler_ends_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("time.monotonic", lambda: 71.0)
    waiting = DaskExecutor("tcp://host:1", patience=10.0)
    with pytest.raises(NoWorkersError) as alone:
        waiting._alone(Waits({}), 60.0)
    assert alone.value.values == {"where": "tcp://host:1"}
    assert waiting._alone(Waits({}), 61.0) == 61.0
    with pytest.raises(SchedulerAwayError) as away:
        waiting._alone(Waits({"w": 1}, status="closed"), None)
    assert away.value.values == {"where": "tcp://host:1"}


def test_every_worker_is_asked_for_its_version() -> None:
    executor_of = DaskExecutor("tcp://host:1")
    asked: list[object] = []

    def said(answers: dict[str, object]) -> Any:
        def run(function: object, on_error: str) -> dict[str, object]:
            asked.append((function, on_error))
            return answers

        return SimpleNamespace(run=run)

    ours = dask_executor.stamp()
    executor_of._check_versions(said({"one": ours, "two": ours}))
    assert asked == [(dask_executor.stamp, "return")]
    for found, told in (("0.1", "0.1"), (ValueError("x"), "?")):
        with pytest.raises(WorkerVersionError) as raised:
            executor_of._check_versions(said({"one": ours, "two": found}))
        assert raised.value.values == {
            "worker": "two",
            "found": told,
            "wanted": ours,
        }
    with pytest.raises(WorkerVersionError):
        done_here(len, TASK, "another")


class _Future:
    """What a cluster gives for a task."""

    status = "finished"

    def __init__(self, made: object) -> None:
        self.made = made

    def result(self) -> object:
        return self.made

    def release(self) -> None:
        """Let the cluster forget it."""


class Cluster:
    """A client whose workers do at once what they are given."""

    def __init__(self) -> None:
        self.given: list[tuple[Any, ...]] = []
        self.cancelled: list[Any] = []

    def submit(self, function: Any, *args: Any, **how: Any) -> Any:
        work, task, wanted = args
        self.given.append((function, task.job, wanted, how))
        return _Future(work(task.job))

    def cancel(self, waiting: list[Any]) -> None:
        self.cancelled += waiting


def test_a_cluster_gets_heavy_tasks_first_and_each_as_one_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cluster, asked = Cluster(), DaskExecutor("tcp://host:1")
    monkeypatch.setattr(asked, "_ready", lambda client, waiting: waiting[-1:])
    tasks = [Task("licht", 1.0, weight=1), Task("zwaar", 1.0, weight=9)]
    found = list(asked._done(cluster, str.upper, tasks))
    assert found == [("licht", "LICHT"), ("zwaar", "ZWAAR")]
    ours = dask_executor.stamp()
    assert cluster.given == [
        (done_here, "zwaar", ours, {"pure": False, "priority": 0}),
        (done_here, "licht", ours, {"pure": False, "priority": -1}),
    ]
    assert cluster.cancelled == []


def test_what_a_cluster_has_left_when_a_run_ends_is_cancelled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cluster, asked = Cluster(), DaskExecutor("tcp://host:1")
    monkeypatch.setattr(asked, "_ready", lambda client, waiting: waiting[:1])
    tasks = [Task("a", 1.0), Task("b", 1.0)]
    run = asked._done(cluster, str.upper, tasks)
    assert next(run) == ("a", "A")
    run.close()  # type: ignore[attr-defined]
    assert len(cluster.cancelled) == 1


def test_a_cluster_with_nothing_to_do_is_not_asked() -> None:
    assert list(DaskExecutor("tcp://nowhere.invalid:1").run(len, [])) == []


def test_as_many_processes_as_cores_unless_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    assert LocalExecutor().workers == 3
    assert LocalExecutor(2).workers == 2
    monkeypatch.setattr("os.cpu_count", lambda: None)
    assert LocalExecutor().workers == 1


class Pool:
    """A pool that does work at once, and notes what it was given."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.given: list[tuple[Any, float]] = []
        self.ended: list[str] = []

    def schedule(
        self, function: Any, args: tuple[Any, ...], timeout: float
    ) -> Future[Any]:
        self.given.append((args[1:], timeout))
        work, job, _ = args
        future: Future[Any] = Future()
        try:
            future.set_result(work(job))
        except Exception as error:  # noqa: BLE001 (as a pool does)
            future.set_exception(error)
        return future

    def stop(self) -> None:
        self.ended.append("stop")

    def join(self) -> None:
        self.ended.append("join")


@pytest.fixture
def pools(monkeypatch: pytest.MonkeyPatch) -> list[Pool]:
    made: list[Pool] = []

    def pool(workers: int) -> Pool:
        made.append(Pool(workers))
        return made[-1]

    monkeypatch.setattr(executor, "_pool", pool)
    return made


def longer(job: str) -> Any:
    if job == "scan":
        return Task("scan, nog eens", 99.0, 7)
    if job == "kapot":
        raise ValueError("kapot")
    return job.upper()


def test_heavy_tasks_come_first_and_none_gets_less_time_than_asked(
    pools: list[Pool],
) -> None:
    tasks = [
        Task("licht", 10.0, 1, weight=1),
        Task("scan", 20.0, 2, weight=5),
        Task("kapot", 30.0, 3, weight=9),
    ]
    found = dict(LocalExecutor(2).run(longer, tasks))
    (pool,) = pools
    grace = executor.GRACE
    assert pool.given == [
        (("kapot", 3), 30.0 + grace),
        (("scan", 2), 20.0 + grace),
        (("licht", 1), 10.0 + grace),
        (("scan, nog eens", 7), 99.0 + grace),
    ]
    assert found["licht"] == "LICHT"
    assert found["scan, nog eens"] == "SCAN, NOG EENS"
    failed = Failure("reader_failed", {"detail": "ValueError: kapot"})
    assert found["kapot"] == failed
    assert pool.ended == ["stop", "join"]


def test_no_more_processes_than_tasks(pools: list[Pool]) -> None:
    list(LocalExecutor(5).run(str.upper, [Task("a", 1.0), Task("b", 1.0)]))
    list(LocalExecutor(2).run(str.upper, [Task(x, 1.0) for x in "abc"]))
    assert [pool.workers for pool in pools] == [2, 2]
    assert list(LocalExecutor(2).run(str.upper, [])) == []
    assert len(pools) == 2


def test_a_run_that_is_left_stops_its_processes(pools: list[Pool]) -> None:
    def must_be_mended(job: str) -> str:
        raise SettingError(name="a", value=job, expected="c")

    with pytest.raises(KbError):
        list(LocalExecutor(1).run(must_be_mended, [Task("a", 1.0)]))
    assert pools[0].ended == ["stop", "join"]


def test_a_worker_is_confined_before_it_works(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[object] = []
    monkeypatch.setattr(executor, "confine", done.append)
    assert executor._bounded(lambda job: (job, list(done)), "a", 50) == (
        "a",
        [50],
    )


def test_only_a_fork_server_is_warmed_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from multiprocessing import forkserver

    done: list[object] = []
    monkeypatch.setattr(multiprocessing, "set_forkserver_preload", done.append)
    monkeypatch.setattr(
        forkserver, "ensure_running", lambda: done.append("running")
    )
    monkeypatch.setattr(executor, "_METHOD", "spawn")
    executor.warm_up()
    assert done == []
    monkeypatch.setattr(executor, "_METHOD", "forkserver")
    executor.warm_up()
    assert done == [[executor.PRELOADED], "running"]
