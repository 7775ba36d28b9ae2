"""Kept pages stay within their bytes, whatever a reader sends."""

from __future__ import annotations

from flask.testing import FlaskClient

from kb.settings import Settings
from web.pagecache import LARGEST, Pages
from web.readinglist import corpus_id


def test_keys_count_as_much_as_bodies() -> None:
    pages = Pages(most=100_000)
    for number in range(50):
        pages.keep(("generation", f"{number}" + "x" * 20_000), b"small")
    assert pages.size <= 100_000
    assert pages.get(("generation", "0" + "x" * 20_000)) is None
    assert pages.get(("generation", "49" + "x" * 20_000)) == b"small"


def test_a_page_kept_twice_counts_once() -> None:
    pages = Pages()
    pages.keep(("a",), b"first")
    size = pages.size
    pages.keep(("a",), b"other")
    assert (pages.size, pages.get(("a",))) == (size, b"other")


def test_a_page_too_large_is_not_kept() -> None:
    pages = Pages()
    pages.keep(("a",), b"x" * (LARGEST + 1))
    assert pages.size == 0


def test_cookies_that_are_no_list_share_one_page(
    client: FlaskClient, settings: Settings
) -> None:
    name = f"leeslijst-{corpus_id(settings)}"
    client.set_cookie(name, "zomaar" + "x" * 3000)
    odd = client.get("/over")
    client.set_cookie(name, "iets anders")
    assert client.get("/over").headers["ETag"] == odd.headers["ETag"]
