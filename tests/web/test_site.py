"""Every page answers, escapes what it shows, and helps when it cannot."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

PAGES = (
    "/", "/zoeken?q=vakkennis", "/zoeken", "/zoeken?q=zzzqqq", "/documenten/", "/documenten/wit2016breed", "/documenten/beek2018geld",
    "/documenten/raad2014brief", "/documenten/wit2016breed/blad/1?passage=wit2016breed-a1", "/documenten/beek2018geld/blad/1",
    "/passages/wit2016breed-a1", "/passages/wit2016breed-a2", "/passages/beek2018geld-b1", "/passages/beek2018geld-b2", "/themas/",
    "/themas/B7", "/themas/b7?met=K3",
    "/themas/B9?tegenspraak=1&jaar=2018&gemeente=Hengelo&soort=finding", "/themas/kaart", "/themas/documenten", "/themas/jaren",
    "/werken/", "/werken/?q=beek", "/werken/beek-2018-wat", "/werken/lipsky-1980", "/werken/netwerk", "/leeslijst/",
    "/leeslijst/?i=p:wit2016breed-a1&n=mooi&i=w:lipsky-1980&groep=thema", "/over", "/verslag", "/api/",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_page_answers_in_both_languages(client: FlaskClient, path: str, lang: str) -> None:
    response = client.get(path + ("&" if "?" in path else "?") + f"lang={lang}")
    assert response.status_code == 200
    assert f'<html lang="{lang}">' in response.text
    assert "<script>" not in response.text
