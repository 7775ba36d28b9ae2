"""Articles that only a record tells of are documents on every page, feed and export."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import etree, html

from kb.bibliography.literature import parse_literature
from kb.pipeline import build
from kb.settings import Settings
from tests.pipeline.conftest import Here
from web import create_app

ATOM = "{http://www.w3.org/2005/Atom}"
RECORDS = """@collection{pleinen, editor={Wit, Karel de and Pool, Sara},
  title={Pleinen en portieken},
  publisher={Kantelpers}, address={Ede}, year={2019}, file={pleinen.txt}}
@incollection{lift, author={Prins, Ada}, title={De lift staat stil}, pages={2--2},
  crossref={pleinen}, note={nog nalezen}}
@incollection{bank, author={Vos, Tom van der}, title={Een bank op het plein},
  crossref={pleinen}}
"""
SAID = (
    "Wie aanbelt zonder aanleiding, hoort wat er speelt in een portiek. Dat kost tijd, en "
    "die tijd betaalt zich later terug, zeggen bewoners en vaklieden."
)
PAGES = (
    f"Pleinen en portieken\n\nWoord vooraf\n\n{SAID} Dit boek gaat daarover.\n",
    f"De lift staat stil\n\n{SAID} De lift doet het niet.\n\nNiemand belt de beheerder. {SAID}\n",
    f"Een bank op het plein\n\n{SAID} De bank is groen.\n\nIemand veegt er elke dag. {SAID}\n",
)
SHOWN = {
    "lift": "Prins, A. (2019). De lift staat stil. In K. de Wit & S. Pool (Reds.), "
    "Pleinen en portieken (pp. 2-2). Kantelpers.",
    "bank": "Van der Vos, T. (2019). Een bank op het plein. In K. de Wit & S. Pool (Reds.), "
    "Pleinen en portieken. Kantelpers.",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The site over a collection of which two articles have a record."""
    folder: Path = tmp_path_factory.mktemp("pleinen")
    (folder / "corpus" / "sources").mkdir(parents=True)
    settings = replace(
        Settings(), corpus_dir=folder / "corpus", index_dir=folder / "index"
    )
    (folder / "corpus" / "sources" / "pleinen.txt").write_text(
        "\f".join(PAGES), encoding="utf-8"
    )
    (folder / "corpus" / "sources.bib").write_text(RECORDS, encoding="utf-8")
    build(settings, executor=Here())
    return create_app(settings).test_client()


def text_of(page: str) -> str:
    """The text of a page, each gap one space."""
    return " ".join(
        "".join(map(str, html.fromstring(page).itertext())).split()
    )


def reference(text: str) -> str:
    """A reference with one kind of space and dash."""
    return re.sub(r"[–-]", "-", text.replace("\xa0", " "))


@pytest.mark.parametrize("key", SHOWN)
def test_a_part_has_a_page_with_its_reference_and_its_volume(
    site: FlaskClient, key: str
) -> None:
    page = site.get(f"/documenten/{key}").text
    assert SHOWN[key] in reference(text_of(page))
    assert 'href="/documenten/pleinen"' in page
    assert "nog nalezen" not in page


def test_the_volume_leads_to_its_parts_and_keeps_the_rest(
    site: FlaskClient,
) -> None:
    page = site.get("/documenten/pleinen").text
    assert all(f'href="/documenten/{key}"' in page for key in SHOWN)
    assert "Dit boek gaat daarover" in text_of(page)


def test_passages_are_those_of_their_part(site: FlaskClient) -> None:
    lift, bank = (site.get(f"/documenten/{key}").text for key in SHOWN)
    assert "De lift doet het niet" in text_of(lift)
    assert "De bank is groen" in text_of(bank)
    assert "De bank is groen" not in text_of(lift)


@pytest.mark.parametrize("key", SHOWN)
@pytest.mark.parametrize("kind", ["bibtex", "ris", "csl-json"])
def test_an_export_stands_by_itself(
    site: FlaskClient, key: str, kind: str
) -> None:
    text = site.get(f"/documenten/{key}/verwijzing/{kind}").text
    assert "nalezen" not in text
    assert "pleinen.txt" not in text
    (record,), problems = parse_literature(text)
    assert not problems
    assert record["type"] == "chapter"
    assert record["container-title"] == "Pleinen en portieken"
    assert [e["family"] for e in record["editor"]] == ["Wit", "Pool"]
    assert bool(record.get("page")) is (key == "lift")
    assert record["issued"]["date-parts"][0][0] == 2019


def test_the_feed_has_parts_with_their_authors(site: FlaskClient) -> None:
    feed = etree.fromstring(site.get("/documenten.atom").data)
    people = {
        entry.findtext(f"{ATOM}title"): entry.findtext(
            f"{ATOM}author/{ATOM}name"
        )
        for entry in feed.findall(f"{ATOM}entry")
    }
    assert "Ada Prins" in str(people["De lift staat stil"])
    assert "Vos" in str(people["Een bank op het plein"])


@pytest.mark.parametrize("key", SHOWN)
def test_zotero_sees_a_chapter_in_its_book(
    site: FlaskClient, key: str
) -> None:
    page = html.fromstring(site.get(f"/documenten/{key}").text)
    tags = {m.get("name"): m.get("content") for m in page.iter("meta")}
    assert tags["citation_inbook_title"] == "Pleinen en portieken"
    assert tags.get("citation_firstpage") == ("2" if key == "lift" else None)
    formats = site.get(f"/unapi?id={key}")
    assert formats.status_code in (200, 300)


def test_search_and_authors_know_the_part(site: FlaskClient) -> None:
    page = site.get("/zoeken?q=bank+op+het+plein").text
    assert SHOWN["bank"] in reference(text_of(page))
    listed = site.get("/documenten/").text
    assert "Prins" in listed
    assert "Van der Vos" in listed


def test_in_the_list_a_part_has_its_own_pages(site: FlaskClient) -> None:
    listed = text_of(site.get("/documenten/").text)
    assert listed.count("3 bladzijden") == 1  # of the collection itself
    assert ", pp. 2-2" in listed
