"""Lines of plain text: where does a page begin, what is its printed label, and which lines are page furniture?

Three witnesses of a page break are known: the form feed (certain); lines that begin with exactly one space, where the document
shows that pattern (what some converters leave of a form feed, but also of a column); and printed page numbers between paragraphs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from kb.records import Page

NUMBER = re.compile(r"[-–—\[(]?\s*(\d{1,4})\s*[-–—\])]?$")
PAGE_OF = re.compile(
    r"(?:.*\s)?(?:pagina|page|blz\.?|p\.)\s*(\d{1,4})(?:\s*(?:van|of|/)\s*\d{1,4})?\s*(?:\|.*)?$",
    re.IGNORECASE,
)
ROMAN = re.compile(r"[ivxl]{1,6}")
_TITLE_NUMBER = re.compile(r"(?P<title>.*?[^\W\d].*?)\s+(?P<number>\d{1,4})$")
_NUMBER_TITLE = re.compile(r"(?P<number>\d{1,4})(?:\s*\||\s)\s*(?P<title>[^\W\d].*)$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_CONTENTS = re.compile(
    r"(?P<title>.*?[^\W\d]{3}.*?)\s*(?:[.…·_]{3,}|(?:\s[.…]){3,}|\t)(?:.*\D)?(?P<page>[1-9]\d{0,2})$"
)
_SENTENCE_END = (".", "!", "?", ":", ";", "”", "’", '"', ")", "…")
_LONE_BULLETS = frozenset("•▪■●◦○‣∙⁃\uf0b7\uf0a7")
_FULL_LINE = 35  # characters; shorter lines are not cut off by a page


@dataclass(frozen=True, slots=True)
class Row:
    """A line that says something. `start`: a page (or column) may begin here; `certain`: a page does begin here."""

    text: str
    page: int = 1
    gap: int = 0  # blank lines before it
    start: bool = False
    certain: bool = False
    cut: bool = False  # a running header, footer or page number stood just before it


Chunk = tuple[Row, ...]


def shows_space_starts(texts: Sequence[str]) -> bool:
    """Whether lines with one leading space are few, apart, and the only indentation: then they are page starts."""
    filled = [text for text in texts if text.strip()]
    starts = [at for at, text in enumerate(filled) if re.match(r" \S", text)]
    deeper = sum(text.startswith(("  ", "\t")) for text in filled)
    if len(starts) < 3 or deeper * 4 > len(starts):
        return False
    gaps = [b - a for a, b in pairwise(starts)]
    return median(gaps) >= 8


def rows_of(pages: Sequence[Page]) -> list[Row]:
    """The filled lines of a text, each with the blank lines before it and whether a page may begin there."""
    spaced = len(pages) == 1 and shows_space_starts(
        [line.text for line in pages[0].lines]
    )
    rows: list[Row] = []
    for page in pages:
        gap, first, bullet = 0, True, ""
        for line in page.lines:
            text = line.text.strip()
            if not text:
                gap += not bullet
                continue
            if text in _LONE_BULLETS:  # the item follows on a line of its own
                bullet = f"{text} "
                continue
            text, bullet = bullet + text, ""
            by_space = spaced and re.match(r" \S", line.text) is not None
            by_blanks = spaced and gap >= 3 and bool(rows)
            certain = (first and len(pages) > 1) or by_blanks
            rows.append(
                Row(
                    text,
                    page.number,
                    gap,
                    first or by_space or by_blanks,
                    certain or not rows,
                )
            )
            gap, first = 0, False
    return _with_edges_apart(rows) if len(pages) > 2 else rows


def _with_edges_apart(rows: list[Row]) -> list[Row]:
    """Headers and footers that no blank line parts from the text: lines at the edge of pages that come back, or that count."""
    by_page: dict[int, list[int]] = {}
    for at, row in enumerate(rows):
        by_page.setdefault(row.page, []).append(at)
    edges = [
        at
        for found in by_page.values()
        for at in {*found[:2], *found[-2:]}
        if len(found) > 4
    ]
    shapes = {
        at: re.sub(r"\d+", "#", stem(rows[at].text))
        for at in edges
        if len(rows[at].text) <= 110
    }
    counts = Counter(shapes.values())
    apart = {
        at
        for at, shape in shapes.items()
        if counts[shape] >= max(3, 0.15 * len(by_page))
    }
    # Of two lines at an edge the inner one is only furniture when the outer one is.
    for found in by_page.values():
        for outer, inner in ((found[:1], found[1:2]), (found[-1:], found[-2:-1])):
            if not set(outer) & apart:
                apart -= set(inner)
    return [
        replace(row, gap=max(1, row.gap)) if at in apart or at - 1 in apart else row
        for at, row in enumerate(rows)
    ]


def chunks_of(rows: Sequence[Row]) -> list[Chunk]:
    """Runs of rows without a blank line or a page start between them."""
    chunks: list[list[Row]] = []
    for row in rows:
        if not chunks or row.gap or row.start:
            chunks.append([])
        chunks[-1].append(row)
    return [tuple(chunk) for chunk in chunks]


def stem(text: str) -> str:
    """A line without numbers at its ends, bullets and case: what two running headers have in common."""
    bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text.casefold())
    return re.sub(r"\s+", " ", bare)


def _interrupts(chunks: Sequence[Chunk], at: int, skip: set[int]) -> bool:
    """Whether a chunk stands in the middle of a sentence."""
    before = next((chunks[i] for i in range(at - 1, -1, -1) if i not in skip), None)
    after = next((chunks[i] for i in range(at + 1, len(chunks)) if i not in skip), None)
    if before is None or after is None:
        return False
    cut = (
        not before[-1].text.endswith(_SENTENCE_END)
        and len(before[-1].text) >= _FULL_LINE
    )
    return (
        cut
        and after[0].text[:1].islower()
        and (len(after) > 1 or len(after[0].text) >= _FULL_LINE)
    )


def _at_edge(chunks: Sequence[Chunk], at: int) -> bool:
    return chunks[at][0].start or at + 1 == len(chunks) or chunks[at + 1][0].start


def _short(chunk: Chunk) -> str | None:
    """The text of a chunk that could be furniture: one short line, or a short line with a bare number above or below it."""
    if len(chunk) == 2 and NUMBER.match(chunk[0].text):
        chunk = (
            replace(chunk[0], text=f"{chunk[0].text} {chunk[1].text.lstrip('-–— ')}"),
        )
    elif len(chunk) == 2 and NUMBER.match(chunk[1].text):
        chunk = (replace(chunk[0], text=f"{chunk[0].text} {chunk[1].text}"),)
    return chunk[0].text if len(chunk) == 1 and len(chunk[0].text) <= 110 else None


def find_furniture(chunks: Sequence[Chunk]) -> dict[int, int | None]:
    """The chunks that are running headers, footers or page numbers, by index, with the printed number they hold."""
    short = {
        at: text
        for at, chunk in enumerate(chunks)
        if (text := _short(chunk)) is not None
    }
    bare = [
        (at, number)
        for at, text in short.items()
        if (number := _bare_number(text)) is not None
        and _stands_apart(chunks, at, short)
    ]
    found: dict[int, int | None] = dict(longest_rising(bare))
    same: dict[str, dict[int, str]] = {}
    for at in _titles(chunks, short, set(found)):
        same.setdefault(stem(short[at]), {})[at] = short[at]
    for titles in same.values():
        found |= counted_numbers(titles)
    for at, text in short.items():
        if (
            at not in found
            and _at_edge(chunks, at)
            and (PAGE_OF.match(text) or ROMAN.fullmatch(text))
        ):
            found[at] = _bare_number(text)
    rising = dict(
        longest_rising(
            [(at, number) for at, number in sorted(found.items()) if number is not None]
        )
    )
    return {at: rising.get(at) for at in found}


def _bare_number(text: str) -> int | None:
    match = NUMBER.match(text) or PAGE_OF.match(text)
    return int(match.group(1)) if match else None


def glued_number(text: str) -> int | None:
    """The page number glued to a running title, as far as one title tells.

    A year is none, nor is a single figure in front, which numbers a chapter.

    >>> glued_number("4 Resultaten 55"), glued_number("12 | Jaarverslag 2016")
    (55, 12)
    """
    front, back = glued_numbers(text)
    if back is not None and not _YEAR.match(str(back)):
        return back
    return front if front is not None and front > 9 else None


def glued_numbers(text: str) -> tuple[int | None, int | None]:
    """The numbers in front of and behind a running title."""
    front, back = _NUMBER_TITLE.match(text), _TITLE_NUMBER.match(text)
    return (
        int(front.group("number")) if front else None,
        int(back.group("number")) if back else None,
    )


def counted_numbers(titles: Mapping[int, str]) -> dict[int, int | None]:
    """The page numbers of one running title, by the places where it stands.

    Of the numbers in front and behind those count that rise from place to place; a year
    or a chapter is the same each time.

    >>> counted_numbers({0: "5  Plan 2026 - 2030", 7: "6  Plan 2026 - 2030"})
    {0: 5, 7: 6}
    """
    pairs = [glued_numbers(text) for text in titles.values()]
    for side in (1, 0):
        numbers = [n for pair in pairs if (n := pair[side]) is not None]
        if len(numbers) > 1 and sorted(set(numbers)) == numbers:
            return {at: pair[side] for at, pair in zip(titles, pairs, strict=True)}
    return {at: glued_number(text) for at, text in titles.items()}


def contents_numbers(chunks: Sequence[Chunk]) -> dict[int, int]:
    """The page that the table of contents gives for a heading, by the chunk in which the heading stands."""
    ends = [
        (at, row.text)
        for at, chunk in enumerate(chunks)
        for row in chunk
        if row.text[-1].isdigit()
    ]
    lines = [(at, m) for at, text in ends if (m := _CONTENTS.match(text))]
    run = [
        line for i, line in enumerate(lines) if i == 0 or line[0] - lines[i - 1][0] <= 6
    ]  # a table of contents is dense
    entries = [
        (letters(m.group("title")), int(m.group("page")))
        for _, m in run
        if len(letters(m.group("title"))) >= 6
    ]
    if len(entries) < 4:
        return {}
    from rapidfuzz.fuzz import ratio

    found: dict[int, int] = {}
    place = run[-1][0]
    for title, page in entries:
        for at in range(place + 1, len(chunks)):
            text = letters(
                " ".join(row.text for row in chunks[at][:2])
                if len(chunks[at]) <= 2
                else chunks[at][0].text
            )
            if (
                re.sub(r"\D.*", "", text) == re.sub(r"\D.*", "", title)
                and abs(len(text) - len(title)) <= 0.3 * len(title)
                and ratio(text, title) >= 84
            ):
                found[at] = page
                place = at
                break
    return found


def letters(text: str) -> str:
    """Small letters and digits of a title."""
    return "".join(c for c in text.casefold() if c.isalnum())


def running_title(chunk: Chunk) -> str:
    """A running title without its page number, its chapter number kept: what always stands on the same side; "" for a bare number."""
    text = _short(chunk) or ""
    if NUMBER.match(text) or PAGE_OF.match(text):
        return ""
    match = _TITLE_NUMBER.match(text)
    chapter = re.match(r"\d{1,2}\s", text)
    title = stem(match.group("title") if match else text)
    return f"{chapter.group().strip()} {title}" if chapter else title


def _stands_apart(chunks: Sequence[Chunk], at: int, short: dict[int, str]) -> bool:
    """Whether a line stands where furniture stands: at the edge of a page or in the middle of a sentence, alone or with another."""
    beside = {i for i in (at - 1, at + 1) if len(short.get(i, "x" * 99)) <= 80}
    return (
        _at_edge(chunks, at)
        or _interrupts(chunks, at, set())
        or (
            bool(beside)
            and (
                _interrupts(chunks, at, beside)
                or any(_at_edge(chunks, i) for i in beside)
            )
        )
    )


def longest_rising(candidates: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of (place, number) in which numbers rise with place."""
    tails: list[int] = []  # index of the lowest last number of a run of each length
    before: dict[int, int | None] = {}
    for i, (_, number) in enumerate(candidates):
        length = bisect_left(tails, number, key=lambda t: candidates[t][1])
        before[i] = tails[length - 1] if length else None
        tails[length:] = [i] if length == len(tails) else [i, *tails[length + 1 :]]
    run: list[tuple[int, int]] = []
    at = tails[-1] if tails else None
    while at is not None:
        run.append(candidates[at])
        at = before[at]
    return run[::-1]


