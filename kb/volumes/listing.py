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
    told = {}
    for n, one in enumerate(placed):
        told[one.at] = Listed(people.get(n), pages.get(n, ""))
    return told


def contents_text(blocks: Sequence[Block]) -> str:
    """The text of the contents, a row a line."""
    lines: list[str] = []
    for at in rows_of_contents(blocks):
        lines += _row(blocks[at]).split("\n")
    each_once = dict.fromkeys(lines)
    return "\n".join(each_once)


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
            told += _bare(_row(block))
    return rows


def _row(block: Block) -> str:
    """The text of a block, the cells of a table parted by tabs."""
    if not block.rows:
        return block.text
    rows = ["\t".join(row) for row in block.rows]
    return "\n".join(rows)


def _may_be_row(block: Block, told: str) -> bool:
    """Whether a block below "Inhoud" is of the contents still, which are `told` so far."""
    text = block.text
    if block.kind == "heading":
        has_page = _FIRST_IN_LINE.match(text) or _LAST_IN_LINE.search(text)
        title = _bare(without_number(text))
        return bool(has_page) and title not in told
    pages = len(_PAGE.findall(text))
    longest = _LONGEST_ROW * max(pages, 1)
    return len(text) < longest


def _bare(text: str) -> str:
    """Letters alone, by which a title is looked for."""
    return letters(fold(text))


def is_heading_of_contents(text: str) -> bool:
    known = words("kb.volumes", "parts.toml", "contents")
    return fold(text).strip(" :.") in known


def _placed(text: str, titles: Mapping[int, str]) -> list[_Placed]:
    """The titles found, in the order of the contents, each at a place of its own.

    Long titles are looked for first: a short one may stand in them.
    """
    contents = _Contents(text)
    longest_first = sorted(titles, key=lambda at: -len(titles[at]))
    found: list[_Placed] = []
    for at in longest_first:
        span = contents.take(_bare(titles[at]))
        if span is not None:
            found.append(_Placed(at, *span))
    found.sort(key=lambda one: one.start)
    return _with_second_lines(text, found)


