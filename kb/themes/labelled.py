"""Labelled passages: from files of coders (JSON lines) and from curators' decisions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from kb.errors import InputFileError, NoSuchFileError
from kb.records import Passage
from kb.themes.curation import Decision, decided

Labels = Mapping[
    str, Mapping[str, bool]
]  # passage → theme → evidence; what is not there is unsaid


class GoldRow(msgspec.Struct, frozen=True):
    """A paragraph as coders labelled it: themes it is evidence on, and themes that count neither way."""

    pid: str
    doc: str
    text: str
    evidence: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


class OwnRow(msgspec.Struct, frozen=True):
    """A labelled passage written for the project, under its section title; files hold documents in reading order."""

    pid: str
    doc: str
    text: str
    section: str = ""
    evidence: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph of a document, in the order of the file."""

    pid: str
    doc: str
    text: str


def read_gold(path: Path) -> tuple[GoldRow, ...]:
    """Raises InputFileError with the line, NoSuchFileError."""
    return tuple(row for row in _decoded(path, GoldRow) if isinstance(row, GoldRow))


def _decoded(path: Path, kind: type[msgspec.Struct]) -> Iterable[msgspec.Struct]:
    try:
        content = path.read_bytes()
    except OSError:
        raise NoSuchFileError(path=str(path)) from None
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.strip():
            try:
                yield msgspec.json.decode(line, type=kind)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise InputFileError(
                    path=str(path), line=number, reason=str(error)
                ) from None


_NUMBERED = re.compile(r"^\d+(\.\d+)*\.? \w")
_RUN_ON = re.compile(r"[.?!] (\d\.\d+(?:\.\d+)* [A-Z][^.?!]{4,90})$")


def _heading(text: str) -> str | None:
    """The heading this paragraph is, or the numbered one that a text conversion left at its end."""
    text = text.strip()
    if len(text) < 100 and not text.startswith("-"):
        if text.startswith("#") or _NUMBERED.match(text):
            return text.strip("# ")
        if text and text[-1] not in ".,:;?!" and len(text.split()) <= 12:
            return text
    run_on = _RUN_ON.search(text)
    return run_on.group(1) if run_on else None


def read_paragraphs(path: Path) -> dict[str, tuple[Passage, ...]]:
    """Passages by document, each under the last heading-like paragraph before it. Raises InputFileError, NoSuchFileError."""
    from kb.passages.kinds import with_kinds

    documents: dict[str, list[Passage]] = {}
    section: dict[str, tuple[str, ...]] = {}
    for row in _decoded(path, Paragraph):
        assert isinstance(row, Paragraph)
        passages = documents.setdefault(row.doc, [])
        passages.append(
            Passage(
                row.pid,
                row.doc,
                row.text,
                len(passages),
                section=section.get(row.doc, ()),
            )
        )
        heading = _heading(row.text)
        if heading is not None:
            section[row.doc] = (heading,)
    return {name: with_kinds(passages) for name, passages in documents.items()}


def read_own(folder: Path) -> tuple[OwnRow, ...]:
    """Rows of all `*.jsonl` of a folder. Raises InputFileError with the line, NoSuchFileError for a folder without any."""
    rows = [
        row
        for path in sorted(folder.glob("*.jsonl"))
        for row in _decoded(path, OwnRow)
        if isinstance(row, OwnRow)
    ]
    if not rows:
        raise NoSuchFileError(path=str(folder / "*.jsonl"))
    return tuple(rows)


def documents_of_own(rows: Sequence[OwnRow]) -> dict[str, tuple[Passage, ...]]:
    """The passages of each document, in order."""
    from kb.passages.kinds import with_kinds

    documents: dict[str, list[Passage]] = {}
    for row in rows:
        passages = documents.setdefault(row.doc, [])
        passages.append(
            Passage(
                row.pid,
                row.doc,
                row.text,
                len(passages),
                section=(row.section,) if row.section else (),
            )
        )
    return {name: with_kinds(passages) for name, passages in documents.items()}


def labels_of_gold(rows: Sequence[GoldRow | OwnRow], codes: Sequence[str]) -> Labels:
    """What coders said: all themes but the ones that count neither way."""
    return {
        row.pid: {
            code: code in row.evidence for code in codes if code not in row.ignore
        }
        for row in rows
    }


def labels_of_decisions(decisions: Iterable[Decision]) -> Labels:
    """What curators decided; on other themes of the same passage they said nothing."""
    labels: dict[str, dict[str, bool]] = {}
    for (passage, theme), evidence in decided(decisions).items():
        labels.setdefault(passage, {})[theme] = evidence
    return labels
