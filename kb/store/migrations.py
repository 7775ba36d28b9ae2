"""Tables that were made by an earlier version, brought up to date by Alembic.

The rows that generations share in a server database stay, and their tables get what a new
version adds; a SQLite file is brought up when a generation begins with a copy of it. What a
version no longer has stays as it is, so that one of before can go on reading meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

REVISIONS = Path(__file__).resolve().parent / "revisions"
ANY = "documents"  # a table that every version has
_MAP = "schema_translate_map"


@lru_cache(maxsize=1)
def revisions() -> ScriptDirectory:
    """The revisions, in their order."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory(REVISIONS, version_locations=[REVISIONS])


def bring_up_to_date(connection: sa.Connection, wanted: sa.MetaData) -> None:
    """Make the tables that are missing, and take the revisions that the others lack.

    Args:
        connection: to the database, within a transaction.
        wanted: the tables of this version, of one schema.
    """
    # Here, for it is a tenth of a second that most commands can do without.
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    is_new = not sa.inspect(connection).has_table(ANY, wanted.schema)
    wanted.create_all(connection)
    with _looking_in(connection, wanted.schema):
        context = MigrationContext.configure(connection, opts={"fn": _lacking})
        if is_new:
            context.stamp(revisions(), "head")
            return
        with Operations.context(context):
            context.run_migrations()


def _lacking(known: Any, _context: Any) -> Any:
    """The steps from the revisions that a database knows to the last one."""
    return revisions()._upgrade_revs("head", known)


@contextmanager
def _looking_in(
    connection: sa.Connection, schema: str | None
) -> Iterator[None]:
    """Have tables without a schema be those of this one.

    SQLAlchemy goes by the map of schemas, what Alembic writes itself by the path of the server.
    """
    if schema is None:
        yield
        return
    before = connection.get_execution_options().get(_MAP)
    quoted = connection.dialect.identifier_preparer.quote(schema)
    connection.execute(sa.text(f"SET LOCAL search_path TO {quoted}"))
    connection.execution_options(**{_MAP: {None: schema}})
    try:
        yield
    finally:
        connection.execution_options(**{_MAP: before})
