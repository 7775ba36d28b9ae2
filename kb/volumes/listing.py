"""Where do the contents of a volume name a title, on which page, and beside whom?

The contents are read as one text, so that a title, its people and its page may stand in
any order, on one line or on several.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz import fuzz

from kb.datafiles import words
from kb.dutch.fold import fold, letters
from kb.records import Block
from kb.volumes.bylines import surnames_first
from kb.volumes.genres import without_number
from kb.volumes.people import People, people_in

_SHORTEST = 6  # letters of a title that is looked for
_FUZZY_FROM = 14  # letters from which contents and heading may differ in some
_NO_PAGE = 1500  # a year, or the number of an issue
_LONGEST_ROW = 250  # characters for each number in a block of the contents
_ALIKE = 92  # "sociaal", "sociale"; of 100
_PAGE = re.compile(r"(?<![\w.,])\d{1,4}(?![\w,]|\.\d)")
_FIRST_IN_LINE = re.compile(r"(?m)^\W*(\d{1,4})\b")
_LAST_IN_LINE = re.compile(r"(?m)\b(\d{1,4})\W*$")
_EDGES = " \t\n,:–—-|/()[].…·•*?!"
_CUTS = re.compile(r"[–—|(:\n\t]|\s-\s|,\s|\.\s")
_STARTS = re.compile(r"(?<!\S)(?=[A-ZÀ-Þ]|prof\.|dr\.|drs\.|mr\.|ir\.)")


@dataclass(frozen=True, slots=True)
class Listed:
    """What the contents say of a title."""

    people: People | None = None
    pages: str = ""


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where a title stands in the text of the contents."""

    at: int  # the block of its heading
    start: int
    end: int


def listed(
    blocks: Sequence[Block], titles: Mapping[int, str]
) -> dict[int, Listed]:
    """What the contents say of each title that they name.

    Args:
        blocks: of the volume.
        titles: by the block of the heading.
    """
    text = contents_text(blocks)
    placed = _placed(text, titles)
    if not placed:
        return {}
    gaps = _gaps(text, placed)
    people = _people(gaps)
    pages = _pages(text, gaps)
    return {
        one.at: Listed(people.get(n), pages.get(n, ""))
        for n, one in enumerate(placed)
    }


def contents_text(blocks: Sequence[Block]) -> str:
    """The text of the contents, a row a line."""
    rows = (_row(blocks[at]) for at in rows_of_contents(blocks))
    lines = (line for row in rows for line in row.split("\n"))
    return "\n".join(dict.fromkeys(lines))


def rows_of_contents(blocks: Sequence[Block]) -> list[int]:
    """The blocks that make up the contents."""
    rows: list[int] = []
    told = ""
    inside = False
    for at, block in enumerate(blocks):
        if is_heading_of_contents(block.text) and block.kind != "toc":
            inside = True
        elif inside and not _may_be_row(block, told):
            inside = False
        elif block.kind == "toc" or (inside and block.kind != "furniture"):
            rows.append(at)
            told += letters(fold(_row(block)))
    return rows


def _row(block: Block) -> str:
    return "\n".join("\t".join(row) for row in block.rows or ((block.text,),))


def _may_be_row(block: Block, told: str) -> bool:
    """Whether a block below "Inhoud" is of the contents still, which are `told` so far."""
    if block.kind == "heading":
        bare = letters(fold(without_number(block.text)))
        numbers = _FIRST_IN_LINE.match(block.text) or _LAST_IN_LINE.search(
            block.text
        )
        return bool(numbers) and bare not in told
    numbers_told = _PAGE.findall(block.text)
    return len(block.text) < _LONGEST_ROW * max(len(numbers_told), 1)


def is_heading_of_contents(text: str) -> bool:
    known = words("kb.volumes", "parts.toml", "contents")
    return fold(text).strip(" :.") in known


def _placed(text: str, titles: Mapping[int, str]) -> list[_Placed]:
    """The titles found, in the order of the contents, each at a place of its own."""
    bare = [
        (c, at) for at, char in enumerate(text) for c in letters(fold(char))
    ]
    whole = "".join(char for char, _at in bare)
    places = [at for _char, at in bare]
    found: list[_Placed] = []
    taken: list[tuple[int, int]] = []
    longest = sorted(titles, key=lambda at: -len(titles[at]))
    for at in longest:
        span = _find(whole, letters(fold(titles[at])), text, places, taken)
        if span is not None:
            start, end = places[span[0]], places[span[1] - 1] + 1
            taken.append(span)
            found.append(_Placed(at, start, end))
    return _with_second_lines(text, sorted(found, key=lambda one: one.start))


def _with_second_lines(text: str, placed: Sequence[_Placed]) -> list[_Placed]:
    """Titles with the line that stands below them, in the contents as in the text."""
    joined: list[_Placed] = []
    for one in placed:
        last = joined[-1] if joined else None
        if (
            last is not None
            and one.at == last.at + 1
            and not text[last.end : one.start].strip(_EDGES)
        ):
            joined[-1] = replace(last, end=one.end)
        else:
            joined.append(one)
    return joined


