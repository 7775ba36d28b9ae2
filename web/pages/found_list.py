"""What a search found, as a list to take along: a table, JSON, or quotations with their records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from kb.export import Group, Selection
from kb.export.tables import Table
from kb.records import Passage
from kb.search.request import Results, SearchRequest
from web import words
from web.generation import Generation
from web.pages.addresses import public
from web.pages.cards import PassageCard, cards
from web.pages.query_summary import said_back

# Passages taken along of one search: some 200 pages in Word, and a second of work.
MOST = 500
Row = dict[str, str | int | bool | list[str] | None]


@dataclass(frozen=True, slots=True)
class FoundList:
    """The passages that a search counts, in its order.

    Attributes:
        title: the question in words.
        passages: at most `MOST` of those found.
        direct: ids of those that are direct.
        total: how many there are.
    """

    title: str
    passages: tuple[Passage, ...]
    direct: frozenset[str]
    total: int

    @property
    def remark(self) -> str:
        """What to say where not all are here; "" where they are."""
        if self.total <= len(self.passages):
            return ""
        return str(
            _(
                "De eerste %(n)s van %(total)s passages.",
                n=len(self.passages),
                total=self.total,
            )
        )


def found_list(generation: Generation, request: SearchRequest) -> FoundList:
    """What a search found: direct hits, and related ones where they count or stand alone."""
    wanted = replace(
        request,
        page=1,
        per_page=MOST,
        per_document=0,
        facets=False,
        snippets=False,
    )
    results = generation.searcher.search(wanted)
    every = request.count_related or not results.direct
    kept = [hit for hit in results.hits if every or hit.direct]
    known = {
        passage.id: passage
        for passage in generation.store.passages(
            ids=[hit.passage for hit in kept]
        )
    }
    there = [hit for hit in kept if hit.passage in known]
    return FoundList(
        said_back(generation, results.reading),
        tuple(known[hit.passage] for hit in there),
        frozenset(hit.passage for hit in there if hit.direct),
        _total(results, every, len(there)),
    )


def _total(results: Results, every: bool, taken: int) -> int:
    """How many there are to take along; near-duplicates stand under another and do not count."""
    counted = results.total if every else results.direct
    return counted if taken >= MOST else taken


def selection(generation: Generation, found: FoundList) -> Selection:
    """The passages as quotations with the records of their documents."""
    ids = list(dict.fromkeys(passage.document for passage in found.passages))
    known = {d.id: d for d in generation.store.documents()}
    title = " ".join(part for part in (found.title, found.remark) if part)
    group = (Group(title, found.passages),) if found.passages else ()
    return Selection(
        documents=tuple(known[id] for id in ids if id in known),
        groups=group,
        title=title,
        counted=True,
    )


def rows(generation: Generation, found: FoundList) -> Iterator[Row]:
    """A row for each passage, with values as they are."""
    for number, card in enumerate(cards(generation, found.passages), 1):
        yield _row(number, card, card.passage.id in found.direct)


def _row(number: int, card: PassageCard, direct: bool) -> Row:
    document, passage = card.document, card.passage
    return {
        "number": number,
        "passage": passage.id,
        "document": document.id,
        "authors": list(document.authors),
        "year": document.year,
        "title": document.title,
        "section": " › ".join(passage.section),
        "place": card.quotation.locator,
        "kind": passage.kind,
        "themes": [theme.code for theme in card.themes],
        "text": passage.text,
        "citation": card.quotation.parenthetical,
        "reference": card.quotation.reference,
        "address": public(card.address),
        "direct": direct,
    }


def as_json(generation: Generation, found: FoundList) -> bytes:
    """The question, how many passages there are, and the passages."""
    body = {
        "question": found.title,
        "total": found.total,
        "passages": list(rows(generation, found)),
    }
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


def as_table(generation: Generation, found: FoundList) -> Table:
    """A row a passage, with headings and kinds as the reader knows them."""
    return Table(
        found.title,
        tuple(str(name) for name in _columns().values()),
        tuple(
            tuple(_cell(name, row[name]) for name in _columns())
            for row in rows(generation, found)
        ),
        remarks=(found.remark,) if found.remark else (),
    )


def _columns() -> dict[str, str]:
    """The columns of a table and their headings."""
    return {
        "number": _("Nr"),
        "authors": _("Auteur"),
        "year": _("Jaar"),
        "title": _("Titel"),
        "place": _("Plaats"),
        "section": _("Paragraaf"),
        "kind": _("Soort passage"),
        "themes": _("Thema’s"),
        "text": _("Tekst"),
        "citation": _("Verwijzing in de tekst"),
        "reference": _("Literatuurverwijzing"),
        "direct": _("Bevat wat gevraagd is"),
        "address": _("Adres"),
    }


def _cell(name: str, value: object) -> str | int | None:
    """A value of a row as it stands in a cell."""
    if isinstance(value, bool):
        return str(_("ja") if value else _("nee"))
    if isinstance(value, list):
        return "; ".join(value)
    if name == "kind":
        return str(words.name(words.KINDS, str(value)))
    return value if isinstance(value, int) or value is None else str(value)
