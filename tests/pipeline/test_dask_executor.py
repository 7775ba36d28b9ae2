"""Tasks on a real Dask cluster: a scheduler and two workers in processes of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kb.errors import (
    KbError,
    NoWorkersError,
    SchedulerAwayError,
    WorkerVersionError,
)
from kb.generations import current
from kb.pipeline import build
from kb.pipeline.dask_executor import DaskExecutor, done_here
from kb.pipeline.executor import Failure, Task
from kb.pipeline.report import OnProgress
from kb.settings import Settings
from tests.pipeline.conftest import Here, everything, record_of, text_of
from tests.pipeline.test_executor import Order, behaving

# A worker that takes itself for an older kb, as one that was not upgraded.
OLDER = "import kb; kb.__version__ = '0.0.1'; from kb.cli import main; main(['worker', '{}'])"
ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@dataclass
class Pool:
    """A scheduler with workers."""

    address: str
    workers: list[subprocess.Popen[bytes]]


def _started(*arguments: str, how: str = "-m") -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, how, *arguments],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[Pool]:
    """Two workers that wait for tasks."""
    pytest.importorskip("distributed")
    file = tmp_path / "scheduler.json"
    scheduler = _started(
        *("distributed.cli.dask_scheduler", "--host", "127.0.0.1"),
        *("--port", "0", "--no-dashboard", "--no-show"),
        *("--scheduler-file", str(file)),
    )
    processes = [scheduler]
    try:
        address = _address(file)
        workers = [
            _started("kb", "worker", address, "--tasks", "1") for _ in "12"
        ]
        processes += workers
        _wait_for(address, 2)
        yield Pool(address, workers)
    finally:
        for process in processes:
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()


def _address(file: Path) -> str:
    import json

    for _ in range(START_SECONDS * 5):
        time.sleep(0.2)
        if file.exists() and file.stat().st_size:
            return str(json.loads(file.read_text())["address"])
    raise AssertionError("the scheduler did not start")


def _wait_for(address: str, workers: int) -> None:
    from distributed import Client

    client = Client(address, set_as_default=False)
    client.wait_for_workers(workers, timeout=START_SECONDS)
    client.close()


def slowly(order: Order) -> str:
    """Take a while, and say in which folder the outcome is noted."""
    time.sleep(0.3)
    return order.name


def test_tasks_fail_alone_and_come_again_as_on_one_machine(
    pool: Pool,
) -> None:
    executor = DaskExecutor(pool.address)
    names = ("good", "raises", "dies", "again")
    tasks = [Task(Order(name), 60) for name in names]
    found = {order.name: one for order, one in executor.run(behaving, tasks)}
    assert (found["good"], found["again"]) == ("good 0", "again 2")
    failed = (found["raises"], found["dies"])
    codes = [one.code for one in failed if isinstance(one, Failure)]
    assert codes == ["reader_failed", "reader_crashed"]
    with pytest.raises(KbError):
        list(executor.run(behaving, [Task(Order("mistaken"), 60)]))


def test_what_a_lost_worker_had_is_done_by_another(pool: Pool) -> None:
    executor = DaskExecutor(pool.address)
    tasks = [Task(Order(f"task {n}"), 60) for n in range(12)]
    running = executor.run(slowly, tasks)
    done = [next(running)]
    os.kill(pool.workers[0].pid, signal.SIGKILL)
    done += running
    assert sorted(str(found) for _, found in done) == sorted(
        f"task {n}" for n in range(12)
    )


def test_when_all_workers_are_lost_the_run_ends_in_a_sentence(
    pool: Pool,
) -> None:
    executor = DaskExecutor(pool.address, patience=1)
    tasks = [Task(Order(f"task {n}"), 60) for n in range(6)]
    running = executor.run(slowly, tasks)
    next(running)
    for worker in pool.workers:
        worker.kill()
    with pytest.raises(NoWorkersError, match=r"kb worker"):
        list(running)


def test_a_worker_of_another_version_is_refused(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every worker is of another version than a build that takes itself for a newer one."""
    import kb.pipeline.dask_executor as module

    monkeypatch.setattr(module, "__version__", "99.0")
    with pytest.raises(WorkerVersionError, match=r"99\.0"):
        list(DaskExecutor(pool.address).run(slowly, [Task(Order("a"), 60)]))


def test_a_worker_that_came_later_looks_at_the_version_itself() -> None:
    with pytest.raises(WorkerVersionError):
        done_here(slowly, Task(Order("a"), 60), "99.0 (other)")


def test_a_scheduler_that_is_not_there_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import kb.pipeline.dask_executor as module

    monkeypatch.setattr(module, "CONNECT_SECONDS", 1)
    with pytest.raises(SchedulerAwayError, match=r"127\.0\.0\.1:9"):
        list(
            DaskExecutor("tcp://127.0.0.1:9").run(
                slowly, [Task(Order("a"), 60)]
            )
        )


def _reports(settings: Settings) -> None:
    """Ten short reports with their records."""
    names = [f"r{number}" for number in range(10)]
    for number, name in enumerate(names):
        said = [number % 8, (number + 3) % 8, (number * 5 + 1) % 8]
        text = text_of(said, [number % 4, (number + 1) % 4])
        path = settings.corpus_dir / "sources" / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
    records = "".join(record_of(name, 2016) for name in names)
    bib = settings.corpus_dir / "sources.bib"
    bib.write_text(records, encoding="utf-8")


def _at_the_first(
    happens: Callable[[], object],
) -> OnProgress:
    """Progress that does something once, when a first document is done."""
    left = [happens]

    def on_progress(stage: str, done: int, total: int, what: str = "") -> None:
        if done and left:
            left.pop()()

    return on_progress


@pytest.mark.system
def test_build_that_loses_a_worker_is_the_build_of_one_machine(
    pool: Pool, settings: Settings
) -> None:
    _reports(settings)
    build(settings, executor=Here())
    there = replace(settings, index_dir=settings.index_dir.with_name("there"))
    lost = pool.workers[0]
    report = build(
        there,
        _at_the_first(lost.kill),
        executor=DaskExecutor(pool.address),
    )
    assert lost.wait(10) == -signal.SIGKILL
    assert pool.workers[1].poll() is None
    assert report.counts["documents"] == 10
    assert everything(there) == everything(settings)


@pytest.mark.system
def test_build_with_a_worker_of_another_version_leaves_the_index_before(
    pool: Pool, settings: Settings
) -> None:
    _reports(settings)
    build(settings, executor=Here())
    before = current(settings.index_dir)
    older = _started(OLDER.format(pool.address), how="-c")
    try:
        _wait_for(pool.address, 3)
        (settings.corpus_dir / "sources" / "r1.txt").write_text(
            text_of([2], [2]), encoding="utf-8"
        )
        with pytest.raises(WorkerVersionError, match=r"0\.0\.1"):
            build(settings, executor=DaskExecutor(pool.address))
    finally:
        older.kill()
        older.wait()
    assert current(settings.index_dir) == before
