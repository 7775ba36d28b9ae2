"""Counts and shares on pages, and every table as a file."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import pytest
from flask.testing import FlaskClient

NAMES = (
    "kaart",
    "documenten",
    "jaren",
    "gemeenten",
    "soorten",
    "passages",
    "cijfers",
    "tijdlijn",
    "vergelijking",
    "alle-documenten",
    "werken",
    "netwerk",
    "leeslijst",
)


def _rows(client: FlaskClient, address: str) -> list[list[str]]:
    data = client.get(address).data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(data, newline="")))


@pytest.mark.parametrize("name", NAMES)
def test_every_table_leaves_as_csv_and_as_a_workbook(
    client: FlaskClient, name: str
) -> None:
    rows = _rows(client, f"/tabellen/{name}.csv?thema=B7")
    assert {len(row) for row in rows} == {len(rows[0])}
    answer = client.get(f"/tabellen/{name}.xlsx?thema=B7&lang=en")
    assert answer.status_code == 200
    assert zipfile.is_zipfile(io.BytesIO(answer.data))
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_table_that_is_not_there_is_said_to_be_not_there(
    client: FlaskClient,
) -> None:
    assert client.get("/tabellen/niets.csv").status_code == 404
    assert client.get("/tabellen/werken.pdf").status_code == 400
    assert client.get("/tabellen/passages.csv?thema=X9").status_code == 404


def test_passages_of_a_theme_come_with_place_and_source(
    client: FlaskClient,
) -> None:
    head, *rows = _rows(client, "/tabellen/passages.csv?thema=B9")
    (row,) = rows
    told = dict(zip(head, row, strict=True))
    assert told["Jaar"] == "2018"
    assert told["Soort passage"] == "Bevinding"
    assert told["Gemeenten"] == "Hengelo"
    assert told["Tekst"].startswith("De besparing bleef uit")
    assert told["Adres"].endswith("/passages/beek2018geld-b1")


@pytest.mark.parametrize(
    ("page", "count", "share"),
    [
        ("gemeenten", "1", "1.0"),
        ("soorten", "1", "0.5"),
    ],
)
def test_shares_are_of_all_passages_of_a_row(
    client: FlaskClient, page: str, count: str, share: str
) -> None:
    def cell(address: str) -> str:
        head, *rows = _rows(client, address)
        at = next(n for n, name in enumerate(head) if name.startswith("B9"))
        row = next(
            r for r in rows if r[0].startswith(("Hengelo", "Bevinding"))
        )
        return row[at]

    assert cell(f"/tabellen/{page}.csv") == count
    assert cell(f"/tabellen/{page}.csv?als=aandeel") == share


def test_a_page_shows_shares_with_what_they_are_of(
    client: FlaskClient,
) -> None:
    page = client.get("/themas/gemeenten?als=aandeel").text
    assert "Hengelo (1)" in page
    assert ">100%</a>" in page
    assert "als=aandeel" in client.get("/themas/gemeenten").text


def test_two_years_stand_side_by_side_with_their_figures(
    client: FlaskClient,
) -> None:
    page = client.get("/themas/K3/vergelijk?op=jaar").text
    # One year only: there are no two to compare.
    assert "geen twee om te vergelijken" in page
    page = client.get(
        "/themas/B7/vergelijk?op=document&een=raad2014brief"
    ).text
    assert page.index("Aandeel van dit thema") < page.index("De raad wil")
    assert "verliezen hun vakkennis" in page
    rows = _rows(
        client,
        "/tabellen/vergelijking.csv?thema=B7&op=document&een=raad2014brief",
    )
    assert rows[1][1:] == ["1", "1"]
    assert rows[2][1:] == ["1", "3"]
    assert rows[3][1:] == ["100.0", "33.3"]
    # Both with a decimal: figures that are compared stand alike.
    assert "<td>100,0%</td><td>33,3%</td>" in page
    told = {name: counts for name, *counts in rows[5:]}
    parts = re.findall(r"<h2>(.*?)</h2>", page)[-len(told) :]
    counted = re.findall(r'<h3>.*? <span class="n">\((\d+)\)', page)
    assert list(told) == parts
    assert [n for counts in told.values() for n in counts] == counted


@pytest.mark.parametrize("page", ["cijfers", "tijdlijn", "vergelijk"])
def test_pages_of_an_unknown_theme_are_not_found(
    client: FlaskClient, page: str
) -> None:
    assert client.get(f"/themas/X99/{page}").status_code == 404


def test_the_timeline_tells_what_was_found(client: FlaskClient) -> None:
    page = client.get("/themas/B9/tijdlijn").text
    assert "De besparing bleef uit" in page
    assert "2018" in page
    assert "1 passage</a> uit 1 document" in page


def test_notes_of_a_list_are_in_its_table(client: FlaskClient) -> None:
    client.post(
        "/leeslijst/", data={"doe": "voegtoe", "i": "p:beek2018geld-b1"}
    )
    data = client.post(
        "/tabellen/leeslijst.csv",
        data={"n:p:beek2018geld-b1": "Voor de inleiding"},
    ).data.decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(data, newline=""))
    assert dict(zip(head, row, strict=True))["Notitie"] == "Voor de inleiding"
