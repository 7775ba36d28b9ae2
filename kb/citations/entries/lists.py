"""The references of a document: its lists (one per article), and sources printed in notes, under figures, on slides and in the colophon."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kb.citations.entries.dates import YEAR
from kb.citations.entries.names import is_organisation
from kb.citations.entries.parse import parse_entry
from kb.citations.entries.splitting import (
    Piece,
    begins_entry,
    count_verbs,
    heading_of_list,
    is_entry,
    is_reversed,
    join,
    part,
    trimmed,
)
from kb.citations.wordlists import fold, phrase_pattern
from kb.dutch.fold import letters
from kb.records import Block, Reference

_IN_LIST = frozenset({"reference", "list", "paragraph", "quote", "margin"})
_STRAY_LIMIT = (
    2  # blocks in a row that are no entries end a list that the layout did not mark
)

_SOURCE = re.compile(
    r"\(?\b(?:[Bb]ron(?:nen)?|Source)\s?:\s*(?P<s>[^()]{4,300}(?:\([^()]{1,40}\)[^()]{0,200})?)"
)
_TITLED = re.compile(
    rf"(?P<q>[‘“\"'])(?P<t>[^‘“”\"]{{6,200}}?)[’”\"']\s*\((?P<s>[^()]{{2,60}}?,?\s{YEAR}[a-z]?)\)"
)
_SLIDE = re.compile(
    rf"^\W*(?:[Rr]apport|[Oo]nderzoek|[Aa]rtikel|[Pp]ublicatie|[Bb]oek|[Nn]ota|[Bb]rochure|[Hh]andreiking)\s+[‘“\"'](?P<t>.{{6,200}}?)[’”\"']?\s*\(\D{{0,12}}(?:{YEAR})\)\W*$"
)
_WEB_IN_BRACKETS = re.compile(
    r"\((?P<s>(?:zie|zie ook|bron|bekijk|via)\b[^()]{2,80}?\b(?:https?://|www\.)[^()\s]+)\)",
    re.I,
)
_ADDRESS_IN_BRACKETS = re.compile(
    r"\((?:[^()]{0,120};\s*)?(?P<s>(?:https?://|www\.)[^()\s;]+)\)"
)
_MONTH_YEAR = re.compile(
    rf"\b(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)\s+{YEAR}\b",
    re.I,
)
_ADDRESS = re.compile(r"\b[\w-]+\.(?:[\w-]+\.)?(?:nl|be|org|com|eu)/\S+")
_POINTS = re.compile(
    rf"^(?:zie|bron|vgl|bekijk|via)\b|\bte (?:vinden|downloaden|raadplegen)\b|{YEAR}",
    re.I,
)
_SCANNED_MARK = re.compile(
    r"(?<=[.)\w])\s[?!®©°>*]\s(?=[A-Z‘“])"
)  # what recognition makes of a raised number
_WORK_NAMED = re.compile(
    r"rapport|brief|advies|nota\b|notitie|opzet|plan\b|verslag|document|agenda|akkoord|richtsnoer|protocol|convenant|programma|monitor|evaluatie|verkenning|onderzoek|handreiking|visie|analyse"
)
_NOTE_MARK = re.compile(r"^\s*(?:(?:\d{1,3}|[*†‡®!?>©°]|[¹²³⁴-⁹]+)[.)]?\s+|[¹²³⁴-⁹]+)")


def references_of(document_id: str, blocks: Sequence[Block]) -> tuple[Reference, ...]:
    """All references printed in a document, in reading order; entries of lists carry the number of their list, from 1."""
    found: list[tuple[int, Reference]] = []
    for number, start, pieces in _lists(blocks):
        found += [
            (start, _reference(document_id, p, "list", number))
            for p in _entries(pieces)
        ]
    inside = _inside(blocks)
    for at, block in enumerate(blocks):
        if at not in inside:
            found += [
                (at, r)
                for r in _elsewhere(document_id, block, blocks[at - 1] if at else None)
            ]
    return tuple(_numbered(r for _, r in sorted(found, key=lambda pair: pair[0])))


def _numbered(references: Iterable[Reference]) -> Iterator[Reference]:
    seen: set[str] = set()
    for reference in references:
        if reference.id not in seen:
            seen.add(reference.id)
            yield reference


def _reference(
    document_id: str, piece: Piece, place: str, number: int = 0
) -> Reference:
    raw = " ".join(piece.text.split())
    digest = hashlib.sha1(
        f"{place}{number}{letters(raw)}".encode(), usedforsecurity=False
    ).hexdigest()[:8]
    return Reference(
        id=f"{document_id}-r{digest}",
        document=document_id,
        raw=raw,
        csl=parse_entry(raw),
        page=piece.page,
        label=piece.label,
        place=place,
        list_number=number,
    )


# -- lists


def _is_heading(block: Block) -> bool:
    return (
        (block.kind in {"heading", "paragraph"})
        and len(block.text) < 80
        and heading_of_list(block.text)
    )


def _lists(blocks: Sequence[Block]) -> list[tuple[int, int, list[Piece]]]:
    """(number of the list, index of its first block, pieces) for each list."""
    lists: list[tuple[int, int, list[Piece]]] = []
    for start, end in _runs(blocks):
        pieces = [
            _piece(b)
            for b in blocks[start:end]
            if b.kind in _IN_LIST and b.text.strip() and not _is_label(b)
        ]
        if any(is_entry(p.text) or p.marked for p in pieces):
            lists.append((len(lists) + 1, start, pieces))
    return lists


def _is_label(block: Block) -> bool:
    """A heading of the list or of a part of it ("Overige bronnen:")."""
    return _is_heading(block) or (
        block.kind != "reference"
        and block.text.rstrip().endswith(":")
        and len(block.text) < 120
        and not re.search(YEAR, block.text)
    )


def _piece(block: Block) -> Piece:
    return Piece(block.text, block.page, block.label, block.kind == "reference")


def _inside(blocks: Sequence[Block]) -> set[int]:
    return {at for start, end in _runs(blocks) for at in range(start, end)}


def _runs(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Half-open spans of block indices that are reference lists."""
    runs: list[tuple[int, int]] = []
    at = 0
    while at < len(blocks):
        if _is_heading(blocks[at]):
            end = _end_of_list(blocks, at + 1, blocks[at].level)
            if end > at + 1:
                runs.append((at + 1, end))
            at = max(end, at + 1)
        elif blocks[at].kind == "reference":
            end = _end_of_list(blocks, at, None)
            runs.append((at, end))
            at = max(end, at + 1)
        else:
            at += 1
    return runs


