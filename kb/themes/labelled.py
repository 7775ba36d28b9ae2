"""Labelled passages: from files of coders (JSON lines) and from curators' decisions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from kb.errors import InputFileError, NoSuchFileError
from kb.records import Passage

# passage → theme → "evidence", "mention" or "nothing"; what is not there is unsaid
Labels = Mapping[str, Mapping[str, str]]
Row = TypeVar("Row", bound=msgspec.Struct)
_NUMBERED = re.compile(r"^\d+(\.\d+)*\.? \w")
_RUN_ON = re.compile(r"[.?!] (\d\.\d+(?:\.\d+)* [A-Z][^.?!]{4,90})$")
_LONGEST_TITLE = 100  # letters
_MOST_WORDS = 12  # of a title without a number


class GoldRow(msgspec.Struct, frozen=True):
    """A paragraph as coders labelled it.

    `evidence` are the themes it is evidence on, `ignore` those it mentions, which count
    neither way. `judged` names the themes looked at, where that is not all; `group` what is
    left out together, where that is not the document; `genre` the kind of document.
    """

    pid: str
    doc: str
    text: str
    evidence: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    section: str = ""
    group: str = ""
    judged: tuple[str, ...] = ()
    genre: str = ""


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph of a document, in the order of the file."""

    pid: str
    doc: str
    text: str


def read_gold(path: Path) -> tuple[GoldRow, ...]:
    """The rows of a file, documents in reading order.

    Raises:
        InputFileError: with the line.
        NoSuchFileError: no such file.
    """
    return tuple(_decoded(path, GoldRow))


def read_own(folder: Path) -> tuple[GoldRow, ...]:
    """The rows of all `*.jsonl` of a folder.

    Raises:
        InputFileError: with the line.
        NoSuchFileError: a folder without any row.
    """
    rows = [
        row
        for path in sorted(folder.glob("*.jsonl"))
        for row in read_gold(path)
    ]
    if not rows:
        raise NoSuchFileError(path=str(folder / "*.jsonl"))
    return tuple(rows)


def _decoded(path: Path, kind: type[Row]) -> Iterator[Row]:
    try:
        content = path.read_bytes()
    except OSError:
        raise NoSuchFileError(path=str(path)) from None
    for number, line in enumerate(content.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            yield msgspec.json.decode(line, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise InputFileError(
                path=str(path), line=number, reason=str(error)
            ) from None


def read_paragraphs(path: Path) -> dict[str, tuple[Passage, ...]]:
    """Passages by document, each under the last heading-like paragraph before it.

    Raises:
        InputFileError: with the line.
        NoSuchFileError: no such file.
    """
    sections: dict[str, tuple[str, ...]] = {}
    rows = []
    for row in _decoded(path, Paragraph):
        rows.append((row.pid, row.doc, row.text, sections.get(row.doc, ())))
        heading = _heading(row.text)
        if heading is not None:
            sections[row.doc] = (heading,)
    return _documents(rows)


def _heading(text: str) -> str | None:
    """The heading this paragraph is, or the numbered one at the end of its text.

    >>> _heading("2.1 Nabijheid in de wijk")
    '2.1 Nabijheid in de wijk'
    """
    text = text.strip()
    if text and len(text) < _LONGEST_TITLE and not text.startswith("-"):
        if text.startswith("#") or _NUMBERED.match(text):
            return text.strip("# ")
        if text[-1] not in ".,:;?!" and len(text.split()) <= _MOST_WORDS:
            return text
    run_on = _RUN_ON.search(text)
    return run_on.group(1) if run_on else None


def documents_of(rows: Sequence[GoldRow]) -> dict[str, tuple[Passage, ...]]:
    """The labelled paragraphs of each document as its passages, in order."""
    return _documents(
        (row.pid, row.doc, row.text, (row.section,) if row.section else ())
        for row in rows
    )


def _documents(
    rows: Iterable[tuple[str, str, str, tuple[str, ...]]],
) -> dict[str, tuple[Passage, ...]]:
    """Passages with their kinds, from (id, document, text, section)."""
    from kb.passages.kinds import with_kinds

    documents: dict[str, list[Passage]] = {}
    for pid, doc, text, section in rows:
        passages = documents.setdefault(doc, [])
        passages.append(
            Passage(pid, doc, text, len(passages), section=section)
        )
    return {name: with_kinds(passages) for name, passages in documents.items()}


def labels_of_gold(rows: Sequence[GoldRow], codes: Sequence[str]) -> Labels:
    """What coders said of the themes of `codes` that they looked at."""
    return {
        row.pid: {code: label_of(row, code) for code in _looked_at(row, codes)}
        for row in rows
    }


def _looked_at(row: GoldRow, codes: Sequence[str]) -> Sequence[str]:
    return (
        [code for code in codes if code in row.judged] if row.judged else codes
    )


def label_of(row: GoldRow, code: str) -> str:
    """What coders said of a theme in one paragraph."""
    if code in row.evidence:
        return "evidence"
    return "mention" if code in row.ignore else "nothing"
