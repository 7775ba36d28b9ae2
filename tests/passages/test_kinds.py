"""The kind of a passage: by layout, section, wording, quotation marks and numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.passages.kinds import kind_of, quoted_share, with_kinds
from kb.records import PASSAGE_KINDS, Passage


def passage(text: str, block: str = "paragraph", *section: str) -> Passage:
    return Passage("p", "d", text, 0, block=block, section=section)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("recommendation", "Wij bevelen aan dat teams een vast spreekuur houden; het verdient aanbeveling dit in elke wijk te doen."),
        ("definition", "Onder nuldelijnszorg verstaan wij de hulp die buren en familie elkaar zonder tussenkomst geven."),
        ("definition", "Met een regisseur bedoelen we de medewerker die het plan van een gezin bewaakt."),
        ("method", "De vragenlijst is uitgezet onder alle teams en er zijn acht interviews gehouden met teamleiders."),
        ("finding", "Uit het onderzoek blijkt dat de teams elkaar nu beter weten te vinden."),
        ("finding", "Professionals geven aan dat zij minder tijd hebben voor overleg."),
        ("policy", "De gemeente heeft besloten de subsidie vast te leggen in een verordening en een beleidsplan."),
        ("figure", "Van de teams heeft 62% een spreekuur; 14% opent er een en 24% ziet er van af."),
        ("literature", "Vakwerk vraagt om tijd (Jansen, 2014), al is daar ook kritiek op (De Boer & Vis, 2016)."),
        ("respondent_quote", "“Ik heb het gevoel dat ik nu pas echt weet wie er in mijn straat woont.” (medewerker)"),
        ("question", "Hoe houden generalisten hun kennis bij? En wie helpt hen daarbij?"),
        ("contents", "1 Inleiding ........ 5 2 Methode ........ 9 3 Slot ........ 21"),
        ("colophon", "ISBN 978-90-0000-000-0. Vormgeving: Studio Zes. © 2016"),
        ("reference", "Jansen, P. (2014). *Het team*. Utrecht: Uitgeverij. - Boer, A. de & Vis, K. (2016). *De wijk*. Zwolle: Zelf."),
        ("text", "Het plein ligt achter de school."),
    ],
)
def test_wording_tells_the_kind(expected: str, text: str) -> None:
    assert kind_of(passage(text)) == expected


@pytest.mark.parametrize(
    ("block", "expected"),
    [("table", "table"), ("caption", "caption"), ("footnote", "footnote"), ("reference", "reference"), ("toc", "contents")],
)
def test_layout_settles_the_kind(block: str, expected: str) -> None:
    assert kind_of(passage("Uit het onderzoek blijkt van alles.", block)) == expected


def test_section_adds_to_the_wording() -> None:
    text = "Het is nodig om het overleg te verkorten."
    assert kind_of(passage(text)) == "text"
    assert kind_of(passage(text, "paragraph", "7 Aanbevelingen")) == "recommendation"
    assert kind_of(passage(text), ["7 Aanbevelingen"]) == "recommendation"


def test_reference_list_and_colophon_are_known_by_their_section() -> None:
    assert kind_of(passage("Jansen schreef veel.", "paragraph", "Literatuur")) == "reference"
    assert kind_of(passage("Met dank aan allen.", "paragraph", "Colofon")) == "colophon"


def test_quotation_with_a_citation_is_no_respondent() -> None:
    assert kind_of(passage("“Wij weten dat het anders moet en dat het ook anders kan in de wijk” (Jansen, 2014).")) != "respondent_quote"


def test_quoted_share_counts_what_stands_between_marks() -> None:
    assert quoted_share("Zij zei: “dat is heel lang geleden”.") == pytest.approx(28 / 36, abs=0.1)
    assert quoted_share("Niemand zei iets.") == 0


@given(st.text(max_size=400), st.sampled_from(["paragraph", "list", "quote", "table", "heading"]))
def test_every_text_has_a_known_kind(text: str, block: str) -> None:
    (found,) = with_kinds([passage(text, block)])
    assert found.kind in PASSAGE_KINDS
