"""The API answers what its description promises, for every operation."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from web.api import types
from web.api.openapi import PREFIX, description
from web.api.operations import OPERATIONS, Operation

ITEMS = {
    "document": "wit2016breed",
    "documentPassages": "wit2016breed",
    "passage": "wit2016breed-a1",
    "theme": "B7",
    "themePassages": "b7",
    "work": "lipsky-1980",
}


def _path(operation: Operation, item: str) -> str:
    return PREFIX + operation.path.replace("{" + operation.item + "}", item)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.name)
def test_answer_is_of_the_type_that_is_described(
    client: FlaskClient, operation: Operation
) -> None:
    response = client.get(_path(operation, ITEMS.get(operation.name, "")))
    assert response.status_code == 200
    assert response.mimetype == "application/json"
    msgspec.json.decode(response.data, type=operation.answer)


@pytest.mark.parametrize(
    "operation", [o for o in OPERATIONS if o.item], ids=lambda o: o.name
)
def test_unknown_item_is_a_described_error(
    client: FlaskClient, operation: Operation
) -> None:
    response = client.get(_path(operation, "bestaat-niet"))
    error = msgspec.json.decode(response.data, type=types.Error).error
    assert (response.status_code, error.status) == (404, 404)
    assert "bestaat-niet" in error.message


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=x",
        "per_page=101",
        "page=1&page=2",
        "lang=fr",
        "sort=x",
        "onbekend=1",
        "q=" + "a" * 501,
        "q=%00",
        "theme=" + "b" * 201,
    ],
)
def test_parameter_that_cannot_be_read_is_refused(
    client: FlaskClient, query: str
) -> None:
    response = client.get(f"{PREFIX}/search?{query}")
    assert response.status_code == 400
    assert response.json is not None
    assert response.json["error"]["code"] == "bad_parameter"


def test_search_filters_by_repeated_values(client: FlaskClient) -> None:
    answer = msgspec.json.decode(
        client.get(f"{PREFIX}/search?theme=B9&theme=B4").data,
        type=types.SearchAnswer,
    )
    assert {hit.passage.id for hit in answer.items} == {
        "beek2018geld-b1",
        "wit2016breed-a3",
    }


def test_passage_says_who_it_cites_and_how_it_is_quoted(
    client: FlaskClient,
) -> None:
    passage = msgspec.json.decode(
        client.get(f"{PREFIX}/passages/wit2016breed-a1").data,
        type=types.PassageInFull,
    )
    (cited,) = passage.citations
    assert (
        passage.text[cited.start : cited.end] == cited.surface == "Beek, 2018"
    )
    assert cited.work == "beek-2018-wat"
    assert passage.quotation.parenthetical == "(De Wit & Smeets, 2016, p. 7)"


def test_evidence_on_a_theme_comes_strongest_first(
    client: FlaskClient,
) -> None:
    found = msgspec.json.decode(
        client.get(f"{PREFIX}/themes/B7/passages").data, type=types.Passages
    )
    assert [p.id for p in found.items] == [
        "wit2016breed-a1",
        "raad2014brief-c1",
    ]


def test_pages_of_a_list_together_are_the_list(client: FlaskClient) -> None:
    pages = [
        msgspec.json.decode(
            client.get(f"{PREFIX}/documents?per_page=1&page={n}").data,
            type=types.Documents,
        )
        for n in (1, 2, 3, 4)
    ]
    assert [[d.id for d in page.items] for page in pages] == [
        ["beek2018geld"],
        ["wit2016breed"],
        ["raad2014brief"],
        [],
    ]
    assert {page.total for page in pages} == {3}


def test_names_come_in_the_language_asked_for(client: FlaskClient) -> None:
    names = {
        lang: client.get(f"{PREFIX}/themes/B8?lang={lang}").json
        for lang in ("nl", "en")
    }
    assert names["nl"] is not None
    assert names["nl"]["name"] == "Preventie"
    assert names["en"] is not None
    assert names["en"]["name"] == "Prevention"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_description_names_and_explains_every_operation_and_parameter(
    app: Flask, language: str
) -> None:
    with app.test_request_context():
        found: dict[str, Any] = description(language)["paths"]
    assert set(found) == {o.path for o in OPERATIONS}
    for operation in OPERATIONS:
        named = {p["name"] for p in found[operation.path]["get"]["parameters"]}
        assert named == {
            f.name for f in msgspec.structs.fields(operation.parameters)
        } | ({operation.item} - {""})
        assert all(
            p["description"]
            for p in found[operation.path]["get"]["parameters"]
        )


def test_page_speaks_dutch_and_the_description_for_programs_english(
    client: FlaskClient,
) -> None:
    page = client.get("/api/").get_data(as_text=True)
    assert "Doorzoekt de passages." in page
    assert "Search the passages." in client.get("/api/?lang=en").get_data(
        as_text=True
    )
    told = client.get(f"{PREFIX}/openapi.json").json
    assert told is not None
    assert told["paths"]["/search"]["get"]["summary"] == "Search the passages."


def test_description_refers_to_nothing_that_is_not_there(app: Flask) -> None:
    with app.test_request_context():
        told = description()
    referred = {
        piece.split('"')[0]
        for piece in msgspec.json.encode(told)
        .decode()
        .split("#/components/schemas/")[1:]
    }
    assert referred <= set(told["components"]["schemas"])


@given(
    query=st.text(max_size=60),
    page=st.text(max_size=5),
    theme=st.text(max_size=12),
    sort=st.text(max_size=9),
)
def test_whatever_is_asked_the_answer_is_an_answer_or_a_described_error(
    app: Flask, query: str, page: str, theme: str, sort: str
) -> None:
    given_parameters = {"q": query, "page": page, "theme": theme, "sort": sort}
    response = app.test_client().get(
        f"{PREFIX}/search", query_string=given_parameters
    )
    kind: type = (
        types.SearchAnswer if response.status_code == 200 else types.Error
    )
    assert response.status_code in (200, 400)
    msgspec.json.decode(response.data, type=kind)


@pytest.mark.parametrize("year", ["²", "²..2017", "٢٠١٦", "..", "9" * 400])
def test_an_odd_year_is_no_fault_of_ours(app: Flask, year: str) -> None:
    asked = f"{PREFIX}/search?q=vakkennis&year={year}"
    assert app.test_client().get(asked).status_code in (200, 400)


@pytest.mark.slow
def test_schemathesis_finds_no_failure(app: Flask) -> None:
    schemathesis = pytest.importorskip(
        "schemathesis", reason="schemathesis is not installed"
    )
    from hypothesis import HealthCheck, Phase, settings

    schema = schemathesis.openapi.from_wsgi(f"{PREFIX}/openapi.json", app)

    for result in schema.get_all_operations():
        operation = result.ok()

        @given(case=operation.as_strategy())
        @settings(
            max_examples=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
            database=None,
        )
        def check(case: Any) -> None:
            case.call_and_validate()

        check()
