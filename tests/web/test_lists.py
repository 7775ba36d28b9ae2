"""Lists and results: nothing falls away in silence, and no page is a dead end."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from markupsafe import Markup

from kb.search.request import Reading, Snippet
from web.pages.cards import FIRST, LONG, parted
from web.pages.pager import within
from web.pages.query_summary import SAID, _words
from web.pages.search import _piece

SENTENCE = "Het wijkteam bespreekt elke week een casus met een specialist uit de tweede lijn. "


def test_long_passage_is_parted_between_sentences_without_loss() -> None:
    text = (SENTENCE * 20).strip()
    head, rest = parted(text)
    assert FIRST <= len(head) <= LONG
    assert head.endswith(".")
    assert f"{head} {rest}" == text


def test_passage_that_is_not_long_stays_whole() -> None:
    assert parted(SENTENCE) == (SENTENCE, "")
    assert parted("woord " * 140)[1] == ""


def test_snippet_shows_that_the_passage_goes_on() -> None:
    text = "Eerst dit. Dan dat. 3. Tot slot nog iets."
    assert _piece(text, Snippet("Dan dat.", ((4, 7),), 11)) == Markup(
        "…\u00a0Dan <mark>dat</mark>.\u00a0…"
    )
    assert _piece(text, Snippet("Dan dat. 3.", (), 11)) == Markup(
        "…\u00a0Dan dat.\u00a0…"
    )
    assert _piece(text, Snippet(text)) == Markup(text)


def test_page_beyond_the_last_is_the_last() -> None:
    assert [within(page, 45, 20) for page in (1, 3, 99)] == [1, 3, 3]
    assert within(7, 0, 20) == 1


def test_page_beyond_the_last_shows_hits(client: FlaskClient) -> None:
    for path in (
        "/zoeken?q=vakkennis&pagina=150",
        "/documenten/?pagina=150",
        "/themas/B7?pagina=150",
    ):
        assert "/wit2016breed" in client.get(path).text, path


def test_long_question_is_said_back_in_part(app: Flask) -> None:
    with app.test_request_context("/"):
        said = _words(
            Reading(words=tuple(f"w{n}" for n in range(20)), operator="or")
        )
        assert said.startswith("‘w0’, ‘w1’")
        assert said.endswith(f"en nog {20 - SAID} woorden")
        assert (
            _words(Reading(words=("wijk", "wijk"), operator="or")) == "‘wijk’"
        )


def test_question_without_words_says_so_and_leads_on(
    client: FlaskClient,
) -> None:
    page = client.get('/zoeken?q="').text
    assert "<h1>Geen woorden om op te zoeken</h1>" in page
    assert 'href="/themas/"' in page
    assert "Alle passages" not in page


def test_year_that_is_no_year_is_left_out(client: FlaskClient) -> None:
    assert (
        "Niets gevonden" not in client.get("/zoeken?q=vakkennis&jaar=abc").text
    )


def test_theme_page_offers_downloads_before_its_passages(
    client: FlaskClient,
) -> None:
    page = client.get("/themas/B7").text
    assert page.index("/themas/B7/meenemen/docx") < page.index(
        '<ol class="hits">'
    )
