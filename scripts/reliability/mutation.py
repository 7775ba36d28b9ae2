"""Would the tests of a room notice a fault? Mutation testing by sample.

python -m scripts.reliability.mutation ROOM TESTS... [--sample 60] [--seed 1] [--all]

ROOM is a file or folder of kb/, TESTS are files or folders; examples in docstrings of the room
run too. With `--all` slow tests and those that need a system package run too. Mutants are
drawn by chance; each is given to the tests that run its line, the quickest first, until one
fails. Told are those that lived and those that no test ran, which count as living. The work is
done in a copy of the project; which test runs what is found by coverage, which is not locked
with the rest: `pip install coverage`.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from scripts.reliability.mutants import Mutant, mutants

ROOT = Path(__file__).parents[2]
COPIED = ("kb", "web", "tests", "scripts", "corpus", "docs", "pyproject.toml")
OWN = ("kb", "web", "tests", "scripts")  # imported anew for each mutant
PLAIN = (
    "-x",
    "--assert=plain",
    "-p",
    "no:cacheprovider",
    "--hypothesis-seed=0",
)
QUICK = "not slow and not system and not shared"
EVERY = "not shared"
MOST = 90.0  # seconds of tests, as they took before, that a mutant is given
PATIENCE = 4.0  # times as long as they took before: else the mutant hangs, and is seen
LONGEST = 3_600.0  # seconds that all tests of a room may take
START = 60.0  # seconds a run may take beside its tests
_FIXTURE = "fixture:"


@dataclass
class Ran:
    """What was seen of the tests.

    Attributes:
        seconds: that each takes.
        fixtures: that each stands on.
        lines: of each file, and the tests and fixtures that run them.
        modules: libraries that were loaded.
        trusted: files of which the tests passed once without a fault.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    fixtures: dict[str, list[str]] = field(default_factory=dict)
    lines: dict[str, dict[int, list[str]]] = field(default_factory=dict)
    modules: list[str] = field(default_factory=list)
    trusted: set[str] = field(default_factory=set)

    def tests_of(self, path: str, lines: Sequence[int]) -> list[str]:
        """The tests that run one of these lines, the quickest first."""
        seen = self.lines.get(path, {})
        names = {name for line in lines for name in seen.get(line, ())}
        found = {
            test
            for test, fixtures in self.fixtures.items()
            if test in names or not names.isdisjoint(fixtures)
        }
        return sorted(found, key=self.seconds.__getitem__)


class Watch:
    """A plugin of pytest that tells coverage which test or fixture is running."""

    def __init__(self, coverage: Any) -> None:
        self.coverage, self.ran = coverage, Ran()
        self.now = ""  # the test or fixture

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: Any) -> Iterator[None]:
        began = time.perf_counter()
        self._enter(item.nodeid)
        found = yield
        self.ran.seconds[item.nodeid] = time.perf_counter() - began
        names = getattr(item, "fixturenames", [])
        self.ran.fixtures[item.nodeid] = [_FIXTURE + one for one in names]
        return found

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        if fixturedef.scope == "function":
            return (yield)
        before = self.now
        self._enter(_FIXTURE + fixturedef.argname)
        try:
            return (yield)
        finally:
            self._enter(before)

    def _enter(self, name: str) -> None:
        self.now = name
        self.coverage.switch_context(name)


def in_child(
    work: Callable[[], int], seconds: float, quiet: bool = True
) -> int | None:
    """Do it in a process of its own; its answer, None when it had to be ended."""
    child = os.fork()
    if child == 0:
        os.setsid()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for output in (1, 2) if quiet else ():
            os.dup2(nowhere, output)
        code = 99
        try:
            code = work()
        except BaseException:  # noqa: BLE001 (whatever it is, the child ends here)
            traceback.print_exc()
        os._exit(code)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            with suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)  # servers it left behind
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def watched(room: Path, tests: Sequence[str], told: Path) -> int:
    """Run all tests under coverage, and write what was seen."""
    import coverage

    meant = f"{room}/*" if room.is_dir() else str(room)
    measured = coverage.Coverage(data_file=None, include=[meant])
    watch = Watch(measured)
    measured.start()
    code = pytest.main([*PLAIN, *tests], plugins=[watch])
    measured.stop()
    data = measured.get_data()
    for file in data.measured_files():
        path = str(Path(file).relative_to(Path.cwd()))
        watch.ran.lines[path] = dict(data.contexts_by_lineno(file))
    watch.ran.modules = [
        name for name in sys.modules if name.partition(".")[0] not in OWN
    ]
    told.write_text(json.dumps(vars(watch.ran), default=list))
    return int(code)


