"""Feeds and descriptions are well-formed and lead to pages that exist."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import etree

from kb.settings import Settings
from web import create_app

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/documenten.atom", "application/atom+xml"),
        ("/zoeken.atom?q=vakkennis", "application/atom+xml"),
        ("/zoeken.atom?q=%3C%26%22", "application/atom+xml"),
        ("/sitemap.xml", "application/xml"),
        ("/opensearch.xml", "application/opensearchdescription+xml"),
    ],
)
def test_xml_is_well_formed(client: FlaskClient, path: str, kind: str) -> None:
    response = client.get(path)
    assert response.mimetype == kind
    etree.fromstring(response.data)


def test_saved_search_holds_its_hits(client: FlaskClient) -> None:
    feed = etree.fromstring(client.get("/zoeken.atom?q=besparing").data)
    titles = [
        entry.findtext(f"{ATOM}title")
        for entry in feed.findall(f"{ATOM}entry")
    ]
    assert "Van Beek, 2018, paragraaf “Uitkomsten”" in titles
    assert feed.findtext(f"{ATOM}updated") == "2026-11-20T09:30:00+00:00"


def test_every_address_of_the_sitemap_answers(client: FlaskClient) -> None:
    site = etree.fromstring(client.get("/sitemap.xml").data)
    paths = [urlsplit(str(loc.text)).path for loc in site.iter("{*}loc")]
    assert "/documenten/wit2016breed" in paths
    assert {
        path: client.get(path).status_code
        for path in paths
        if client.get(path).status_code != 200
    } == {}


def test_robots_keeps_crawlers_from_searching(client: FlaskClient) -> None:
    text = client.get("/robots.txt").text
    assert "Disallow: /zoeken" in text
    assert "Sitemap: http://localhost/sitemap.xml" in text


def test_an_entry_changes_with_its_file_and_not_with_the_index(
    client: FlaskClient, settings: Settings
) -> None:
    path = settings.corpus_dir / "sources" / "wit2016breed.pdf"
    os.utime(path, (1_500_000_000, 1_500_000_000))
    feed = etree.fromstring(client.get("/documenten.atom?n=1").data)
    updated = {
        str(entry.findtext(f"{ATOM}id")): entry.findtext(f"{ATOM}updated")
        for entry in feed.findall(f"{ATOM}entry")
    }
    address = "http://localhost/documenten/wit2016breed"
    assert updated[address] == "2017-07-14T02:40:00+00:00"


@pytest.mark.parametrize(
    "path",
    ["/documenten.atom", "/opensearch.xml", "/sitemap.xml", "/robots.txt"],
)
def test_a_public_address_under_a_path_is_kept(
    settings: Settings, path: str
) -> None:
    app = create_app(replace(settings, site_url="https://lit.example.nl/kb/"))
    text = app.test_client().get(path).text
    found = re.findall(r"https?://[^/\s\"<]+/[^\s\"<]*", text)
    own = [a for a in found if "w3.org" not in a and "sitemaps.org" not in a]
    own = [a for a in own if "a9.com" not in a]
    assert own
    assert [
        a for a in own if not a.startswith("https://lit.example.nl/kb/")
    ] == []
