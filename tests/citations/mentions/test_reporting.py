"""Whose words are these?"""

from __future__ import annotations

import pytest

from kb.citations import citations_of
from kb.citations.mentions.reporting import (
    cited_sentences,
    leans_on_others,
    respondent_words,
)
from kb.records import Citation, Passage


def cited(text: str) -> tuple[Citation, ...]:
    return citations_of(Passage("p", "d", text, 0))


def test_each_sentence_has_the_works_that_it_reports() -> None:
    text = "Teams leren samen. Dat kost jaren (Verhaar e.a., 2014). Abeling (2016) zag het."
    found = cited_sentences(text, cited(text))
    assert [text[s.start : s.end] for s in found] == [
        "Dat kost jaren (Verhaar e.a., 2014).",
        "Abeling (2016) zag het.",
    ]
    assert [c.year for s in found for c in s.citations] == [2014, 2016]


def test_an_act_is_no_work_that_is_reported() -> None:
    text = "Dat moet de gemeente doen (Wmo 2015, art. 2.3.2)."
    assert cited_sentences(text, cited(text)) == []


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("Nabijheid werkt (Prins, 2014). Ook Verhaar (2016) ziet dat.", True),
        (
            "Nabijheid werkt. Teams merken dat bewoners terugkomen en blijven.",
            False,
        ),
        ("Respondenten zien dat ook. Nabijheid werkt (Prins, 2014).", False),
        (
            "Wij hielden een jaar lang een dagboek bij van alle gesprekken die er in de "
            "wijk waren en telden hoe vaak iemand terugkwam (vgl. Prins, 2014). De helft "
            "kwam niet terug. Wie terugkwam, deed dat binnen drie weken en met een andere "
            "vraag dan de eerste keer, die vaak over geld ging en soms over werk.",
            False,
        ),
        ("", False),
    ],
)
def test_what_only_reports_others_is_no_finding(
    text: str, leans: bool
) -> None:
    assert leans_on_others(text, cited(text)) is leans


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Zij zei: ‘Ik heb het drie keer verteld en nog hielp het niet’ (R12).",
            ["‘Ik heb het drie keer verteld en nog hielp het niet’"],
        ),
        (
            "“Je moet er gewoon naartoe gaan, elke week weer” (sociaal werker, Rijnoord).",
            ["“Je moet er gewoon naartoe gaan, elke week weer”"],
        ),
        (
            "‘De lange adem van de buurt telt’ (Haan, 2018) is een mooi woord.",
            [],
        ),
        ("Het heet ‘eigen kracht’ (een term van vroeger).", []),
    ],
)
def test_quoted_words_with_a_speaker_behind_are_a_respondents(
    text: str, words: list[str]
) -> None:
    assert [text[a:b] for a, b in respondent_words(text)] == words
