"""Cues: what a row of words matches, and which cues are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.dutch.fold import fold
from kb.themes.cues.matching import Matcher
from kb.themes.cues.patterns import UnknownSetError, compile_pattern
from kb.themes.cues.words import words_of


def found(cue: str, text: str) -> list[str]:
    words = words_of(text)
    return [
        text[words[m.first].start : words[m.last].end]
        for m in Matcher([("T", compile_pattern(cue))]).find(words)
    ]


@pytest.mark.parametrize(
    ("cue", "text", "expected"),
    [
        ("nabijheid", "De Nabijheid telt.", ["Nabijheid"]),
        ("vrijwilliger", "Twee vrijwilligers helpen.", ["vrijwilligers"]),
        (
            "vroegsignaler*",
            "Wij doen aan vroegsignalering.",
            ["vroegsignalering"],
        ),
        ("*wijkteam", "Het jeugdwijkteam werkt.", ["jeugdwijkteam"]),
        ("eigen kracht", "Uitgaan van de eigen kracht.", ["eigen kracht"]),
        ("cliënt", "De cliént belt.", ["cliént"]),
        (
            "ruimte .. professionals",
            "Geef ruimte aan alle ervaren professionals.",
            ["ruimte aan alle ervaren professionals"],
        ),
        ("kosten & zorg", "Voor zorg zijn de kosten hoog.", ["kosten"]),
        (
            "<burger> centraal",
            "Zet de bewoner centraal.",
            ["bewoner centraal"],
        ),
        ("een _ plan", "Maak een gezamenlijk plan.", ["een gezamenlijk plan"]),
        ("zorg|hulp dichtbij", "Er is hulp dichtbij.", ["hulp dichtbij"]),
    ],
)
def test_cue_is_found(cue: str, text: str, expected: list[str]) -> None:
    assert found(cue, text) == expected


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("eigen kracht", "De eigen grote kracht."),
        ("kosten & zorg", "De kosten zijn hoog. De zorg is goed."),
        (
            "ruimte .. professionals",
            "Er is ruimte in het grote oude en verder nog lege gebouw voor onze professionals.",
        ),
        ("wijk", "Het wijkteam werkt."),
    ],
)
def test_cue_is_not_found(cue: str, text: str) -> None:
    assert found(cue, text) == []


@pytest.mark.parametrize(
    "cue", ["", "  ", "*", "a*", "*e*", "_ _", "..", "de", "het & een", "&"]
)
def test_cue_that_matches_nearly_everything_is_refused(cue: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        compile_pattern(cue)


def test_unknown_set_is_refused() -> None:
    with pytest.raises(UnknownSetError):
        compile_pattern("<buren> helpen")


@given(st.text(max_size=300))
def test_spans_of_words_are_their_text(text: str) -> None:
    for word in words_of(text):
        assert fold(text[word.start : word.end]) == word.folded


def test_words_in_a_mere_enumeration_are_marked() -> None:
    words = words_of(
        "Taken zijn zorg, preventie, jeugd, schulden en wonen. Wij kiezen voor preventie."
    )
    marked = [word.listed for word in words if word.folded == "preventie"]
    assert marked == [True, False]


def test_excluded_row_takes_the_cue_away_in_its_sentence_only() -> None:
    cue = compile_pattern("vroegsignalering ! faillissement*")
    matcher = Matcher([("B8", cue)])
    other = "De bank doet aan vroegsignalering van een faillissement."
    meant = "Het team doet aan vroegsignalering. Een faillissement is er niet."
    assert matcher.find(words_of(other)) == []
    assert len(matcher.find(words_of(meant))) == 1
