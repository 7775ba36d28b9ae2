"""Tasks on a real Dask cluster: a scheduler and two workers in processes of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kb.errors import (
    KbError,
    NoWorkersError,
    SchedulerAwayError,
    WorkerVersionError,
)
from kb.pipeline.dask_executor import DaskExecutor, done_here
from kb.pipeline.executor import Failure, Task
from tests.pipeline.test_executor import Order, behaving

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


def _started(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", *arguments],
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
