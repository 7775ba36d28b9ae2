"""Do broken files cost anything but themselves? Builds over files mutated by program.

python -m scripts.reliability.fuzz [--files 2000] [--seed 1] [--corpus corpus]

The good files of a corpus are damaged in many ways, some inside their archives, and built
together with good ones: no build may fail, none of the good ones change.
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import shutil
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from kb.generations import open_store
from kb.pipeline import build
from kb.settings import Settings

BATCH = 100  # mutated files a build
SECONDS_PER_FILE = 60
MEMORY_MB = 1_500
ZIPPED = frozenset((".docx", ".odt", ".epub"))
Mutation = Callable[[bytearray, random.Random], bytes]


def flip(data: bytearray, dice: random.Random) -> bytes:
    """A few bits are the other way round."""
    for _ in range(dice.choice((1, 3, 30))):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return bytes(data)


def cut(data: bytearray, dice: random.Random) -> bytes:
    """The file ends too early."""
    return bytes(data[: dice.randrange(len(data))])


def blank(data: bytearray, dice: random.Random) -> bytes:
    """A stretch holds nothing but zeros."""
    at = dice.randrange(len(data))
    length = dice.randrange(1, 4_096)
    data[at : at + length] = bytes(length)
    return bytes(data)


def repeat(data: bytearray, dice: random.Random) -> bytes:
    """A stretch stands there many times."""
    at = dice.randrange(len(data))
    piece = data[at : at + dice.randrange(1, 2_000)]
    return bytes(data[:at] + piece * dice.randrange(2, 400) + data[at:])


def insert(data: bytearray, dice: random.Random) -> bytes:
    """Foreign bytes stand in the middle."""
    at = dice.randrange(len(data))
    return bytes(data[:at]) + dice.randbytes(200) + bytes(data[at:])


def swap(data: bytearray, dice: random.Random) -> bytes:
    """A number or a name is another one: what formats count and point with."""
    for _ in range(dice.choice((1, 5, 20))):
        at = dice.randrange(len(data))
        for place in range(at, min(at + 400, len(data))):
            if chr(data[place]).isdigit():
                data[place] = ord(dice.choice("0123456789"))
                break
    return bytes(data)


MUTATIONS: Sequence[Mutation] = (flip, cut, blank, repeat, insert, swap)


def mutated(path: Path, dice: random.Random) -> bytes:
    """The bytes of a file with one mutation; of an archive mostly inside a member."""
    data = path.read_bytes()
    if path.suffix in ZIPPED and dice.random() < 0.7:
        return _inside(data, dice)
    return dice.choice(MUTATIONS)(bytearray(data), dice)


def _inside(data: bytes, dice: random.Random) -> bytes:
    """An archive that is sound, with a member that is not."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        members = {name: source.read(name) for name in source.namelist()}
    chosen = dice.choice([name for name, held in members.items() if held])
    mutate = dice.choice(MUTATIONS)
    members[chosen] = mutate(bytearray(members[chosen]), dice)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, held in members.items():
            target.writestr(name, held)
    return out.getvalue()


def passages_of(settings: Settings, names: Sequence[str]) -> set[str]:
    """The words of the good documents, as the index has them."""
    store = open_store(settings)
    good = {d.id for d in store.documents() if d.source in names}
    found = {p.text for p in store.passages() if p.document in good}
    store.close()
    return found


def main() -> None:
    """Read the options, run, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    given = parser.parse_args()
    dice = random.Random(given.seed)
    seeds = sorted((given.corpus / "sources").iterdir())
    faults: list[str] = []
    told: Counter[str] = Counter()
    slowest = 0.0
    for first in range(0, given.files, BATCH):
        number = min(BATCH, given.files - first)
        with tempfile.TemporaryDirectory() as folder:
            seconds = trial(Path(folder), seeds, number, dice, told, faults)
        slowest = max(slowest, seconds)
        print(f"{first + number} files, {len(faults)} faults", file=sys.stderr)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1_024
    print(f"{given.files} mutated files; faults: {len(faults)}")
    print(f"slowest build: {slowest:.0f} s; largest process {peak} MB")
    for code, count in told.most_common():
        print(f"  {count:5} {code}")
    for fault in faults[:20]:
        print("  fault:", fault)
    sys.exit(1 if faults else 0)


def trial(
    folder: Path,
    seeds: Sequence[Path],
    number: int,
    dice: random.Random,
    told: Counter[str],
    faults: list[str],
) -> float:
    """One build of good files and mutated ones; its seconds."""
    settings = Settings(
        corpus_dir=folder / "corpus",
        index_dir=folder / "index",
        seconds_per_file=SECONDS_PER_FILE,
        memory_mb=MEMORY_MB,
        ocr=False,
    )
    sources = settings.corpus_dir / "sources"
    sources.mkdir(parents=True)
    good = [path for path in seeds if path.suffix in (".md", ".txt", ".html")]
    for path in good:
        shutil.copy(path, sources / path.name)
    names = [path.name for path in good]
    build(settings)
    before = passages_of(settings, names)
    for at in range(number):
        seed = dice.choice(seeds)
        target = sources / f"{at:04}{seed.suffix}"
        target.write_bytes(mutated(seed, dice))
    began = time.monotonic()
    try:
        report = build(settings)
    except Exception as error:  # noqa: BLE001 (any is what we look for)
        faults.append(f"build: {type(error).__name__}: {error}")
        return time.monotonic() - began
    told.update(problem.code for problem in report.problems)
    crashed = {"reader_crashed", "reader_failed", "reader_timeout"}
    faults += [
        f"{problem.code}: {problem.values}"
        for problem in report.problems
        if problem.code in crashed
    ]
    if passages_of(settings, names) != before:
        faults.append("a good file changed")
    return time.monotonic() - began


if __name__ == "__main__":
    main()
