"""Running headers, footers and page numbers: what comes back on page after page is no text.

Evidence is a text that comes back (figures apart), a number that rises with the pages, or a
place *and* a type that no running text has. To stand alone at the top of a page is none: the
last line of a paragraph does so as well.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.records import Line, Page
from kb.structure.layout.page_numbers import (
    PageNumber,
    Rising,
    is_number,
    label_in,
)
from kb.structure.layout.typography import half_points
from kb.structure.layout.wording import is_numbered_heading

_ROMAN = re.compile(r"^[ivxl]{1,7}$", re.IGNORECASE)
_LEADING_NUMBER = re.compile(
    r"^(?:hoofdstuk\s+)?[\dIVX]+(?:\.\d+)*\.?\s+", re.IGNORECASE
)
_CHAPTER = re.compile(
    r"^(?:hoofdstuk|deel|bijlage|chapter|part)\s+(?:\d{1,2}|[IVXLC]{1,7}|[A-Z])\s*[.:]?$",
    re.IGNORECASE,
)
_MARGIN = (
    0.16  # share of the height in which furniture stands, above and below
)
_NARROW_MARGIN = 0.1  # the same in a document of two or three pages
_STEP = 6.0  # points: the same height
_NEAR = 6  # pages over which a text of one chapter comes back
_LEAST = 3  # pages on which a text comes back
_SHARE = 0.2  # or this share of all pages
_MOST_NUMBERS = 12  # bare numbers near the edges of a page; more are a table
_LONGEST = 120  # characters of a running title
_OF_TYPE = 0.25  # share of pages with furniture at a height, that make it the place for it
_AT_PLACE = 0.4  # share of pages with a line of its own type at one height
_APART = 0.9  # sizes of type between such a line and the text
_MOSTLY = 0.8  # share of such lines that must stand apart
_LARGER = 1.08  # times the size of the text, and a bit: a heading
_TEXT = 3  # characters of a line that is more than a number

Type = tuple[float, str, bool, bool, str]


@dataclass(frozen=True, slots=True)
class Edge:
    """A line near the upper or lower edge of its page."""

    line: Line
    page: Page

    @property
    def high(self) -> bool:
        return self.line.bottom < self.page.height / 2

    @property
    def slots(self) -> tuple[int, int]:
        """Its height on the page, in two overlapping grids."""
        bottom = self.line.bottom
        return int(bottom / _STEP) * 2, int(
            (bottom + _STEP / 2) / _STEP
        ) * 2 + 1

    @property
    def pattern(self) -> str:
        """Its text, with figures apart."""
        return _pattern(self.line.text)


def furniture_of(pages: Sequence[Page]) -> set[int]:
    """The `id()` of each line that is page furniture."""
    return _Search(pages).found()


class _Search:
    """The edges of the pages of one document, and which of them are known to be furniture."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.pages = pages
        self.edges = {page.number: _edges(page) for page in pages}
        self.known: set[int] = set()
        sizes: Counter[float] = Counter()
        types: Counter[Type] = Counter()
        for page in pages:
            for line in page.lines:
                sizes[half_points(line.size)] += len(line.text)
                types[_type(line)] += len(line.text)
        self.size = sizes.most_common(1)[0][0] if sizes else 0.0
        self.body = types.most_common(1)[0][0] if types else None

    def found(self) -> set[int]:
        """Each kind of evidence in turn.

        Later ones stand on what earlier ones found.
        """
        numbers = self._page_numbers()
        places = self._places()
        for page in self.pages:
            edges = self.edges[page.number]
            back = {
                id(edge.line)
                for edge in edges
                if id(edge.line) in numbers
                or (
                    self._comes_back(edge, places)
                    and not self._opens_chapter(edge)
                )
            }
            self.known |= _from_outside(edges, back)
            self.known |= {
                id(line) for line in page.lines if id(line) in numbers
            } - {id(edge.line) for edge in edges}
        self.known |= self._titles_that_change()
        self.known |= self._titles_at_one_place()
        return self.known | self._titles_again()

    # -- text that comes back

    def _places(self) -> dict[tuple[str, int], set[int]]:
        """The pages on which a text stands at a height."""
        found: dict[tuple[str, int], set[int]] = defaultdict(set)
        for edge in self._all_edges():
            for slot in edge.slots:
                found[(edge.pattern, slot)].add(edge.page.number)
        return found

    def _comes_back(
        self, edge: Edge, places: Mapping[tuple[str, int], set[int]]
    ) -> bool:
        """Whether enough pages have the text of `edge` at its height."""
        if edge.pattern == "#":
            return False  # bare numbers must rise with the pages
        pages = max(
            (places[(edge.pattern, slot)] for slot in edge.slots), key=len
        )
        if len(self.pages) <= _LEAST:
            return len(pages) >= 2 and _is_in_margin(edge, _NARROW_MARGIN)
        near = [
            number
            for number in pages
            if abs(number - edge.page.number) <= _NEAR
        ]
        least = max(_LEAST, _SHARE * len(self.pages))
        return len(near) >= _LEAST or len(pages) >= least

    def _opens_chapter(self, edge: Edge) -> bool:
        """Whether a line is the number of a chapter, large, at the head of its first page."""
        large = edge.line.size > 1.15 * self.size
        return large and bool(_CHAPTER.match(edge.line.text.strip()))

    # -- numbers that rise

    def _page_numbers(self) -> set[int]:
        """Lines that hold only a number, where that rises with the pages.

        At the edge of the text two pages show it, within it three must.
        """
        found: list[tuple[Line, PageNumber, bool]] = []
        for page in self.pages:
            for line, label, outer in self._bare_numbers(page):
                found.append((line, PageNumber(label, page.number), outer))
        rising = Rising((number for _, number, _ in found), len(self.pages))
        declared = {page.number: page.label for page in self.pages}
        return {
            id(line)
            for line, number, outer in found
            if _rises(number, rising, outer)
            or (outer and declared[number.page] == number.label)
        }

    def _bare_numbers(self, page: Page) -> Iterator[tuple[Line, str, bool]]:
        """Lines of nothing but a number, with it, and whether they stand outermost."""
        bare = [
            line for line in self._outer_lines(page) if is_number(line.text)
        ]
        for line in bare:
            outer = _is_outermost_number(line, page)
            label = label_in(line.text)
            if label is None or _is_in_contents(line, page):
                continue
            if outer or len(bare) <= _MOST_NUMBERS:
                yield line, label, outer

    def _outer_lines(self, page: Page) -> list[Line]:
        """Lines near the upper or lower edge, and numbers that stand outside all text."""
        edges = {id(edge.line) for edge in self.edges[page.number]}
        return [
            line
            for line in page.lines
            if id(line) in edges
            or (is_number(line.text) and _is_outside(line, page))
        ]

    # -- titles that differ from page to page

    def _titles_that_change(self) -> set[int]:
        """Lines on the height and in the type of known furniture, outside the text."""
        heights: Counter[tuple[int, float, bool]] = Counter()
        for page in self.pages:
            heights.update(
                {
                    (slot, edge.line.size, edge.high)
                    for edge in self.edges[page.number]
                    if id(edge.line) in self.known
                    for slot in edge.slots
                }
            )
        least = max(_LEAST, _OF_TYPE * len(self.pages))
        return self._chosen(
            lambda edge: (
                max(
                    heights[(slot, edge.line.size, edge.high)]
                    for slot in edge.slots
                )
                >= least
                and _is_outermost(edge)
                and self._stands_apart(edge)
            )
        )

    def _titles_at_one_place(self) -> set[int]:
        """Titles that stand apart at one height, in type no larger than that of the text."""
        places: dict[tuple[int, float, bool], list[Edge]] = defaultdict(list)
        for edge in self._all_edges():
            small = edge.line.size <= self.size + 0.2
            if (
                small
                and self._may_be_title(edge)
                and self._is_outside_text(edge)
            ):
                key = round(edge.line.bottom), edge.line.size, edge.high
                places[key].append(edge)
        least = max(_LEAST + 1, _AT_PLACE * len(self.pages))
        return {
            id(edge.line)
            for edges in places.values()
            if len(edges) >= least
            and not _are_headings(edges)
            and sum(
                self._gap(edge) > _APART * edge.line.size for edge in edges
            )
            >= _MOSTLY * len(edges)
            for edge in edges
        }

    def _titles_again(self) -> set[int]:
        """Lines at the edge that say again what a heading says in larger type."""
        headings: set[str] = set()
        for page in self.pages:
            for line in page.lines:
                large = line.size > _LARGER * self.size + 0.2
                if large and len(line.text) < _LONGEST:
                    headings |= _names(line.text)
        return {
            id(edge.line)
            for edge in self._all_edges()
            if id(edge.line) not in self.known
            and edge.line.size <= self.size + 0.2
            and not edge.line.bold
            and _names(edge.line.text) & headings
            and _is_outermost(edge)
            and self._stands_apart(edge)
        }

    def _chosen(self, holds: Callable[[Edge], bool]) -> set[int]:
        return {
            id(edge.line)
            for edge in self._all_edges()
            if self._may_be_title(edge) and holds(edge)
        }

    def _may_be_title(self, edge: Edge) -> bool:
        """Whether a line that nothing repeats may be a running title by its type."""
        line = edge.line
        if (
            id(line) in self.known
            or len(line.text) > _LONGEST
            or _is_note(line)
        ):
            return False
        return _type(line) != self.body

    def _is_outside_text(self, edge: Edge) -> bool:
        """Whether all text of the page stands below a line at its head, or above one at its
        foot.
        """
        others = self._others(edge)
        if not others and edge.high:
            return False
        if edge.high:
            return all(other.bottom > edge.line.bottom for other in others)
        return all(other.bottom < edge.line.bottom for other in others)

    def _gap(self, edge: Edge) -> float:
        """Points of white between a line outside the text and the text."""
        others = self._others(edge)
        if edge.high:
            return min(other.top for other in others) - edge.line.bottom
        return edge.line.top - max(
            (other.bottom for other in others), default=0.0
        )

    def _stands_apart(self, edge: Edge) -> bool:
        """Whether more white than between two lines of text lies between a line and the text."""
        line = edge.line
        gaps = [
            other.top - line.bottom if edge.high else line.top - other.bottom
            for other in self._others(edge)
        ]
        beyond = [gap for gap in gaps if gap > -0.3 * line.size]
        return not beyond or min(beyond) > 0.7 * line.size

    def _others(self, edge: Edge) -> list[Line]:
        """Lines of the page that are no furniture and stand on another height."""
        line = edge.line
        return [
            other
            for other in edge.page.lines
            if id(other) not in self.known
            and abs(other.bottom - line.bottom) > 0.5 * line.size
        ]

    def _all_edges(self) -> Iterable[Edge]:
        return (
            edge for page in self.pages for edge in self.edges[page.number]
        )