def look(room: Path, tests: Sequence[str]) -> Ran:
    """Which test runs what. Raises SystemExit where a test fails."""
    told = Path("ran.json")
    code = in_child(lambda: watched(room, tests, told), LONGEST, quiet=False)
    if code != 0:
        sys.exit("a test fails, or coverage is not installed")
    ran = Ran(**json.loads(told.read_text()) | {"trusted": set()})
    for lines in ran.lines.values():
        for line in list(lines):
            lines[int(line)] = lines.pop(line)
    return ran


def warm(modules: Sequence[str]) -> None:
    """Load the libraries once, so that each mutant loads the project alone."""
    for name in modules:
        if not name.startswith(("_pytest", "pytest", "__")):
            with suppress(BaseException):
                importlib.import_module(name)


def drawn(room: Path, sample: int, seed: int) -> list[tuple[str, Mutant]]:
    """As many mutants by chance, with the file each is in."""
    files = sorted(room.rglob("*.py")) if room.is_dir() else [room]
    every = [
        (str(path), mutant)
        for path in files
        for mutant in mutants(path.read_text(encoding="utf-8"))
    ]
    return random.Random(seed).sample(every, min(sample, len(every)))


def is_noticed(path: Path, mutant: Mutant, ran: Ran) -> bool | None:
    """Whether a test fails; None when no test runs the place."""
    tests = []
    total = 0.0
    for test in ran.tests_of(str(path), mutant.lines):
        total += ran.seconds[test]
        if tests and total > MOST:
            break
        tests.append(test)
    if not tests:
        return None
    if str(path) not in ran.trusted:
        ran.trusted.add(str(path))
        whole = path.read_text(encoding="utf-8")
        if not passes(path, whole, tests, total, quiet=False):
            sys.exit(f"a test fails without a fault in {path}")
    return not passes(path, mutant.program, tests, total)


def passes(
    path: Path,
    program: str,
    tests: Sequence[str],
    seconds: float,
    quiet: bool = True,
) -> bool:
    """Whether all tests pass with this program in the place of a file."""
    whole = path.read_bytes()
    path.write_text(program, encoding="utf-8")
    arguments = [*PLAIN, *tests]
    try:
        code = in_child(
            lambda: int(pytest.main(arguments)),
            START + PATIENCE * seconds,
            quiet,
        )
    finally:
        path.write_bytes(whole)
    return code == 0


def tell(path: str, mutant: Mutant, noticed: bool | None) -> None:
    """A mutant that was not noticed, on one line."""
    words = "no test runs" if noticed is None else "lives"
    before = " ".join(mutant.before.split())
    place = f"{path}:{mutant.lines[0]} {mutant.function}"
    print(f"{words}: {place}: {before} → {mutant.after}", flush=True)


def main() -> None:
    """Read the options, try each mutant, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("room", type=Path)
    parser.add_argument("tests", nargs="+")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    sys.dont_write_bytecode = True
    counted: dict[bool | None, int] = defaultdict(int)
    with tempfile.TemporaryDirectory() as folder:
        copy_to(Path(folder))
        os.chdir(folder)
        sys.path.insert(0, folder)
        meant = ["-m", EVERY if given.all else QUICK, *given.tests]
        ran = look(given.room, [*meant, str(given.room)])
        warm(ran.modules)
        for path, mutant in drawn(given.room, given.sample, given.seed):
            noticed = is_noticed(Path(path), mutant, ran)
            counted[noticed] += 1
            if not noticed:
                tell(path, mutant, noticed)
            every = sum(counted.values())
            if every % 10 == 0:
                told = f"{counted[True]} of {every} noticed"
                print(f"{given.room}: {told}", flush=True)
    every = sum(counted.values())
    share = 100 * counted[True] / max(1, every)
    print(f"{given.room}: {counted[True]} of {every} noticed, {share:.0f} %")
    print(f"{counted[None]} of the others are run by no test")


def copy_to(folder: Path) -> None:
    """The project as it stands, without what was built from it."""
    left = shutil.ignore_patterns("__pycache__", "generations", ".*cache")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=left)
        else:
            shutil.copy2(source, folder / name)


if __name__ == "__main__":
    main()
