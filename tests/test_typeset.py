"""The typeset documents that measure reading: chance draws them, a number repeats them."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from scripts.typeset import office, web
from scripts.typeset.layouts import GENRES, layout
from scripts.typeset.mixed import MIXED, mixed
from scripts.typeset.reports import report

NUMBERS = range(0, 2 * len(GENRES), 2)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_makes_the_same_document_again(number: int) -> None:
    assert report(layout(number)) == report(layout(number))


@pytest.mark.parametrize("number", NUMBERS)
def test_both_printers_are_given_every_word(number: int) -> None:
    drawn = layout(number)
    pieces = report(drawn)
    flat = ElementTree.fromstring(office.flat(pieces, drawn))
    shown = "".join(flat.itertext()).replace("\u00ad", "")
    page = web.page(pieces, drawn).replace("\u00ad", "")
    for piece in pieces:
        assert all(word in shown for word in piece.text.split())
        assert all(
            word in page for word in piece.text.split() if "&" not in word
        )


@pytest.mark.parametrize("number", range(MIXED, MIXED + 12))
def test_what_is_drawn_axis_by_axis_is_shown_as_well(number: int) -> None:
    drawn = mixed(layout(number))
    assert drawn == mixed(layout(number))
    pieces = report(drawn)
    page = web.page(pieces, drawn).replace("\u00ad", "")
    assert drawn.dress in page
    assert all(
        word in page
        for piece in pieces
        for word in piece.text.split()
        if "&" not in word
    )
