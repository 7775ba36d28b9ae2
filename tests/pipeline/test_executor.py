"""A task that hangs, dies or eats memory loses itself and nothing else."""

from __future__ import annotations

import errno
import os
import socket
import sys
import time
from dataclasses import dataclass, replace

import pytest

from kb.errors import KbError, SettingError
from kb.pipeline.executor import Executor, Failure, LocalExecutor, Task
from kb.pipeline.sandbox import OPEN_FILES, can_cut_network


@dataclass(frozen=True)
class Order:
    """What a task should do; `tries` counts how often it was sent back."""

    name: str
    tries: int = 0


def behaving(order: Order) -> str | Task[Order]:
    """Do as the order is called after."""
    if order.name == "hangs":
        time.sleep(600)
    if order.name == "dies":
        os._exit(3)
    if order.name == "eats":
        return str(len(bytearray(3_000_000_000)))
    if order.name == "raises":
        raise LookupError("broken")
    if order.name == "full":
        raise OSError(errno.ENOSPC, "no space left")
    if order.name == "mistaken":
        raise SettingError(name="x", value="y", expected="z")
    if order.name == "again" and order.tries < 2:
        return Task(replace(order, tries=order.tries + 1), seconds=60)
    return f"{order.name} {order.tries}"


def _done(
    *names: str, seconds: float = 60, memory_mb: int = 0
) -> dict[str, object]:
    tasks = [Task(Order(name), seconds, memory_mb) for name in names]
    executor: Executor = LocalExecutor(2)
    return {
        order.name: found for order, found in executor.run(behaving, tasks)
    }


@pytest.mark.slow
def test_hanging_dying_and_greedy_tasks_fail_alone() -> None:
    greedy = ["eats"] if sys.platform == "linux" else []
    found = _done(
        "hangs", "dies", "raises", "good", *greedy, seconds=1, memory_mb=500
    )
    assert found.pop("good") == "good 0"
    codes = {
        name: f.code for name, f in found.items() if isinstance(f, Failure)
    }
    expected = {
        "hangs": "reader_timeout",
        "dies": "reader_crashed",
        "raises": "reader_failed",
        "eats": "reader_memory",
    }
    assert codes == {name: expected[name] for name in found}


def test_task_that_gives_a_task_is_done_again_with_its_limits() -> None:
    assert _done("again", "good") == {"again": "again 2", "good": "good 0"}


@pytest.mark.parametrize(
    ("name", "error"), [("full", OSError), ("mistaken", KbError)]
)
def test_what_the_user_must_mend_ends_the_run(
    name: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        _done(name)


def test_nothing_to_do_starts_no_process() -> None:
    assert _done() == {}


def reaching(port: int) -> str:
    """Say whether a server on this machine can be reached, and how many files opened."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError:
        return "cut off"
    return "reached"


@pytest.mark.slow
@pytest.mark.skipif(
    not can_cut_network(),
    reason="the kernel lets no process leave the network",
)
def test_worker_reaches_no_server() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert reaching(port) == "reached"
        tasks = [Task(port, 60)]
        assert list(LocalExecutor(1).run(reaching, tasks)) == [
            (port, "cut off")
        ]


def opening(count: int) -> int:
    """Open so many files at once, and say how many it came to."""
    held = []
    try:
        for _ in range(count):
            held.append(os.open(os.devnull, os.O_RDONLY))
    except OSError:
        return len(held)
    finally:
        for each in held:
            os.close(each)
    return count


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")
def test_worker_holds_a_bounded_number_of_files() -> None:
    ((_, opened),) = LocalExecutor(1).run(opening, [Task(OPEN_FILES * 2, 60)])
    assert isinstance(opened, int)
    assert 100 < opened < OPEN_FILES
