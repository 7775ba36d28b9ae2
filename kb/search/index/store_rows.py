"""The few columns that an index needs, read straight from the tables.

Whole records would cost more than indexing them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
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
    """A list of names kept as JSON; many passages have the same."""
    return tuple(msgspec.json.decode(text)) if text else ()


def passage_rows(store: Store, document: str) -> Iterator[PassageRow]:
    """The passages of a document in reading order."""
    c = TABLES[Passage].c
    lists = [
        sa.cast(column, sa.Text) for column in (c.section, c.municipalities)
    ]
    query = (
        sa.select(c.id, c.text, c.kind, c.page, *lists)
        .where(c.document == document)
        .order_by(c.position, c.id)
    )
    with store.engine.connect() as connection:
        for id, text, kind, page, section, places in connection.execute(
            query
        ).all():
            yield PassageRow(
                id, text, kind, page, _names(section), _names(places)
            )


def tag_rows(store: Store, document: str) -> list[tuple[Any, ...]]:
    """Passage, theme and score of every tag of a document that is shown."""
    tags, passages = TABLES[Tag].c, TABLES[Passage].c
    query = (
        sa.select(tags.passage, tags.theme, tags.score)
        .where(tags.passage == passages.id, passages.document == document)
        .where(tags.evidence.is_(True))
        .order_by(tags.passage, tags.theme)
    )
    with store.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(query)]


def similar_rows(store: Store) -> list[tuple[Any, ...]]:
    """Passage and group of every near-duplicate."""
    c = TABLES[Similar].c
    query = sa.select(c.passage, c.group).order_by(c.passage)
    with store.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(query)]