def _type(line: Line) -> Type:
    return (
        half_points(line.size),
        line.font,
        line.bold,
        line.italic,
        line.color,
    )


def _edges(page: Page) -> list[Edge]:
    edges = [Edge(line, page) for line in page.lines]
    return [edge for edge in edges if _is_in_margin(edge, _MARGIN)]


def _is_in_margin(edge: Edge, share: float) -> bool:
    limit = share * edge.page.height
    return edge.line.bottom < limit or edge.line.top > edge.page.height - limit


def _are_headings(edges: Sequence[Edge]) -> bool:
    """Whether bold lines all differ, most of them numbered: chapters that begin a page."""
    lines = [edge.line for edge in edges]
    numbered = sum(is_numbered_heading(line.text) for line in lines)
    if not all(line.bold for line in lines) or 2 * numbered < len(lines):
        return False
    return len({line.text for line in lines}) == len(lines)


def _pattern(text: str) -> str:
    """A text with its figures apart; one of nothing but figures and signs as it is.

    Else the last lines of references on several pages would be alike: "34(6), 65-79.".
    """
    text = re.sub(r"\s+", " ", text.casefold()).strip()
    apart = re.sub(r"\d+", "#", text)
    if apart != "#" and not any(c.isalpha() for c in apart):
        return text
    return "roman" if _ROMAN.match(apart) else apart


