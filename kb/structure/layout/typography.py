"""What is usual in this document: its body type, line distance and words. Everything else is judged against it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from kb.dutch.hyphens import vocabulary_of
from kb.records import Line, Page, Word

_MARKER = re.compile(r"^(?:[•◦▪‣►■●▶▸➢–—-]|\(?\d{1,2}[.)]|[a-z][.)])$")


@dataclass(frozen=True, slots=True)
class Row:
    """One line in reading order: on which page, in which column (x0, x1), and in which zone of the page."""

    line: Line
    page: int
    column: tuple[float, float] = (0.0, 0.0)
    zone: str = "body"  # body, table, figure, margin, footnote, toc
    bullet: bool = False  # a drawn bullet stands before it
    starts: bool | None = (
        None  # known to begin an entry (True) or to continue one (False)
    )
    cells: tuple[tuple[str, ...], ...] = ()  # of a table, which is one row here

    @property
    def text(self) -> str:
        return self.line.text


@dataclass(frozen=True, slots=True)
class Typography:
    """The usual type: `size` in points, `pitch` the distance of successive baselines, `words` the document's own."""

    size: float
    font: str = ""
    bold: bool = False
    color: str = ""
    pitch: float = 0.0
    pitches: Mapping[float, float] = field(default_factory=dict)  # by size of type
    words: Mapping[str, int] = field(default_factory=dict)
    parted: bool = False  # white stands between paragraphs
    indent: float = (
        0.0  # points by which the first line of a paragraph stands in, where it does
    )
    hangs: bool = False  # lines of an item stand under its text, not under its bullet

    def pitch_of(self, size: float) -> float:
        """Usual distance of baselines in type of `size` points."""
        return self.pitches.get(round(size * 2) / 2, 1.22 * size)


def typography_of(pages: Sequence[Page]) -> Typography:
    """The usual type of `pages`, weighed by characters."""
    lines = [line for page in pages for line in page.lines]
    styles: Counter[tuple[float, str, bool, str]] = Counter()
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    if not sizes:
        return Typography(10.0)
    rough = sizes.most_common(1)[0][0]
    for line in lines:
        if abs(line.size - rough) <= 0.3:
            styles[(line.size, line.font, line.bold, line.color)] += len(line.text)
    size, font, bold, color = (
        styles.most_common(1)[0][0] if styles else (rough, "", False, "")
    )
    pitches = _pitches(pages)
    pitch = pitches.get(round(size * 2) / 2, 1.22 * size)
    words = vocabulary_of(line.text for line in lines)
    parted = _is_parted(pages, size, pitch)
    return Typography(
        size,
        font,
        bold,
        color,
        pitch,
        pitches,
        words,
        parted,
        _indent(pages, size, pitch),
        _hangs(pages, size, pitch),
    )


def _indent(pages: Iterable[Page], size: float, pitch: float) -> float:
    """The depth to which single lines stand in from the lines above and below them, where many do; else 0.0."""
    depths: Counter[int] = Counter()
    for page in pages:
        for above, line, below in zip(
            page.lines, page.lines[1:], page.lines[2:], strict=False
        ):
            even = (
                max(abs(one.size - size) for one in (above, line, below)) < 0.3
                and abs(above.x0 - below.x0) < 1
            )
            near = all(
                0.9 * pitch < other.bottom - one.bottom < 1.15 * pitch
                for one, other in ((above, line), (line, below))
            )
            if (
                even
                and near
                and 0.8 * size < line.x0 - above.x0 < 3.5 * size
                and line.text[:1] not in "•-–0123456789"
            ):
                depths[round(line.x0 - above.x0)] += 1
    if not depths:
        return 0.0
    depth = depths.most_common(1)[0][0]
    agreeing = sum(depths[depth + step] for step in (-1, 0, 1))
    return (
        float(depth)
        if agreeing >= 6 and agreeing >= 0.6 * sum(depths.values())
        else 0.0
    )


