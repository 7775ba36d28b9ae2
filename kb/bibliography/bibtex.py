"""What does this .bib file record? Entries as written, and a problem for whatever could not be read."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kb.errors import NoSuchFileError
from kb.records import Problem

_MONTHS = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as the file gives it: field names in lower case, values with their inner braces."""

    key: str
    type: str
    fields: Mapping[str, str] = field(default_factory=dict)
    line: int = 0


def decode(data: bytes) -> tuple[str, str]:
    """Text of a file and the encoding it was in: UTF-8, UTF-16 with a mark, else Windows-1252 or latin-1."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace"), "utf-16"
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding), encoding.removesuffix("-sig")
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), "latin-1"


def read_bib(path: Path) -> tuple[list[Entry], list[Problem]]:
    """Entries of a .bib file in its order. Raises NoSuchFileError; all else is a problem."""
    try:
        data = path.read_bytes()
    except OSError:
        raise NoSuchFileError(path=path) from None
    text, encoding = decode(data)
    entries, problems = parse_bib(text, path.name)
    if encoding not in ("utf-8", "utf-16"):
        problems.insert(
            0,
            Problem(
                path.name,
                "bib_encoding",
                values={"encoding": encoding},
                severity="note",
            ),
        )
    return entries, problems


def parse_bib(
    text: str, name: str = "sources.bib"
) -> tuple[list[Entry], list[Problem]]:
    """Entries in the text of a .bib file; `name` is the document its problems are reported under."""
    import bibtexparser
    from bibtexparser.model import (
        DuplicateBlockKeyBlock,
        DuplicateFieldKeyBlock,
        ParsingFailedBlock,
    )
    from bibtexparser.model import Entry as Block

    logger = logging.getLogger("bibtexparser")
    level, logger.level = logger.level, logging.CRITICAL
    try:
        library = bibtexparser.parse_string(text.replace("\x00", ""))
    finally:
        logger.setLevel(level)
    entries: list[Entry] = []
    problems: list[Problem] = []
    known: dict[str, Entry] = {}
    for block in library.blocks:
        line = (block.start_line or 0) + 1
        found: Any = block
        if isinstance(block, DuplicateFieldKeyBlock):
            problems.append(
                Problem(
                    name,
                    "bib_double_field",
                    values={
                        "line": line,
                        "fields": ", ".join(sorted(block.duplicate_keys)),
                    },
                )
            )
            found = block.ignore_error_block
        elif isinstance(block, DuplicateBlockKeyBlock):
            found = block.ignore_error_block
        elif isinstance(block, ParsingFailedBlock):
            problems.append(
                Problem(
                    name,
                    "bib_unreadable",
                    values={"line": line, "start": _start(block.raw)},
                )
            )
            continue
        if isinstance(found, Block):
            _take(
                _entry(found, line, found is not block), name, entries, known, problems
            )
    return entries, problems


def _start(raw: str | None) -> str:
    return " ".join((raw or "").split())[:60]


_NO_COMMA = re.compile(
    r'^[{"](?P<value>.*)[}"]\s+(?P<key>[A-Za-z_-]+)\s*=\s*(?P<rest>[{"].*)$', re.DOTALL
)


def _fields(key: str, value: str) -> Iterator[tuple[str, str]]:
    """One field, or several where the comma between them was forgotten."""
    lost = _NO_COMMA.match(value)
    if lost is None:
        yield (
            key.lower(),
            value.lower()
            if key.lower() == "month" and value.lower() in _MONTHS
            else value,
        )
        return
    yield from _fields(key, lost["value"])
    yield from _fields(lost["key"], lost["rest"])


def _bare(value: str) -> str:
    """A value of a block that no middleware reached, without its outer braces or quotes."""
    return (
        value[1:-1]
        if len(value) > 1 and value[0] + value[-1] in ("{}", '""')
        else value
    )


def _entry(block: Any, line: int, enclosed: bool) -> Entry:
    fields: dict[str, str] = {}
    for item in block.fields:
        for key, value in _fields(
            item.key, item.value if isinstance(item.value, str) else str(item.value)
        ):
            bare = (
                enclosed
                or key != item.key.lower()
                or _NO_COMMA.match(str(item.value)) is not None
            )
            fields.setdefault(key, _bare(value) if bare else value)
    return Entry(block.key.strip(), block.entry_type.lower(), fields, line)


def _take(
    entry: Entry,
    name: str,
    entries: list[Entry],
    known: dict[str, Entry],
    problems: list[Problem],
) -> None:
    """Add `entry`; one with a key already used gets a new key, and a literal repeat is left out."""
    key = entry.key or "zonder-sleutel"
    first = known.get(key)
    if first is not None or not entry.key:
        if first is not None and (first.type, dict(first.fields)) == (
            entry.type,
            dict(entry.fields),
        ):
            problems.append(
                Problem(
                    name,
                    "bib_repeated",
                    values={"key": key, "line": entry.line},
                    severity="note",
                )
            )
            return
        number = 2
        while f"{key}-{number}" in known:
            number += 1
        code = "bib_double_key" if first is not None else "bib_no_key"
        problems.append(
            Problem(
                name,
                code,
                values={"key": key, "line": entry.line, "new": f"{key}-{number}"},
            )
        )
        key = f"{key}-{number}"
    entry = Entry(key, entry.type, entry.fields, entry.line)
    known[key] = entry
    entries.append(entry)
