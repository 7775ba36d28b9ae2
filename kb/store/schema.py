"""Tables made from the record classes: a column a field.

Whatever is not a plain value is stored as JSON.
"""

from __future__ import annotations

import types
import typing
import zlib
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

# Raise with a change that an older index cannot serve, though its tables are the same.
_GENERATION = 3


@dataclass(frozen=True, slots=True)
class Meta:
    """A fact about the generation itself."""

    key: str
    value: Any = field(default=None)


metadata = sa.MetaData()


class _ServerText(sa.types.TypeDecorator[str]):
    """Text as PostgreSQL takes it, which has no room for the character NUL.

    It is written as two others, and so is the first of these where a text has it.
    """

    impl = sa.Text
    cache_ok = True
    mark, nul, itself = "\uf8f0", "\uf8f00", "\uf8f01"

    def process_bind_param(self, value: str | None, dialect: Any) -> Any:
        """As it is written."""
        if value is None or ("\0" not in value and self.mark not in value):
            return value
        return value.replace(self.mark, self.itself).replace("\0", self.nul)

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        """As it was."""
        if value is None or self.mark not in value:
            return value
        return value.replace(self.nul, "\0").replace(self.itself, self.mark)


# PostgreSQL sorts text by the rules of a language unless told otherwise; SQLite sorts by
# bytes. The order of documents must be the same in both.
_TEXT = sa.Text().with_variant(_ServerText(collation="C"), "postgresql")
_PLAIN: dict[Any, Any] = {
    str: _TEXT,
    int: sa.Integer,
    float: sa.Float,
    bool: sa.Boolean,
}


def _column_type(hint: Any) -> tuple[Any, bool]:
    """SQL type of a field's type hint, and whether it may be NULL.

    >>> _column_type(int)[0] is sa.Integer, _column_type(int | None)[1]
    (True, True)
    >>> _column_type(tuple[str, ...])[0] is sa.JSON
    True
    """
    if not isinstance(hint, types.UnionType):
        return _PLAIN.get(hint, sa.JSON), False
    inner = [kind for kind in typing.get_args(hint) if kind is not type(None)]
    only = inner[0] if len(inner) == 1 else None
    return _PLAIN.get(only, sa.JSON), True


def _column(
    name: str, hint: Any, key: tuple[str, ...], indexed: bool
) -> sa.Column[Any]:
    kind, optional = _column_type(hint)
    in_key = name in key
    nullable = optional and not in_key
    return sa.Column(
        name, kind, primary_key=in_key, nullable=nullable, index=indexed
    )


def _table(
    name: str,
    record: type,
    key: tuple[str, ...],
    indexed: tuple[str, ...] = (),
) -> sa.Table:
    """The table of a record class; one without a key gets numbered rows."""
    hints = typing.get_type_hints(record)
    columns = [
        _column(item.name, hints[item.name], key, item.name in indexed)
        for item in fields(record)
    ]
    if not key:
        number = sa.Column(
            "row", sa.Integer, primary_key=True, autoincrement=True
        )
        columns.insert(0, number)
    return sa.Table(name, metadata, *columns)


TABLES: dict[type, sa.Table] = {
    Document: _table("documents", Document, ("id",)),
    Passage: _table("passages", Passage, ("id",), ("document",)),
    Tag: _table("tags", Tag, ("passage", "theme"), ("theme",)),
    Reference: _table("references", Reference, ("id",), ("document", "work")),
    Citation: _table(
        "citations", Citation, (), ("passage", "work", "reference")
    ),
    Work: _table("works", Work, ("id",), ("document",)),
    Problem: _table("problems", Problem, (), ("document",)),
    Formatted: _table("formatted", Formatted, ("work", "style", "language")),
    Similar: _table("similar", Similar, ("passage",), ("group",)),
    Meta: _table("meta", Meta, ("key",)),
}


def _format() -> str:
    """The format of an index: changes with every column of every table.

    A record that gets a field is thus never read from tables that lack it.
    """
    columns = [
        f"{table.name}.{column.name} {column.type!r}"
        for table in metadata.sorted_tables
        for column in table.c
    ]
    shape = zlib.crc32("\n".join(columns).encode())
    return f"{_GENERATION}.{shape:08x}"


FORMAT = _format()
