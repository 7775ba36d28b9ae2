"""The site's own pages, read as Zotero reads them.

UnAPI first, COinS in lists, tags in the head.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

import pytest
from flask.testing import FlaskClient
from lxml import html

from kb.bibliography import parse_literature
from kb.bibliography.bibtex_names import names_of
from kb.generations import RECORDS, new_generation, publish
from kb.records import Document, Passage, Work
from kb.search import build_index
from kb.settings import Settings
from kb.store import Store, sqlite_url
from web import create_app

ISSUED = {"date-parts": [[2016]]}
REPORT = {
    "type": "report",
    "title": "Breed & diep",
    "author": names_of("de Wit, Anna Maria and {Gemeente Zwolle}")[0],
    "publisher": "HU",
    "issued": ISSUED,
}
WORKS = (
    Work(
        "boek",
        {
            "type": "book",
            "title": "Boek",
            "ISBN": "9789088691300",
            "author": names_of("Bos, A.")[0],
        },
        ("wit16",),
        1,
    ),
    Work(
        "hoofdstuk",
        {
            "type": "chapter",
            "title": "Deel",
            "container-title": "Bundel",
            "author": names_of("Bos, A.")[0],
        },
        ("wit16",),
        1,
    ),
    Work(
        "artikel",
        {
            "type": "article-journal",
            "title": "Stuk",
            "container-title": "Blad",
            "author": names_of("Bos, A.")[0],
        },
        ("wit16",),
        1,
    ),
    Work(
        "proef",
        {
            "type": "thesis",
            "title": "Proef",
            "publisher": "UvA",
            "author": names_of("Bos, A.")[0],
        },
        ("wit16",),
        1,
    ),
    Work(
        "pagina",
        {
            "type": "webpage",
            "title": "Pagina",
            "URL": "https://x.nl",
            "author": names_of("Bos, A.")[0],
        },
        ("wit16",),
        1,
    ),
)
ZOTERO = {
    "boek": "book",
    "hoofdstuk": "bookSection",
    "artikel": "journalArticle",
    "proef": "thesis",
    "pagina": "webpage",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    base: Path = tmp_path_factory.mktemp("pages")
    (base / "corpus" / "sources").mkdir(parents=True)
    (base / "corpus" / "sources" / "wit.txt").write_text(
        "Tekst.", encoding="utf-8"
    )
    folder = new_generation(base / "index", "one")
    store = Store.create(sqlite_url(folder / RECORDS))
    store.add(
        [
            Document(
                "wit16",
                "wit.txt",
                "Breed & diep",
                ("Anna de Wit",),
                2016,
                "report",
                1,
                csl=REPORT,
            )
        ]
    )
    store.add(
        [
            Passage(
                "wit16-a",
                "wit16",
                "Generalisten houden hun vakkennis bij.",
                0,
                "finding",
            )
        ]
    )
    store.add(WORKS)
    build_index(store, folder / "engine", "whoosh")
    store.close()
    publish(base / "index", folder, 2)
    return create_app(
        Settings(corpus_dir=base / "corpus", index_dir=base / "index")
    ).test_client()


def _found(page: bytes, path: str) -> list[str]:
    """Texts of the attributes that an XPath leads to."""
    found = html.fromstring(page).xpath(path)
    assert isinstance(found, list)
    return [str(value) for value in found]


def _head(client: FlaskClient, address: str) -> dict[str, list[str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    found: dict[str, list[str]] = {}
    for tag in html.fromstring(answer.data).iterfind("head/meta[@name]"):
        found.setdefault(tag.get("name", ""), []).append(
            tag.get("content", "")
        )
    return found


def test_document_page_is_a_report_to_zotero(client: FlaskClient) -> None:
    head = _head(client, "/documenten/wit16")
    assert head["z:itemType"] == ["report"]
    assert head["citation_technical_report_institution"] == ["HU"]
    assert head["citation_title"] == ["Breed & diep"]
    assert head["citation_author"] == [
        "de Wit, Anna Maria;",
        "Gemeente Zwolle",
    ]


@pytest.mark.parametrize(("id", "expected"), ZOTERO.items())
def test_work_page_has_its_type(
    client: FlaskClient, id: str, expected: str
) -> None:
    assert _head(client, f"/werken/{id}")["z:itemType"] == [expected]


def test_unapi_leads_from_the_page_to_the_record(client: FlaskClient) -> None:
    page = client.get("/documenten/wit16").data
    (server,) = _found(page, "//link[@rel='unapi-server']/@href")
    (id,) = _found(page, "//abbr[@class='unapi-id']/@title")
    formats = _found(
        client.get(server, query_string={"id": id}).data, "//format/@name"
    )
    assert formats[:2] == ["ris", "bibtex"]
    for name in formats:
        answer = client.get(server, query_string={"id": id, "format": name})
        ((record,), problems) = parse_literature(answer.get_data(as_text=True))
        assert problems == []
        assert (record["type"], record["title"]) == ("report", "Breed & diep")
        assert record["author"] == REPORT["author"]


def test_lists_carry_coins_of_every_work(client: FlaskClient) -> None:
    spans = _found(
        client.get("/werken/").data, "//span[@class='Z3988']/@title"
    )
    titles = {
        t
        for span in spans
        for key in ("rft.btitle", "rft.atitle", "rft.title")
        for t in parse_qs(span).get(key, [])
    }
    assert titles >= {"Boek", "Deel", "Stuk", "Proef", "Pagina"}
