"""Running headers, footers and page numbers of plain text, and the numbers they hold."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kb.structure.plain.rows import LONGEST_FURNITURE, Chunk, Row, stem

NUMBER = re.compile(r"[-–—\[(]?\s*(\d{1,4})\s*[-–—\])]?$")
PAGE_OF = re.compile(
    r"(?:.*\s)?(?:pagina|page|blz\.?|p\.)\s*(\d{1,4})(?:\s*(?:van|of|/)\s*\d{1,4})?"
    r"\s*(?:\|.*)?$",
    re.IGNORECASE,
)
ROMAN = re.compile(r"[ivxl]{1,6}")
_TITLE_NUMBER = re.compile(r"(?P<title>.*?[^\W\d].*?)\s+(?P<number>\d{1,4})$")
_NUMBER_TITLE = re.compile(
    r"(?P<number>\d{1,4})(?:\s*\||\s)\s*(?P<title>[^\W\d].*)$"
)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_SENTENCE_END = (".", "!", "?", ":", ";", "”", "’", '"', ")", "…")
_NO_TITLE_END = (".", ";", ",", "?")
_FULL_LINE = 35  # characters; shorter lines are not cut off by a page
_NEIGHBOUR = (
    80  # characters of a line that may be furniture with the one beside it
)
_LEAST_TITLE = 3  # letters
_LEAST_TIMES = 3  # times that a title stands where furniture stands
_USUALLY = 0.6  # or the share of its places


def find_furniture(chunks: Sequence[Chunk]) -> dict[int, int | None]:
    """The chunks that are furniture, by index, with the printed number they hold."""
    short = {
        at: text for at, chunk in enumerate(chunks) if (text := _short(chunk))
    }
    edges = _Edges(chunks, short)
    found: dict[int, int | None] = dict(_bare_numbers(edges))
    same: dict[str, dict[int, str]] = defaultdict(dict)
    for at in _running_titles(edges, set(found)):
        same[stem(short[at])][at] = short[at]
    for titles in same.values():
        found |= counted_numbers(titles)
    found |= _marked_numbers(edges, found)
    numbered = [(at, n) for at, n in sorted(found.items()) if n is not None]
    rising = dict(longest_rising(numbered))
    return {at: rising.get(at) for at in found}


def without_furniture(
    chunks: Sequence[Chunk], furniture: Collection[int]
) -> list[Row]:
    """The rows that remain.

    A page start that a removed line carried goes to the next.
    """
    rows: list[Row] = []
    held: list[Row] = []  # first rows of the furniture just passed
    for at, chunk in enumerate(chunks):
        if at in furniture:
            held.append(chunk[0])
            continue
        first = chunk[0]
        head = replace(
            first,
            start=any(row.start for row in (first, *held)),
            certain=any(row.certain for row in (first, *held)),
            gap=max(1, first.gap) if held else first.gap,
            cut=bool(held),
        )
        rows += [head, *chunk[1:]]
        held = []
    return rows


def running_title(chunk: Chunk) -> str:
    """A running title without its page number, its chapter number kept.

    That is what always stands on the same side; "" for a bare number.
    """
    text = _short(chunk) or ""
    if NUMBER.match(text) or PAGE_OF.match(text):
        return ""
    match = _TITLE_NUMBER.match(text)
    chapter = re.match(r"\d{1,2}\s", text)
    title = stem(match.group("title") if match else text)
    return f"{chapter.group().strip()} {title}" if chapter else title


# -- where furniture stands


def _short(chunk: Chunk) -> str | None:
    """The text of a chunk that could be furniture.

    That is one short line, or a short line with a bare number above or below it.
    """
    text = chunk[0].text
    if len(chunk) == 2 and NUMBER.match(text):
        text = f"{text} {chunk[1].text.lstrip('-–— ')}"
    elif len(chunk) == 2 and NUMBER.match(chunk[1].text):
        text = f"{text} {chunk[1].text}"
    elif len(chunk) > 1:
        return None
    return text if len(text) <= LONGEST_FURNITURE else None


@dataclass(frozen=True, slots=True)
class _Edges:
    """The chunks of a text, and which of them stand where furniture stands."""

    chunks: Sequence[Chunk]
    short: Mapping[int, str]

    def opens(self, at: int) -> bool:
        """Whether a page may begin with a chunk."""
        return self.chunks[at][0].start

    def is_edge(self, at: int) -> bool:
        """Whether a chunk is the first or the last of its page."""
        last = at + 1 == len(self.chunks)
        return self.opens(at) or last or self.opens(at + 1)

    def interrupts(self, at: int, skip: Collection[int] = ()) -> bool:
        """Whether a chunk stands in the middle of a sentence, some others left out."""
        before = self._nearest(range(at - 1, -1, -1), skip)
        after = self._nearest(range(at + 1, len(self.chunks)), skip)
        if before is None or after is None:
            return False
        last, first = before[-1].text, after[0].text
        cut = len(last) >= _FULL_LINE and not last.endswith(_SENTENCE_END)
        goes_on = len(after) > 1 or len(first) >= _FULL_LINE
        return cut and goes_on and first[:1].islower()

    def _nearest(self, places: range, skip: Collection[int]) -> Chunk | None:
        return next((self.chunks[i] for i in places if i not in skip), None)

    def stands_apart(self, at: int) -> bool:
        """Whether a line is at the edge or in mid-sentence.

        Alone or with a neighbour.
        """
        if self.is_edge(at) or self.interrupts(at):
            return True
        beside = {i for i in (at - 1, at + 1) if self._is_neighbour(i)}
        if not beside:
            return False
        return self.interrupts(at, beside) or any(map(self.is_edge, beside))

    def _is_neighbour(self, at: int) -> bool:
        text = self.short.get(at)
        return text is not None and len(text) <= _NEIGHBOUR

    def is_furnished(self, at: int, numbers: Collection[int]) -> bool:
        """Whether a line stands beside a page number, at an edge or in mid-sentence."""
        if at - 1 in numbers or at + 1 in numbers:
            return True
        return self.is_edge(at) or self.interrupts(at, numbers)


# -- numbers


def _bare_number(text: str) -> int | None:
    match = NUMBER.match(text) or PAGE_OF.match(text)
    return int(match.group(1)) if match else None


def _bare_numbers(edges: _Edges) -> list[tuple[int, int]]:
    """Page numbers on lines of their own, as far as they rise."""
    found = [
        (at, number)
        for at, text in edges.short.items()
        if (number := _bare_number(text)) is not None
        and edges.stands_apart(at)
    ]
    return longest_rising(found)


def _marked_numbers(
    edges: _Edges, found: Collection[int]
) -> dict[int, int | None]:
    """ "Pagina 3 van 9" and roman numbers at the edge of a page."""
    return {
        at: _bare_number(text)
        for at, text in edges.short.items()
        if at not in found
        and edges.is_edge(at)
        and (PAGE_OF.match(text) or ROMAN.fullmatch(text))
    }


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
    """The page numbers of one running title, by the places where it stands, of the numbers in
    front and behind those count that rise from place to place; a year or a chapter is the same
    each time.

    >>> counted_numbers({0: "5  Plan 2026 - 2030", 7: "6  Plan 2026 - 2030"})
    {0: 5, 7: 6}
    """
    pairs = [glued_numbers(text) for text in titles.values()]
    for side in (1, 0):
        numbers = [n for pair in pairs if (n := pair[side]) is not None]
        if len(numbers) > 1 and sorted(set(numbers)) == numbers:
            return {
                at: pair[side] for at, pair in zip(titles, pairs, strict=True)
            }
    return {at: glued_number(text) for at, text in titles.items()}


def longest_rising(
    candidates: Sequence[tuple[int, int]],
) -> list[tuple[int, int]]:
    """The longest run of (place, number) in which numbers rise with place.

    >>> longest_rising([(0, 4), (3, 2015), (5, 5), (9, 6)])
    [(0, 4), (5, 5), (9, 6)]
    """
    tails: list[
        int
    ] = []  # index of the lowest last number of a run of each length
    before: dict[int, int | None] = {}
    for i, (_, number) in enumerate(candidates):
        length = bisect_left(tails, number, key=lambda t: candidates[t][1])
        before[i] = tails[length - 1] if length else None
        tails[length : length + 1] = [i]
    run: list[tuple[int, int]] = []
    at = tails[-1] if tails else None
    while at is not None:
        run.append(candidates[at])
        at = before[at]
    return run[::-1]


# -- titles


@dataclass(slots=True)
class _Titles:
    """Short lines of a text by what they share, and which of those run over its pages."""

    edges: _Edges
    numbers: Collection[int]
    stems: dict[int, str] = field(default_factory=dict)
    places: dict[str, list[int]] = field(default_factory=dict)
    running: set[str] = field(default_factory=set)
    exact: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.stems = {at: stem(text) for at, text in self.edges.short.items()}
        for at, title in self.stems.items():
            self.places.setdefault(title, []).append(at)
        self.exact = Counter(map(_exact, self.edges.short.values()))
        evidence = Counter(
            title
            for at, title in self.stems.items()
            if at not in self.numbers
            and self.edges.is_furnished(at, self.numbers)
        )
        self.running = self._proved(evidence)
        evidence.update(self._beside_running())
        self.running |= self._proved(evidence)

    def _proved(self, evidence: Counter[str]) -> set[str]:
        """Titles that stand often enough, or mostly, where furniture stands."""
        return {
            title
            for title, times in evidence.items()
            if len(title) >= _LEAST_TITLE
            and (count := len(self.places[title])) >= 2
            and (times >= _LEAST_TIMES or times >= _USUALLY * count)
        }

    def _beside_running(self) -> list[str]:
        """The second line of a header stands beside the first."""
        outer = {
            at
            for at, title in self.stems.items()
            if title in self.running and self.edges.is_edge(at)
        }
        return [
            title
            for at, title in self.stems.items()
            if title not in self.running and {at - 1, at + 1} & outer
        ]

    def repeats(self, at: int, opener: str, opens: bool) -> bool:
        """Whether a line repeats the title of its chapter, or itself with a number."""
        text, title = self.edges.short[at], self.stems[at]
        if title == opener and not opens:
            return True
        return (
            self.exact[_exact(text)] > 2
            and re.match(r"\d+\s", text) is not None
        )

    def is_heading_itself(self, at: int) -> bool:
        """Whether a title that runs is the heading here.

        It is the first time it stands at the top of a page, when it later stands
        elsewhere.
        """
        same = self.places[self.stems[at]]
        if at != same[0]:
            return False
        numbered = re.match(r"\d", self.edges.short[at]) is not None
        return numbered or not all(map(self.edges.opens, same[1:]))


def _running_titles(edges: _Edges, numbers: Collection[int]) -> list[int]:
    """Short lines that recur where furniture stands, or repeat the title of a chapter."""
    titles = _Titles(edges, numbers)
    found, opener = [], ""
    for at, text in edges.short.items():
        title = titles.stems[at]
        if at in numbers or not title or text.endswith(_NO_TITLE_END):
            continue
        opens = edges.opens(at) and glued_number(text) is None
        recurs = title in titles.running or titles.repeats(at, opener, opens)
        if recurs and not (opens and titles.is_heading_itself(at)):
            found.append(at)
        elif opens:
            opener = title
    return found


def _exact(text: str) -> str:
    return re.sub(r"\s+", " ", text.casefold())
