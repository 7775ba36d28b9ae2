"""Tables of contents and reference lists of plain text, where they are, and which lines make
one entry.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kb.dutch.fold import letters
from kb.structure.plain import kinds
from kb.structure.plain.paragraphs import Piece

_UNFINISHED = re.compile(
    r"(?:[,:&(]|\s[-–]|\b(?:[Ii]n|en|and|van|de|het|der|den|of|pp?\.)|(?:\bIn|,|&|"
    r"\ben)\s[A-Z]\.)$"
)

_ADDRESS = re.compile(r"https?:|www\.|<")
_LISTED = ("paragraph", "list", "footnote")
_SHORT_NOTE, _LONG_NOTE = (
    12,
    60,
)  # words of a remark within a list of references
_LONG_LINE = 40  # words of a piece that is no line of contents
_DONE, _SHORT_LINE = 40, 60  # characters of an entry, and of its last line


def bare_reference(text: str) -> bool:
    """Whether a heading opens a list of references."""
    return kinds.bare(text) in kinds.words("references")


@dataclass(slots=True)
class _Section:
    """The section that pieces stand in, while they go by."""

    name: str = ""  # "toc", "reference" or neither
    titles: set[str] = field(
        default_factory=set
    )  # those of the contents so far


def name_sections(pieces: Sequence[Piece]) -> None:
    """Table of contents and reference lists: from their heading to the next."""
    section = _Section()
    for piece in pieces:
        if piece.kind == "heading" and not _is_line_of_contents(
            piece, section
        ):
            section.name = _opened_by(piece.text)
        elif section.name == "toc":
            _take_contents(piece, section)
        elif section.name == "reference" and piece.kind in _LISTED:
            _take_reference(piece, section)


def _opened_by(title: str) -> str:
    if kinds.bare(title) in kinds.words("contents"):
        return "toc"
    return "reference" if bare_reference(title) else ""


def _is_line_of_contents(piece: Piece, section: _Section) -> bool:
    """Whether a heading is a line of the contents that reads like one."""
    if section.name != "toc" or letters(piece.text) in section.titles:
        return False
    if not kinds.TOC_LINE.match(piece.text):
        return False
    return not piece.opens or kinds.LEADERS.search(piece.text) is not None


def _take_contents(piece: Piece, section: _Section) -> None:
    if not _in_contents(piece, section.titles):
        section.name = ""
        return
    section.titles |= {_title(line) for line in piece.lines} - {""}
    piece.kind, piece.level = "toc", None


def _take_reference(piece: Piece, section: _Section) -> None:
    """An entry of the list.

    A text that is none ends the list, unless it leads one in.
    """
    text = kinds.BULLET.sub("", piece.text, count=1)
    entry = piece.kind == "list" or kinds.starts_reference(text)
    if entry or text[:1].islower() or _ADDRESS.match(text):
        piece.kind = "reference"
        return
    if piece.text.endswith(":") or any(
        map(kinds.starts_reference, piece.lines)
    ):
        return
    if not _SHORT_NOTE <= kinds.word_count(text) <= _LONG_NOTE:
        section.name = ""


def _in_contents(piece: Piece, titles: set[str]) -> bool:
    """Whether a piece is still part of the contents, of which `titles` came before."""
    lines = sum(kinds.TOC_LINE.match(line) is not None for line in piece.lines)
    if letters(piece.text) in titles or (piece.opens and not lines):
        return False
    if lines * 4 >= len(piece.lines):
        return True
    count = kinds.word_count(piece.text)
    sentence = count >= _SHORT_NOTE and kinds.ends_sentence(piece.text)
    return not sentence and count <= _LONG_LINE


def _title(text: str) -> str:
    """Letters of a line of a table of contents up to its leaders and number."""
    match = kinds.TOC_LINE.match(text)
    return letters(match.group("title")) if match else ""


def entries(pieces: Sequence[Piece]) -> list[Piece]:
    """One piece for each entry of a reference list and each line of contents."""
    found: list[Piece] = []
    for piece in pieces:
        if piece.kind == "toc" and len(piece.lines) > 1:
            found += _split(piece, [[line] for line in piece.lines])
        elif (
            piece.kind == "reference" and found and _goes_on(found[-1], piece)
        ):
            last = found[-1]
            last.lines = [*last.lines, *piece.lines]
            last.text, last.page_end = (
                f"{last.text} {piece.text}",
                piece.page_end,
            )
        elif piece.kind == "reference":
            found += _entries_of(piece)
        else:
            found.append(piece)
    return found


def _goes_on(last: Piece, piece: Piece) -> bool:
    """Whether an entry goes on over a false bullet or a blank line."""
    if last.kind != "reference":
        return False
    text = kinds.BULLET.sub("", piece.text, count=1)
    if _UNFINISHED.search(last.text) or text[:1].islower():
        return True
    if re.match(r"https?:|www\.|<http", text):
        return True
    begins = kinds.BULLET.match(piece.text) or kinds.starts_reference(text)
    return not begins and not kinds.ends_sentence(last.text)


def _entries_of(piece: Piece) -> list[Piece]:
    """The entries that the lines of a piece hold."""
    parts: list[list[str]] = []
    for line in piece.lines:
        begins = (
            bool(parts)
            and kinds.starts_reference(line)
            and _is_done(parts[-1])
        )
        if not parts or begins:
            parts.append([])
        parts[-1].append(line)
    return [piece] if len(parts) == 1 else _split(piece, parts)


def _split(piece: Piece, parts: Sequence[list[str]]) -> list[Piece]:
    """A piece for each part of its lines."""
    return [
        replace(
            piece,
            lines=part,
            text=" ".join(part),
            opens=piece.opens and not at,
        )
        for at, part in enumerate(parts)
    ]


def _is_done(lines: Sequence[str]) -> bool:
    text = " ".join(lines)
    if len(text) <= _DONE:
        return False
    ended = (
        kinds.ends_sentence(text)
        or re.search(r"(?:\d|>|/)$", text) is not None
    )
    return ended or len(lines[-1]) < _SHORT_LINE
