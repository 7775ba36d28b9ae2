"""A reader who sees a mistake is told what can be done."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/passages/wit2016breed-a1", "kb curate wit2016breed-a1 B7 nee"),
        (
            "/passages/wit2016breed-a1",
            "kb curation kind wit2016breed-a1 SOORT",
        ),
        ("/passages/wit2016breed-a1", "kb curation link wit2016breed-a1"),
        (
            "/documenten/wit2016breed",
            "Staat er bij een regel een verkeerd werk?",
        ),
        ("/documenten/wit2016breed", "<code>sources.bib</code>"),
        ("/werken/lipsky-1980", "<code>literature.bib</code>"),
    ],
)
def test_every_claim_says_how_it_is_mended(
    client: FlaskClient, path: str, told: str
) -> None:
    page = client.get(path).text
    assert '<details class="wrong">' in page
    assert told in page


def test_the_advice_is_there_in_english_too(client: FlaskClient) -> None:
    page = client.get("/werken/lipsky-1980?lang=en").text
    assert "The administrator of this knowledge base" in page
