"""Which passages are evidence on a theme, and which of them are best to read first?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from kb.passages.personal import is_personal
from kb.passages.statements import SILENT, states
from kb.records import Document, Passage, Similar, Tag
from kb.store.reading import in_parts
from kb.store.schema import TABLES
from kb.store.store import Store

# What evidence of a kind is worth more, or less, than its score: a reader looks for what
# was found, advised or said.
WORTH = {
    "finding": 0.15,
    "figure": 0.15,
    "recommendation": 0.1,
    "respondent_quote": 0.1,
    "definition": 0.05,
    "table": -0.2,
    "caption": -0.3,
    "footnote": -0.2,
    "question": -0.2,
    "contents": -1.0,
    "reference": -1.0,
}
SHORT, SHORT_WORTH = 90, -0.3  # characters: less is hardly evidence
# Title blocks, agendas and names are no longer than this: longer texts need not be read.
LONGEST_SILENT = 900
AGAIN = 0.03  # what each further passage of a document loses, so that documents alternate

_PASSAGES, _DOCUMENTS, _TAGS = (TABLES[r].c for r in (Passage, Document, Tag))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Which evidence is meant: passages on `theme`, narrowed by what is given.

    Attributes:
        also: a second theme on the same passage.
        critical: only passages with one of the words that were given to `evidence_rows`.
        possible: also passages that are less surely evidence than what is shown.
    """

    theme: str
    also: str | None = None
    kind: str | None = None
    document: str | None = None
    year: int | None = None
    municipality: str | None = None
    critical: bool = False
    possible: bool = False


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A passage that is evidence on a theme, with what it can be narrowed by."""

    passage: str
    kind: str
    document: str
    year: int | None
    municipalities: tuple[str, ...]
    critical: bool
    shown: bool = True  # not only possibly evidence


def silent_passages(
    store: Store,
    personal: bool = False,
    among: Collection[str] | None = None,
) -> frozenset[str]:
    """Tagged passages that state nothing: captions, agendas, names alone and the like.

    Args:
        store: the records.
        personal: whether passages that name who took part are shown like others; else
            they are silent too.
        among: look at these passages only.
    """
    if among is not None:
        parts = [_PASSAGES.id.in_(part) for part in in_parts(sorted(among))]
        found = [_silent(store, personal, part) for part in parts]
        return frozenset[str]().union(*found)
    return _silent(store, personal, sa.true())


def _silent(
    store: Store, personal: bool, chosen: sa.ColumnElement[bool]
) -> frozenset[str]:
    may_be_silent = sa.or_(
        _PASSAGES.kind.in_(sorted(SILENT)),
        sa.func.length(_PASSAGES.text) <= LONGEST_SILENT,
    )
    is_tagged = _PASSAGES.id.in_(sa.select(_TAGS.passage))
    told = (_PASSAGES.id, _PASSAGES.kind, _PASSAGES.text, _PASSAGES.section)
    query = sa.select(*told).where(may_be_silent, is_tagged, chosen)
    with store.engine.connect() as connection:
        found = connection.execution_options(yield_per=1_000).execute(query)
        return frozenset(
            id
            for id, kind, text, section in found
            if not states(kind, text)
            or (not personal and is_personal(text, section or ()))
        )


def alike(store: Store, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Passage → the other passages that say the same, for those that have any."""
    table = TABLES[Similar].c
    groups: dict[str, list[str]] = {}
    with store.engine.connect() as connection:
        for part in in_parts(ids):
            named = sa.select(table.group).where(table.passage.in_(part))
            query = sa.select(table.group, table.passage).where(
                table.group.in_(named)
            )
            for group, passage in connection.execute(query):
                groups.setdefault(group, []).append(passage)
    return {
        one: tuple(sorted(other for other in set(members) if other != one))
        for members in groups.values()
        for one in members
    }


def tables_of(store: Store, documents: Iterable[str]) -> list[Passage]:
    """The tables of these documents, in reading order."""
    table = TABLES[Passage].c
    order = [table.document, table.position]
    found: list[Passage] = []
    for part in in_parts(documents):
        where = (table.document.in_(part), table.kind == "table")
        found += store.each(Passage, *where, order=order)
    return found


def evidence_rows(
    store: Store,
    theme: str,
    critical: Sequence[str] = (),
    least: float | None = None,
    without: Collection[str] = (),
) -> list[EvidenceRow]:
    """All evidence on a theme, best to read first.

    That goes by score, kind and length, and documents alternate.

    Args:
        store: the records.
        theme: its code.
        critical: lower-case words of which one marks a row.
        least: also what is not shown, from this score on.
        without: passages to leave out, as `silent_passages` names them.
    """
    return alternating(_weighed(store, theme, critical, least, without))


def evidence_twice(
    store: Store,
    theme: str,
    critical: Sequence[str],
    least: float,
    without: Collection[str] = (),
) -> tuple[list[EvidenceRow], list[EvidenceRow]]:
    """What is shown, and that with what is possible, as `evidence_rows` has each."""
    every = _weighed(store, theme, critical, least, without)
    shown = [(worth, row) for worth, row in every if row.shown]
    return alternating(shown), alternating(every)


