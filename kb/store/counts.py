"""How often does what occur? Aggregate questions over a Store, for theme pages, maps, facets and networks."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from kb.records import Citation, Document, Passage, Tag, Work
from kb.store.records import Store
from kb.store.schema import TABLES

_P, _D, _T, _C, _W = (TABLES[record] for record in (Passage, Document, Tag, Citation, Work))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Which evidence is meant: passages on `theme`, narrowed by what is given. `words`: one of them occurs in the text."""

    theme: str
    also: str | None = None  # a second theme on the same passage
    kind: str | None = None
    document: str | None = None
    year: int | None = None
    municipality: str | None = None
    words: tuple[str, ...] = ()


def _rows(store: Store, query: Any) -> list[Any]:
    with store.engine.connect() as connection:
        return list(connection.execute(query).all())


def _where(evidence: Evidence) -> list[Any]:
    where: list[Any] = [_T.c.theme == evidence.theme, _T.c.evidence.is_(True), _T.c.passage == _P.c.id, _P.c.document == _D.c.id]
    if evidence.also:
        second = sa.select(_T.c.passage).where(_T.c.theme == evidence.also, _T.c.evidence.is_(True))
        where.append(_P.c.id.in_(second))
    if evidence.kind:
        where.append(_P.c.kind == evidence.kind)
    if evidence.document:
        where.append(_P.c.document == evidence.document)
    if evidence.year is not None:
        where.append(_D.c.year == evidence.year)
    if evidence.municipality:
        named = sa.cast(_P.c.municipalities, sa.Text)
        where.append(named.contains(json.dumps(evidence.municipality), autoescape=True))
    if evidence.words:
        where.append(sa.or_(*(sa.func.lower(_P.c.text).contains(word, autoescape=True) for word in evidence.words)))
    return where


def evidence_total(store: Store, evidence: Evidence) -> int:
    """How many passages."""
    return int(_rows(store, sa.select(sa.func.count()).select_from(_T, _P, _D).where(*_where(evidence)))[0][0])


def evidence_passages(store: Store, evidence: Evidence, limit: int = 20, offset: int = 0) -> list[str]:
    """Ids of the passages, strongest evidence first."""
    query = sa.select(_P.c.id).where(*_where(evidence)).order_by(_T.c.score.desc(), _P.c.document, _P.c.position)
    return [row[0] for row in _rows(store, query.limit(limit).offset(offset))]


def evidence_by(store: Store, evidence: Evidence, facet: str) -> list[tuple[Any, int]]:
    """(value, passages) by falling count; `facet` is kind, document, year or municipality."""
    if facet == "municipality":
        lists = _rows(store, sa.select(_P.c.municipalities).where(*_where(evidence)))
        return sorted(Counter(name for row in lists for name in row[0]).items(), key=lambda item: (-item[1], item[0]))
    column = {"kind": _P.c.kind, "document": _P.c.document, "year": _D.c.year}[facet]
    query = sa.select(column, sa.func.count().label("n")).where(*_where(evidence), column.is_not(None)).group_by(column)
    return [(row[0], row[1]) for row in _rows(store, query.order_by(sa.desc("n"), column))]


def passages_per_theme(store: Store) -> dict[str, int]:
    """Evidence passages per theme code."""
    query = sa.select(_T.c.theme, sa.func.count()).where(_T.c.evidence.is_(True)).group_by(_T.c.theme)
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
        .where(_T.c.evidence.is_(True), _T.c.passage == _P.c.id, _P.c.document == _D.c.id, _D.c.year.is_not(None))
        .group_by(_D.c.year, _T.c.theme)
    )
    return {(year, theme): n for year, theme, n in _rows(store, query)}


def themes_together(store: Store) -> dict[tuple[str, str], int]:
    """(theme, other theme) → passages that are evidence on both; both orders are present."""
    one, two = _T.alias("one"), _T.alias("two")
    query = (
        sa.select(one.c.theme, two.c.theme, sa.func.count())
        .where(one.c.passage == two.c.passage, one.c.theme < two.c.theme, one.c.evidence.is_(True), two.c.evidence.is_(True))
        .group_by(one.c.theme, two.c.theme)
    )
    half = {(a, b): n for a, b, n in _rows(store, query)}
    return half | {(b, a): n for (a, b), n in half.items()}


def passages_per_document(store: Store) -> dict[str, int]:
    """Passages per document."""
    return {d: n for d, n in _rows(store, sa.select(_P.c.document, sa.func.count()).group_by(_P.c.document))}


def passages_per_kind(store: Store) -> dict[str, int]:
    """Passages per kind."""
    return {kind: n for kind, n in _rows(store, sa.select(_P.c.kind, sa.func.count()).group_by(_P.c.kind))}


def theme_positions(store: Store, document: str) -> list[tuple[int, str, str]]:
    """(position, theme, passage) of the evidence in a document, in reading order."""
    query = (
        sa.select(_P.c.position, _T.c.theme, _P.c.id)
        .where(_P.c.document == document, _T.c.passage == _P.c.id, _T.c.evidence.is_(True))
        .order_by(_P.c.position, _T.c.theme)
    )
    return [(position, theme, passage) for position, theme, passage in _rows(store, query)]


def cited_together(store: Store, work: str, limit: int = 10) -> list[tuple[str, int]]:
    """(other work, passages that cite both), most first."""
    one, two = _C.alias("one"), _C.alias("two")
    n = sa.func.count(sa.distinct(one.c.passage)).label("n")
    query = (
        sa.select(two.c.work, n)
        .where(one.c.work == work, one.c.passage == two.c.passage, two.c.work.is_not(None), two.c.work != work)
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


def mentions_per_document(store: Store, works: Sequence[str] = ()) -> dict[tuple[str, str], int]:
    """(document, work) → in-text mentions; of all works, or of `works`."""
    where: list[Any] = [_C.c.passage == _P.c.id, _C.c.work.is_not(None)]
    if works:
        where.append(_C.c.work.in_(list(works)[:400]))
    query = sa.select(_P.c.document, _C.c.work, sa.func.count()).where(*where).group_by(_P.c.document, _C.c.work)
    return {(document, work): n for document, work, n in _rows(store, query)}


def totals(store: Store) -> Mapping[str, int]:
    """Documents, passages, tags (evidence), works and citations of the generation."""
    wanted = {
        "documents": sa.select(sa.func.count()).select_from(_D),
        "passages": sa.select(sa.func.count()).select_from(_P),
        "tags": sa.select(sa.func.count()).select_from(_T).where(_T.c.evidence.is_(True)),
        "works": sa.select(sa.func.count()).select_from(_W),
        "citations": sa.select(sa.func.count()).select_from(_C),
    }
    return {name: int(_rows(store, query)[0][0]) for name, query in wanted.items()}
