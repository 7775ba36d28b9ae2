"""Are builds that are killed harmless? Kill -9 at random moments, and look after each.

python -m scripts.reliability.kills [--kills 500] [--seed 1]

A small corpus changes a note, a build of it is killed with all its workers at a moment by
chance, half of them near its end, and the index must then be whole: what was published
before, or the new one.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import statistics
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kb.checksums import damaged
from kb.generations import current, open_store
from kb.pipeline import build
from kb.search import Searcher
from kb.search.request import SearchRequest
from kb.settings import Settings
from kb.themes import load_frameworks

NOTES = 4
BEYOND = 1.3  # of a build's time: some kills come too late to do anything
LAST_PART = (
    0.6,
    1.1,
)  # of a build's time: where it publishes; half of the kills fall there
TIMED_ANEW = 10  # kills after which a build is timed again: the machine may do other work
TEXT = """# Nota {number}

## Bevindingen

Het wijkteam van buurt {number} hield in ronde {round} overleg met de huisarts.

Generalisten verliezen vakkennis wanneer zij elkaar niet geregeld spreken over casussen.
"""
_TOLD = re.compile(r"buurt (\d+) hield in ronde (\d+)")


@dataclass
class Trial:
    """A corpus that changes, and what was seen of its index."""

    settings: Settings
    rounds: list[int] = field(default_factory=lambda: [0] * NOTES)
    faults: list[str] = field(default_factory=list)
    taken: int = 0  # kills after which the new index was in use

    def write(self, number: int) -> None:
        """The note as it is in its present round."""
        text = TEXT.format(number=number, round=self.rounds[number])
        path = self.settings.corpus_dir / "sources" / f"nota{number}.md"
        path.write_text(text, encoding="utf-8")

    def look(self, before: Sequence[int]) -> None:
        """Whether the index is wholly the one of `before` or wholly the new one."""
        folder = current(self.settings.index_dir)
        broken = damaged(folder)
        if broken:
            self.faults.append(f"damaged: {broken}")
            return
        found = self._said(folder)
        if found == dict(enumerate(self.rounds)):
            self.taken += 1
        elif found != dict(enumerate(before)):
            self.faults.append(f"mixed: {found}")

    def _said(self, folder: Path) -> dict[int, int]:
        """Note → the round that the records tell; the search must answer too."""
        store = open_store(self.settings, folder)
        searcher = Searcher.open(folder / "engine", store, load_frameworks())
        try:
            if not searcher.search(SearchRequest("overleg huisarts")).hits:
                self.faults.append("nothing is found")
            told = (_TOLD.search(p.text) for p in store.passages())
            return {int(one[1]): int(one[2]) for one in told if one}
        finally:
            searcher.close()
            store.close()


def killed(settings: Settings, after: float) -> bool:
    """Build in a process group of its own, and end all of it after so many seconds.

    Returns:
        whether the build had not ended by then.
    """
    child = os.fork()
    if child == 0:
        os.setsid()
        try:
            build(settings)
        except Exception:  # noqa: BLE001 (any is a fault)
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    deadline = time.monotonic() + after
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended and status:
            raise SystemExit("a build that nobody killed failed")
        if ended:
            return False
        time.sleep(0.005)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def seconds_of_a_build(trial: Trial) -> float:
    """The median of three builds of one changed note."""
    times = []
    for _ in range(3):
        trial.rounds[0] += 1
        trial.write(0)
        began = time.monotonic()
        killed(trial.settings, 600)
        times.append(time.monotonic() - began)
    return statistics.median(times)


def moment(dice: random.Random, build_time: float) -> float:
    """Seconds after which to kill: anywhere, or where the build publishes."""
    shares = (0.0, BEYOND) if dice.random() < 0.5 else LAST_PART
    return build_time * dice.uniform(*shares)


def run(kills: int, dice: random.Random, folder: Path) -> Trial:
    """So many kills, each looked at; then a build that must be right."""
    settings = Settings(
        corpus_dir=folder / "corpus", index_dir=folder / "index", workers=1
    )
    (settings.corpus_dir / "sources").mkdir(parents=True)
    trial = Trial(settings)
    for number in range(NOTES):
        trial.write(number)
    killed(settings, 600)
    done, timed_at = 0, -TIMED_ANEW
    while done < kills:
        if done >= timed_at + TIMED_ANEW:
            build_time, timed_at = seconds_of_a_build(trial), done
            before = list(trial.rounds)
        number = dice.randrange(NOTES)
        trial.rounds[number] += 1
        trial.write(number)
        done += killed(settings, moment(dice, build_time))
        taken = trial.taken
        trial.look(before)
        if trial.taken > taken:
            before = list(trial.rounds)
        if done % 50 == 0:
            told = f"{done} kills, new index in use after {trial.taken}"
            print(f"{told}, {len(trial.faults)} faults", file=sys.stderr)
    build(settings)
    trial.look(trial.rounds)
    left = list((settings.index_dir / "generations").glob(".*"))
    if left:
        trial.faults.append(f"left behind: {left}")
    return trial


def main() -> None:
    """Read the options, run, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        trial = run(given.kills, random.Random(given.seed), Path(folder))
    print(f"{given.kills} kills; the new index in use after {trial.taken}")
    print(f"faults: {len(trial.faults)}")
    for fault in trial.faults[:20]:
        print(" ", fault)
    sys.exit(1 if trial.faults else 0)


if __name__ == "__main__":
    main()
