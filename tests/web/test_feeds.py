"""Feeds and descriptions are well-formed and lead to pages that exist."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import etree

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
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]
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
