"""Generations in one PostgreSQL database that share the rows they have in common.

The rows of all generations of an index folder stand in the tables of one schema. Each row
has the number of the generation it was born in, and of those in which it went. A generation
is a schema of views that show the rows of its own line: born in it or in one it was made
from, and gone in none of these. So a generation costs what differs from the one before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.schema import CreateSchema, DropSchema

from kb.store.migrations import bring_up_to_date
from kb.store.schema import metadata

SHARED = (
    "shared"  # what follows the prefix in the name of the schema with the rows
)
BORN, GONE = "born", "gone"
_LOCK = 7_203_118  # any number: makers of tables take turns
_GENERATIONS = "generations"
# Builds after which those that all kept generations have in common are taken as one.
LONGEST_LINE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A generation: its number, and the numbers of those it was made from, oldest first."""

    schema: str
    numbers: tuple[int, ...]

    @property
    def number(self) -> int:
        """Its own number."""
        return self.numbers[-1]


def shared_schema(schema: str) -> str:
    """The schema with the rows for the schema of a generation.

    >>> shared_schema("kb_12345678_20261130t101500")
    'kb_12345678_shared'
    """
    return f"{schema.rpartition('_')[0]}_{SHARED}"


def shared_tables(schema: str) -> sa.MetaData:
    """The tables with the rows of all generations, and the table of generations."""
    made = sa.MetaData(schema=schema)
    for table in metadata.sorted_tables:
        _shared_table(table, made)
    sa.Table(
        _GENERATIONS,
        made,
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("schema", sa.Text, nullable=False, unique=True),
        sa.Column("line", ARRAY(sa.Integer), nullable=False),
    )
    return made


def _shared_table(table: sa.Table, made: sa.MetaData) -> None:
    columns = [
        sa.Column(
            column.name,
            column.type,
            primary_key=column.primary_key,
            nullable=column.nullable,
            index=column.index,
            autoincrement=column.name == "row",
        )
        for column in table.c
    ]
    born = sa.Column(
        BORN,
        sa.Integer,
        primary_key=True,
        autoincrement=False,
        nullable=False,
        index=True,
    )
    gone: sa.Column[Any] = sa.Column(
        GONE,
        ARRAY(sa.Integer),
        nullable=False,
        server_default=sa.text("'{}'::integer[]"),
    )
    new = sa.Table(table.name, made, *columns, born, gone)
    sa.Index(
        f"ix_{table.name}_{GONE}",
        new.c.gone,
        postgresql_using="gin",
        postgresql_where=new.c.gone != sa.text("'{}'::integer[]"),
    )


def begin(engine: sa.Engine, schema: str, previous: str | None = None) -> None:
    """Make the views of a new generation: empty, or with all that `previous` shows."""
    shared = shared_schema(schema)
    with engine.begin() as connection:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        connection.execute(CreateSchema(shared, if_not_exists=True))
        tables = shared_tables(shared)
        bring_up_to_date(connection, tables)
        known = _lines(connection, tables)
        before = known[previous].numbers if previous else ()
        line = _numbered(connection, tables, schema, before)
        connection.execute(CreateSchema(schema))
        for table in metadata.sorted_tables:
            _make_view(connection, table, shared, line)


def _numbered(
    connection: sa.Connection,
    tables: sa.MetaData,
    schema: str,
    before: Sequence[int],
) -> Line:
    """Give a generation the next number."""
    table = _generations(tables)
    inserted = sa.insert(table).values(schema=schema, line=list(before))
    number = connection.execute(
        inserted.returning(table.c.number)
    ).scalar_one()
    line = Line(schema, (*before, number))
    update = sa.update(table).where(table.c.number == number)
    connection.execute(update.values(line=list(line.numbers)))
    return line


def _lines(connection: sa.Connection, tables: sa.MetaData) -> dict[str, Line]:
    table = _generations(tables)
    rows = connection.execute(sa.select(table.c.schema, table.c.line))
    return {schema: Line(schema, tuple(line)) for schema, line in rows}


def _generations(tables: sa.MetaData) -> sa.Table:
    return tables.tables[f"{tables.schema}.{_GENERATIONS}"]


def _make_view(
    connection: sa.Connection, table: sa.Table, shared: str, line: Line
) -> None:
    """A view of the rows of a generation, through which they are also written."""
    quote = connection.dialect.identifier_preparer.quote
    names = {
        "view": f"{quote(line.schema)}.{quote(table.name)}",
        "rows": f"{quote(shared)}.{quote(table.name)}",
        "forget": f"{quote(line.schema)}.{quote('forget_' + table.name)}",
        "columns": ", ".join(quote(column.name) for column in table.c),
        "same": " AND ".join(
            f"{quote(column.name)} = OLD.{quote(column.name)}"
            for column in table.primary_key
        ),
        "line": "ARRAY[" + ", ".join(map(str, line.numbers)) + "]",
        "number": line.number,
    }
    for statement in _VIEW:
        connection.exec_driver_sql(statement.format(**names))


