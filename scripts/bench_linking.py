"""How long does it take to join works and link citations, for corpora of any size?

python scripts/benchmark.py linking --reports 320
python scripts/benchmark.py linking --near-identical 4000
"""

from __future__ import annotations

import argparse
import random
import time

from kb.citations import Resolved, resolve
from kb.citations.entries.parse import parse_entry
from kb.records import Citation, Document, Passage, Reference

PASSAGES = 230  # of a report
ENTRIES = 40
CITATIONS = 60
SEED = 11
_SURNAMES = (
    "Vos",
    "Bos",
    "Kramer",
    "Timmer",
    "Hoekstra",
    "Dijkman",
    "Oosterling",
)
_ENDINGS = (
    "",
    "s",
    "sma",
    "inga",
    "enaar",
    "mans",
    "horst",
    "veld",
    "berg",
    "kamp",
)
_TITLE = """
buurt wijk team zorg samen leren vraag steun regie jeugd kans kracht nabij toegang
ruimte vertrouwen praktijk beleid bewoner gemeente grens ritme
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The size of the corpus."""
    parser.add_argument("--reports", type=int, default=320)
    parser.add_argument("--near-identical", type=int, default=0)


def run(given: argparse.Namespace) -> None:
    """Print the processor seconds of one `resolve` over all, and what it found."""
    if given.near_identical:
        documents, passages, references, citations = near_identical(
            given.near_identical
        )
    else:
        documents, passages, references, citations = reports(given.reports)
    began = time.process_time()
    found: Resolved = resolve(documents, passages, references, citations)
    seconds = time.process_time() - began
    linked = sum(c.work is not None for c in found.citations)
    print(
        f"{len(references)} references, {len(citations)} citations, "
        f"{len(found.works)} works, {linked} linked: {seconds:.2f} s"
    )


Corpus = tuple[list[Document], list[Passage], list[Reference], list[Citation]]


def reports(count: int) -> Corpus:
    """Reports that cite from one pool of works, here and there with a misprint."""
    chance = random.Random(SEED)
    pool = [_entry(chance) for _ in range(count * 10)]
    parsed = {entry: parse_entry(entry) for entry in pool}
    documents, passages, references, citations = [], [], [], []
    for number in range(count):
        key = f"d{number}"
        documents.append(
            Document(key, f"{key}.md", f"Rapport {number} van de wijk")
        )
        passages += [
            Passage(f"{key}-{n}", key, "", n) for n in range(PASSAGES)
        ]
        own = chance.sample(pool, ENTRIES)
        references += [
            Reference(f"{key}-r{n}", key, entry, parsed[entry], list_number=1)
            for n, entry in enumerate(own)
        ]
        for _ in range(CITATIONS):
            cited = parsed[
                chance.choice(own if chance.random() < 0.8 else pool)
            ]
            at = f"{key}-{chance.randrange(PASSAGES)}"
            citations.append(_citation(at, cited["author"], cited["issued"]))
    return documents, passages, references, citations


def near_identical(count: int) -> Corpus:
    """One list of entries that differ in a number, each cited once."""
    entries = [
        f"Vos{n % 97}, K. ({1990 + n % 30}). Rapport over team {n} in de wijk. SWP."
        for n in range(count)
    ]
    references = [
        Reference(f"r{n}", "d", entry, parse_entry(entry), list_number=1)
        for n, entry in enumerate(entries)
    ]
    citations = [
        _citation("p", r.csl["author"], r.csl["issued"]) for r in references
    ]
    document = Document("d", "d.md", "Een lijst")
    return [document], [Passage("p", "d", "", 0)], references, citations


def _entry(chance: random.Random) -> str:
    names = [
        f"{chance.choice(_SURNAMES)}{chance.choice(_ENDINGS)}, {chance.choice('ABJKM')}."
        for _ in range(chance.randint(1, 3))
    ]
    title = " ".join(chance.sample(_TITLE.split(), 5)).capitalize()
    year = chance.randint(1995, 2024)
    return f"{' & '.join(names)} ({year}). {title}. Utrecht: Movisie."


def _citation(
    passage: str, names: list[dict[str, str]], issued: object
) -> Citation:
    families = tuple(n.get("family") or n.get("literal", "") for n in names)
    year = issued["date-parts"][0][0] if isinstance(issued, dict) else None
    return Citation(passage, "", 0, 0, families, year)
