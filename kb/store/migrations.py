"""Tables that were made by an earlier version, brought up to date by Alembic.

A generation in a file is made anew by a build; the rows that generations share in a server
database stay, and their tables get what a new version adds. What it no longer has stays as it
is, so that a version of before can go on reading its own generation meanwhile.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations

_EMPTY = {sa.JSON: "'[]'", sa.Text: "''", sa.Boolean: "false"}


def bring_up_to_date(connection: sa.Connection, wanted: sa.MetaData) -> None:
    """Make the tables that are missing, and add the columns and indexes that are."""
    wanted.create_all(connection)
    context = MigrationContext.configure(
        connection,
        opts={
            "include_schemas": True,
            "include_name": _only_in(wanted.schema),
            "compare_type": False,
        },
    )
    operations = Operations(context)
    for found in compare_metadata(context, wanted):
        _add(operations, found)


def missing(connection: sa.Connection, wanted: sa.MetaData) -> list[str]:
    """What the tables lack, as "table.column"."""
    context = MigrationContext.configure(
        connection,
        opts={
            "include_schemas": True,
            "include_name": _only_in(wanted.schema),
            "compare_type": False,
        },
    )
    found = compare_metadata(context, wanted)
    return [
        f"{one[2]}.{one[3].name}" for one in found if one[0] == "add_column"
    ]


def _only_in(schema: str | None) -> Any:
    def wanted(name: str | None, kind: str, _parents: Any) -> bool:
        return kind != "schema" or name == schema

    return wanted


def _add(operations: Operations, found: Any) -> None:
    """Do what a difference asks for, when it takes nothing away."""
    match found:
        case ("add_column", schema, table, column):
            added = sa.Column(
                column.name,
                column.type,
                nullable=column.nullable,
                server_default=_default(column),
            )
            operations.add_column(table, added, schema=schema)
        case ("add_index", index):
            operations.create_index(
                index.name,
                index.table.name,
                [column.name for column in index.columns],
                schema=index.table.schema,
            )


def _default(column: sa.Column[Any]) -> Any:
    """What rows of an earlier version have in a new column that may not be empty."""
    if column.nullable:
        return None
    for kind, value in _EMPTY.items():
        if isinstance(column.type, kind):
            return sa.text(value)
    return sa.text("0")