def _hangs(pages: Iterable[Page], size: float, pitch: float) -> bool:
    """Whether the second lines of items stand under the text of the first."""
    under = out = 0
    for page in pages:
        for line, below in pairwise(page.lines):
            words = line.words
            if (
                len(words) < 3
                or not _MARKER.match(words[0].text)
                or _MARKER.match(below.text.split(" ")[0])
            ):
                continue
            if (
                abs(below.size - line.size) < 0.3
                and 0.8 * pitch < below.bottom - line.bottom < 1.6 * pitch
            ):
                under += abs(below.x0 - words[1].x0) < 0.3 * size
                out += abs(below.x0 - line.x0) < 0.3 * size
    return under >= 2 and under >= out


def _is_parted(pages: Iterable[Page], size: float, pitch: float) -> bool:
    """Whether white between paragraphs is far more usual here than a paragraph that begins right below a short line."""
    gaps = early = 0
    for page in pages:
        for upper, lower in pairwise(page.lines):
            if (
                max(abs(upper.size - size), abs(lower.size - size)) > 0.3
                or overlap(upper, lower) <= 0
                or not lower.text[:1].isupper()
            ):
                continue
            step = lower.bottom - upper.bottom
            gaps += 1.35 * pitch < step < 2.6 * pitch
            early += (
                0.9 * pitch < step < 1.15 * pitch
                and upper.x1 < lower.x1 - 5 * size
                and upper.text.endswith((".", "?", "!"))
            )
    return gaps >= 10 and gaps >= 3 * early


def _pitches(pages: Iterable[Page]) -> dict[float, float]:
    found: dict[float, Counter[float]] = {}
    for page in pages:
        for upper, lower in pairwise(page.lines):
            step = lower.bottom - upper.bottom
            if (
                abs(upper.size - lower.size) < 0.3
                and 0.9 * upper.size < step < 2.6 * upper.size
                and overlap(upper, lower) > 0
            ):
                found.setdefault(round(upper.size * 2) / 2, Counter())[
                    round(step, 1)
                ] += 1
    return {
        size: _usual(counts)
        for size, counts in found.items()
        if sum(counts.values()) >= 3
    }


def _usual(counts: Counter[float]) -> float:
    """The most frequent distance, neighbours within 0.3 points counted together."""
    return max(
        counts,
        key=lambda step: (
            sum(n for other, n in counts.items() if abs(other - step) <= 0.3),
            -step,
        ),
    )


def spaced(last: Word, word: Word) -> bool:
    """Whether a space stands between two words of a line; a raised mark may follow without one."""
    even = (
        abs(word.size - last.size) < 0.1 * word.size
        and abs(word.bottom - last.bottom) < 0.1 * word.size
    )
    return even or word.x0 - last.x1 > 0.08 * max(last.size, word.size)


def part_of(line: Line, words: Sequence[Word]) -> Line:
    """The part of `line` that `words` make."""
    text = words[0].text if words else ""
    for last, word in pairwise(words):
        text += f" {word.text}" if spaced(last, word) else word.text
    size, font, bold, italic, color = _type(words)
    main = [w for w in words if w.size >= 0.85 * size]
    return Line(
        text, min(w.x0 for w in words), min(w.top for w in main), max(w.x1 for w in words), max(w.bottom for w in main),
        size, font, bold, italic, color, tuple(words),
    )  # fmt: skip


def _type(words: Sequence[Word]) -> tuple[float, str, bool, bool, str]:
    """Size, font, weight, slant and colour of the larger part of `words`."""
    weights: Counter[tuple[float, str, bool, bool, str]] = Counter()
    for word in words:
        weights[(word.size, word.font, word.bold, word.italic, word.color)] += len(
            word.text
        )
    return weights.most_common(1)[0][0]


def is_turned(line: Line) -> bool:
    """Whether a line is not written from left to right: a watermark, a label along an axis."""
    return any(word.bottom - word.top > 1.5 * word.size for word in line.words)


def overlap(one: Line, other: Line) -> float:
    """Width in points over which two lines stand above each other."""
    return min(one.x1, other.x1) - max(one.x0, other.x0)


def middle(values: Sequence[float], default: float = 0.0) -> float:
    """The median, or `default` of nothing."""
    return median(values) if values else default