def _find(
    whole: str,
    wanted: str,
    text: str,
    places: Sequence[int],
    taken: Sequence[tuple[int, int]],
) -> tuple[int, int] | None:
    if len(wanted) < _SHORTEST:
        return None
    at = whole.find(wanted)
    while at >= 0:
        start, end = places[at], places[at + len(wanted) - 1]
        stands_alone = not text[start - 1 : start].isalpha() and not (
            text[end + 1 : end + 2].isalpha()
        )
        span = (at, at + len(wanted))
        if stands_alone and not _overlaps(span, taken):
            return span
        at = whole.find(wanted, at + 1)
    if len(wanted) < _FUZZY_FROM:
        return None
    near = fuzz.partial_ratio_alignment(wanted, whole, score_cutoff=_ALIKE)
    if near is None or near.dest_end <= near.dest_start:
        return None
    span = (near.dest_start, near.dest_end)
    return None if _overlaps(span, taken) else span


def _overlaps(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)


def _gaps(text: str, placed: Sequence[_Placed]) -> list[str]:
    """What stands before the first title, between each two, and behind the last."""
    ends = [0, *(one.end for one in placed)]
    starts = [*(one.start for one in placed), len(text)]
    return [text[a:b] for a, b in zip(ends, starts, strict=True)]


def _people(gaps: Sequence[str]) -> dict[int, People]:
    """Who stands behind the titles, or before them, as most of the contents have it."""
    behind = {n: p for n, gap in enumerate(gaps[1:]) if (p := _behind(gap))}
    before = {n: p for n, gap in enumerate(gaps[:-1]) if (p := _before(gap))}
    return behind if len(behind) >= len(before) else before


def _behind(gap: str) -> People | None:
    """The people on the line of a title, or below it, up to the number of its page."""
    line, _newline, _rest = gap.partition("\n")
    number = _PAGE.search(gap)
    up_to_page = gap[: number.start()] if number else gap
    return _last_people(_PAGE.sub(" ", line)) or _last_people(up_to_page)


def _read(text: str) -> People | None:
    """The people that a text names and nothing else, first names first or last."""
    told = surnames_first(text.strip(" \t\n,:–—-•*"))
    return people_in(text.strip(_EDGES)) or (
        People(tuple(told.names)) if told else None
    )


def _last_people(text: str) -> People | None:
    if whole := _read(text):
        return whole
    text = text.strip(_EDGES)
    cuts = [sign.end() for sign in _CUTS.finditer(text)]
    starts = [sign.start() for sign in _STARTS.finditer(text)][1:]
    found = (people_in(text[at:].strip(_EDGES)) for at in cuts)
    if behind_sign := next(filter(None, found), None):
        return behind_sign
    loose = (people_in(text[at:]) for at in starts)
    return next((one for one in loose if one and one.sure), None)


def _before(gap: str) -> People | None:
    """The people on the line of a title before it, or above it behind the last number."""
    line = _PAGE.sub(" ", gap.rpartition("\n")[2])
    numbers = list(_PAGE.finditer(gap))
    behind_page = gap[numbers[-1].end() :] if numbers else gap
    found = _read(line) or _read(behind_page)
    if found:
        return found
    last = [one for one in behind_page.split("\n") if one.strip(_EDGES)][-1:]
    return _read(last[0]) if last else None


def _pages(text: str, gaps: Sequence[str]) -> dict[int, str]:
    """First and last page of each title, at the begin of its line or at the end."""
    first, last = _FIRST_IN_LINE.findall(text), _LAST_IN_LINE.findall(text)
    if len(first) > len(last):
        early = [_only(_FIRST_IN_LINE.findall(gap)[-1:]) for gap in gaps[:-1]]
        if _grow(early) and not _counts(early):
            return _spans(early, _numbers(first))
    later = [_only(_LAST_IN_LINE.findall(gap)[:1]) for gap in gaps[1:]]
    return _spans(later, _numbers(last)) if _grow(later) else {}


def _only(found: Sequence[str]) -> int | None:
    return next(iter(_numbers(found)), None)


def _numbers(found: Sequence[str]) -> list[int]:
    return [int(number) for number in found if int(number) < _NO_PAGE]


def _grow(numbers: Sequence[int | None]) -> bool:
    told = [number for number in numbers if number is not None]
    return told == sorted(set(told))


def _counts(numbers: Sequence[int | None]) -> bool:
    """Whether they number chapters: 1, 2, 3."""
    return len(numbers) > 1 and all(
        a is not None and b == a + 1 for a, b in pairwise(numbers)
    )


def _spans(
    numbers: Sequence[int | None], in_rows: Sequence[int]
) -> dict[int, str]:
    """ "5-13": up to the page before the next one that the contents tell."""
    told = sorted(set(in_rows))
    spans = {}
    for n, first in enumerate(numbers):
        if first is None:
            continue
        following = next((page for page in told if page > first), None)
        one_page = following is None or following == first + 1
        spans[n] = (
            str(first) if one_page else f"{first}-{(following or 1) - 1}"
        )
    return spans