def _end_of_list(blocks: Sequence[Block], start: int, level: int | None) -> int:
    """Index after the last entry of the list that starts at `start`."""
    end, stray = start, 0
    for at in range(start, len(blocks)):
        block = blocks[at]
        if block.kind == "heading":
            deeper = (
                block.level is not None and level is not None and block.level > level
            )
            follows = at + 1 < len(blocks) and (
                blocks[at + 1].kind == "reference" or begins_entry(blocks[at + 1].text)
            )
            if (
                _is_heading(block)
                or not follows
                or not (deeper or len(block.text) < 60)
            ):
                break
            continue
        if block.kind not in _IN_LIST or not block.text.strip():
            continue
        if _is_heading(block):
            break
        if (
            block.kind == "reference"
            or is_entry(block.text)
            or (end == at and stray == 0 and not _long_prose(block.text))
        ):
            end, stray = (
                at + 1,
                0 if block.kind == "reference" or is_entry(block.text) else 1,
            )
            continue
        stray += 1
        if stray > _STRAY_LIMIT or _long_prose(block.text):
            break
    return end


def _long_prose(text: str) -> bool:
    return len(text) > 350 and not begins_entry(text)


def _entries(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for joined in join(pieces):
        for found in part(joined):
            piece = replace(found, text=trimmed(found.text))
            if is_entry(piece.text) or (
                piece.marked
                and len(piece.text) > 15
                and not piece.text.rstrip().endswith(":")
            ):
                yield piece


# -- elsewhere


def _elsewhere(
    document_id: str, block: Block, before: Block | None
) -> Iterator[Reference]:
    """Sources in notes, under figures, on slides, in brackets with an address, and the document's own citation."""
    text = " ".join(block.text.split())
    if not text or block.kind in {"furniture", "toc", "table"}:
        return
    piece = Piece(text, block.page, block.label)
    if (
        before is not None
        and phrase_pattern("words", "self_citation").search(fold(before.text[-120:]))
        and begins_entry(text)
    ):
        yield _reference(document_id, piece, "self")
        return
    if own := phrase_pattern("words", "self_citation").search(fold(text)[:120]):
        rest = text[own.end() :].lstrip(" :().APa7")
        if begins_entry(rest):
            yield _reference(document_id, Piece(rest, block.page, block.label), "self")
            return
    if block.kind == "footnote":
        yield from _of_note(document_id, piece)
        return
    if (
        begins_entry(text)
        and (short := trimmed(text)) != text
        and re.search(rf"\({YEAR}[a-z]?\)[.,]?\s", short)
    ):
        yield _reference(document_id, replace(piece, text=short), "footnote")
        return
    if (
        begins_entry(text)
        and re.search(rf"\({YEAR}\)\.\s+\S.{{10,300}}[.>/\w]$", text)
        and len(text) < 500
        and block.kind != "heading"
    ):
        yield _reference(document_id, piece, "inline")
        return
    yield from _within(document_id, piece)
    if block.kind in {"list", "paragraph"} and len(text) < 260 and _SLIDE.match(text):
        yield _reference(
            document_id, Piece(text.lstrip("-•* "), block.page, block.label), "slide"
        )


def _within(document_id: str, piece: Piece) -> Iterator[Reference]:
    """Sources named inside running text: behind "bron:", and addresses in brackets."""
    for source in _SOURCE.finditer(piece.text):
        if _is_titled(source.group("s")):
            yield _reference(
                document_id, replace(piece, text=source.group().strip("( ")), "figure"
            )
    for address in _ADDRESS_IN_BRACKETS.finditer(piece.text):
        yield _reference(document_id, replace(piece, text=address.group("s")), "inline")
    for web in _WEB_IN_BRACKETS.finditer(piece.text):
        yield _reference(document_id, replace(piece, text=web.group("s")), "inline")


def _is_titled(source: str) -> bool:
    """A source line that names a work, not just an author and a year (those are citations)."""
    body = source.strip(" .")
    if not re.search(rf"{YEAR}|www\.|https?:", body):
        return False
    head = re.split(rf",?\s*\(?{YEAR}", body)[0].strip(" ,(")
    if re.search(r"www\.|https?:", body):
        return len(head.split()) >= 3 and _has_origin(body)
    return (
        bool(head)
        and not is_organisation(head)
        and len(head.split()) >= 3
        and not re.match(r"eigen\b", head, re.I)
    )


def _has_origin(source: str) -> bool:
    """Whether someone or some year stands in it: "Gemaakt door studenten, zie www.…" says where, but names no work."""
    return bool(
        {"author", "editor", "issued", "publisher", "container-title"}
        & parse_entry(source).keys()
    )


def _of_note(document_id: str, piece: Piece) -> Iterator[Reference]:
    """A note may be an entry, hold a titled source, or name a document with its month."""
    notes = _SCANNED_MARK.split(piece.text)
    if len(notes) > 1:
        for note in notes:
            yield from _of_note(document_id, replace(piece, text=note))
        return
    body = piece.text
    if mark := _NOTE_MARK.match(body):
        body = body[mark.end() :]
    for sentence in part(Piece(body, piece.page, piece.label)):
        text = re.sub(
            r"^(?:Zie(?: ook)?|Vgl\.|Vergelijk|Ontleend aan|Bron|Uit)\b:?\s+",
            "",
            sentence.text,
        )
        if (
            begins_entry(text)
            and is_entry(text)
            and len(text) > 40
            and not _sentence_like(text)
        ):
            yield _reference(
                document_id, Piece(text, piece.page, piece.label), "footnote"
            )
            return
    if (
        re.match(r"bron(?:nen)?:\s*(?:[^\W\d_]+[\s,]+){3}", body, re.I)
        and not re.search(YEAR, body)
        and not _has_origin(body)
    ):
        return
    if (
        ("www." in body or "http" in body or _ADDRESS.search(body))
        and len(body) < 240
        and _POINTS.search(body)
    ):
        yield _reference(document_id, replace(piece, text=body), "footnote")
        return
    if is_reversed(body):
        yield _reference(document_id, replace(piece, text=body), "footnote")
        return
    titled = list(_TITLED.finditer(body))
    for match in titled:
        yield _reference(
            document_id, Piece(match.group(), piece.page, piece.label), "footnote"
        )
    if (
        not titled
        and len(body) < 240
        and (
            (
                _MONTH_YEAR.search(body)
                and _WORK_NAMED.search(fold(body))
                and len(body) < 170
            )
            or re.match(
                r"kamerstuk|handelingen|stb\.|staatsblad|staatscourant", fold(body)
            )
        )
        and not _sentence_like(body)
    ):
        yield _reference(document_id, Piece(body, piece.page, piece.label), "footnote")


def _sentence_like(text: str) -> bool:
    """Whether a note is a sentence of its own rather than a source."""
    tokens = fold(text).split()
    return (
        count_verbs(tokens) >= 2
        or bool(
            {"is", "zijn"} & set(tokens[:12])
            and len(text) > 80
            and not begins_entry(text)
        )
        or tokens[:1] == ["dit"]
    )
