"""Does any input end in a traceback? Fuzzing led by what code it reaches (atheris).

python -m scripts.reliability.fuzz_inputs TARGET [--minutes 30] [--corpus corpus]

A target is one reader of input. It is given what atheris makes of good examples, bit by bit,
keeping what reaches new code. A sentence (KbError, or a list of problems) is an answer; any
other exception is a fault, told once for each place it came from. atheris is not locked with
the rest, as it is made for few platforms: `pip install atheris==3.0.0`.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import kb
from kb.errors import KbError, problem_sentence

SECONDS = 20  # one input may take; more is told as a fault
# Bytes of one input. Of 20,000, as much as a whole report, four minutes saw 140 to 350
# inputs of the slow readers; what they do with a text they do with a few paragraphs of it.
LONGEST = 2_000
SEEDS_OF_FILES = (
    60  # pieces of examples to begin with, each of which is read first
)
ROOT = Path(kb.__file__).parent
Reader = Callable[[bytes], object]


def file_reader(name: str, read: Callable[[Path], object]) -> Reader:
    """A reader of files, given bytes."""
    folder = Path(tempfile.mkdtemp())

    def reader(data: bytes) -> object:
        path = folder / name
        path.write_bytes(data)
        return read(path)

    return reader


def told(problems: Sequence[object]) -> None:
    """Every problem has its sentence."""
    for problem in problems:
        problem_sentence(problem, "nl")  # type: ignore[arg-type]


def question() -> Reader:
    """What is typed in the search box, answered from the demo index."""
    from kb.generations import current, open_store
    from kb.search import Searcher
    from kb.search.request import SearchRequest
    from kb.settings import Settings
    from kb.themes import load_frameworks

    settings = Settings()
    folder = current(settings.index_dir)
    store = open_store(settings, folder)
    searcher = Searcher.open(folder / "engine", store, load_frameworks())

    def reader(data: bytes) -> object:
        return searcher.search(SearchRequest(data.decode(errors="replace")))

    return reader


def literature(suffix: str) -> Callable[[], Reader]:
    """A list of works as people have it."""

    def made() -> Reader:
        from kb.bibliography import (
            bibtex,
            coins,
            csl_json,
            read_literature,
            ris,
        )

        def read(path: Path) -> None:
            works, problems = read_literature(path)
            told(problems)
            for written in (bibtex, ris, csl_json):
                written(works)
            for work in works:
                coins(work)

        return file_reader(f"literature{suffix}", read)

    return made


def framework() -> Reader:
    """A framework of one's own, without those that come along: they are read but once."""
    from kb.themes.framework_files import parse

    return lambda data: parse(data.decode(errors="replace"), "eigen.yaml")


def thesaurus() -> Reader:
    """Synonyms of one's own."""
    from kb.dutch.synonyms import groups_of
    from kb.dutch.thesaurus_check import flaws

    return file_reader("thesaurus.yaml", lambda path: flaws(groups_of(path)))


def settings_file() -> Reader:
    """kb.toml."""
    from kb.settings import load

    return file_reader("kb.toml", lambda path: load(path, {}))


def decisions() -> Reader:
    """The log of decisions."""
    from kb.curation import read_log

    return file_reader("c.jsonl", lambda path: told(read_log(path).problems))


def document(name: str) -> Callable[[], Reader]:
    """A file among the sources: structure, passages, references and citations."""

    def made() -> Reader:
        from kb.extract.limits import Limits
        from kb.pipeline.document.mentions import mentions_of
        from kb.pipeline.document.passages import passages_of_document
        from kb.pipeline.document.reading import read

        limits = Limits()

        def whole(path: Path) -> None:
            found = read(path, limits)
            told(found.problems)
            mentions_of("x", found, passages_of_document("x", found))

        return file_reader(name, whole)

    return made


TARGETS: dict[str, tuple[Callable[[], Reader], str]] = {
    "question": (question, ""),
    "bib": (literature(".bib"), "*.bib"),
    "ris": (literature(".ris"), ""),
    "csl": (literature(".json"), ""),
    "framework": (framework, ""),
    "thesaurus": (thesaurus, ""),
    "settings": (settings_file, ""),
    "decisions": (decisions, ""),
    "html": (document("x.html"), "*.html"),
    "markdown": (document("x.md"), "*.md"),
    "text": (document("x.txt"), "*.txt"),
}

