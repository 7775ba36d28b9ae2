"""What can be evidence, and what can be quoted by itself."""

from __future__ import annotations

import pytest

from kb.passages.statements import is_quotable, states
from kb.records import PASSAGE_KINDS, Passage


def _passage(
    text: str, kind: str = "finding", block: str = "paragraph"
) -> Passage:
    return Passage("d-1", "d", text, 0, kind, block)


@pytest.mark.parametrize(
    "text",
    [
        "Wijkteams in beeld\nEindrapportage gemeente Vlietstad",
        "Agenda 19.00 uur Opening 19.10 uur Mededelingen 19.30 uur Rondvraag",
        "Prof. Nora Buys, Teun Akkermans MSc, Mr. Lies Verhoef",
        "Wie beslist over de inzet? En wie betaalt die?",
        "Samenvatting en leeswijzer",
    ],
)
def test_titles_agendas_names_and_questions_state_nothing(text: str) -> None:
    assert not states("text", text)
    assert not is_quotable(_passage(text))


@pytest.mark.parametrize(
    "text",
    [
        "Bewoners bellen liever zelf.",
        "Het spreekuur is van 9.00 tot 12.00 uur en trekt elke week meer bewoners uit de"
        " buurt, die er hun vragen over geld en zorg kwijt kunnen bij de medewerkers.",
        "Volgens Buys en Akkermans werkt het in Vlietstad en in Oosterhuizen beter.",
        "Is dat erg? Nee, zeggen de teams: zij kennen elkaar al jaren.",
    ],
)
def test_sentences_with_times_names_or_a_question_are_statements(
    text: str,
) -> None:
    assert states("finding", text)
    assert is_quotable(_passage(text))


@pytest.mark.parametrize("kind", PASSAGE_KINDS)
def test_the_kind_decides_for_captions_and_the_like_alone(kind: str) -> None:
    said = states(
        kind, "De teams werken sinds 2015 in alle wijken van de stad."
    )
    silent = ("caption", "question", "contents", "colophon", "reference")
    assert said == (kind not in silent)


@pytest.mark.parametrize(
    "text",
    [
        "en daarom kiezen de teams voor een vaste contactpersoon in elke wijk.",
        ". Zo blijft de drempel laag voor wie nooit eerder om hulp heeft gevraagd.",
        "Minder regels Een eigen budget voor het team Betere afspraken met de huisarts"
        " Op tijd vervanging bij ziekte Meer ruimte voor scholing in het werk",
    ],
)
def test_what_a_page_or_a_scan_cut_is_evidence_but_no_quotation(
    text: str,
) -> None:
    assert states("text", text)
    assert not is_quotable(_passage(text, "text"))


def test_a_list_and_a_table_are_quoted_without_a_full_stop() -> None:
    text = "Afgesproken is:\n• de huisarts belt zelf\n• het team belt terug"
    assert is_quotable(_passage(text, "finding", "list"))
    table = Passage("d-2", "d", "Jaar Aantal 2016 4", 1, "table", "table")
    assert not is_quotable(table)
    rows = (("Jaar", "Aantal"), ("2016", "4"))
    full = Passage(
        "d-3", "d", "Jaar Aantal 2016 4", 1, "table", "table", rows=rows
    )
    assert is_quotable(full)


def test_a_programme_is_no_quotation_and_a_list_with_a_lead_is() -> None:
    programme = (
        "Wat zagen we vorig jaar\nOefening met een casus\nRonde langs de teams"
    )
    assert not is_quotable(_passage(programme, "text", "list"))
    asking = f"{programme}\nMelden en delen: wie mag wat?\nKoffie na afloop"
    assert not is_quotable(_passage(asking, "text", "list"))
    led = f"De middag bestond uit:\n{programme}"
    assert is_quotable(_passage(led, "text", "list"))
