"""Sentences that give figures."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.datafiles import table
from kb.dutch import sentences
from kb.passages.figures import figure_sentences, gives_figures


@pytest.mark.parametrize(
    "sentence",
    [
        "Bijna 7 % van de vragen ging over geld.",
        "De enquête is door velen ingevuld (n = 212).",
        "Een kwart van de teams had geen leider.",
        "Drie op de tien bellers hingen weer op.",
        "Er zijn 14 wijkteams met samen 96 actieve medewerkers.",
        "Negen ervaren teamleiders vertelden hoe zij plannen.",
        "Het team kostte € 320 per huishouden.",
        "De gemiddelde score was 6,4.",
    ],
)
def test_shares_sums_and_numbers_of_things_are_figures(sentence: str) -> None:
    assert gives_figures(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Sinds 2015 werken de teams in elke wijk.",
        "Op 12 mei 2016 stemde de raad in met het plan.",
        "In paragraaf 3 staat hoe de teams werken.",
        "Artikel 10 van de wet geldt voor alle gemeenten.",
        "Dat schreef Buys eerder (Buys & Verhoef, 2014, p. 12).",
        "De derde bouwsteen is vertrouwen in de buurt.",
        "Er waren in 2016 gemeenten zonder team.",
        "4 Bewoners beslissen zelf wie er meekijkt.",
        "Het gaat om (1) de buurt, (2) wijken en (3) teams.",
    ],
)
def test_years_dates_and_numbering_are_none(sentence: str) -> None:
    assert not gives_figures(sentence)


@given(st.text(max_size=200))
def test_a_found_sentence_stands_where_it_says(text: str) -> None:
    for found in figure_sentences(text):
        assert text[found.start : found.end] == found.text


def test_items_of_a_list_are_apart() -> None:
    text = "• 40 procent van de vragen gaat over geld.\n• De rest gaat over zorg thuis."
    (found,) = figure_sentences(text)
    assert found.text == "• 40 procent van de vragen gaat over geld."


def test_capitals_hide_no_share() -> None:
    assert gives_figures("BIJNA 7 PROCENT VAN DE VRAGEN GING OVER GELD.")
    assert gives_figures("DRIE OP DE TIEN bellers hingen weer op.")


@pytest.mark.parametrize(
    "number",
    re.findall(r"[a-z]{3,}", table("kb.passages", "figures.toml")["word"]),
)
def test_every_number_in_words_is_looked_for(number: str) -> None:
    assert gives_figures(f"In de stad werken {number} teams met elkaar.")


@pytest.mark.parametrize(
    "share",
    [
        "De helft van de vragen gaat over geld.",
        "Een vijfde van de bellers hing weer op.",
        "Driekwart belt liever dan te mailen.",
        "Ruim tweederde is tevreden over het gesprek.",
        "Dat is een stijging van enkele procentpunten.",
    ],
)
def test_every_share_in_words_is_looked_for(share: str) -> None:
    assert gives_figures(share)


WORDS = ["Ruim", "de", "helft", "een", "derde", "van", "drie", "op", "vier"]
MORE = ["teams", "krachten", "achter", "procent", "12", "bewoners", ",", "."]
CITED = ["(Buys,", "2014)", "n", "=", "7", "tien"]


@given(st.lists(st.sampled_from([*WORDS, *MORE, *CITED])))
def test_a_text_has_figures_when_a_sentence_of_it_has(
    words: list[str],
) -> None:
    text = " ".join(words) + " spreken de buren vaak."
    pieces = [text[a:b] for a, b in sentences.spans(text)]
    long = [piece for piece in pieces if len(piece.split()) >= 4]
    found = [figure.text for figure in figure_sentences(text)]
    assert found == [piece for piece in long if gives_figures(piece)]