def _titles(
    chunks: Sequence[Chunk], short: dict[int, str], numbers: set[int]
) -> list[int]:
    """Running titles: short lines that recur where furniture stands, or repeat the heading that opened the chapter."""
    stems = {at: stem(text) for at, text in short.items()}
    evidence = Counter(
        title
        for at, title in stems.items()
        if at not in numbers and _is_furnished(chunks, at, numbers)
    )
    counts = Counter(stems.values())
    places: dict[str, list[int]] = {}
    for at, title in stems.items():
        places.setdefault(title, []).append(at)
    exact = Counter(_exact(text) for text in short.values())
    running = _running(evidence, counts)
    outer = {
        at for at, title in stems.items() if title in running and _at_edge(chunks, at)
    }
    # The second line of a header stands beside the first.
    evidence.update(
        title
        for at, title in stems.items()
        if title not in running and {at - 1, at + 1} & outer
    )
    running |= _running(evidence, counts)
    found, opener = [], ""
    for at, text in short.items():
        title = stems[at]
        if at in numbers or not title or text.endswith((".", ";", ",", "?")):
            continue
        opens = chunks[at][0].start and glued_number(text) is None
        repeats = (bool(title) and title == opener and not opens) or (
            exact[_exact(text)] > 2 and re.match(r"\d+\s", text) is not None
        )
        if (title in running or repeats) and not (
            opens and _opens_first(chunks, places[title], at, text)
        ):
            found.append(at)
        elif opens:
            opener = title
    return found


