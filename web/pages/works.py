"""Works: what is cited, by whom, together with what."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from kb.records import Document, Formatted, Work
from kb.store import counts
from web.citation_strings import formatted, inline_html
from web.formats import RECORD_FORMATS
from web.generation import Generation
from web.pages.cards import PassageCard, cards, documents
from web.pages.metadata import work_head
from web.pages.pager import Pager, pager, within

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A work in a list."""

    work: Work
    html: Markup
    short: str


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
    cited_by: tuple[tuple[Document, tuple[PassageCard, ...]], ...]
    together: tuple[tuple[WorkRow, int], ...]
    document: Document | None
    url: str
    head: Markup
    exports: tuple[tuple[str, str], ...]


def work_title(work: Work) -> str:
    """The title, or where it has none the first variant."""
    return str(
        work.csl.get("title") or (work.variants[0] if work.variants else work.id)
    )


def _row(work: Work, strings: dict[str, Formatted]) -> WorkRow:
    found = strings.get(work.id)
    if found is None:
        return WorkRow(
            work,
            Markup.escape(work.variants[0] if work.variants else work_title(work)),
            work_title(work),
        )
    return WorkRow(work, inline_html(found.reference_html), found.parenthetical)


def work_rows(generation: Generation, works: list[Work]) -> tuple[WorkRow, ...]:
    """Rows for `works`, in their order."""
    strings = formatted(generation, [w.id for w in works])
    return tuple(_row(w, strings) for w in works)


def most_cited(generation: Generation) -> tuple[Work, ...]:
    """Every cited work: cited by most documents first, then by most mentions."""

    def make() -> tuple[Work, ...]:
        cited = [w for w in generation.store.works() if w.mentions or w.cited_by]
        return tuple(
            sorted(
                cited,
                key=lambda w: (-len(w.cited_by), -w.mentions, work_title(w).lower()),
            )
        )

    return generation.once("most_cited", make)


def _haystack(work: Work) -> str:
    people = [
        p.get("family") or p.get("literal") or ""
        for role in ("author", "editor")
        for p in work.csl.get(role) or []
    ]
    return " ".join([*people, work_title(work)]).lower()


def found_works(generation: Generation, query: str) -> list[Work]:
    """Cited works whose authors and title hold every word of `query`, most cited first."""
    wanted = query.lower().split()
    return [
        w
        for w in most_cited(generation)
        if all(word in _haystack(w) for word in wanted)
    ]


def works_page(
    generation: Generation, query: str, page: int, address: object
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
    )  # type: ignore[arg-type]


def work_page(generation: Generation, id: str) -> WorkPage:
    """Raises UnknownWorkError."""
    work = generation.store.work(id)
    strings = formatted(generation, [id])
    passages = generation.store.passages(
        ids=list(dict.fromkeys(c.passage for c in generation.store.citations(work=id)))[
            :60
        ]
    )
    made = cards(generation, passages)
    known = documents(generation)
    pairs = counts.cited_together(generation.store, id)
    others = {
        r.work.id: r
        for r in work_rows(
            generation, generation.store.works([other for other, _ in pairs])
        )
    }
    url = str(work.csl.get("URL") or "")
    return WorkPage(
        row=_row(work, strings),
        reference=strings[id].reference if id in strings else "",
        cited_by=tuple(
            (known[d], tuple(c for c in made if c.document.id == d))
            for d in _citing(work, made)
            if d in known
        ),
        together=tuple((others[other], n) for other, n in pairs if other in others),
        document=known.get(work.document or ""),
        url=url if url.startswith(("http://", "https://")) else "",
        head=work_head(work, work_title(work)),
        exports=RECORD_FORMATS,
    )


def _citing(work: Work, made: tuple[PassageCard, ...]) -> list[str]:
    return list(dict.fromkeys([*(c.document.id for c in made), *work.cited_by]))