def _names(text: str) -> set[str]:
    """The letters of a title, with and without its number.

    Nothing of a very short one.
    """
    found = {_letters(text), _letters(_LEADING_NUMBER.sub("", text))}
    return found if len(_letters(text)) >= 5 else set()


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _from_outside(edges: Sequence[Edge], known: set[int]) -> set[int]:
    """Those of `known` that no line of the text keeps from the edge of the page."""
    found: set[int] = set()
    for high in (True, False):
        ranked = sorted(
            (edge.line for edge in edges if edge.high is high),
            key=lambda line: line.bottom,
            reverse=not high,
        )
        for row in _rows(ranked):
            back = {id(line) for line in row if id(line) in known}
            if not back:
                break
            found |= back
    return found


def _rows(ranked: Sequence[Line]) -> Iterable[list[Line]]:
    """Lines on one height together, in the order given."""
    left = list(ranked)
    while left:
        first = left[0]
        row = [
            line
            for line in left
            if abs(line.bottom - first.bottom)
            < 0.6 * max(first.size, line.size)
        ]
        yield row
        taken = {id(line) for line in row}
        left = [line for line in left if id(line) not in taken]


def _rises(number: PageNumber, rising: Rising, outer: bool) -> bool:
    support = max(rising.support(number), rising.support(number, 2))
    return support >= _LEAST or (outer and rising.holds(number))


