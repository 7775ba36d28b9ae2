"""Notes that name sources in full, one behind the other."""

from __future__ import annotations

import pytest

from kb.citations import citations_of
from kb.records import Passage

Brief = tuple[tuple[str, ...], str | None, int | None, str | None]


def cited(text: str) -> list[Brief]:
    note = Passage("n", "d", text, 0, kind="footnote", block="footnote")
    return [(c.authors, c.title, c.year, c.pages) for c in citations_of(note)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Zie R. Vink, De stoep, Utrecht: Het Hek 2014, p. 3-5; T. Mol, De tuin, Ede 2016.",
            [
                (("Vink",), "De stoep", 2014, "3-5"),
                (("Mol",), "De tuin", 2016, None),
            ],
        ),
        (
            "Al in 2009 was dat zo, zie R. Vink c.s., Stille stoepen, Den Haag, Het Hek.",
            [(("Vink",), "Stille stoepen", None, None)],
        ),
        (
            "WRR, De naaste buur, Den Haag 2012, p. 44.",
            [(("WRR",), "De naaste buur", 2012, "44")],
        ),
        (
            "Ministerie van BZK, Handreiking stoepen, Den Haag 2019 (hierna: Handreiking), p. 4.",
            [(("Ministerie van BZK",), "Handreiking stoepen", 2019, "4")],
        ),
        (
            "‘De stoep is van iedereen’, Trouw 3 mei 2017.",
            [(("Trouw",), "De stoep is van iedereen", 2017, None)],
        ),
        (
            "R. Vink, ‘De stoep’, in: T. Mol (red.), Buiten, Assen: Het Hek 2013, p. 3-9.",
            [(("Vink",), "De stoep", 2013, "3-9")],
        ),
        (
            "De stoep en de straat (2019), Anna de Wit.",
            [(("Wit",), "De stoep en de straat", 2019, None)],
        ),
        ("Vink e.a. (noot 12), p. 4.", [(("Vink",), None, None, "4")]),
        ("De Wit 2015, a.w., p. 14.", [(("Wit",), None, 2015, "14")]),
        ("De Wit en Van Loon, t.a.p.", [(("Wit", "Loon"), None, None, None)]),
    ],
)
def test_each_source_is_read_to_its_end(
    text: str, wanted: list[Brief]
) -> None:
    assert cited(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Zie noot 3.",
        "Dit bedrag is in 2014 vastgesteld, en in Utrecht niet.",
        "De heer R. Vink, wethouder van zorg, was in 2014 ziek.",
        "In Utrecht, Amsterdam en Den Haag, zie bijlage 2.",
    ],
)
def test_a_note_that_explains_names_nothing(text: str) -> None:
    assert cited(text) == []


def test_what_was_taken_from_a_source_is_no_part_of_it() -> None:
    text = "Indeling ontleend aan Vink, R., & Mol, T. (2016). De stoep. Ede: Het Hek."
    assert cited(text) == [(("Vink", "Mol"), "De stoep", 2016, None)]


def of_note(text: str) -> list[tuple[tuple[str, ...], str | None, int | None]]:
    note = Passage("n", "d", text, 0, kind="footnote", block="footnote")
    return [(c.authors, c.title, c.year) for c in citations_of(note)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "3 Balans van de stoep 2012, cijfers voor elke straat (juni 2013).",
            ((), "Balans van de stoep 2012, cijfers voor elke straat", 2013),
        ),
        (
            "4 Een straat die wil; Plan voor de buurt 2 (mei 2011).",
            ((), "Een straat die wil; Plan voor de buurt 2", 2011),
        ),
        (
            "5 SCP: Jaarboek van de stoepen (B17; 2013).",
            (("SCP",), "Jaarboek van de stoepen", 2013),
        ),
    ],
)
def test_a_note_may_be_a_title_and_its_date(
    text: str, wanted: tuple[tuple[str, ...], str, int]
) -> None:
    assert of_note(text) == [wanted]


def test_a_talk_with_somebody_is_no_work() -> None:
    assert of_note("6 Gesprek met de vrijwilligers van de stoep (2013).") == []
