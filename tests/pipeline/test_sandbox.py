"""A process that reads files of strangers is bounded, and knows when it met its bound."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kb.pipeline import sandbox

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="limits of Linux"
)


def said(program: str) -> list[str]:
    """What a program prints in a process of its own, for limits are for good."""
    whole = f"from kb.pipeline.sandbox import *\n{program}"
    command = [sys.executable, "-c", whole]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_memory_is_bounded_beyond_what_a_process_has() -> None:
    program = """
import resource
size = lambda: int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
before = size()
bound_memory(300)
soft, _ = resource.getrlimit(resource.RLIMIT_AS)
print((soft - before) // 1_000_000)
print(met_memory_bound())
try:
    print(len(bytearray(400_000_000)))
except MemoryError:
    print("refused")
held = bytearray(300_000_000)
print(met_memory_bound())
"""
    room, *told = said(program)
    assert 300 <= int(room) <= 325
    assert told == ["False", "refused", "True"]


def test_without_a_limit_memory_is_not_bounded() -> None:
    program = """
import resource
bound_memory(0)
bound_memory(-1)
print(resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY)
print(met_memory_bound())
"""
    assert said(program) == ["True", "False"]


def test_a_confined_process_opens_and_writes_so_much_at_most() -> None:
    program = """
import resource
confine(500)
confine(700)
print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])
print(resource.getrlimit(resource.RLIMIT_FSIZE)[0])
print(met_memory_bound())
"""
    files, size, met = said(program)
    assert (int(files), int(size)) == (
        sandbox.OPEN_FILES,
        sandbox.LARGEST_FILE,
    )
    assert met == "False"


def test_no_limit_is_set_above_what_the_system_allows() -> None:
    program = """
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 90))
confine(500)
print(*resource.getrlimit(resource.RLIMIT_NOFILE))
"""
    assert said(program) == ["90", "90"]


def test_elsewhere_nothing_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    def unwanted(*given: object) -> None:
        raise AssertionError("bounded")

    for name in ("_bound", "_bound_files"):
        monkeypatch.setattr(sandbox, name, unwanted)
    monkeypatch.setattr("sys.platform", "darwin")
    sandbox.confine(500)
    sandbox.bound_memory(500)
    assert not sandbox.met_memory_bound()
    assert not sandbox.cut_network.__wrapped__()


@pytest.mark.parametrize(("code", "can"), [(0, True), (1, False)])
def test_whether_the_network_can_be_cut_is_tried_aside(
    monkeypatch: pytest.MonkeyPatch, code: int, can: bool
) -> None:
    asked: list[list[str]] = []

    def run(
        command: list[str], **how: object
    ) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        assert (how["check"], how["stderr"]) == (False, subprocess.DEVNULL)
        return subprocess.CompletedProcess(command, code)

    monkeypatch.setattr(subprocess, "run", run)
    assert sandbox.can_cut_network() is can
    ((program, flag, tried),) = asked
    assert (program, flag) == (sys.executable, "-c")
    assert "assert cut_network()" in tried
