"""Text with marked spans → safe HTML.

All text is escaped here; spans may overlap and may be out of range.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text and the element around it."""

    start: int
    end: int
    tag: str = "mark"
    attributes: tuple[tuple[str, str], ...] = ()
    rank: int = field(default=0, compare=False)


def _open(mark: Mark) -> Markup:
    attributes = Markup("").join(
        Markup(' {}="{}"').format(name, value)
        for name, value in mark.attributes
    )
    return Markup("<{}{}>").format(mark.tag, attributes)


def _apart(marks: Iterable[Mark], length: int) -> list[Mark]:
    """Marks in order without overlap.

    Of two that overlap the one that starts first, then the longest, stays.
    """
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        if 0 <= mark.start < mark.end <= length and (
            not kept or mark.start >= kept[-1].end
        ):
            kept.append(mark)
    return kept


def marked(text: str, marks: Iterable[Mark]) -> Markup:
    """`text` as HTML with `marks` around their spans."""
    done, out = 0, []
    for mark in _apart(marks, len(text)):
        out += [
            escape(text[done : mark.start]),
            _open(mark),
            escape(text[mark.start : mark.end]),
            Markup("</{}>").format(mark.tag),
        ]
        done = mark.end
    return Markup("").join([*out, escape(text[done:])])


def highlighted(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    """`text` with plain <mark> around `spans`."""
    return marked(text, (Mark(start, end) for start, end in spans))
