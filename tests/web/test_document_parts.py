"""A long document comes in parts; nothing of it is lost between them."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kb.curation import FILE, new_event, write_events
from kb.records import Passage
from tests.web.curation_site import built, passages
from web import create_app
from web.pages.cards import themes_per_document
from web.pages.documents import (
    PART_BYTES,
    Line,
    Section,
    _opened,
    _outline,
    _part_with,
    _parts,
    _weight,
    document_page,
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


def test_chapters_that_only_hold_sections_open_at_the_first() -> None:
    assert _opened((), ("1", "1.1", "1.1.1")) == ((1, "1"), (2, "1.1"))
    assert _opened(("1", "1.1"), ("1", "1.1", "1.1.1")) == ()
    assert _opened(("1", "1.1"), ("2", "1.1", "a")) == ((1, "2"), (2, "1.1"))
    assert _opened(("1", "1.1"), ()) == ()


def test_a_chapter_without_passages_of_its_own_is_in_the_contents() -> None:
    one, two = sections([[5], [5]])
    found = [one, replace(two, path=("2", "2.1"), opened=((1, "2"),))]
    entries = _outline(_parts(found), 1, lambda number: f"?deel={number}")
    assert [(e.level, e.title, e.address) for e in entries] == [
        (1, "Paragraaf 1", "#s1"),
        (1, "2", "#s2"),
        (2, "2.1", "#s2"),
    ]


def test_a_section_cut_in_pieces_opens_its_chapter_once() -> None:
    cut = Section(
        1, ("A", "B"), sections([[40_000] * 3])[0].lines, ((1, "A"),)
    )
    opened = [s.opened for part in _parts([cut]) for s in part]
    assert opened[0] == ((1, "A"),)
    assert not any(opened[1:])


def test_themes_of_a_document_are_counted_as_the_maps_count_them(
    tmp_path: Path,
) -> None:
    """A caption that is tagged is evidence of nothing, here as there."""
    settings = built(tmp_path)
    caption, other = passages(settings)[:2]
    events = [
        new_event("theme", one.id, "evidence", field="B9")
        for one in (caption, other)
    ]
    events.append(new_event("kind", caption.id, "caption"))
    write_events(settings.corpus_dir / FILE, events)
    app = create_app(settings)
    with app.test_request_context():
        held = app.extensions["kb_generation"].now()
        page = document_page(held, caption.document)
        told = {chip.code: count for chip, count in page.themes}
        per = themes_per_document(held)
    assert told == {
        theme: count
        for (document, theme), count in per.items()
        if document == caption.document
    }
    assert told["B9"] == 1
    app.extensions["kb_generation"].close()
