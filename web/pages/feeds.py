"""Feeds and the sitemap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import url_for
from flask_babel import gettext as _

from kb.records import Document
from kb.search.request import SearchRequest
from web import parameters
from web.citation_strings import short_name
from web.generation import Generation
from web.pages.addresses import address_of, public
from web.pages.cards import PassageCard, cards, documents, newest
from web.pages.home import per_theme
from web.pages.works import most_cited
from web.sources import source_path

NEWEST = 50  # documents in the feed


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry of a feed."""

    id: str
    title: str
    address: str
    summary: str
    author: str
    updated: str  # when its file was last written: a new build alone changes no entry


@dataclass(frozen=True, slots=True)
class Feed:
    """An Atom feed; `updated` is when the index was built."""

    title: str
    address: str
    page: str
    updated: str
    entries: tuple[FeedEntry, ...]


def _updated(generation: Generation) -> str:
    """When the index was built, as Atom wants it."""
    try:
        when = datetime.fromisoformat(str(generation.store.get("built", "")))
    except ValueError:
        when = datetime(1970, 1, 1)
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).isoformat(
        timespec="seconds"
    )


def _written(generation: Generation, document: Document) -> str:
    """When the file of a document was last written; of the index where it is gone."""
    path = source_path(generation.settings, document)
    if path is None:
        return _updated(generation)
    when = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return when.isoformat(timespec="seconds")


def documents_feed(generation: Generation) -> Feed:
    """The fifty newest documents."""
    ordered = newest(generation)[:NEWEST]

    def entry(document: Document) -> FeedEntry:
        address = public(url_for("documents.document", id=document.id))
        return FeedEntry(
            id=address,
            title=document.title,
            address=address,
            summary=short_name(generation, document),
            author="; ".join(document.authors),
            updated=_written(generation, document),
        )

    entries = tuple(entry(document) for document in ordered)
    return Feed(
        _("Documenten"),
        public(url_for("feeds.documents")),
        public(url_for("documents.index")),
        _updated(generation),
        entries,
    )


def search_feed(generation: Generation, wanted: SearchRequest) -> Feed:
    """The first hits of a search."""
    results = generation.searcher.search(wanted)
    ids = [hit.passage for hit in results.hits]
    made = cards(generation, generation.store.passages(ids=ids))
    given = parameters.address_parameters(wanted)

    def entry(card: PassageCard) -> FeedEntry:
        address = public(url_for("passages.passage", id=card.passage.id))
        return FeedEntry(
            id=address,
            title=card.quotation.parenthetical.strip("()"),
            address=address,
            summary=card.passage.text,
            author=card.short,
            updated=_written(generation, card.document),
        )

    entries = tuple(entry(card) for card in made)
    title = _(
        "Zoekopdracht: %(query)s", query=wanted.query or _("alle passages")
    )
    return Feed(
        title,
        public(address_of("feeds.search", given)),
        public(address_of("search.page", given)),
        _updated(generation),
        entries,
    )


def sitemap_page(generation: Generation) -> tuple[str, ...]:
    """Addresses of the pages a search engine should know.

    Not the passages one by one.
    """
    fixed = (
        "home.page",
        "documents.index",
        "themes.index",
        "themes.map",
        "themes.heat",
        "themes.years",
        "works.index",
        "works.network",
        "about.about",
    )
    found = [url_for(name) for name in fixed]
    found += [
        url_for("themes.theme", code=code) for code in per_theme(generation)
    ]
    found += [
        url_for("documents.document", id=id) for id in documents(generation)
    ]
    found += [
        url_for("works.work", id=w.id) for w in most_cited(generation)[:5000]
    ]
    return tuple(public(path) for path in found)
