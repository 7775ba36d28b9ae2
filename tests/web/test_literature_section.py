"""A literature section in the making, on the site."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

PAGE = "/themas/B7/paragraaf"
TAKEN = f"{PAGE}/meenemen"


def test_a_section_proposes_passages_and_says_what_repeats(
    client: FlaskClient,
) -> None:
    page = client.get(PAGE).text
    assert 'value="wit2016breed-a1" id="p-wit2016breed-a1" checked' in page
    # The letter says the same: it is named, and no choice of its own.
    assert 'value="raad2014brief-c1"' not in page
    assert "/passages/raad2014brief-c1" in page


def test_what_is_unticked_is_not_taken_along(client: FlaskClient) -> None:
    form = {"aantal": "15", "was": "15", "volgorde": "soort"}
    empty = client.post(PAGE, data=form).text
    assert " checked" not in empty
    text = client.post(f"{TAKEN}/markdown", data=form).text
    assert "vakkennis" not in text
    picked = client.post(
        f"{TAKEN}/markdown", data=form | {"p": "wit2016breed-a1"}
    ).text
    assert "verliezen hun vakkennis" in picked


def test_another_length_is_a_new_proposal(client: FlaskClient) -> None:
    form = {"aantal": "alle", "was": "15", "volgorde": "jaar"}
    page = client.post(PAGE, data=form).text
    assert 'id="p-wit2016breed-a1" checked' in page
    assert "<h2" in page
    assert ">2016</h2>" in page


def test_a_section_leaves_with_its_secondary_citation(
    client: FlaskClient,
) -> None:
    text = client.get(f"{TAKEN}/markdown").text
    assert "## Bevindingen" in text
    assert "Van Beek, z.d., aangehaald in De Wit" in text
    assert "## Aangehaalde werken" in text


@pytest.mark.parametrize(
    "junk", ["aantal=-1", "aantal=x&volgorde=y", "p=%00&was=15"]
)
def test_odd_questions_get_a_page(client: FlaskClient, junk: str) -> None:
    assert client.get(f"{PAGE}?{junk}").status_code == 200


def test_an_unknown_theme_is_not_found(client: FlaskClient) -> None:
    assert client.get("/themas/X99/paragraaf").status_code == 404


def test_the_word_file_is_named_after_the_theme(client: FlaskClient) -> None:
    answer = client.post(f"{TAKEN}/docx", data={})
    assert answer.data.startswith(b"PK")
    assert 'filename="B7.docx"' in answer.headers["Content-Disposition"]


def test_the_theme_itself_leaves_under_the_same_headings(
    client: FlaskClient,
) -> None:
    text = client.get("/themas/B7/meenemen/markdown").text
    assert "## Bevindingen" in text
    assert text.count("verliezen hun vakkennis") == 1
