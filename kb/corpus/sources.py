"""Which sources are there.

And what is known of each? Files in sources/ joined to their records in sources.bib.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kb.bibliography import Entry, read_bib
from kb.bibliography.bibtex_to_csl import bib_to_csl
from kb.bibliography.latex import unescape
from kb.bibliography.tables import bibtex_tables
from kb.dutch.fold import fold
from kb.errors import NoCorpusError
from kb.records import Csl, Problem

SOURCES, RECORDS = "sources", "sources.bib"
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
_MANY = 20  # records without a file that are still named one by one


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the corpus and its record.

    `bib` and `csl` are empty where sources.bib has none.
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

    @property
    def readable(self) -> bool:
        """Whether there is something for a reader to read."""
        return not any(p.severity == "error" for p in self.problems)


@dataclass(frozen=True, slots=True)
class Corpus:
    """All sources, and the problems that belong to none of them."""

    sources: tuple[Source, ...] = ()
    problems: tuple[Problem, ...] = ()


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


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def file_names(field_value: str) -> list[str]:
    """Paths in a `file` field.

    Plain, or as JabRef, Zotero and Mendeley write it (description:path:type, by
    semicolons).
    """
    names = []
    for item in re.split(r"(?<!\\);", unescape_colons(field_value)):
        parts = re.split(r"(?<!\\)(?<!^[A-Za-z]):(?![\\/]{2})", item.strip())
        path = (
            parts[1]
            if len(parts) >= 3
            else parts[0]
            if len(parts) == 1
            else max(parts, key=len)
        )
        path = (
            re.sub(r"\\([:;_&%#$ ])", r"\1", path)
            .replace("\\\\", "/")
            .replace("\\", "/")
        )
        if path.strip():
            names.append(_nfc(path.strip()))
    return names


def unescape_colons(value: str) -> str:
    """A `file` field without LaTeX braces; escaped signs stay escaped."""
    return (
        value.replace("{", "").replace("}", "").replace("$\\backslash$", "\\")
    )


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            yield Path(root) / name


def _shown(text: str) -> str:
    return (
        _nfc(text).encode("utf-8", "replace").decode("utf-8")
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


class _Files:
    """Finds the file a record means.

    By path below sources/, by bare name, by citekey.
    """

    def __init__(self, names: list[str]) -> None:
        self.by_path = {n.lower(): n for n in reversed(names)}
        self.by_name = {
            n.lower().rsplit("/", 1)[-1]: n for n in reversed(names)
        }
        self.by_stem = {
            n.lower().rsplit("/", 1)[-1].rsplit(".", 1)[0]: n
            for n in reversed(names)
        }

    def of(self, entry: Entry) -> str | None:
        for given in file_names(entry.fields.get("file", "")):
            path = given.lower().removeprefix("./").removeprefix("sources/")
            found = self.by_path.get(path) or self.by_name.get(
                path.rsplit("/", 1)[-1]
            )
            if found:
                return found
        return self.by_stem.get(_nfc(unescape(entry.key)).lower())


def _joined(
    entries: list[Entry], names: list[str], bib_name: str
) -> tuple[dict[str, Entry], list[Problem]]:
    """File name → its record.

    And the problems of records that have no file of their own.
    """
    files, joined, problems = (
        _Files(names),
        dict[str, Entry](),
        list[Problem](),
    )
    for entry in entries:
        name, wanted = (
            files.of(entry),
            ", ".join(file_names(entry.fields.get("file", ""))),
        )
        if name is None:
            code = "record_file_missing" if wanted else "record_without_file"
            problems.append(
                Problem(
                    bib_name,
                    code,
                    values={
                        "key": entry.key,
                        "file": wanted,
                        "line": entry.line,
                    },
                )
            )
        elif name in joined:
            problems.append(
                Problem(
                    bib_name,
                    "file_claimed_twice",
                    values={
                        "key": entry.key,
                        "file": name,
                        "first": joined[name].key,
                    },
                )
            )
        else:
            joined[name] = entry
    return joined, _gathered(problems, bib_name)


def _gathered(problems: list[Problem], bib_name: str) -> list[Problem]:
    """Many records without a file (a whole library exported) are one problem."""
    lone = [p for p in problems if p.code == "record_without_file"]
    if len(lone) <= _MANY:
        return problems
    keys = ", ".join(str(p.values["key"]) for p in lone[:5])
    return [
        *(p for p in problems if p.code != "record_without_file"),
        Problem(
            bib_name,
            "records_without_file",
            values={"count": len(lone), "keys": keys},
        ),
    ]


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
        made = _with(made, "no_record", {"file": made.name, "key": key})
    if (
        made.fingerprint
        and first_with.setdefault(made.fingerprint, key) != key
    ):
        made = _with(
            made,
            "same_contents",
            {"file": made.name, "first": first_with[made.fingerprint]},
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
    entries, problems = (
        read_bib(corpus_dir / RECORDS)
        if (corpus_dir / RECORDS).is_file()
        else ([], [])
    )
    joined, unmatched = _joined(entries, [s.name for s in found], RECORDS)
    taken, first_with = {e.key for e in entries}, dict[str, str]()
    sources = [_keyed(s, joined.get(s.name), taken, first_with) for s in found]
    shown = tuple(s for s in sources if not _is_withheld(s))
    notes = tuple(_withheld_note(s) for s in sources if _is_withheld(s))
    return Corpus(shown, (*problems, *unmatched, *notes))


def _is_withheld(source: Source) -> bool:
    """Whether its record keeps a document out of the knowledge base as a whole."""
    return str(source.bib.get("withheld", "")).strip().lower() in _YES


def _withheld_note(source: Source) -> Problem:
    values = {"file": source.name}
    return Problem(source.key, "source_withheld", None, values, "note")


def find_sources(corpus_dir: Path, max_file_mb: int = 200) -> list[Source]:
    """The sources of `read_corpus`, also those that cannot be read (`Source.readable`).

    Raises NoCorpusError.
    """
    return list(read_corpus(corpus_dir, max_file_mb).sources)