def _running(evidence: Counter[str], counts: Counter[str]) -> set[str]:
    return {
        t
        for t, times in evidence.items()
        if len(t) >= 3 and counts[t] >= 2 and (times >= 3 or times >= 0.6 * counts[t])
    }


def _exact(text: str) -> str:
    return re.sub(r"\s+", " ", text.casefold())


def _is_furnished(chunks: Sequence[Chunk], at: int, numbers: set[int]) -> bool:
    return (
        bool({at - 1, at + 1} & numbers)
        or _at_edge(chunks, at)
        or _interrupts(chunks, at, numbers)
    )


def _opens_first(
    chunks: Sequence[Chunk], same: Sequence[int], at: int, text: str
) -> bool:
    """The first time a running title is printed at the top of a page it is the heading itself, when it later stands elsewhere."""
    return at == same[0] and (
        re.match(r"\d", text) is not None
        or any(not chunks[i][0].start for i in same[1:])
    )


def without_furniture(chunks: Sequence[Chunk], furniture: Collection[int]) -> list[Row]:
    """The rows that remain. A page start that a removed line carried goes to the row after it."""
    rows: list[Row] = []
    start = certain = cut = False
    for at, chunk in enumerate(chunks):
        if at in furniture:
            start, certain, cut = (
                start or chunk[0].start,
                certain or chunk[0].certain,
                True,
            )
            continue
        head = replace(
            chunk[0],
            start=chunk[0].start or start,
            certain=chunk[0].certain or certain,
            gap=max(1, chunk[0].gap) if cut else chunk[0].gap,
            cut=cut,
        )
        rows += [head, *chunk[1:]]
        start = certain = cut = False
    return rows
