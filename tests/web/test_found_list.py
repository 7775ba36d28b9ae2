"""Results to take along: all that was found, in order, in every format."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import pytest
from flask.testing import FlaskClient

from web.formats import FOUND_FORMATS
from web.pages import found_list

QUESTION = "/zoeken/meenemen/{}?q=wijkteam"


@pytest.mark.parametrize("format", [name for name, _ in FOUND_FORMATS])
def test_results_come_in_every_format(
    client: FlaskClient, format: str
) -> None:
    response = client.get(QUESTION.format(format))
    assert response.status_code == 200
    assert response.data
    assert "attachment" in response.headers["Content-Disposition"]
    empty = client.get(f"/zoeken/meenemen/{format}?q=zzzqqq")
    assert empty.status_code == 200


def test_json_has_the_hits_of_the_page_in_their_order(
    client: FlaskClient,
) -> None:
    found = client.get("/zoeken/meenemen/json?alle=1").json
    page = client.get("/zoeken?alle=1").text
    assert found is not None
    ids = [one["passage"] for one in found["passages"]]
    assert len(ids) == found["total"] > 1
    shown = [id for id in ids if f"/passages/{id}" in page]
    places = [page.index(f'"/passages/{id}') for id in shown]
    assert places == sorted(places)
    assert all(one["text"] and one["citation"] for one in found["passages"])


def test_csv_has_a_row_for_each_passage_with_its_words(
    client: FlaskClient,
) -> None:
    text = client.get(QUESTION.format("csv")).data.decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(text)))
    found = json.loads(client.get(QUESTION.format("json")).data)
    assert [row["Tekst"] for row in table] == [
        one["text"].lstrip() for one in found["passages"]
    ]


def test_more_than_can_be_taken_is_said(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = json.loads(client.get("/zoeken/meenemen/json?alle=1").data)
    monkeypatch.setattr(found_list, "MOST", 1)
    one = json.loads(client.get("/zoeken/meenemen/json?alle=1").data)
    assert len(one["passages"]) == 1
    assert one["total"] == every["total"]
    text = client.get("/zoeken/meenemen/csv?alle=1").data.decode("utf-8-sig")
    assert f"De eerste 1 van {every['total']} passages." in text


def test_an_unknown_format_is_told(client: FlaskClient) -> None:
    response = client.get("/zoeken/meenemen/pdf?q=wijkteam")
    assert response.status_code in (400, 404)
    assert "csv" in response.text


@pytest.mark.parametrize(
    "address",
    [
        "/zoeken/meenemen/docx?q=vakkennis",
        "/leeslijst/meenemen/docx?i=p:wit2016breed-a1",
        "/themas/B7/meenemen/docx",
    ],
)
def test_a_draft_tells_whom_a_passage_reports_and_where_else_it_stands(
    client: FlaskClient, address: str
) -> None:
    document = io.BytesIO(client.get(address).data)
    with zipfile.ZipFile(document) as parts:
        xml = parts.read("word/document.xml").decode()
    text = re.sub(r"<[^>]+>", "", xml)
    assert "Van Beek, z.d., aangehaald in De Wit" in text
    assert "Aangehaalde werken" in text
    assert "Ook in: " in text