class _Contents:
    """The letters of the contents, each with its place, and what was found there."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: list[int] = []
        self._taken: list[tuple[int, int]] = []
        kept: list[str] = []
        for at, sign in enumerate(text):
            bare = _bare(sign)
            kept.append(bare)
            self._places += [at] * len(bare)
        self._letters = "".join(kept)

    def take(self, wanted: str) -> tuple[int, int] | None:
        """Where a title stands in the text, its letters as they are or nearly so.

        What was found once is found for no other title.
        """
        if len(wanted) < _SHORTEST:
            return None
        span = self._exact(wanted)
        if span is None and len(wanted) >= _FUZZY_FROM:
            span = self._nearly(wanted)
        if span is None:
            return None
        self._taken.append(span)
        first, last = span[0], span[1] - 1
        return self._places[first], self._places[last] + 1

    def _exact(self, wanted: str) -> tuple[int, int] | None:
        at = self._letters.find(wanted)
        while at >= 0:
            span = (at, at + len(wanted))
            if self._stands_alone(span) and self._is_free(span):
                return span
            at = self._letters.find(wanted, at + 1)
        return None

    def _nearly(self, wanted: str) -> tuple[int, int] | None:
        near = fuzz.partial_ratio_alignment(
            wanted, self._letters, score_cutoff=_ALIKE
        )
        if near is None or near.dest_end <= near.dest_start:
            return None
        span = (near.dest_start, near.dest_end)
        return span if self._is_free(span) else None

    def _stands_alone(self, span: tuple[int, int]) -> bool:
        """Whether no word goes on at either side."""
        start = self._places[span[0]]
        end = self._places[span[1] - 1]
        before = self._text[start - 1 : start]
        behind = self._text[end + 1 : end + 2]
        return not before.isalpha() and not behind.isalpha()

    def _is_free(self, span: tuple[int, int]) -> bool:
        start, end = span
        return not any(a < end and start < b for a, b in self._taken)


def _with_second_lines(text: str, placed: Sequence[_Placed]) -> list[_Placed]:
    """Titles with the line that stands below them, in the contents as in the text."""
    joined: list[_Placed] = []
    for one in placed:
        last = joined[-1] if joined else None
        if last and _goes_on(text, last, one):
            joined[-1] = replace(last, end=one.end)
        else:
            joined.append(one)
    return joined


def _goes_on(text: str, title: _Placed, line: _Placed) -> bool:
    """Whether a line stands right below a title in both."""
    between = text[title.end : line.start].strip(_EDGES)
    return line.at == title.at + 1 and not between


def _gaps(text: str, placed: Sequence[_Placed]) -> list[str]:
    """What stands before the first title, between each two, and behind the last."""
    ends = [0, *(one.end for one in placed)]
    starts = [*(one.start for one in placed), len(text)]
    return [text[a:b] for a, b in zip(ends, starts, strict=True)]


def _people(gaps: Sequence[str]) -> dict[int, People]:
    """Who stands behind the titles, or before them, as most of the contents have it."""
    behind = _told([_behind(gap) for gap in gaps[1:]])
    before = _told([_before(gap) for gap in gaps[:-1]])
    return behind if len(behind) >= len(before) else before


def _told(people: Sequence[People | None]) -> dict[int, People]:
    return {n: named for n, named in enumerate(people) if named}


def _behind(gap: str) -> People | None:
    """The people on the line of a title, or below it, up to the number of its page."""
    line, _newline, _rest = gap.partition("\n")
    number = _PAGE.search(gap)
    up_to_page = gap[: number.start()] if number else gap
    return _last_people(_PAGE.sub(" ", line)) or _last_people(up_to_page)


def _read(text: str) -> People | None:
    """The people that a text names and nothing else, first names first or last."""
    if found := people_in(text.strip(_EDGES)):
        return found
    turned = surnames_first(text.strip(" \t\n,:–—-•*"))
    return People(tuple(turned.names)) if turned else None


def _last_people(text: str) -> People | None:
    """The people with which a text ends: behind a sign, or else where a name may begin."""
    if whole := _read(text):
        return whole
    text = text.strip(_EDGES)
    for sign in _CUTS.finditer(text):
        if found := people_in(text[sign.end() :].strip(_EDGES)):
            return found
    for word in list(_STARTS.finditer(text))[1:]:
        found = people_in(text[word.start() :])
        if found and found.sure:
            return found
    return None


def _before(gap: str) -> People | None:
    """The people on the line of a title before it, or above it behind the last number."""
    last_line = gap.rpartition("\n")[2]
    if found := _read(_PAGE.sub(" ", last_line)):
        return found
    numbers = list(_PAGE.finditer(gap))
    behind_page = gap[numbers[-1].end() :] if numbers else gap
    if found := _read(behind_page):
        return found
    lines = [line for line in behind_page.split("\n") if line.strip(_EDGES)]
    return _read(lines[-1]) if lines else None


def _pages(text: str, gaps: Sequence[str]) -> dict[int, str]:
    """First and last page of each title, at the begin of its line or at the end."""
    first = _FIRST_IN_LINE.findall(text)
    last = _LAST_IN_LINE.findall(text)
    if len(first) > len(last):
        before = [_FIRST_IN_LINE.findall(gap)[-1:] for gap in gaps[:-1]]
        pages = [_page_of(found) for found in before]
        if _grow(pages) and not _counts(pages):
            return _spans(pages, _numbers(first))
    behind = [_LAST_IN_LINE.findall(gap)[:1] for gap in gaps[1:]]
    pages = [_page_of(found) for found in behind]
    return _spans(pages, _numbers(last)) if _grow(pages) else {}


def _page_of(found: Sequence[str]) -> int | None:
    return next(iter(_numbers(found)), None)


def _numbers(found: Sequence[str]) -> list[int]:
    return [int(number) for number in found if int(number) < _NO_PAGE]


def _grow(numbers: Sequence[int | None]) -> bool:
    told = [number for number in numbers if number is not None]
    return told == sorted(set(told))


def _counts(numbers: Sequence[int | None]) -> bool:
    """Whether they number chapters: 1, 2, 3."""
    if len(numbers) < 2 or None in numbers:
        return False
    told = [number for number in numbers if number is not None]
    return all(b == a + 1 for a, b in pairwise(told))


def _spans(
    numbers: Sequence[int | None], in_rows: Sequence[int]
) -> dict[int, str]:
    """ "5-13": up to the page before the next one that the contents tell."""
    spans = {}
    for n, first in enumerate(numbers):
        if first is not None:
            behind = [page for page in in_rows if page > first]
            last = min(behind, default=first) - 1
            spans[n] = f"{first}-{last}" if last > first else str(first)
    return spans
