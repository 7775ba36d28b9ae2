"""How often does what occur? Overviews for theme pages, maps, facets and networks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from kb.passages.statements import SILENT
from kb.records import Citation, Document, Passage, Tag, Work
from kb.store.reading import PARAMETERS
from kb.store.schema import TABLES
from kb.store.store import Store

_PASSAGES, _DOCUMENTS, _TAGS, _CITATIONS = (
    TABLES[record] for record in (Passage, Document, Tag, Citation)
)
_IS_EVIDENCE = _TAGS.c.evidence.is_(True)
_OF_PASSAGE = _TAGS.c.passage == _PASSAGES.c.id
_HOW_MANY = sa.func.count()
_MAY_STATE = _PASSAGES.c.kind.not_in(sorted(SILENT))
# Values in one query; SQLite takes 32,766. A corpus of a million passages has some 18,000
# that state nothing.
MOST_LEFT_OUT = 30_000


def _rows(store: Store, query: sa.Select[Any]) -> list[Any]:
    with store.engine.connect() as connection:
        return list(connection.execute(query).all())


def _counted(store: Store, keys: Sequence[Any], *where: Any) -> dict[Any, int]:
    """How many rows there are for each value of the columns `keys`."""
    query = sa.select(*keys, _HOW_MANY).where(*where).group_by(*keys)
    found = _rows(store, query)
    if len(keys) == 1:
        return {value: n for value, n in found}
    return {tuple(values): n for *values, n in found}


def _spoken(column: Any, without: Collection[str]) -> Any:
    """A condition: the passage is none of those left out."""
    return column.not_in(sorted(without)[:MOST_LEFT_OUT])


def passages_per_theme(
    store: Store, without: Collection[str] = ()
) -> dict[str, int]:
    """Evidence passages per theme code; those of `without` are left out."""
    spoken = _spoken(_TAGS.c.passage, without)
    return _counted(store, [_TAGS.c.theme], _IS_EVIDENCE, spoken)


def themes_per_document(
    store: Store, without: Collection[str] = ()
) -> dict[tuple[str, str], int]:
    """(document, theme) → evidence passages."""
    keys = [_PASSAGES.c.document, _TAGS.c.theme]
    spoken = _spoken(_TAGS.c.passage, without)
    return _counted(store, keys, _IS_EVIDENCE, _OF_PASSAGE, spoken)


def themes_per_year(
    store: Store, without: Collection[str] = ()
) -> dict[tuple[int, str], int]:
    """(year of the document, theme) → evidence passages."""
    year = _DOCUMENTS.c.year
    of_document = _PASSAGES.c.document == _DOCUMENTS.c.id
    is_dated = year.is_not(None)
    spoken = _spoken(_TAGS.c.passage, without)
    where = (_IS_EVIDENCE, _OF_PASSAGE, of_document, is_dated, spoken)
    return _counted(store, [year, _TAGS.c.theme], *where)


def themes_together(
    store: Store, without: Collection[str] = ()
) -> dict[tuple[str, str], int]:
    """(theme, other theme) → passages that are evidence on both; in both orders."""
    one, two = _TAGS.alias("one"), _TAGS.alias("two")
    half = _counted(
        store,
        [one.c.theme, two.c.theme],
        _spoken(one.c.passage, without),
        one.c.passage == two.c.passage,
        one.c.theme < two.c.theme,
        one.c.evidence.is_(True),
        two.c.evidence.is_(True),
    )
    return half | {(b, a): n for (a, b), n in half.items()}


def passages_per_year(store: Store) -> dict[int, int]:
    """Passages per year of the document, those that may state something."""
    of_document = _PASSAGES.c.document == _DOCUMENTS.c.id
    is_dated = _DOCUMENTS.c.year.is_not(None)
    where = (of_document, is_dated, _MAY_STATE)
    return _counted(store, [_DOCUMENTS.c.year], *where)


def passages_per_kind(store: Store) -> dict[str, int]:
    """Passages per kind, those that may state something."""
    return _counted(store, [_PASSAGES.c.kind], _MAY_STATE)


def stating_per_document(store: Store) -> dict[str, int]:
    """Passages per document, those that may state something."""
    return _counted(store, [_PASSAGES.c.document], _MAY_STATE)


def passages_per_document(store: Store) -> dict[str, int]:
    """Passages per document."""
    return _counted(store, [_PASSAGES.c.document])


def theme_positions(
    store: Store, document: str
) -> list[tuple[int, str, str, float]]:
    """(position, theme, passage, score) of the evidence in a document, in reading order, and
    within a passage strongest first.
    """
    position, score = _PASSAGES.c.position, _TAGS.c.score
    query = (
        sa.select(position, _TAGS.c.theme, _PASSAGES.c.id, score)
        .where(_PASSAGES.c.document == document, _OF_PASSAGE, _IS_EVIDENCE)
        .order_by(position, score.desc(), _TAGS.c.theme)
    )
    return [tuple(row) for row in _rows(store, query)]


def cited_together(
    store: Store, work: str, limit: int = 10
) -> list[tuple[str, int]]:
    """(other work, passages that cite both), most first."""
    one, two = _CITATIONS.alias("one"), _CITATIONS.alias("two")
    both = sa.func.count(sa.distinct(one.c.passage)).label("both")
    query = (
        sa.select(two.c.work, both)
        .where(one.c.work == work, one.c.passage == two.c.passage)
        .where(two.c.work.is_not(None), two.c.work != work)
        .group_by(two.c.work)
        .order_by(both.desc(), two.c.work)
        .limit(limit)
    )
    return [tuple(row) for row in _rows(store, query)]


def pairs_cited_together(
    store: Store, limit: int = 50
) -> list[tuple[str, str, int]]:
    """(work, work, passages that cite both) of the whole corpus, most first."""
    one, two = _CITATIONS.alias("one"), _CITATIONS.alias("two")
    both = sa.func.count(sa.distinct(one.c.passage)).label("both")
    query = (
        sa.select(one.c.work, two.c.work, both)
        .where(one.c.passage == two.c.passage, one.c.work < two.c.work)
        .group_by(one.c.work, two.c.work)
        .order_by(both.desc(), one.c.work, two.c.work)
        .limit(limit)
    )
    return [tuple(row) for row in _rows(store, query)]


def mentions_per_document(
    store: Store, works: Sequence[str] = ()
) -> dict[tuple[str, str], int]:
    """(document, work) → in-text mentions, of all works or of `works`."""
    work = _CITATIONS.c.work
    where = [_CITATIONS.c.passage == _PASSAGES.c.id, work.is_not(None)]
    if works:
        where.append(work.in_(list(works)[:PARAMETERS]))
    return _counted(store, [_PASSAGES.c.document, work], *where)


def totals(store: Store) -> Mapping[str, int]:
    """Documents, passages, tags (evidence), works and citations of the generation."""
    evidence = sa.select(_HOW_MANY).select_from(_TAGS).where(_IS_EVIDENCE)
    return {
        "documents": store.count(Document),
        "passages": store.count(Passage),
        "tags": int(_rows(store, evidence)[0][0]),
        "works": store.count(Work),
        "citations": store.count(Citation),
    }
