"""How often does what occur? Aggregate questions over a Store, for theme pages, maps, facets and networks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from kb.records import Citation, Document, Passage, Tag, Work
from kb.store import Store
from kb.store.schema import TABLES

# What evidence of a kind is worth more, or less, than its score: a reader looks for what was found, advised or said.
WORTH = {
    "finding": 0.15, "figure": 0.15, "recommendation": 0.1, "respondent_quote": 0.1, "definition": 0.05,
    "table": -0.2, "caption": -0.3, "footnote": -0.2, "question": -0.2, "contents": -1.0, "reference": -1.0,
}  # fmt: skip
SHORT, SHORT_WORTH = 90, -0.3  # characters: less is hardly evidence
AGAIN = (
    0.03  # what each further passage of one document loses, so that documents alternate
)

_P, _D, _T, _C, _W = (
    TABLES[record] for record in (Passage, Document, Tag, Citation, Work)
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Which evidence is meant: passages on `theme`, narrowed by what is given."""

    theme: str
    also: str | None = None  # a second theme on the same passage
    kind: str | None = None
    document: str | None = None
    year: int | None = None
    municipality: str | None = None
    critical: bool = (
        False  # only passages with one of the words that were given to `evidence_rows`
    )


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A passage that is evidence on a theme, with what it can be narrowed by."""

    passage: str
    kind: str
    document: str
    year: int | None
    municipalities: tuple[str, ...]
    critical: bool


def _rows(store: Store, query: Any) -> list[Any]:
    with store.engine.connect() as connection:
        return list(connection.execute(query).all())


def evidence_rows(
    store: Store, theme: str, critical: Sequence[str] = ()
) -> list[EvidenceRow]:
    """All evidence on `theme`, best to read first: by score, kind and length, documents alternating.

    `critical` are lower-case words, one of which marks a row.
    """
    text = sa.func.lower(_P.c.text)
    marked = sa.or_(
        sa.false(), *(text.contains(word, autoescape=True) for word in critical)
    )
    worth = (_T.c.score, sa.func.length(_P.c.text), _D.c.title, _D.c.municipalities)
    columns = (
        _P.c.id,
        _P.c.kind,
        _P.c.document,
        _D.c.year,
        _P.c.municipalities,
        sa.case((marked, 1), else_=0),
    )
    where = (
        _T.c.theme == theme,
        _T.c.evidence.is_(True),
        _T.c.passage == _P.c.id,
        _P.c.document == _D.c.id,
    )
    query = (
        sa.select(*columns, *worth)
        .where(*where)
        .order_by(_T.c.score.desc(), _P.c.document, _P.c.position)
    )
    found = []
    for (
        id,
        kind,
        document,
        year,
        places,
        hit,
        score,
        length,
        title,
        of_document,
    ) in _rows(store, query):
        row = EvidenceRow(
            id,
            kind,
            document,
            year,
            tuple(places or _only_place(title, of_document)),
            bool(hit),
        )
        found.append(
            (
                score + WORTH.get(kind, 0.0) + (SHORT_WORTH if length < SHORT else 0.0),
                row,
            )
        )
    return _alternating(found)


def _only_place(title: str, places: Sequence[str] | None) -> tuple[str, ...]:
    """The municipality that a passage without one is about: the only one of its document, where the title names it."""
    return (
        tuple(places or ())
        if places and len(places) == 1 and places[0] in title
        else ()
    )


def _alternating(found: list[tuple[float, EvidenceRow]]) -> list[EvidenceRow]:
    """Rows by falling worth, each further one of a document worth a little less."""
    seen: Counter[str] = Counter()
    ranked = []
    for worth, row in sorted(found, key=lambda pair: -pair[0]):
        ranked.append((worth - AGAIN * seen[row.document], row))
        seen[row.document] += 1
    return [row for _worth, row in sorted(ranked, key=lambda pair: -pair[0])]


def narrowed(
    rows: Iterable[EvidenceRow], evidence: Evidence, also: Container[str] = ()
) -> list[EvidenceRow]:
    """The rows that `evidence` asks for; `also` holds the passages on its second theme."""
    return [
        row
        for row in rows
        if (evidence.also is None or row.passage in also)
        and evidence.kind in (None, row.kind)
        and evidence.document in (None, row.document)
        and evidence.year in (None, row.year)
        and (
            evidence.municipality is None or evidence.municipality in row.municipalities
        )
        and (row.critical or not evidence.critical)
    ]


def counted(rows: Iterable[EvidenceRow], facet: str) -> list[tuple[Any, int]]:
    """(value, passages) by falling count; `facet` is kind, document, year or municipality."""
    if facet == "municipality":
        found = Counter(place for row in rows for place in row.municipalities)
    else:
        found = Counter(
            value for row in rows if (value := getattr(row, facet)) is not None
        )
    return sorted(found.items(), key=lambda item: (-item[1], str(item[0])))


def passages_per_theme(store: Store) -> dict[str, int]:
    """Evidence passages per theme code."""
    query = (
        sa.select(_T.c.theme, sa.func.count())
        .where(_T.c.evidence.is_(True))
        .group_by(_T.c.theme)
    )
    return {theme: n for theme, n in _rows(store, query)}


def themes_per_document(store: Store) -> dict[tuple[str, str], int]:
    """(document, theme) → evidence passages."""
    query = (
        sa.select(_P.c.document, _T.c.theme, sa.func.count())
        .where(_T.c.evidence.is_(True), _T.c.passage == _P.c.id)
        .group_by(_P.c.document, _T.c.theme)
    )
    return {(document, theme): n for document, theme, n in _rows(store, query)}


def themes_per_year(store: Store) -> dict[tuple[int, str], int]:
    """(year of the document, theme) → evidence passages."""
    query = (
        sa.select(_D.c.year, _T.c.theme, sa.func.count())
        .where(
            _T.c.evidence.is_(True),
            _T.c.passage == _P.c.id,
            _P.c.document == _D.c.id,
            _D.c.year.is_not(None),
        )
        .group_by(_D.c.year, _T.c.theme)
    )
    return {(year, theme): n for year, theme, n in _rows(store, query)}


def themes_together(store: Store) -> dict[tuple[str, str], int]:
    """(theme, other theme) → passages that are evidence on both; both orders are present."""
    one, two = _T.alias("one"), _T.alias("two")
    query = (
        sa.select(one.c.theme, two.c.theme, sa.func.count())
        .where(
            one.c.passage == two.c.passage,
            one.c.theme < two.c.theme,
            one.c.evidence.is_(True),
            two.c.evidence.is_(True),
        )
        .group_by(one.c.theme, two.c.theme)
    )
    half = {(a, b): n for a, b, n in _rows(store, query)}
    return half | {(b, a): n for (a, b), n in half.items()}


def passages_per_document(store: Store) -> dict[str, int]:
    """Passages per document."""
    return {
        d: n
        for d, n in _rows(
            store, sa.select(_P.c.document, sa.func.count()).group_by(_P.c.document)
        )
    }


def passages_per_kind(store: Store) -> dict[str, int]:
    """Passages per kind."""
    return {
        kind: n
        for kind, n in _rows(
            store, sa.select(_P.c.kind, sa.func.count()).group_by(_P.c.kind)
        )
    }


def theme_positions(store: Store, document: str) -> list[tuple[int, str, str, float]]:
    """(position, theme, passage, score) of the evidence in a document, in reading order, strongest first in a passage."""
    query = (
        sa.select(_P.c.position, _T.c.theme, _P.c.id, _T.c.score)
        .where(
            _P.c.document == document, _T.c.passage == _P.c.id, _T.c.evidence.is_(True)
        )
        .order_by(_P.c.position, _T.c.score.desc(), _T.c.theme)
    )
    return [
        (position, theme, passage, score)
        for position, theme, passage, score in _rows(store, query)
    ]


def cited_together(store: Store, work: str, limit: int = 10) -> list[tuple[str, int]]:
    """(other work, passages that cite both), most first."""
    one, two = _C.alias("one"), _C.alias("two")
    n = sa.func.count(sa.distinct(one.c.passage)).label("n")
    query = (
        sa.select(two.c.work, n)
        .where(
            one.c.work == work,
            one.c.passage == two.c.passage,
            two.c.work.is_not(None),
            two.c.work != work,
        )
        .group_by(two.c.work)
        .order_by(n.desc(), two.c.work)
    )
    return [(other, count) for other, count in _rows(store, query.limit(limit))]


def pairs_cited_together(store: Store, limit: int = 50) -> list[tuple[str, str, int]]:
    """(work, work, passages that cite both) of the whole corpus, most first."""
    one, two = _C.alias("one"), _C.alias("two")
    n = sa.func.count(sa.distinct(one.c.passage)).label("n")
    query = (
        sa.select(one.c.work, two.c.work, n)
        .where(one.c.passage == two.c.passage, one.c.work < two.c.work)
        .group_by(one.c.work, two.c.work)
        .order_by(n.desc(), one.c.work, two.c.work)
    )
    return [(a, b, count) for a, b, count in _rows(store, query.limit(limit))]


def mentions_per_document(
    store: Store, works: Sequence[str] = ()
) -> dict[tuple[str, str], int]:
    """(document, work) → in-text mentions; of all works, or of `works`."""
    where: list[Any] = [_C.c.passage == _P.c.id, _C.c.work.is_not(None)]
    if works:
        where.append(_C.c.work.in_(list(works)[:400]))
    query = (
        sa.select(_P.c.document, _C.c.work, sa.func.count())
        .where(*where)
        .group_by(_P.c.document, _C.c.work)
    )
    return {(document, work): n for document, work, n in _rows(store, query)}


def totals(store: Store) -> Mapping[str, int]:
    """Documents, passages, tags (evidence), works and citations of the generation."""
    wanted = {
        "documents": sa.select(sa.func.count()).select_from(_D),
        "passages": sa.select(sa.func.count()).select_from(_P),
        "tags": sa.select(sa.func.count())
        .select_from(_T)
        .where(_T.c.evidence.is_(True)),
        "works": sa.select(sa.func.count()).select_from(_W),
        "citations": sa.select(sa.func.count()).select_from(_C),
    }
    return {name: int(_rows(store, query)[0][0]) for name, query in wanted.items()}
