"""A long document comes in parts; nothing of it is lost between them."""

from __future__ import annotations

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from kb.records import Passage
from web.pages.documents import (
    PART_BYTES,
    Line,
    Section,
    _outline,
    _part_with,
    _parts,
    _weight,
)

SIZES = st.lists(
    st.lists(st.integers(1, 30_000), min_size=1, max_size=6),
    min_size=1,
    max_size=8,
)


def sections(sizes: list[list[int]]) -> list[Section]:
    """Sections with passages of these lengths."""
    made, at = [], 0
    for number, lengths in enumerate(sizes, 1):
        lines = []
        for length in lengths:
            passage = Passage(f"p{at}", "d", "x" * length, at)
            lines.append(Line(passage, "", "", ()))
            at += 1
        made.append(Section(number, (f"Paragraaf {number}",), tuple(lines)))
    return made


@given(SIZES)
def test_every_passage_stands_in_one_part_in_order(
    sizes: list[list[int]],
) -> None:
    parts = _parts(sections(sizes))
    shown = [
        line.passage.id
        for part in parts
        for section in part
        for line in section.lines
    ]
    assert shown == [f"p{n}" for n in range(sum(map(len, sizes)))]


@given(SIZES)
def test_a_part_is_small_or_one_passage(sizes: list[list[int]]) -> None:
    for part in _parts(sections(sizes)):
        lines = list(chain.from_iterable(section.lines for section in part))
        assert sum(map(_weight, part)) <= PART_BYTES or len(lines) == 1


@given(SIZES)
def test_the_contents_lead_to_the_part_where_a_section_begins(
    sizes: list[list[int]],
) -> None:
    parts = _parts(sections(sizes))
    entries = _outline(parts, 1, lambda number: f"?deel={number}")
    assert [entry.title for entry in entries] == [
        f"Paragraaf {n}" for n in range(1, len(sizes) + 1)
    ]
    for number, entry in enumerate(entries, 1):
        at = next(
            n
            for n, part in enumerate(parts, 1)
            for s in part
            if s.number == number
        )
        here = "" if at == 1 else f"?deel={at}"
        assert entry.address == f"{here}#s{number}"


def test_the_part_with_a_passage_is_found() -> None:
    parts = _parts(sections([[30_000, 30_000], [30_000], [5]]))
    assert len(parts) > 1
    assert _part_with(parts, "p0") == 1
    assert _part_with(parts, "p3") == len(parts)
    assert _part_with(parts, "elders") is None
