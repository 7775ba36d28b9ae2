"""Where the tables of a generation are: a SQLite file, or a schema in PostgreSQL."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine.interfaces import ExceptionContext
from sqlalchemy.schema import CreateSchema, DropSchema

from kb.errors import DamagedIndexError, SettingError
from kb.store.schema import metadata

URLS = "postgresql+psycopg://user:password@host/database"

# What SQLite says of a disk that does not take what is written.
_NOT_WRITTEN = {
    "disk is full": errno.ENOSPC,
    "disk I/O error": errno.EIO,
    "readonly database": errno.EROFS,
}

# A database under construction is thrown away when the build does not end, so it needs
# no journal on disk and no waiting for the disk: publishing does that once.
_BUILDING = ("PRAGMA journal_mode = MEMORY", "PRAGMA synchronous = OFF")


def sqlite_url(path: Path) -> str:
    """SQLAlchemy URL of a SQLite file."""
    url = sa.URL.create("sqlite", database=str(path))
    return url.render_as_string(hide_password=False)


def connect(url: str, schema: str | None, building: bool) -> sa.Engine:
    """An engine for the tables at `url`, in `schema` where one database holds several.

    Args:
        url: where the database is.
        schema: the schema of the generation; None for a file of its own.
        building: whether the database is being made. Unless it is, whatever the
            database cannot answer later raises DamagedIndexError.

    Raises:
        SettingError: the address is none, or its driver is not installed.
    """
    try:
        engine = sa.create_engine(
            url,
            json_serializer=_to_json,
            json_deserializer=msgspec.json.decode,
        )
    except (sa.exc.ArgumentError, ModuleNotFoundError):
        raise SettingError(
            name="database_url", value=url, expected=URLS
        ) from None
    if not building:
        sa.event.listen(engine, "handle_error", _damaged)
    elif engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _in_haste)
        sa.event.listen(engine, "handle_error", _not_written)
    if schema is None:
        return engine
    return engine.execution_options(schema_translate_map={None: schema})


def make_tables(engine: sa.Engine, schema: str | None) -> None:
    """Make all tables. Raises SettingError when there is no database to be reached."""
    try:
        if schema is not None:
            with engine.begin() as connection:
                connection.execute(CreateSchema(schema))
        metadata.create_all(engine)
    except sa.exc.OperationalError:
        url = engine.url.render_as_string()
        raise SettingError(
            name="database_url", value=url, expected=URLS
        ) from None


def copy_tables(previous: sa.Engine, to_url: str) -> None:
    """Copy the SQLite file that `previous` reads to where `to_url` says."""
    source = previous.url.database
    target = sa.make_url(to_url).database
    if source is None or target is None:
        raise ValueError("a database in memory cannot be copied")
    shutil.copyfile(source, target)


def copy_rows(engine: sa.Engine, from_schema: str, to_schema: str) -> None:
    """Fill the empty tables of `to_schema` with the rows of `from_schema`.

    Numbers of rows are given anew in the old order, so that the counter of the new
    table knows them.
    """
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            old = table.to_metadata(sa.MetaData(), schema=from_schema)
            new = table.to_metadata(sa.MetaData(), schema=to_schema)
            numbered = "row" in table.c
            names = [column.name for column in table.c if column.name != "row"]
            rows = sa.select(*(old.c[name] for name in names))
            if numbered:
                rows = rows.order_by(old.c.row)
            connection.execute(sa.insert(new).from_select(names, rows))


def drop_schemas(
    engine: sa.Engine, prefix: str, keep: Collection[str]
) -> None:
    """Remove the schemas that begin with `prefix` and are not to be kept."""
    with engine.begin() as connection:
        for name in sa.inspect(connection).get_schema_names():
            if name.startswith(prefix) and name not in keep:
                connection.execute(DropSchema(name, cascade=True))


def is_sound(engine: sa.Engine) -> bool:
    """Whether SQLite finds its own file whole; a server looks after its files itself."""
    if engine.dialect.name != "sqlite":
        return True
    with engine.connect() as connection:
        found = connection.execute(sa.text("PRAGMA quick_check(1)")).scalar()
    return found == "ok"


def _to_json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _in_haste(connection: Any, _record: Any) -> None:
    for setting in _BUILDING:
        connection.execute(setting)


def _not_written(context: ExceptionContext) -> None:
    """Say what SQLite cannot write as the system says it. Raises OSError."""
    said = str(context.original_exception)
    for words, number in _NOT_WRITTEN.items():
        if words in said:
            path = context.engine.url.database if context.engine else None
            problem = OSError(number, os.strerror(number), path)
            raise problem from context.original_exception


def _damaged(context: ExceptionContext) -> None:
    """Say which index cannot be read, and how to make it anew."""
    path = context.engine.url.database if context.engine else "?"
    raise DamagedIndexError(path=path) from context.original_exception
