"""What Zotero and search engines find in a page."""

from __future__ import annotations

import json
import re

from flask.testing import FlaskClient


def _tags(page: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, content in re.findall(
        r'<meta name="([^"]+)" content="([^"]*)">', page
    ):
        found.setdefault(name, []).append(content)
    return found


def _ld(page: str) -> dict[str, object]:
    (block,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>',
        page,
        flags=re.DOTALL,
    )
    loaded: dict[str, object] = json.loads(block)
    return loaded


def test_document_names_its_authors_title_and_file_for_zotero(
    client: FlaskClient,
) -> None:
    tags = _tags(client.get("/documenten/wit2016breed").text)
    assert tags["citation_title"] == [
        "Breed kijken, diep weten: vakkennis in het wijkteam"
    ]
    assert len(tags["citation_author"]) == 2
    assert tags["citation_pdf_url"] == [
        "http://localhost/documenten/wit2016breed/bestand"
    ]
    assert tags["citation_technical_report_institution"] == [
        "Hogeschool Oostland"
    ]


def test_document_is_a_report_in_the_words_of_schema_org(
    client: FlaskClient,
) -> None:
    data = _ld(client.get("/documenten/wit2016breed").text)
    assert data["@type"] == "Report"
    assert data["author"] == [
        {"@type": "Person", "name": "Anna de Wit"},
        {"@type": "Person", "name": "Karel Smeets"},
    ]
    assert data["datePublished"] == "2016"


def test_text_cannot_end_the_block_of_data(client: FlaskClient) -> None:
    page = client.get("/passages/beek2018geld-b1").text
    assert "<script>." not in page
    assert "<script>." in str(_ld(page)["text"])


def test_passage_is_a_quotation_from_its_document(client: FlaskClient) -> None:
    data = _ld(client.get("/passages/wit2016breed-a1").text)
    assert (data["@type"], data["pagination"]) == ("Quotation", "7")


def test_lists_carry_coins(client: FlaskClient) -> None:
    assert client.get("/werken/").text.count('class="Z3988"') == 2
    assert "rft.btitle=Street-level" in client.get("/werken/").text


def test_unapi_lists_formats_and_gives_records(client: FlaskClient) -> None:
    assert 'name="ris"' in client.get("/unapi").text
    assert client.get("/unapi?id=d:wit2016breed").status_code == 300
    assert client.get("/unapi?id=d:wit2016breed&format=ris").text.startswith(
        "TY  - RPRT"
    )
    assert "Lipsky" in client.get("/unapi?id=w:lipsky-1980&format=bibtex").text
    assert client.get("/unapi?id=d:wit2016breed&format=pdf").status_code == 406
    assert client.get("/unapi?id=x&format=ris").status_code == 404