def _weighed(
    store: Store,
    theme: str,
    critical: Sequence[str],
    least: float | None,
    without: Collection[str],
) -> list[tuple[float, EvidenceRow]]:
    with store.engine.connect() as connection:
        found = connection.execute(_evidence_on(theme, critical, least)).all()
    return [
        (_worth(row), _evidence_row(row))
        for row in found
        if row.id not in without
    ]


def _evidence_on(
    theme: str, critical: Sequence[str], least: float | None
) -> sa.Select[Any]:
    """The tags of a theme that are meant, with their passages and documents."""
    meant: sa.ColumnElement[bool] = _TAGS.evidence.is_(True)
    if least is not None:
        meant = sa.or_(meant, _TAGS.score >= least)
    text = sa.func.lower(_PASSAGES.text)
    has_word = [text.contains(word, autoescape=True) for word in critical]
    return (
        sa.select(
            _PASSAGES.id,
            _PASSAGES.kind,
            _PASSAGES.document,
            _DOCUMENTS.year,
            _PASSAGES.municipalities,
            sa.case((sa.or_(sa.false(), *has_word), 1), else_=0).label(
                "critical"
            ),
            _TAGS.score,
            _TAGS.evidence,
            sa.func.length(_PASSAGES.text).label("length"),
            _DOCUMENTS.title,
            _DOCUMENTS.municipalities.label("of_document"),
        )
        .where(_TAGS.theme == theme, meant)
        .where(
            _TAGS.passage == _PASSAGES.id, _PASSAGES.document == _DOCUMENTS.id
        )
        .order_by(_TAGS.score.desc(), _PASSAGES.document, _PASSAGES.position)
    )


def _worth(row: Any) -> float:
    """How much a reader is served by a row of `_evidence_on`."""
    worth: float = row.score + WORTH.get(row.kind, 0.0)
    return worth + SHORT_WORTH if row.length < SHORT else worth


def _evidence_row(row: Any) -> EvidenceRow:
    places = row.municipalities or only_place(row.title, row.of_document)
    hit = bool(row.critical)
    return EvidenceRow(
        row.id,
        row.kind,
        row.document,
        row.year,
        tuple(places),
        hit,
        bool(row.evidence),
    )


def passages_per_municipality(store: Store) -> dict[str, int]:
    """Passages per municipality that they are about, those that may state something."""
    query = sa.select(
        _PASSAGES.municipalities,
        _DOCUMENTS.title,
        _DOCUMENTS.municipalities.label("of_document"),
    ).where(
        _PASSAGES.document == _DOCUMENTS.id,
        _PASSAGES.kind.not_in(sorted(SILENT)),
    )
    found: Counter[str] = Counter()
    with store.engine.connect() as connection:
        streaming = connection.execution_options(yield_per=1_000)
        for own, title, of_document in streaming.execute(query):
            found.update(own or only_place(title, of_document))
    return dict(found)


def only_place(title: str, places: Sequence[str] | None) -> tuple[str, ...]:
    """The municipality that a passage without one is about.

    It is the only one of its document, where the title names it.

    >>> only_place("Wijkteams in Hengelo", ["Hengelo"])
    ('Hengelo',)
    >>> only_place("Wijkteams in Hengelo en Zwolle", ["Hengelo", "Zwolle"])
    ()
    """
    if not places or len(places) > 1:
        return ()
    return tuple(places) if places[0] in title else ()


def alternating(
    found: Iterable[tuple[float, EvidenceRow]],
) -> list[EvidenceRow]:
    """Rows by falling worth, each further one of a document worth a little less."""
    seen: Counter[str] = Counter()
    ranked = []
    for worth, row in sorted(found, key=_falling):
        ranked.append((worth - AGAIN * seen[row.document], row))
        seen[row.document] += 1
    return [row for _, row in sorted(ranked, key=_falling)]


def _falling(ranked: tuple[float, EvidenceRow]) -> float:
    return -ranked[0]


def narrowed(
    rows: Iterable[EvidenceRow], evidence: Evidence, also: Container[str] = ()
) -> list[EvidenceRow]:
    """The rows that `evidence` asks for; `also` holds the passages on its second theme."""
    return [row for row in rows if _is_meant(row, evidence, also)]


def _is_meant(
    row: EvidenceRow, evidence: Evidence, also: Container[str]
) -> bool:
    if evidence.also is not None and row.passage not in also:
        return False
    if evidence.critical and not row.critical:
        return False
    place = evidence.municipality
    if place is not None and place not in row.municipalities:
        return False
    return all(
        getattr(evidence, name) in (None, getattr(row, name))
        for name in ("kind", "document", "year")
    )


def counted(rows: Iterable[EvidenceRow], facet: str) -> list[tuple[Any, int]]:
    """How many rows have each value of a facet, by falling count.

    Args:
        rows: the evidence.
        facet: kind, document, year or municipality.
    """
    found: Counter[Any] = Counter()
    for row in rows:
        if facet == "municipality":
            found.update(row.municipalities)
        else:
            found[getattr(row, facet)] += 1
    del found[None]
    return sorted(found.items(), key=lambda item: (-item[1], str(item[0])))
