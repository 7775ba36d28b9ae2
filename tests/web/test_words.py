"""Words for what the records say by a code or a number."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.citations.reasons import Why
from kb.curation import Event
from kb.records import PASSAGE_KINDS, Cue, Passage, Tag
from kb.themes.measured import measured
from web import words
from web.generation import generation
from web.pages.curation.history import what_of
from web.pages.why import why

PASSAGE = Passage(
    "d-1", "d", "Generalisten delen vakkennis.", 0, section=("2 Vakkennis",)
)


@pytest.mark.parametrize("kind", PASSAGE_KINDS)
def test_every_kind_has_a_name_and_a_meaning(app: Flask, kind: str) -> None:
    with app.test_request_context("/"):
        assert words.name(words.KINDS, kind) != kind
        assert str(words.MEANINGS[kind]).endswith(".")


@pytest.mark.parametrize("why", Why)
def test_every_reason_of_a_link_has_words(why: Why) -> None:
    assert why.value in words.REASONS


def test_the_meanings_stand_on_the_page_about_the_site(
    client: FlaskClient,
) -> None:
    page = client.get("/over").text
    assert "Wat onderzoek of een evaluatie heeft gevonden." in page
    assert 'id="soorten"' in page
    english = client.get("/over?lang=en").text
    assert "What research or an evaluation found." in english


def test_the_site_tells_how_often_a_theme_was_right_and_on_what(
    client: FlaskClient,
) -> None:
    found = measured()
    page = client.get("/over").text
    assert 'id="hoe-goed"' in page
    for genre, counted in found.genres.items():
        assert str(words.GENRES[genre]) in page
        assert f"{counted.right} van de {counted.shown} keer" in page
    of_theme = found.themes["B2"]
    told = f"klopte dit thema {of_theme.right} van de {of_theme.shown} keer"
    assert told in client.get("/themas/B2").text


def test_reasons_for_a_theme_are_words_and_numbers_are_apart(
    app: Flask,
) -> None:
    tag = Tag(
        "d-1",
        "B7",
        0.82,
        cues=(
            Cue(0, 12, "Generalisten", "generalist*"),
            Cue(0, 12, "generalisten", "generalist*"),
            Cue(19, 28, "vakkennis", "vakkennis"),
        ),
        origin="model",
        layers={"cues": 1.0, "section": 0.9, "around": 0.1},
    )
    with app.test_request_context("/"):
        made = why(generation(), PASSAGE, tag)
    assert made.certainty == "waarschijnlijk"
    assert made.reasons == (
        "In de tekst staat ‘Generalisten’ en ‘vakkennis’.",
        "De kop erboven: ‘2 Vakkennis’.",
    )
    assert [score for _name, score in made.numbers] == [1.0, 0.9, 0.1]


@pytest.mark.parametrize(
    ("score", "said"),
    [(0.97, "vrijwel zeker"), (0.7, "waarschijnlijk"), (0.4, "twijfel")],
)
def test_a_link_is_as_certain_as_its_score_says(
    app: Flask, score: float, said: str
) -> None:
    with app.test_request_context("/"):
        assert words.likely(score) == said


def test_a_passage_page_hides_its_numbers(client: FlaskClient) -> None:
    page = client.get("/passages/wit2016breed-a1").text
    assert "Waarom dit thema:" in page
    before, numbers = page.split('<details class="numbers">', 1)
    assert "0,93" not in before
    assert "0,93" in numbers


@pytest.mark.parametrize(
    ("kind", "field", "told"),
    [
        ("record", "issued", "Jaar of datum (gegeven van het document)"),
        ("theme", "B7", "thema B7"),
        ("citation", "12:Bos (2014)", "verwijzing “Bos (2014)”"),
        ("withdraw", "", "document niet tonen"),
    ],
)
def test_the_log_tells_what_was_decided_on_in_words(
    app: Flask, kind: str, field: str, told: str
) -> None:
    event = Event("e1", "2026-11-30T12:00", "Ans", kind, "d", field)
    with app.test_request_context("/"):
        assert what_of(event) == told
