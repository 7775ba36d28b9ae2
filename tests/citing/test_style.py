"""Styles by name and their edits."""

from __future__ import annotations

import pytest
from lxml import etree

from kb.citing import UnknownStyleError, format_works, style_names
from kb.citing.style import NS, prints_author, style_xml

WORK = {
    "id": "a",
    "type": "book",
    "title": "Wijk",
    "author": [
        {"family": "Boer", "given": "Nico", "non-dropping-particle": "de"}
    ],
    "issued": {"date-parts": [[2015]]},
}


def test_licence_notice_of_the_style_stays() -> None:
    rights = etree.fromstring(style_xml().encode()).find(
        f"{NS}info/{NS}rights"
    )
    assert rights is not None
    assert "Creative Commons" in (rights.text or "")


def test_disambiguation_is_only_left_out_of_stored_forms() -> None:
    assert "disambiguate-add-year-suffix" not in style_xml(alone=True)
    assert "disambiguate-add-year-suffix" in style_xml(alone=False)


def test_unknown_style_names_its_neighbours() -> None:
    with pytest.raises(UnknownStyleError) as caught:
        format_works([WORK], style="chicago-author-dat")
    assert "chicago-author-date" in caught.value.sentence("nl")
    assert caught.value.status == 404


@pytest.mark.parametrize(
    "name", ["../apa", "/etc/passwd", "", "apa/../apa", "."]
)
def test_style_names_are_no_paths(name: str) -> None:
    with pytest.raises(UnknownStyleError):
        style_xml(name)


def test_many_styles_are_there() -> None:
    assert {
        "apa",
        "chicago-author-date",
        "ieee",
        "harvard-cite-them-right",
    } <= set(style_names())


def test_dependent_style_gives_its_parent() -> None:
    assert (
        format_works([WORK], style="3-biotech")[0].parenthetical
        == "De Boer 2015"
    )


def test_author_date_style_prints_its_own_form() -> None:
    (made,) = format_works([WORK], style="chicago-author-date")
    assert (made.reference, made.parenthetical) == (
        "De Boer, Nico. 2015. Wijk.",
        "De Boer 2015",
    )


def test_numbered_style_gets_authors_in_the_text_and_no_number_in_the_list() -> (
    None
):
    (made,) = format_works([WORK], style="ieee")
    assert not prints_author("ieee")
    assert not made.reference.startswith(("[", "1"))
    assert made.parenthetical == "De Boer, 2015"
