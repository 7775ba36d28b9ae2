"""Tables of contents and reference lists of plain text: where they are, and which lines make one entry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.structure.plain import kinds
from kb.structure.plain.pages import letters
from kb.structure.plain.pieces import Piece

_UNFINISHED = re.compile(
    r"(?:[,:&(]|\s[-–]|\b(?:[Ii]n|en|and|van|de|het|der|den|of|pp?\.)|(?:\bIn|,|&|\ben)\s[A-Z]\.)$"
)


def bare_reference(text: str) -> bool:
    """Whether a heading opens a list of references."""
    return kinds.bare(text) in kinds.words("references")


def name_sections(pieces: list[Piece]) -> None:
    """Table of contents and reference lists: from their heading to the next."""
    section = ""
    titles: set[str] = set()
    for piece in pieces:
        promised = (
            section == "toc"
            and letters(piece.text) not in titles
            and kinds.TOC_LINE.match(piece.text) is not None
            and (not piece.opens or kinds.LEADERS.search(piece.text))
        )
        if piece.kind == "heading" and not promised:
            section = (
                "toc"
                if kinds.bare(piece.text) in kinds.words("contents")
                else "reference"
                if bare_reference(piece.text)
                else ""
            )
        elif section == "toc":
            section = section if _in_contents(piece, titles) else ""
            titles |= (
                {_title(line) for line in piece.lines} - {""} if section else set()
            )
            piece.kind, piece.level = (
                ("toc", None) if section else (piece.kind, piece.level)
            )
        elif section == "reference" and piece.kind in ("paragraph", "list", "footnote"):
            text = kinds.BULLET.sub("", piece.text, count=1)
            if (
                piece.kind == "list"
                or kinds.starts_reference(text)
                or text[:1].islower()
                or re.match(r"https?:|www\.|<", text)
            ):
                piece.kind = "reference"
            elif not piece.text.endswith(":") and not any(
                kinds.starts_reference(line) for line in piece.lines
            ):
                section = (
                    ""
                    if kinds.word_count(text) < 12 or kinds.word_count(text) > 60
                    else section
                )


def _in_contents(piece: Piece, titles: set[str]) -> bool:
    """Whether a piece is still part of the table of contents, of which `titles` came before."""
    lines = sum(kinds.TOC_LINE.match(line) is not None for line in piece.lines)
    if letters(piece.text) in titles or (piece.opens and not lines):
        return False
    sentence = kinds.word_count(piece.text) >= 12 and kinds.ends_sentence(piece.text)
    return lines * 4 >= len(piece.lines) or not (
        sentence or kinds.word_count(piece.text) > 40
    )


def _title(text: str) -> str:
    """Letters of a line of a table of contents up to its leaders and number."""
    match = kinds.TOC_LINE.match(text)
    return letters(match.group("title")) if match else ""


def entries(pieces: list[Piece]) -> list[Piece]:
    """One piece for each entry of a reference list and each line of a table of contents; lines of it that no one can read are debris."""
    found: list[Piece] = []
    for piece in pieces:
        if piece.kind == "toc" and len(piece.lines) > 1:
            found += [
                replace(piece, lines=[line], text=line, opens=piece.opens and not at)
                for at, line in enumerate(piece.lines)
            ]
        elif (
            piece.kind == "reference"
            and found
            and found[-1].kind == "reference"
            and _goes_on(found[-1], piece)
        ):
            last = found[-1]
            last.lines = [*last.lines, *piece.lines]
            last.text, last.page_end = f"{last.text} {piece.text}", piece.page_end
        elif piece.kind == "reference":
            found += _entries_of(piece)
        else:
            found.append(piece)
    return found


def _goes_on(last: Piece, piece: Piece) -> bool:
    """Whether a reference entry goes on over a false bullet or a blank line."""
    text = kinds.BULLET.sub("", piece.text, count=1)
    if (
        _UNFINISHED.search(last.text)
        or text[:1].islower()
        or re.match(r"https?:|www\.|<http", text)
    ):
        return True
    return (
        not kinds.BULLET.match(piece.text)
        and not kinds.starts_reference(text)
        and not kinds.ends_sentence(last.text)
    )


def _entries_of(piece: Piece) -> list[Piece]:
    parts: list[list[str]] = []
    for line in piece.lines:
        if not parts or (
            kinds.starts_reference(line)
            and len(piece.lines) > 1
            and _entry_done(parts[-1])
        ):
            parts.append([])
        parts[-1].append(line)
    if len(parts) == 1:
        return [piece]
    return [
        replace(piece, lines=part, text=" ".join(part), opens=piece.opens and not at)
        for at, part in enumerate(parts)
    ]


def _entry_done(lines: Sequence[str]) -> bool:
    text = " ".join(lines)
    return len(text) > 40 and (
        kinds.ends_sentence(text)
        or re.search(r"(?:\d|>|/)$", text) is not None
        or len(lines[-1]) < 60
    )
