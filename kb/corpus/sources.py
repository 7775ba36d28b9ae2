"""Which sources are there, and what is known of each? Files in sources/ joined to their
records in sources.bib.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kb.bibliography import Entry
from kb.bibliography.bibtex_to_csl import bib_to_csl
from kb.bibliography.tables import bibtex_tables
from kb.corpus.joining import Joined, join, nfc
from kb.corpus.record_files import read_records
from kb.dutch.fold import fold
from kb.errors import NoCorpusError
from kb.records import Csl, Problem

SOURCES = "sources"
NO_RECORD = (
    "no_record"  # the code of a problem that a curator's record takes away
)
SUFFIXES = (
    ".pdf",
    ".docx",
    ".odt",
    ".epub",
    ".html",
    ".htm",
    ".xhtml",
    ".md",
    ".markdown",
    ".txt",
    ".text",
)
_LITTER = frozenset(
    (".gitkeep", ".gitignore", ".ds_store", "thumbs.db", "desktop.ini")
)  # what systems leave behind
_YES = frozenset(("yes", "ja", "true", "1"))
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the corpus and its record.

    `bib` and `csl` are empty where sources.bib has none; `more` are further files of the
    same record, in its order; `parts` the records of its parts, with what they inherit.
    """

    key: str
    path: Path
    name: str  # path below sources/, with slashes
    fingerprint: str = (
        ""  # SHA-256 of the contents; empty when the file is not to be read
    )
    size: int = 0  # bytes
    bib: Mapping[str, str] = field(default_factory=dict)
    csl: Csl = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    more: tuple[Source, ...] = ()
    parts: tuple[Csl, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether there is something for a reader to read."""
        return not any(p.severity == "error" for p in self.problems)

    @property
    def contents(self) -> str:
        """Changes with the contents of any of its files."""
        if not self.more:
            return self.fingerprint
        each = (
            self.fingerprint,
            *(source.fingerprint for source in self.more),
        )
        return hashlib.sha256("\0".join(each).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Corpus:
    """All sources, and the problems that belong to none of them.

    `withheld` are the citekeys of documents that their records keep out: no sources.
    """

    sources: tuple[Source, ...] = ()
    problems: tuple[Problem, ...] = ()
    withheld: frozenset[str] = frozenset()


def slug_of(name: str) -> str:
    """A citekey from a file name: ASCII letters, digits and hyphens.

    Greek and Cyrillic in Latin letters, other scripts as a hash.
    """
    letters = bibtex_tables()["transliteration"]
    plain = fold(name)
    slug = (
        re.sub(r"[^a-z0-9]+", "-", "".join(letters.get(c, c) for c in plain))
        .strip("-")[:60]
        .strip("-")
    )
    return (
        slug
        or "bron-"
        + hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[
            :8
        ]
    )


def fingerprint_of(path: Path) -> str:
    """SHA-256 of a file's contents, read in pieces of 1 MB. Raises OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            yield Path(root) / name


def _shown(text: str) -> str:
    return (
        nfc(text).encode("utf-8", "replace").decode("utf-8")
    )  # a file name that is no UTF-8 has lone surrogates


def _looked_at(path: Path, name: str, max_file_mb: int) -> Source:
    """The file as it lies there, without key or record.

    Errors tell why it will not be read.
    """
    bare = Source("", path, _shown(name))
    if path.name.startswith((".", "~$")):
        return _with(bare, "hidden_file", {"file": bare.name}, "error")
    if path.suffix.lower() not in SUFFIXES:
        return _with(
            bare,
            "unknown_source_format",
            {"file": bare.name, "known": ", ".join(s[1:] for s in SUFFIXES)},
            "error",
        )
    try:
        found = path.stat()
        if not stat.S_ISREG(
            found.st_mode
        ):  # reading a pipe or device may never end
            return _with(bare, "source_no_file", {"file": bare.name}, "error")
        if _leads_outside(path, name):
            values = {"file": bare.name}
            return _with(bare, "source_elsewhere", values, "error")
        size = found.st_size
        if size > max_file_mb * 1_000_000:
            return _with(
                replace(bare, size=size),
                "source_too_large",
                {
                    "file": bare.name,
                    "mb": round(size / 1e6),
                    "max": max_file_mb,
                },
                "error",
            )
        if size == 0:
            return _with(bare, "source_empty", {"file": bare.name}, "error")
        return replace(bare, size=size, fingerprint=fingerprint_of(path))
    except OSError as error:
        return _with(
            bare,
            "source_unreadable",
            {"file": bare.name, "reason": error.strerror or "?"},
            "error",
        )


def _leads_outside(path: Path, name: str) -> bool:
    """Whether a link among the sources points to a file that is not one of them.

    What is read is shown: a link must not bring in what its owner never put there.
    """
    if not path.is_symlink():
        return False
    folder = path.parents[name.count("/")]
    return not path.resolve().is_relative_to(folder.resolve())


def _with(
    source: Source,
    code: str,
    values: Mapping[str, object],
    severity: str = "warning",
) -> Source:
    """`source` with one more problem."""
    return replace(
        source,
        problems=(
            *source.problems,
            Problem(source.key, code, values=values, severity=severity),
        ),
    )


def _keyed(
    source: Source,
    entry: Entry | None,
    taken: set[str],
    first_with: dict[str, str],
) -> Source:
    key = (
        entry.key
        if entry
        else slug_of(source.path.stem.strip(". ~$") or source.path.name)
    )
    if entry is None and key in taken:
        key = f"{key}-{hashlib.sha256(source.name.encode()).hexdigest()[:6]}"
    taken.add(key)
    made = replace(
        source,
        key=key,
        problems=tuple(replace(p, document=key) for p in source.problems),
    )
    if entry:
        made = replace(
            made,
            bib={**entry.fields, "ENTRYTYPE": entry.type},
            csl=bib_to_csl(entry),
        )
    elif made.readable:
        made = _with(made, NO_RECORD, {"file": made.name, "key": key})
    if made.fingerprint and first_with.setdefault(made.contents, key) != key:
        made = _with(
            made,
            "same_contents",
            {"file": made.name, "first": first_with[made.contents]},
        )
    return made


def read_corpus(corpus_dir: Path, max_file_mb: int = 200) -> Corpus:
    """Every file below sources/ with its record, in the order of their names.

    Raises NoCorpusError.
    """
    folder = corpus_dir / SOURCES
    if not folder.is_dir():
        raise NoCorpusError(path=corpus_dir)
    found = [
        _looked_at(p, p.relative_to(folder).as_posix(), max_file_mb)
        for p in _walk(folder)
        if p.name.lower() not in _LITTER
    ]
    entries, problems = read_records(corpus_dir)
    joined = join(entries, [source.name for source in found])
    taken, first_with = {e.key for e in entries}, dict[str, str]()
    sources = [
        _keyed(source, joined.of_file.get(source.name), taken, first_with)
        for source in _together(found, joined)
    ]
    with_parts = [
        replace(source, parts=joined.parts.get(source.key, ()))
        for source in sources
    ]
    shown = tuple(s for s in with_parts if not _is_withheld(s))
    withheld = [source for source in with_parts if _is_withheld(source)]
    notes = map(_withheld_note, withheld)
    keys = frozenset(source.key for source in withheld)
    return Corpus(shown, (*problems, *joined.problems, *notes), keys)


def _is_withheld(source: Source) -> bool:
    """Whether its record keeps a document out of the knowledge base as a whole."""
    return str(source.bib.get("withheld", "")).strip().lower() in _YES


def _withheld_note(source: Source) -> Problem:
    values = {"file": source.name}
    return Problem(source.key, "source_withheld", None, values, "note")


def _together(found: list[Source], joined: Joined) -> list[Source]:
    """The files, those of one record as one source, in the order of their names."""
    by_name = {source.name: source for source in found}
    made, done = [], set[str]()
    for source in found:
        if source.name in done:
            continue
        names = joined.files_of(source.name)
        done.update(names)
        group = [by_name[name] for name in names]
        made.append(_as_one(group) if len(group) > 1 else source)
    order = {source.name: at for at, source in enumerate(found)}
    return sorted(made, key=lambda source: order[source.name])


def _as_one(group: list[Source]) -> Source:
    """The files of a record as one source: its first that can be read.

    Others that cannot be read are told as problems of it.
    """
    readable = [source for source in group if source.readable]
    first = readable[0] if readable else group[0]
    others = [source for source in group if source is not first]
    told = [
        replace(problem, severity="warning")
        for source in others
        for problem in source.problems
    ]
    return replace(
        first,
        problems=(*first.problems, *told),
        more=tuple(source for source in others if source.readable),
    )


def find_sources(corpus_dir: Path, max_file_mb: int = 200) -> list[Source]:
    """The sources of `read_corpus`, also those that cannot be read (`Source.readable`).

    Raises NoCorpusError.
    """
    return list(read_corpus(corpus_dir, max_file_mb).sources)