# A row that is inserted is born in this generation. One that is deleted goes for good when
# it was born here; else it goes in this line alone.
_VIEW = (
    """CREATE VIEW {view} AS SELECT {columns}, born FROM {rows}
    WHERE born = ANY ({line}) AND (gone = '{{}}' OR NOT gone && {line})""",
    "ALTER VIEW {view} ALTER COLUMN born SET DEFAULT {number}",
    """CREATE FUNCTION {forget}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.born = {number} THEN
        DELETE FROM {rows} WHERE {same} AND born = OLD.born;
      ELSE
        UPDATE {rows} SET gone = gone || {number}
        WHERE {same} AND born = OLD.born;
      END IF;
      RETURN OLD;
    END $$""",
    """CREATE TRIGGER forget INSTEAD OF DELETE ON {view}
    FOR EACH ROW EXECUTE FUNCTION {forget}()""",
)


def forget_schema(engine: sa.Engine, schema: str) -> None:
    """Remove one generation, with the rows that were born in it."""
    with engine.begin() as connection:
        connection.execute(DropSchema(schema, cascade=True))
        tables = shared_tables(shared_schema(schema))
        lines = _lines(connection, tables)
        kept = [line for name, line in lines.items() if name != schema]
        _forget(connection, tables, lines.values(), kept)


def forget_others(
    engine: sa.Engine, prefix: str, keep: Collection[str]
) -> None:
    """Remove the rows that no generation to be kept shows, and shorten their lines.

    Args:
        engine: the database.
        prefix: of the schemas of this index folder.
        keep: schemas of the generations to be kept.
    """
    with engine.begin() as connection:
        shared = f"{prefix}{SHARED}"
        if shared not in sa.inspect(connection).get_schema_names():
            return
        tables = shared_tables(shared)
        lines = _lines(connection, tables)
        kept = [line for name, line in lines.items() if name in keep]
        _forget(connection, tables, lines.values(), kept)
        common = _common([line.numbers for line in kept])
        if len(common) > LONGEST_LINE:
            _take_as_one(connection, tables, kept, common)


def _forget(
    connection: sa.Connection,
    tables: sa.MetaData,
    lines: Iterable[Line],
    kept: Sequence[Line],
) -> None:
    """Remove rows of lines that go, and rows that are gone in all lines that stay."""
    needed = {number for line in kept for number in line.numbers}
    every = {number for line in lines for number in line.numbers}
    unused = sorted(every - needed)
    common = _common([line.numbers for line in kept])
    for table in _row_tables(tables):
        if unused:
            mine = table.c.born.in_(unused)
            connection.execute(sa.delete(table).where(mine))
        if common:
            left = table.c.gone != sa.text("'{}'::integer[]")
            for_all = table.c.gone.op("&&")(array(common))
            connection.execute(sa.delete(table).where(left, for_all))
    generations = _generations(tables)
    names = [line.schema for line in kept]
    others = generations.c.schema.not_in(names)
    connection.execute(sa.delete(generations).where(others))


def _take_as_one(
    connection: sa.Connection,
    tables: sa.MetaData,
    kept: Sequence[Line],
    common: Sequence[int],
) -> None:
    """Have the rows of what all kept generations were made from be born in the oldest.

    What went in one of these is removed already; so only rows of later builds are written.
    """
    oldest, *later = common
    for table in _row_tables(tables):
        mine = table.c.born.in_(later)
        connection.execute(sa.update(table).where(mine).values({BORN: oldest}))
    generations = _generations(tables)
    for line in kept:
        numbers = (oldest, *line.numbers[len(common) :])
        if line.number in later:
            continue  # the generation at the end of what is common keeps its number
        its_own = generations.c.schema == line.schema
        connection.execute(
            sa.update(generations).where(its_own).values(line=list(numbers))
        )


def _row_tables(tables: sa.MetaData) -> list[sa.Table]:
    return [one for one in tables.sorted_tables if one.name != _GENERATIONS]


def _common(lines: Sequence[Sequence[int]]) -> list[int]:
    """The numbers with which all lines begin.

    >>> _common([(1, 2, 3), (1, 2, 4)])
    [1, 2]
    """
    found = []
    for numbers in zip(*lines, strict=False):
        if len(set(numbers)) > 1:
            break
        found.append(numbers[0])
    return found