def _is_in_contents(line: Line, page: Page) -> bool:
    """Whether a number ends an entry of a table of contents.

    Text stands on its height, and more numbers stand above or below it.
    """
    entry = any(
        abs(other.bottom - line.bottom) < 0.35 * line.size
        and abs(other.size - line.size) < 0.6
        and len(other.text) > _TEXT
        for other in page.lines
        if other is not line
    )
    if not entry:
        return False
    under = sum(
        abs(other.x1 - line.x1) < 1.5 and is_number(other.text)
        for other in page.lines
    )
    return under >= 4


def _is_note(line: Line) -> bool:
    """Whether a line begins with the small raised number of a note."""
    words = line.words
    if len(words) < 2 or not words[0].text.isdecimal():
        return False
    small = words[0].size < 0.85 * line.size
    return small and words[0].bottom < line.bottom - 0.1 * line.size


def _is_outermost_number(line: Line, page: Page) -> bool:
    """Whether a number stands above or below all text of its page or beside all of it."""
    others = [o for o in page.lines if o is not line and len(o.text) > _TEXT]
    above = all(other.bottom <= line.bottom + 2 for other in others)
    below = all(other.top >= line.top - 2 for other in others)
    return above or below or _is_beside(line, others)


def _is_beside(line: Line, others: Sequence[Line]) -> bool:
    """Whether a line stands left or right of all others."""
    left = all(line.x1 < other.x0 - line.size for other in others)
    return left or all(line.x0 > other.x1 + line.size for other in others)


def _is_outside(line: Line, page: Page) -> bool:
    """Whether a line stands below, or beside, all other lines of its page."""
    others = [other for other in page.lines if other is not line]
    if not others:
        return False
    below = all(other.bottom < line.top + 1 for other in others)
    return below or _is_beside(line, others)


def _is_outermost(edge: Edge) -> bool:
    line = edge.line
    if edge.high:
        return all(other.bottom >= line.top - 1 for other in edge.page.lines)
    return all(other.top <= line.bottom + 1 for other in edge.page.lines)
