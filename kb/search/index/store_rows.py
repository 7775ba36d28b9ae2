"""The few columns that an index needs, read straight from the tables: whole records would cost more than indexing them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import sqlalchemy as sa

from kb.records import Passage, Tag
from kb.store import Similar, Store
from kb.store.schema import TABLES


class PassageRow(NamedTuple):
    """A passage without its boxes, repairs and rows."""

    id: str
    text: str
    kind: str
    page: int
    section: tuple[str, ...]
    municipalities: tuple[str, ...]


@lru_cache(maxsize=4096)
def _names(text: str | None) -> tuple[str, ...]:
    return tuple(json.loads(text)) if text else ()


def passage_rows(store: Store, document: str) -> Iterator[PassageRow]:
    """The passages of a document in reading order."""
    c = TABLES[Passage].c
    lists = [sa.cast(column, sa.Text) for column in (c.section, c.municipalities)]
    query = (
        sa.select(c.id, c.text, c.kind, c.page, *lists)
        .where(c.document == document)
        .order_by(c.position)
    )
    with store.engine.connect() as connection:
        for id, text, kind, page, section, municipalities in connection.execute(
            query
        ).all():
            yield PassageRow(
                id, text, kind, page, _names(section), _names(municipalities)
            )


def tag_rows(store: Store) -> list[tuple[str, str, float]]:
    """Passage, theme and score of every tag that is shown."""
    c = TABLES[Tag].c
    query = (
        sa.select(c.passage, c.theme, c.score)
        .where(c.evidence.is_(True))
        .order_by(c.passage, c.theme)
    )
    with store.engine.connect() as connection:
        return [
            (passage, theme, score)
            for passage, theme, score in connection.execute(query)
        ]


def similar_rows(store: Store) -> list[tuple[str, str]]:
    """Passage and group of every near-duplicate."""
    c = TABLES[Similar].c
    with store.engine.connect() as connection:
        return [
            (passage, group)
            for passage, group in connection.execute(
                sa.select(c.passage, c.group).order_by(c.passage)
            )
        ]


def passage_count(store: Store) -> int:
    """How many passages the store has."""
    with store.engine.connect() as connection:
        return int(
            connection.execute(
                sa.select(sa.func.count()).select_from(TABLES[Passage])
            ).scalar_one()
        )
