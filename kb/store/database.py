"""Where the tables of a generation are: a SQLite file, or a schema in PostgreSQL."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine.interfaces import ExceptionContext
from sqlalchemy.schema import DropSchema

from kb.errors import DamagedIndexError, SettingError, StoreAwayError
from kb.store.migrations import bring_up_to_date
from kb.store.schema import metadata
from kb.store.shared import SHARED, begin, forget_others, forget_schema

URLS = "postgresql+psycopg://user:password@host/database"

CONNECT_SECONDS = 5  # then a server counts as away

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


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may ask of a database server.

    Attributes:
        connections: held at once.
        seconds: after which a query of a reader is given up; 0: never.
    """

    connections: int = 5
    seconds: int = 30


LIMITS = Limits()


def connect(
    url: str, schema: str | None, building: bool, limits: Limits = LIMITS
) -> sa.Engine:
    """An engine for the tables at `url`, in `schema` where one database holds several.

    Args:
        url: where the database is.
        schema: the schema of the generation; None for a file of its own.
        building: whether the database is being made. Unless it is, whatever the
            database cannot answer later raises DamagedIndexError, or StoreAwayError
            where a server does not answer.
        limits: of a database server.

    Raises:
        SettingError: the address is none, or its driver is not installed.
    """
    try:
        engine = sa.create_engine(
            url,
            json_serializer=_to_json,
            json_deserializer=msgspec.json.decode,
            **_for_server(url, building, limits),
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


def _for_server(url: str, building: bool, limits: Limits) -> dict[str, Any]:
    """What is asked of a server: a connection that died meanwhile is made again."""
    if not url.startswith("postgresql"):
        return {}
    asked: dict[str, Any] = {
        "pool_size": limits.connections,
        "pool_pre_ping": True,
        "connect_args": {"connect_timeout": CONNECT_SECONDS},
    }
    if limits.seconds and not building:
        timeout = f"-c statement_timeout={limits.seconds}s"
        asked["connect_args"]["options"] = timeout
    return asked


def make_tables(
    engine: sa.Engine, schema: str | None, previous: str | None = None
) -> None:
    """Make all tables, in a server database as views of rows that generations share.

    Args:
        engine: the database.
        schema: of the new generation, in a server database.
        previous: of the generation whose rows it begins with.

    Raises:
        SettingError: there is no database to be reached.
    """
    try:
        if schema is None:
            with engine.begin() as connection:
                bring_up_to_date(connection, metadata)
        else:
            begin(engine, schema, previous)
    except sa.exc.OperationalError:
        url = engine.url.render_as_string()
        raise SettingError(
            name="database_url", value=url, expected=URLS
        ) from None


def copy_tables(previous: sa.Engine, engine: sa.Engine) -> None:
    """Copy the SQLite file that `previous` reads to that of `engine`, in tables of now."""
    source = previous.url.database
    target = engine.url.database
    if source is None or target is None:
        raise ValueError("a database in memory cannot be copied")
    shutil.copyfile(source, target)
    with engine.begin() as connection:
        bring_up_to_date(connection, metadata)


def abandon(engine: sa.Engine, schema: str | None) -> None:
    """Remove a store: its schema with the rows that are its own, or its file."""
    if schema is not None:
        forget_schema(engine, schema)
    elif engine.url.database:
        engine.dispose()
        Path(engine.url.database).unlink(missing_ok=True)


def drop_schemas(
    engine: sa.Engine, prefix: str, keep: Collection[str]
) -> None:
    """Remove the schemas that begin with `prefix` and are not to be kept, and their rows."""
    kept = {*keep, f"{prefix}{SHARED}"}
    with engine.begin() as connection:
        for name in sa.inspect(connection).get_schema_names():
            if name.startswith(prefix) and name not in kept:
                connection.execute(DropSchema(name, cascade=True))
    forget_others(engine, prefix, keep)


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
    """Say which index cannot be read and how to make it anew, or that a server is away."""
    if context.is_pre_ping:
        return  # the connection is made again
    lacking = isinstance(context.sqlalchemy_exception, sa.exc.ProgrammingError)
    if context.dialect.name != "sqlite" and not lacking:
        url = context.engine.url if context.engine else None
        where = f"{url.host}:{url.port}/{url.database}" if url else "?"
        raise StoreAwayError(where=where) from context.original_exception
    path = context.engine.url.database if context.engine else "?"
    raise DamagedIndexError(path=path) from context.original_exception
