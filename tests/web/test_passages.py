"""A reader quotes the sentences that matter, with or without scripts."""

from __future__ import annotations

import html
import re

from flask.testing import FlaskClient

LONG = "/passages/raad2014brief-c1"


def quoted(client: FlaskClient, address: str) -> str:
    """The quotation on the card."""
    response = client.get(address)
    assert response.status_code == 200
    found = re.search(
        r"<blockquote data-quote[^>]*>(.*?)</blockquote>", response.text
    )
    assert found
    return html.unescape(found[1])


def sentences(client: FlaskClient, address: str) -> list[str]:
    """The sentences that can be chosen."""
    found = re.findall(
        r'name="zin" value="\d+".*?<span[^>]*>(.*?)</span>',
        client.get(address).text,
    )
    return [html.unescape(text) for text in found]


def test_chosen_sentences_are_quoted_and_stay_chosen(
    client: FlaskClient,
) -> None:
    first, second, *_ = sentences(client, LONG)
    found = quoted(client, f"{LONG}?zin=2")
    assert second.rstrip(".") in found
    assert first.rstrip(".") not in found
    assert 'value="2" checked' in client.get(f"{LONG}?zin=2").text


def test_a_number_that_is_no_sentence_quotes_the_whole(
    client: FlaskClient,
) -> None:
    whole = quoted(client, LONG)
    assert quoted(client, f"{LONG}?zin=999&zin=x&zin=%00&zin=-1") == whole


def test_every_sentence_chosen_is_the_whole(client: FlaskClient) -> None:
    every = "&".join(
        f"zin={n}" for n in range(1, len(sentences(client, LONG)) + 1)
    )
    assert quoted(client, f"{LONG}?{every}") == quoted(client, LONG)


def test_words_that_report_others_show_the_secondary_citation(
    client: FlaskClient,
) -> None:
    page = html.unescape(client.get("/passages/wit2016breed-a1").text)
    assert (
        "(Van Beek, 2018, aangehaald in De Wit & Smeets, 2016, p. 7)" in page
    )
    assert "aangehaald in" not in client.get(LONG).text
