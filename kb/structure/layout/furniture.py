"""Running headers, footers and page numbers: lines that come back at the same height on page after page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from kb.records import Line, Page

_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN = re.compile(r"^[ivxl]{1,7}$", re.IGNORECASE)
_PAGE_WORD = r"p(?:agina|age|ag\.?|\.)|blad(?:zijde)?|blz\.?"
_NUMBER = re.compile(
    rf"^(?:(?:{_PAGE_WORD}|p|dia|slide)\s*)?[-–|\[( ]*(?P<label>\d{{1,4}}|[ivxl]{{1,7}})[-–|\]) ]*(?:(?:van|of|/|uit)\s*\d{{1,4}})?$",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    rf"\b(?:{_PAGE_WORD})\s*(?P<label>\d{{1,4}}|[ivxl]{{1,7}})\b", re.IGNORECASE
)
_EDGE = re.compile(
    r"^(?P<first>\d{1,4}|[ivxl]{1,5})\s*[|•·/–-]?\s+\D|\D\s+[|•·/–-]?\s*(?P<last>\d{1,4}|[ivxl]{1,5})$"
)
_LEADING_NUMBER = re.compile(
    r"^(?:hoofdstuk\s+)?[\dIVX]+(?:\.\d+)*\.?\s+", re.IGNORECASE
)
_CHAPTER = re.compile(
    r"^(?:hoofdstuk|deel|bijlage|chapter|part)\s+(?:\d{1,2}|[IVXLC]{1,7}|[A-Z])\s*[.:]?$",
    re.IGNORECASE,
)
_MOST_NUMBERS = 12  # bare numbers near the edges of a page
_MARGIN = 0.16  # share of the height in which furniture stands, above and below
_STEP = 6.0  # points: the same height


def furniture_of(pages: Sequence[Page]) -> set[int]:
    """The `id()` of each line that is page furniture."""
    edges = {page.number: _edge_lines(page) for page in pages}
    places: dict[tuple[str, int], set[int]] = defaultdict(set)
    for page in pages:
        for line in edges[page.number]:
            for slot in _slots(line, page):
                places[(_pattern(line.text), slot)].add(page.number)
    found: set[int] = set()
    usual = _usual_size(pages)
    numbers = _page_numbers(pages, edges)
    for page in pages:
        known = {
            id(line)
            for line in edges[page.number]
            if id(line) in numbers
            or (
                _comes_back(line, page, places, len(pages))
                and not _opens_chapter(line, usual)
            )
        }
        found |= _from_outside(edges[page.number], known, page)
    found |= _changing_with_chapter(pages, edges, found)
    found |= _by_place(pages, edges, found)
    return found | _titles_again(pages, edges, found)


def _usual_size(pages: Sequence[Page]) -> float:
    sizes = Counter(
        round(line.size * 2) / 2
        for page in pages
        for line in page.lines
        for _ in line.text
    )
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _opens_chapter(line: Line, usual: float) -> bool:
    """Whether a line is the number of a chapter, large, at the head of its first page."""
    return line.size > 1.15 * usual and bool(_CHAPTER.match(line.text.strip()))


def _edge_lines(page: Page) -> list[Line]:
    limit = _MARGIN * page.height
    near = [
        line
        for line in page.lines
        if line.bottom < limit or line.top > page.height - limit
    ]
    return near


def _from_outside(lines: Sequence[Line], known: set[int], page: Page) -> set[int]:
    """Those of `known` that no line of the text keeps from the edge of the page."""
    found: set[int] = set()
    for side in (True, False):
        ranked = sorted(
            (line for line in lines if (line.bottom < page.height / 2) is side),
            key=lambda line: line.bottom,
            reverse=not side,
        )
        while ranked:
            row = [
                line
                for line in ranked
                if abs(line.bottom - ranked[0].bottom)
                < 0.6 * max(ranked[0].size, line.size)
            ]
            if not any(id(line) in known for line in row):
                break
            found |= {id(line) for line in row if id(line) in known}
            ranked = [
                line for line in ranked if not any(line is other for other in row)
            ]
    return found


def _pattern(text: str) -> str:
    text = re.sub(r"\d+", "#", re.sub(r"\s+", " ", text.casefold()).strip())
    return "roman" if _ROMAN.match(text) else text


def _slots(line: Line, page: Page) -> tuple[int, int]:
    """Height of the line on the page, in two overlapping grids."""
    return int(line.bottom / _STEP) * 2, int((line.bottom + _STEP / 2) / _STEP) * 2 + 1


def _comes_back(
    line: Line, page: Page, places: Mapping[tuple[str, int], set[int]], count: int
) -> bool:
    if _pattern(line.text) == "#":
        return False  # bare numbers must run with the pages
    pages = max(
        (places[(_pattern(line.text), slot)] for slot in _slots(line, page)), key=len
    )
    if count <= 3:
        return len(pages) >= 2 and (
            line.bottom < 0.1 * page.height or line.top > 0.9 * page.height
        )
    near = [n for n in pages if abs(n - page.number) <= 6]
    return len(near) >= 3 or len(pages) >= max(3, 0.2 * count)


def _page_numbers(pages: Sequence[Page], edges: Mapping[int, list[Line]]) -> set[int]:
    """Lines that hold only a page number: numbers that run with the pages, at the edge of the text or else on three pages."""
    found: list[tuple[Line, tuple[str, int], bool]] = []
    for page in pages:
        bare = [line for line in edges[page.number] if _NUMBER.match(line.text.strip())]
        for line in bare if len(bare) <= _MOST_NUMBERS else ():  # more are a table
            label = label_in(line.text)
            if label is not None and not _is_in_contents(line, page):
                offset = (
                    "arabic" if label.isdigit() else "roman",
                    value_of(label) - page.number,
                )
                found.append((line, offset, _is_outermost_number(line, page)))
    offsets = Counter(offset for _, offset, _ in found)
    return {
        id(line)
        for line, offset, outer in found
        if offsets[offset] >= (2 if outer else 3) or (outer and len(pages) <= 2)
    }


def _is_in_contents(line: Line, page: Page) -> bool:
    """Whether a number ends an entry of a table of contents: text stands on its height, more numbers stand above or below it."""
    entry = any(
        other is not line
        and abs(other.bottom - line.bottom) < 0.35 * line.size
        and abs(other.size - line.size) < 0.6
        and len(other.text) > 3
        for other in page.lines
    )
    return (
        entry
        and sum(
            abs(other.x1 - line.x1) < 1.5 and bool(_NUMBER.match(other.text))
            for other in page.lines
        )
        >= 4
    )


def _is_note(line: Line) -> bool:
    """Whether a line begins with the small raised number of a note."""
    words = line.words
    return (
        len(words) > 1
        and words[0].text.isdigit()
        and words[0].size < 0.85 * line.size
        and words[0].bottom < line.bottom - 0.1 * line.size
    )


def _is_outermost_number(line: Line, page: Page) -> bool:
    others = [
        other for other in page.lines if other is not line and len(other.text) > 3
    ]
    above = all(other.bottom <= line.bottom + 2 for other in others)
    below = all(other.top >= line.top - 2 for other in others)
    return above or below


def _changing_with_chapter(
    pages: Sequence[Page], edges: Mapping[int, list[Line]], known: set[int]
) -> set[int]:
    """Lines on the height and in the type of known furniture, outside the text: running titles that change."""
    heights: Counter[tuple[int, float, bool]] = Counter()
    for page in pages:
        for slot in {
            (s, line.size, line.bottom < page.height / 2)
            for line in edges[page.number]
            if id(line) in known
            for s in _slots(line, page)
        }:
            heights[slot] += 1
    found = set()
    for page in pages:
        for line in edges[page.number]:
            if id(line) in known or len(line.text) > 120 or _is_note(line):
                continue
            seen = max(
                heights[(slot, line.size, line.bottom < page.height / 2)]
                for slot in _slots(line, page)
            )
            if (
                seen >= max(3, 0.25 * len(pages))
                and _is_outermost(line, page)
                and _stands_apart(line, page, known)
            ):
                found.add(id(line))
    return found


def _by_place(
    pages: Sequence[Page], edges: Mapping[int, list[Line]], known: set[int]
) -> set[int]:
    """Titles that differ from page to page, but stand apart at one height, in type no larger than that of the text."""
    usual = Counter(
        round(line.size * 2) / 2
        for page in pages
        for line in page.lines
        for _ in line.text
    ).most_common(1)
    outer: dict[tuple[int, float, bool], list[tuple[Line, bool]]] = defaultdict(list)
    for page in pages:
        rest = [line for line in page.lines if id(line) not in known]
        for line in edges[page.number]:
            if (
                id(line) in known
                or len(line.text) > 120
                or _is_note(line)
                or line.size > usual[0][0] + 0.2
            ):
                continue
            high = line.bottom < page.height / 2
            others = [
                o
                for o in rest
                if o is not line and abs(o.bottom - line.bottom) > 0.5 * line.size
            ]
            if (
                others and all(o.bottom > line.bottom for o in others)
                if high
                else all(o.bottom < line.bottom for o in others)
            ):
                gap = (
                    min(o.top for o in others) - line.bottom
                    if high
                    else line.top - max((o.bottom for o in others), default=0.0)
                )
                outer[(round(line.bottom), line.size, high)].append(
                    (line, gap > 0.9 * line.size)
                )
    return {
        id(line)
        for found in outer.values()
        if len(found) >= max(4, 0.4 * len(pages))
        and sum(apart for _, apart in found) >= 0.8 * len(found)
        for line, _ in found
    }


def _titles_again(
    pages: Sequence[Page], edges: Mapping[int, list[Line]], known: set[int]
) -> set[int]:
    """Lines at the edge that say again what a heading says in larger type: the running title of a short chapter."""
    usual = Counter(
        round(line.size * 2) / 2
        for page in pages
        for line in page.lines
        for _ in line.text
    ).most_common(1)
    large = [
        line.text
        for page in pages
        for line in page.lines
        if line.size > 1.08 * usual[0][0] + 0.2 and len(line.text) < 120
    ]
    headings = {_plain(text) for text in large} | {
        _plain(_LEADING_NUMBER.sub("", text)) for text in large
    }
    return {
        id(line)
        for page in pages
        for line in edges[page.number]
        if id(line) not in known and line.size <= usual[0][0] + 0.2 and not line.bold and len(_plain(line.text)) >= 5
        and {_plain(line.text), _plain(_LEADING_NUMBER.sub("", line.text))} & headings
        and _is_outermost(line, page) and _stands_apart(line, page, known)
    }  # fmt: skip


def _plain(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _stands_apart(line: Line, page: Page, known: set[int]) -> bool:
    """Whether more white than between two lines of text lies between `line` and the text."""
    inner = [
        o
        for o in page.lines
        if id(o) not in known
        and o is not line
        and abs(o.bottom - line.bottom) > 0.5 * line.size
    ]
    gaps = [
        o.top - line.bottom if line.bottom < page.height / 2 else line.top - o.bottom
        for o in inner
    ]
    return (
        min((gap for gap in gaps if gap > -0.3 * line.size), default=1000.0)
        > 0.7 * line.size
    )


def _is_outermost(line: Line, page: Page) -> bool:
    return (
        all(o.bottom >= line.top - 1 for o in page.lines)
        if line.bottom < page.height / 2
        else all(o.top <= line.bottom + 1 for o in page.lines)
    )


def value_of(label: str) -> int:
    """The number a label stands for, arabic or roman."""
    if label.isdigit():
        return int(label)
    digits = [_ROMAN_DIGITS.get(c, 0) for c in label.lower()]
    return sum(
        -here if here < after else here
        for here, after in zip(digits, [*digits[1:], 0], strict=True)
    )


def label_in(text: str) -> str | None:
    """The page label printed in a piece of furniture: "Pagina 3 van 9" → "3", "iv" → "iv", "12 | Samen verder" → "12"."""
    text = re.sub(r"\s+", " ", text).strip()
    match = _NUMBER.match(text) or _INSIDE.search(text) or _EDGE.search(text)
    if match is None:
        return None
    groups = [value for value in match.groupdict().values() if value]
    return groups[0] if groups else None
