"""Tables made from the record classes: a column a field; whatever is not a plain value is stored as JSON."""

from __future__ import annotations

import types
import typing
from dataclasses import dataclass, field, fields
from typing import Any

import sqlalchemy as sa

from kb.records import (
    Citation,
    Document,
    Formatted,
    Passage,
    Problem,
    Reference,
    Similar,
    Tag,
    Work,
)

FORMAT = 1  # raise with every change that an older index cannot serve


@dataclass(frozen=True, slots=True)
class Meta:
    """A fact about the generation itself."""

    key: str
    value: Any = field(default=None)


metadata = sa.MetaData()
_PLAIN: dict[Any, Any] = {
    str: sa.Text,
    int: sa.Integer,
    float: sa.Float,
    bool: sa.Boolean,
}


def _column_type(hint: Any) -> tuple[Any, bool]:
    """SQL type of a field's type hint, and whether it may be NULL."""
    if isinstance(hint, types.UnionType):
        inner = [a for a in typing.get_args(hint) if a is not type(None)]
        return (_PLAIN.get(inner[0], sa.JSON) if len(inner) == 1 else sa.JSON, True)
    return _PLAIN.get(hint, sa.JSON), False


def _table(
    name: str, record: type, key: tuple[str, ...], indexed: tuple[str, ...] = ()
) -> sa.Table:
    hints = typing.get_type_hints(record)
    columns = []
    for item in fields(record):
        kind, nullable = _column_type(hints[item.name])
        columns.append(
            sa.Column(
                item.name,
                kind,
                primary_key=item.name in key,
                nullable=nullable and item.name not in key,
                index=item.name in indexed,
            )
        )
    if not key:
        columns.insert(
            0, sa.Column("row", sa.Integer, primary_key=True, autoincrement=True)
        )
    return sa.Table(name, metadata, *columns)


TABLES: dict[type, sa.Table] = {
    Document: _table("documents", Document, ("id",)),
    Passage: _table("passages", Passage, ("id",), ("document",)),
    Tag: _table("tags", Tag, ("passage", "theme"), ("theme",)),
    Reference: _table("references", Reference, ("id",), ("document", "work")),
    Citation: _table("citations", Citation, (), ("passage", "work", "reference")),
    Work: _table("works", Work, ("id",), ("document",)),
    Problem: _table("problems", Problem, (), ("document",)),
    Formatted: _table("formatted", Formatted, ("work", "style", "language")),
    Similar: _table("similar", Similar, ("passage",), ("group",)),
    Meta: _table("meta", Meta, ("key",)),
}
