"""What does this .bib file record? Entries, and a problem for whatever could not be read."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from kb.bibliography.bibtex_entry import Entry
from kb.bibliography.bibtex_values import fields_of
from kb.bibliography.inheritance import with_inherited
from kb.errors import NoSuchFileError
from kb.records import Problem

_NO_KEY = "zonder-sleutel"
_SHOWN = 60  # characters of a broken record in its problem


def decode(data: bytes) -> tuple[str, str]:
    """Text of a file, and the encoding it was in.

    UTF-8, UTF-16 with a mark, else Windows-1252, and latin-1 where that has no letter.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace"), "utf-16"
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding), encoding.removesuffix("-sig")
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), "latin-1"


def encoding_problems(name: str, encoding: str) -> list[Problem]:
    """A note for a file that is not in Unicode."""
    if encoding in ("utf-8", "utf-16"):
        return []
    values = {"encoding": encoding}
    return [Problem(name, "bib_encoding", values=values, severity="note")]


def read_bib(path: Path) -> tuple[list[Entry], list[Problem]]:
    """Entries of a .bib file in its order.

    Raises:
        NoSuchFileError: the file cannot be opened; all else is a problem.
    """
    try:
        data = path.read_bytes()
    except OSError:
        raise NoSuchFileError(path=path) from None
    text, encoding = decode(data)
    entries, problems = parse_bib(text, path.name)
    return entries, [*encoding_problems(path.name, encoding), *problems]


@contextmanager
def _silent(logger: logging.Logger) -> Iterator[None]:
    """Nothing logged meanwhile: what the parser warns of is reported as a problem."""
    level, logger.level = logger.level, logging.CRITICAL
    try:
        yield
    finally:
        logger.setLevel(level)


def parse_bib(
    text: str, name: str = "sources.bib"
) -> tuple[list[Entry], list[Problem]]:
    """Entries in the text of a .bib file, with what they inherit from others.

    Args:
        text: the file.
        name: the document its problems are reported under.
    """
    library = _parsed(text.replace("\x00", ""))
    reading = _Reading(name)
    reading.strings_of(library.strings)
    for block in library.blocks:
        reading.take(block)
    entries, problems = with_inherited(reading.entries, name)
    return entries, [*reading.problems, *problems]


# What would keep a record from being read, and what to put there: EndNote leaves the key
# out, people leave a comma too many between fields.
_REPAIRS = (
    (
        re.compile(
            r"(@(?!(?i:string|preamble|comment))\w+\s*[{(])\s*(?=[\w-]+\s*=\s*[{\"])"
        ),
        r"\1,",
    ),
    (re.compile(r",(?:\s*,)+(?=\s*[\w-]+\s*=)"), ","),
)


def _parsed(text: str) -> Any:
    """The blocks of a file. No middleware: values stay as written, for `fields_of` to read."""
    import bibtexparser

    for pattern, instead in _REPAIRS:
        text = pattern.sub(instead, text)
    with _silent(logging.getLogger("bibtexparser")):
        return bibtexparser.parse_string(text, parse_stack=[])


class _Reading:
    """The entries of one file, their keys told apart."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.entries: list[Entry] = []
        self.problems: list[Problem] = []
        self._strings: dict[str, str] = {}
        self._known: dict[str, Entry] = {}

    def strings_of(self, strings: list[Any]) -> None:
        """Learn the values of all @string names; one may be made of others."""
        for string in strings:
            for key, value in fields_of(
                string.key, str(string.value), self._strings
            ):
                self._strings[key] = value

    def take(self, block: Any) -> None:
        """An entry of the file, or the problem with it; comments are passed by."""
        from bibtexparser.model import (
            DuplicateBlockKeyBlock,
            DuplicateFieldKeyBlock,
            ParsingFailedBlock,
        )
        from bibtexparser.model import Entry as Block

        line = (block.start_line or 0) + 1
        if isinstance(block, DuplicateFieldKeyBlock):
            fields = ", ".join(sorted(block.duplicate_keys))
            self._problem("bib_double_field", line=line, fields=fields)
            block = block.ignore_error_block
        elif isinstance(block, DuplicateBlockKeyBlock):
            block = block.ignore_error_block
        elif isinstance(block, ParsingFailedBlock):
            start = " ".join((block.raw or "").split())[:_SHOWN]
            self._problem("bib_unreadable", line=line, start=start)
            return
        if isinstance(block, Block):
            self._add(self._entry(block, line))

    def _entry(self, block: Any, line: int) -> Entry:
        fields: dict[str, str] = {}
        for item in block.fields:
            for key, value in fields_of(
                item.key, str(item.value), self._strings
            ):
                fields.setdefault(key, value)
        return Entry(block.key.strip(), block.entry_type.lower(), fields, line)

    def _add(self, entry: Entry) -> None:
        """One with a key already used gets a new key, and a literal repeat is left out."""
        first = self._known.get(entry.key)
        if first and _same(first, entry):
            values = {"key": entry.key, "line": entry.line}
            self._problem("bib_repeated", severity="note", **values)
            return
        if first or not entry.key:
            new = self._free_key(entry.key or _NO_KEY)
            code = "bib_double_key" if first else "bib_no_key"
            self._problem(code, key=entry.key, line=entry.line, new=new)
            entry = replace(entry, key=new)
        self._known[entry.key] = entry
        self.entries.append(entry)

    def _free_key(self, key: str) -> str:
        number = 2
        while f"{key}-{number}" in self._known:
            number += 1
        return f"{key}-{number}"

    def _problem(
        self, code: str, severity: str = "warning", **values: object
    ) -> None:
        found = Problem(self.name, code, values=values, severity=severity)
        self.problems.append(found)


def _same(one: Entry, other: Entry) -> bool:
    fields: tuple[Mapping[str, str], Mapping[str, str]] = (
        one.fields,
        other.fields,
    )
    return one.type == other.type and dict(fields[0]) == dict(fields[1])