SEEDS: dict[str, Sequence[str]] = {
    "question": (
        '"eigen kracht" OF regie -kosten',
        "auteur:jansen jaar:2014-2016 thema:B7 mandaat*",
        "wat is het verschil tussen x en y in Utrecht na 2015",
    ),
    "ris": (
        "TY  - RPRT\nAU  - Jansen, A.\nPY  - 2014\nTI  - Teams\nER  - \n",
    ),
    "csl": (
        '[{"id":"a","type":"book","author":[{"family":"De Wit"}],'
        '"issued":{"date-parts":[[2014]]},"title":"Teams"}]',
    ),
    "framework": (
        "key: eigen\nname: {nl: Eigen kader, en: Own framework}\nsource: Zelf.\n"
        "themes:\n  - code: E1\n    name: {nl: Tijd, en: Time}\n"
        "    definition: {nl: Genoeg tijd., en: Time enough.}\n    cues:\n"
        '      core: [tijd, "tijd & <burger>|gesprek*"]\n'
        '      strong: ["weinig .. tijd", haast*]\n'
        "    masks: [op tijd]\n",
    ),
    "thesaurus": ("- same: [wijkteam, buurtteam]\n  near: [gebiedsteam]\n",),
    "settings": ('port = 8000\nlanguage = "nl"\nworkers = 2\nocr = true\n',),
    "decisions": (
        '{"id":"a","when":"2026-01-01T00:00:00+00:00","by":"Ans","kind":"theme",'
        '"target":"p","field":"B7","before":null,"after":"none","note":""}\n',
    ),
}


@dataclass
class Faults:
    """What went wrong, once a place."""

    places: dict[str, str] = field(default_factory=dict)
    runs: int = 0

    def guard(self, read: Reader, data: bytes) -> None:
        """Read; remember what no reader may do."""
        self.runs += 1
        began = time.monotonic()
        try:
            read(data)
        except (KbError, MemoryError):
            pass
        except Exception as error:  # noqa: BLE001 (any is what we look for)
            self._remember(type(error).__name__, data)
        if time.monotonic() - began > SECONDS:
            self.places.setdefault("slow", repr(data[:300]))

    def _remember(self, name: str, data: bytes) -> None:
        own = [
            frame
            for frame in traceback.extract_tb(sys.exc_info()[2])
            if frame.filename.startswith(str(ROOT))
        ]
        place = f"{name} in {Path(own[-1].filename).name}:{own[-1].lineno}"
        if place not in self.places:
            self.places[place] = repr(data[:300])
            print("fault:", place, self.places[place], flush=True)


def pieces(content: bytes) -> list[bytes]:
    """Whole paragraphs or entries of a file together, as many as fit in one input.

    >>> [len(piece) for piece in pieces(b"x" * 1500 + b"\\n\\n" + b"y" * 900)]
    [1500, 900]
    """
    found = [b""]
    for part in content.split(b"\n\n"):
        longer = found[-1] + b"\n\n" + part if found[-1] else part
        if len(longer) <= LONGEST:
            found[-1] = longer
        else:
            starts = range(0, len(part), LONGEST)
            found += [part[at : at + LONGEST] for at in starts]
    return [piece for piece in found if piece]


def examples_of(corpus: Path, pattern: str) -> list[bytes]:
    """Pieces of the files of a corpus, of every part of each alike."""
    found = [
        piece
        for path in sorted(corpus.rglob(pattern))
        for piece in pieces(path.read_bytes())
    ]
    return found[:: 1 + len(found) // SEEDS_OF_FILES]


def main() -> None:
    """Read the options, run until the time is up, and tell."""
    try:
        import atheris
    except ModuleNotFoundError:
        sys.exit("atheris is not installed: pip install atheris==3.0.0")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=sorted(TARGETS))
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    make, pattern = TARGETS[given.target]
    with atheris.instrument_imports(include=["kb"]):
        reader = make()
    seeds = Path(tempfile.mkdtemp())
    examples = [text.encode() for text in SEEDS.get(given.target, ())]
    examples += examples_of(given.corpus, pattern) if pattern else []
    for number, example in enumerate(examples):
        (seeds / str(number)).write_bytes(example)
    faults = Faults()
    until = time.monotonic() + 60 * given.minutes

    def one(data: bytes) -> None:
        faults.guard(reader, data)
        if time.monotonic() > until:
            print(f"{given.target}: {faults.runs} inputs", flush=True)
            print(f"faults: {len(faults.places)}", flush=True)
            os._exit(1 if faults.places else 0)

    options = [f"-max_len={LONGEST}", "-rss_limit_mb=4000", "-verbosity=0"]
    atheris.Setup([sys.argv[0], *options, str(seeds)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
