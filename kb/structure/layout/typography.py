"""What is usual in this document: its body type, line distance and words.

Everything else is judged against it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from kb.dutch.hyphens import vocabulary_of
from kb.extract.bullets import DRAWN
from kb.records import Line, Page

_MARKER = re.compile(rf"^(?:[{DRAWN}–—-]|\(?\d{{1,2}}[.)]|[a-z][.)])$")
_NOTE_NUMBER = re.compile(r"^\[?(\d{1,3})[\].)]?\s*[A-Z‘'“\"(]")
_SAME = 0.3  # points: the same size of type
_PITCH = 1.22  # sizes of type between baselines where a document does not tell
# Display type: so many times the size of the text, and so many points.
_LARGER, _AND = 1.08, 0.2
# Shares of the usual distance of baselines.
_NEXT = 0.9, 1.15  # successive lines of one paragraph
_WHITE = 1.35, 2.6  # lines with white between them
_LEAST_INDENTED = 6  # first lines that show the indent of a document
_MAJORITY = 0.6  # share of those that must agree
_LEAST_GAPS = 10  # paragraphs parted by white
_LEAST_BULLETS = 4  # lines that begin with one sign of a symbol font
_PREVAILS = 0.7  # share of the lines that begin in its font
_GAPS = 3  # times as many as those begun right below a short line


@dataclass(frozen=True, slots=True)
class Row:
    """One line in reading order: on which page, in which column (x0, x1) and zone of the page.

    Zones are body, heading, table, figure, margin, footnote and toc. `starts` says that a
    row is known to begin an entry (True) or to continue one (False); `cells` are those of a
    table, which is one row here.
    """

    line: Line
    page: int
    column: tuple[float, float] = (0.0, 0.0)
    zone: str = "body"
    bullet: bool = False  # a drawn bullet stands before it
    starts: bool | None = None
    cells: tuple[tuple[str, ...], ...] = ()
    underlined: bool = False  # throughout

    @property
    def text(self) -> str:
        return self.line.text


@dataclass(frozen=True, slots=True)
class Typography:
    """The usual type of a document.

    `pitch` is the distance of successive baselines in points.
    """

    size: float
    font: str = ""
    bold: bool = False
    color: str = ""
    pitch: float = 0.0
    pitches: Mapping[float, float] = field(
        default_factory=dict
    )  # by size of type
    words: Mapping[str, int] = field(
        default_factory=dict
    )  # the document's own
    parted: bool = False  # white stands between paragraphs
    indent: float = (
        0.0  # points by which a paragraph's first line stands in, if it does
    )
    hangs: bool = (
        False  # lines of an item stand under its text, not its bullet
    )
    notes: frozenset[str] = (
        frozenset()
    )  # numbers with which a line begins as a note
    bullets: frozenset[tuple[str, str]] = frozenset()  # signs of a symbol font
    recognised: frozenset[int] = frozenset()  # pages read from a picture

    def pitch_of(self, size: float) -> float:
        """Usual distance of baselines in type of `size` points."""
        return self.pitches.get(half_points(size), _PITCH * size)

    def is_large(self, line: Line) -> bool:
        """Whether a line is in clearly larger type than the text."""
        return line.size > _LARGER * self.size + _AND


def typography_of(pages: Sequence[Page]) -> Typography:
    """The usual type of `pages`, weighed by characters."""
    lines = [line for page in pages for line in page.lines]
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[half_points(line.size)] += len(line.text)
    if not sizes:
        return Typography(10.0)
    size, font, bold, color = _body_type(lines, sizes.most_common(1)[0][0])
    pitches = _pitches(pages)
    pitch = pitches.get(half_points(size), _PITCH * size)
    matches = (_NOTE_NUMBER.match(line.text) for line in lines)
    return Typography(
        size,
        font,
        bold,
        color,
        pitch=pitch,
        pitches=pitches,
        words=vocabulary_of(line.text for line in lines),
        parted=_is_parted(pages, size, pitch),
        indent=_indent(pages, size, pitch),
        hangs=_hangs(pages, size, pitch),
        notes=frozenset(match[1] for match in matches if match),
        bullets=_symbol_bullets(lines, font),
        recognised=frozenset(p.number for p in pages if p.recognised),
    )


def _symbol_bullets(
    lines: Iterable[Line], body: str
) -> frozenset[tuple[str, str]]:
    """Single signs at the head of many lines, in a font that nothing else is set in.

    Symbol fonts draw a tick or an arrow for what is a letter or figure in the file. Figures
    that count are none: there one sign does not prevail.
    """
    signs: Counter[tuple[str, str]] = Counter()
    fonts: Counter[str] = Counter()
    for line in lines:
        first = line.words[0] if line.words else None
        beside = line.words[1].font if len(line.words) > 1 else body
        if first is None or first.font == beside:
            continue
        fonts[first.font] += 1
        if len(first.text) == 1:
            signs[(first.text, first.font)] += 1
    return frozenset(
        sign
        for sign, count in signs.items()
        if count >= _LEAST_BULLETS and count >= _PREVAILS * fonts[sign[1]]
    )


def half_points(size: float) -> float:
    """A size of type to the half point: programs write 10.98 and 11.04 for 11."""
    return round(size * 2) / 2


def family(font: str) -> str:
    """A font without its style.

    >>> family("Verdana-Italic"), family("Arial,Bold")
    ('Verdana', 'Arial')
    """
    return re.split("[-,]", font)[0]


def _body_type(
    lines: Iterable[Line], rough: float
) -> tuple[float, str, bool, str]:
    """Size, font, weight and colour of most text of about the size `rough`."""
    styles: Counter[tuple[float, str, bool, str]] = Counter()
    for line in lines:
        if abs(line.size - rough) <= _SAME:
            styles[(line.size, line.font, line.bold, line.color)] += len(
                line.text
            )
    return styles.most_common(1)[0][0] if styles else (rough, "", False, "")


def _neighbours(pages: Iterable[Page]) -> Iterator[tuple[Line, Line]]:
    """Successive lines of one page."""
    for page in pages:
        yield from pairwise(page.lines)


def _is_next(one: Line, other: Line, pitch: float) -> bool:
    """Whether `other` stands right below `one`, as in one paragraph."""
    return _NEXT[0] * pitch < other.bottom - one.bottom < _NEXT[1] * pitch


def _indent(pages: Iterable[Page], size: float, pitch: float) -> float:
    """The depth to which single lines stand in from those around them, where many do, else
    0.0.
    """
    depths: Counter[int] = Counter()
    for page in pages:
        lines = page.lines
        for above, line, below in zip(
            lines, lines[1:], lines[2:], strict=False
        ):
            depth = line.x0 - above.x0
            if (
                0.8 * size < depth < 3.5 * size
                and all(
                    abs(one.size - size) < _SAME
                    for one in (above, line, below)
                )
                and abs(above.x0 - below.x0) < 1
                and _is_next(above, line, pitch)
                and _is_next(line, below, pitch)
                and line.text[:1] not in "•-–0123456789"
            ):
                depths[round(depth)] += 1
    if not depths:
        return 0.0
    depth = depths.most_common(1)[0][0]
    agreeing = sum(depths[depth + step] for step in (-1, 0, 1))
    enough = agreeing >= max(_LEAST_INDENTED, _MAJORITY * depths.total())
    return float(depth) if enough else 0.0


def _hangs(pages: Iterable[Page], size: float, pitch: float) -> bool:
    """Whether the second lines of items stand under the text of the first."""
    under = out = 0
    for line, below in _neighbours(pages):
        words = line.words
        if len(words) < 3 or not _MARKER.match(words[0].text):
            continue
        step = below.bottom - line.bottom
        if (
            _MARKER.match(below.text.split(" ")[0])
            or abs(below.size - line.size) >= _SAME
        ):
            continue
        if 0.8 * pitch < step < 1.6 * pitch:
            under += abs(below.x0 - words[1].x0) < 0.3 * size
            out += abs(below.x0 - line.x0) < 0.3 * size
    return under >= 2 and under >= out


def _is_parted(pages: Iterable[Page], size: float, pitch: float) -> bool:
    """Whether white between paragraphs is far more usual than one begun right below a
    short line."""
    gaps = early = 0
    for upper, lower in _neighbours(pages):
        other = max(abs(upper.size - size), abs(lower.size - size)) > _SAME
        if other or overlap(upper, lower) <= 0 or not lower.text[:1].isupper():
            continue
        step = lower.bottom - upper.bottom
        gaps += _WHITE[0] * pitch < step < _WHITE[1] * pitch
        short = upper.x1 < lower.x1 - 5 * size
        closed = upper.text.endswith((".", "?", "!"))
        early += short and closed and _is_next(upper, lower, pitch)
    return gaps >= max(_LEAST_GAPS, _GAPS * early)


def _pitches(pages: Iterable[Page]) -> dict[float, float]:
    """The usual distance of baselines for each size of type that has some."""
    found: dict[float, Counter[float]] = defaultdict(Counter)
    for upper, lower in _neighbours(pages):
        step = lower.bottom - upper.bottom
        if (
            abs(upper.size - lower.size) < _SAME
            and 0.9 * upper.size < step < 2.6 * upper.size
            and overlap(upper, lower) > 0
        ):
            found[half_points(upper.size)][round(step, 1)] += 1
    return {
        size: _most_usual(counts)
        for size, counts in found.items()
        if counts.total() >= 3
    }


def _most_usual(counts: Counter[float]) -> float:
    """The most frequent distance, neighbours within 0.3 points counted together."""

    def agreeing(step: float) -> tuple[int, float]:
        near = sum(
            n for other, n in counts.items() if abs(other - step) <= _SAME
        )
        return near, -step

    return max(counts, key=agreeing)


def is_turned(line: Line) -> bool:
    """Whether a line is not written from left to right, a watermark, a label along an axis."""
    return any(word.height > 1.5 * word.size for word in line.words)


def overlap(one: Line, other: Line) -> float:
    """Width in points over which two lines stand above each other."""
    return min(one.x1, other.x1) - max(one.x0, other.x0)


def middle(values: Collection[float], default: float = 0.0) -> float:
    """The median, or `default` of nothing."""
    return median(values) if values else default
