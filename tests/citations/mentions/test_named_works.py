"""Works named in running words by kind, maker and date are cited; what only looks so is not."""

from __future__ import annotations

import time

import pytest

from kb.citations import citations_of
from kb.records import Passage

Brief = tuple[tuple[str, ...], int | None, str | None]


def brief(text: str) -> list[Brief]:
    found = citations_of(Passage("p", "d", text, 0))
    return [(one.authors, one.year, one.title) for one in found]


@pytest.mark.parametrize(
    ("text", "authors", "year", "title"),
    [
        ("Zie het rapport van het SCP d.d. maart 2018.", ["SCP"], 2018, None),
        (
            "De brief van de wethouder van 4 april 2016 kwam laat.",
            ["Wethouder"],
            2016,
            "Brief van 4 april 2016",
        ),
        (
            "In de brief van de minister van Wonen en de staatssecretaris van Buurten d.d. "
            "2 juni 2015 over het plein staat niets.",
            ["Minister van Wonen", "Staatssecretaris van Buurten"],
            2015,
            "Brief van 2 juni 2015",
        ),
        (
            "De brief van 9 mei 2014 van de minister van Wonen over het plein.",
            ["Minister van Wonen"],
            2014,
            "Brief van 9 mei 2014",
        ),
        (
            "Het SCP-rapport Buren van nu d.d. oktober 2019 is dun.",
            ["SCP"],
            2019,
            "Buren van nu",
        ),
        (
            "De SCP- en CPB-publicatie Tel mee d.d. 3 mei 2013 ook.",
            ["SCP", "CPB"],
            2013,
            "Tel mee",
        ),
        (
            "De Kantelpers-notitie «Open. Of dicht?», Ada Prins e.a., d.d. mei 2020.",
            ["Prins"],
            2020,
            "Open. Of dicht?",
        ),
        (
            "Lees het onderzoek Tussen twee deuren, Ylvie Bos en Kofi Mensah, Utrecht 2021.",
            ["Bos", "Mensah"],
            2021,
            "Tussen twee deuren",
        ),
        (
            "Zie de Handreiking buren helpen, Ada Prins e.a., Utrecht 2020.",
            ["Prins"],
            2020,
            "Handreiking buren helpen",
        ),
        (
            "Het rapport van bureau Veldwerk over de lift d.d. mei 2020 zegt dat.",
            ["Veldwerk"],
            2020,
            None,
        ),
        (
            "Volgens het rapport ‘De lange trap’ van de Buurtombudsman van 3 mei 2017.",
            [],
            2017,
            "De lange trap",
        ),
        (
            "In de uitspraak van de rechtbank Midden-Nederland van 8 juni 2018 staat dat.",
            [],
            2018,
            "Rechtbank Midden-Nederland 8 juni 2018",
        ),
        ("Het rapport «Trap op» is gelezen.", [], None, "Trap op"),
        (
            "Het rapport van het Bureau voor Stoepen (BS) «Trap op» is gelezen.",
            [],
            None,
            "Trap op",
        ),
        (
            "Er kwam een reactie op onderzoek Nationale ombudsman «Trap af».",
            [],
            None,
            "Trap af",
        ),
    ],
)
def test_a_work_is_known_by_kind_maker_and_date(
    text: str, authors: list[str], year: int | None, title: str | None
) -> None:
    assert brief(text) == [(tuple(authors), year, title)]


@pytest.mark.parametrize(
    "text",
    [
        "De brief van de buurman van 3 mei 2017 ligt er nog.",
        "De brief aan de minister van Wonen d.d. 3 mei 2017 ligt er nog.",
        "Bij brief van 3 mei 2017 zijn de vragen beantwoord.",
        "Het besluit van de raad van 3 mei 2017 staat vast.",
        "De nota van de heer van 3 mei 2017 is betaald.",
        "Het onderzoek duurde van 3 mei 2017 tot 8 juni 2018.",
        "Er kwam een advies, Ada Prins was blij, Utrecht 2021 was een feest.",
        "Het artikel van de wet d.d. 3 mei 2017 is vervallen.",
    ],
)
def test_what_has_no_maker_or_no_kind_is_no_work(text: str) -> None:
    assert brief(text) == []


def test_a_work_in_brackets_is_cited_once() -> None:
    text = "Zie de brief van de minister van Wonen van 3 mei 2017 (Bos, 2016)."
    assert [year for _, year, _ in brief(text)] == [2017, 2016]


@pytest.mark.parametrize(
    "part",
    ["rapport van het ", "brief van de minister van ", "nota Aa, Bb, ", "«"],
)
def test_long_texts_take_no_time(part: str) -> None:
    passage = Passage("p", "d", part * 400 + " 3 mei 2017", 0)
    before = time.process_time()
    citations_of(passage)
    assert time.process_time() - before < 2
