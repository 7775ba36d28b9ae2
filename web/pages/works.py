"""Works: what is cited, by whom, together with what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from kb.bibliography.csl_to_bibtex import csl_to_entry, write_entries
from kb.records import Document, Formatted, Reference, Work
from kb.store import counts
from web.citation_strings import formatted, inline_html
from web.formats import RECORD_FORMATS
from web.generation import Generation
from web.pages.cards import PassageCard, cards, documents
from web.pages.metadata import work_head
from web.pages.pager import Pager, pager, within

PER_PAGE = 50
UNKNOWN_TITLE = "…"
PASSAGES = 60  # on the page of one work
ENTRIES = 20  # of reference lists, that are shown with a work


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A work in a list."""

    work: Work
    html: Markup
    short: str

    @property
    def provisional(self) -> bool:
        """Whether it is known from mentions only.

        Acts, papers of the chamber and rulings are known by their number: what the
        text says of them is all there is to know.
        """
        identified = "identifier" in (self.work.csl.get("custom") or {})
        return self.work.origin == "mention" and not identified


@dataclass(frozen=True, slots=True)
class WorksPage:
    """The list of works."""

    rows: tuple[WorkRow, ...]
    total: int
    query: str
    pager: Pager


@dataclass(frozen=True, slots=True)
class WorkPage:
    """A work with who cites it, in which passage."""

    row: WorkRow
    reference: str
    provisional: (
        str  # the record to complete, in BibTeX; "" for a work that is known
    )
    cited_by: tuple[tuple[Document, tuple[PassageCard, ...]], ...]
    together: tuple[tuple[WorkRow, int], ...]
    document: Document | None
    url: str
    head: Markup
    exports: tuple[tuple[str, str], ...]
    entries: tuple[Reference, ...]  # of reference lists, that are this work


def work_title(work: Work) -> str:
    """The title, or where it has none the first variant."""
    first_variant = next(iter(work.variants), work.id)
    return str(work.csl.get("title") or first_variant)


def _row(work: Work, strings: dict[str, Formatted]) -> WorkRow:
    found = strings.get(work.id)
    if found is not None:
        return WorkRow(
            work, inline_html(found.reference_html), found.parenthetical
        )
    title = work_title(work)
    printed = work.variants[0] if work.variants else title
    return WorkRow(work, Markup.escape(printed), title)


def work_rows(
    generation: Generation, works: list[Work]
) -> tuple[WorkRow, ...]:
    """Rows for `works`, in their order."""
    strings = formatted(generation, [w.id for w in works])
    return tuple(_row(w, strings) for w in works)


def most_cited(generation: Generation) -> tuple[Work, ...]:
    """Every cited work: cited by most documents first, then by most mentions."""

    def rank(work: Work) -> tuple[int, int, str]:
        return -len(work.cited_by), -work.mentions, work_title(work).lower()

    def make() -> tuple[Work, ...]:
        every = generation.store.works()
        cited = [work for work in every if work.mentions or work.cited_by]
        return tuple(sorted(cited, key=rank))

    return generation.lasting("most_cited", make)


def _haystack(work: Work) -> str:
    """What a work is found by: its people and its title, in lower case."""
    people = [*(work.csl.get("author") or []), *(work.csl.get("editor") or [])]
    names = [
        person.get("family") or person.get("literal") or ""
        for person in people
    ]
    return " ".join([*names, work_title(work)]).lower()


def found_works(generation: Generation, query: str) -> list[Work]:
    """Cited works whose authors and title hold every word of `query`.

    Most cited first.
    """
    wanted = query.lower().split()

    def holds_all(work: Work) -> bool:
        haystack = _haystack(work)
        return all(word in haystack for word in wanted)

    return [work for work in most_cited(generation) if holds_all(work)]


def works_page(
    generation: Generation,
    query: str,
    page: int,
    address: Callable[[int], str],
) -> WorksPage:
    """Cited works whose authors and title hold every word of `query`."""
    found = found_works(generation, query)
    page = within(page, len(found), PER_PAGE)
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    return WorksPage(
        work_rows(generation, shown),
        len(found),
        query,
        pager(page, len(found), PER_PAGE, address),
    )


def _cited_by(
    generation: Generation, work: Work
) -> tuple[tuple[Document, tuple[PassageCard, ...]], ...]:
    """The documents that cite `work`, each with the passages that do."""
    citations = generation.store.citations(work=work.id)
    ids = list(dict.fromkeys(citation.passage for citation in citations))
    found: dict[str, list[PassageCard]] = {}
    for card in cards(
        generation, generation.store.passages(ids=ids[:PASSAGES])
    ):
        found.setdefault(card.document.id, []).append(card)
    for document in work.cited_by:  # those that only list the work
        found.setdefault(document, [])
    known = documents(generation)
    return tuple((known[d], tuple(found[d])) for d in found if d in known)


def _record_to_complete(work: Work) -> str:
    """What is known of a work as a BibTeX record, with a gap where its title belongs."""
    known = {"title": UNKNOWN_TITLE, **work.csl}
    known.pop("custom", None)
    return write_entries([csl_to_entry(known)]).strip()


def _together(
    generation: Generation, id: str
) -> tuple[tuple[WorkRow, int], ...]:
    """Works that are cited in the same passages, with in how many."""
    pairs = counts.cited_together(generation.store, id)
    others = generation.store.works([other for other, _ in pairs])
    rows = {row.work.id: row for row in work_rows(generation, others)}
    return tuple((rows[other], n) for other, n in pairs if other in rows)


def work_page(generation: Generation, id: str) -> WorkPage:
    """Raises UnknownWorkError."""
    work = generation.store.work(id)
    strings = formatted(generation, [id])
    known = documents(generation)
    row = _row(work, strings)
    url = str(work.csl.get("URL") or "")
    return WorkPage(
        row=row,
        provisional=_record_to_complete(work) if row.provisional else "",
        reference=strings[id].reference if id in strings else "",
        cited_by=_cited_by(generation, work),
        together=_together(generation, id),
        document=known.get(work.document or ""),
        url=url if url.startswith(("http://", "https://")) else "",
        head=work_head(work, work_title(work)),
        exports=RECORD_FORMATS,
        entries=tuple(generation.store.references(work=id)[:ENTRIES]),
    )
