"""Which records of the sources are there? sources.bib, and what other programs export."""

from __future__ import annotations

from pathlib import Path

from kb.bibliography import Entry, read_bib, read_literature
from kb.bibliography.csl_to_bibtex import csl_to_entry
from kb.corpus.joining import RECORDS
from kb.records import Csl, Problem

HARVEST = "harvest.json"  # what `kb fetch` wrote
OTHERS = ("sources.ris", "sources.json", HARVEST)


def read_records(corpus_dir: Path) -> tuple[list[Entry], list[Problem]]:
    """Records of sources.bib, and of sources.ris, sources.json and harvest.json.

    A key that is there already is passed by: sources.bib goes first.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    if (corpus_dir / RECORDS).is_file():
        entries, problems = read_bib(corpus_dir / RECORDS)
    taken = {entry.key for entry in entries}
    for name in OTHERS:
        if not (corpus_dir / name).is_file():
            continue
        records, found = read_literature(corpus_dir / name)
        problems += found
        made = [_entry(csl) for csl in records]
        entries += [entry for entry in made if entry.key not in taken]
        taken |= {entry.key for entry in made}
    return entries, problems


def _entry(csl: Csl) -> Entry:
    """A record as BibTeX has it, with its files."""
    entry = csl_to_entry(csl)
    files = str(csl.get("file", ""))
    if not files:
        return entry
    return Entry(entry.key, entry.type, {**entry.fields, "file": files})
