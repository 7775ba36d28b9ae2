"""Write records into a new database, and read them back as the same frozen classes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine.interfaces import ExceptionContext
from sqlalchemy.schema import CreateSchema, DropSchema

from kb.errors import (
    DamagedIndexError,
    SettingError,
    UnknownDocumentError,
    UnknownPassageError,
    UnknownWorkError,
)
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
from kb.store.schema import TABLES, Meta, metadata

Record = TypeVar("Record")
URLS = "postgresql+psycopg://user:password@host/database"
_BATCH = 500  # bound parameters of one IN (...), well under SQLite's limit


def sqlite_url(path: Path) -> str:
    """SQLAlchemy URL of a SQLite file."""
    return sa.URL.create("sqlite", database=str(path)).render_as_string(
        hide_password=False
    )


def _damaged(context: ExceptionContext) -> None:
    """What a reader hears when the records cannot be read: which index, and how to make it anew."""
    url = context.engine.url if context.engine else None
    raise DamagedIndexError(
        path=url.database if url else "?"
    ) from context.original_exception


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]


class Store:
    """The records of one generation. Reading never changes anything; `create` and `add` are for the build."""

    def __init__(
        self, url: str, schema: str | None = None, building: bool = False
    ) -> None:
        """`schema` keeps the tables of a generation apart in a database that holds several. Raises SettingError.

        Unless `building`, whatever the database cannot answer later raises DamagedIndexError.
        """
        try:
            engine = sa.create_engine(url)
        except (sa.exc.ArgumentError, ModuleNotFoundError):
            raise SettingError(name="database_url", value=url, expected=URLS) from None
        self.engine = (
            engine.execution_options(schema_translate_map={None: schema})
            if schema
            else engine
        )
        self.schema = schema
        if not building:
            sa.event.listen(engine, "handle_error", _damaged)

    @classmethod
    def create(cls, url: str, schema: str | None = None) -> Store:
        """An empty store with all tables at `url`. Raises SettingError when there is no database to be reached."""
        store = cls(url, schema, building=True)
        try:
            if schema:
                with store.engine.begin() as connection:
                    connection.execute(CreateSchema(schema))
            metadata.create_all(store.engine)
        except sa.exc.OperationalError:
            raise SettingError(
                name="database_url",
                value=store.engine.url.render_as_string(),
                expected=URLS,
            ) from None
        return store

    def drop_schemas(self, prefix: str, keep: Collection[str]) -> None:
        """Remove the schemas of earlier generations: those that begin with `prefix` and are not to be kept."""
        with self.engine.begin() as connection:
            for name in sa.inspect(connection).get_schema_names():
                if name.startswith(prefix) and name not in keep:
                    connection.execute(DropSchema(name, cascade=True))

    def close(self) -> None:
        self.engine.dispose()

    # -- writing

    def add(self, records: Iterable[Any]) -> None:
        """Add records of any one class of `TABLES`."""
        rows = list(records)
        if not rows:
            return
        with self.engine.begin() as connection:
            connection.execute(
                sa.insert(TABLES[type(rows[0])]), [msgspec.to_builtins(r) for r in rows]
            )

    def put(self, key: str, value: Any) -> None:
        """Set a fact about the generation."""
        with self.engine.begin() as connection:
            connection.execute(sa.delete(TABLES[Meta]).where(TABLES[Meta].c.key == key))
        self.add([Meta(key, value)])

    # -- reading

    def check(self) -> None:
        """Look whether the records can be read at all. Raises DamagedIndexError."""
        with self.engine.connect() as connection:
            connection.execute(sa.select(sa.func.count()).select_from(TABLES[Passage]))
            if (
                self.engine.dialect.name == "sqlite"
                and connection.execute(sa.text("PRAGMA quick_check(1)")).scalar()
                != "ok"
            ):
                raise DamagedIndexError(path=self.engine.url.database)

    def get(self, key: str, default: Any = None) -> Any:
        """A fact about the generation, e.g. "built" (ISO time), "report" (dict), "frameworks" (list)."""
        for row in self._select(Meta, TABLES[Meta].c.key == key):
            return row.value
        return default

    def _select(
        self, record: type[Record], *where: Any, order: Sequence[Any] = ()
    ) -> list[Record]:
        table = TABLES[record]
        names = [f.name for f in fields(record)]  # type: ignore[arg-type]
        columns = [table.c[name] for name in names]
        query = (
            sa.select(*columns)
            .where(*where)
            .order_by(*(order or [c for c in table.primary_key]))
        )
        with self.engine.connect() as connection:
            rows = connection.execute(query).all()
        return [
            msgspec.convert(dict(zip(names, row, strict=True)), record) for row in rows
        ]

    def _in(
        self,
        record: type[Record],
        column: str,
        values: Iterable[str],
        *where: Any,
        order: Sequence[Any] = (),
    ) -> list[Record]:
        found: list[Record] = []
        for chunk in _chunks(list(dict.fromkeys(values))):
            found += self._select(
                record, TABLES[record].c[column].in_(chunk), *where, order=order
            )
        return found

    def documents(self) -> list[Document]:
        return self._select(Document)

    def document(self, id: str) -> Document:
        """Raises UnknownDocumentError."""
        for row in self._select(Document, TABLES[Document].c.id == id):
            return row
        raise UnknownDocumentError(id=id)

    def passages(
        self, document: str | None = None, ids: Iterable[str] | None = None
    ) -> list[Passage]:
        """Passages in reading order; of one document, or in the order of `ids` (unknown ids are left out)."""
        table = TABLES[Passage]
        order = [table.c.document, table.c.position]
        if ids is not None:
            wanted = list(ids)
            found = {p.id: p for p in self._in(Passage, "id", wanted)}
            return [found[i] for i in wanted if i in found]
        where = [] if document is None else [table.c.document == document]
        return self._select(Passage, *where, order=order)

    def passage(self, id: str) -> Passage:
        """Raises UnknownPassageError."""
        for row in self._select(Passage, TABLES[Passage].c.id == id):
            return row
        raise UnknownPassageError(id=id)

    def neighbours(
        self, passage: Passage, before: int = 1, after: int = 1
    ) -> tuple[list[Passage], list[Passage]]:
        """Passages printed just before and just after."""
        t = TABLES[Passage]
        near = self._select(
            Passage, t.c.document == passage.document,
            t.c.position.between(passage.position - before, passage.position + after), order=[t.c.position],
        )  # fmt: skip
        return [p for p in near if p.position < passage.position], [
            p for p in near if p.position > passage.position
        ]

    def tags(
        self,
        passages: Iterable[str] | None = None,
        theme: str | None = None,
        document: str | None = None,
        shown: bool = True,
    ) -> list[Tag]:
        """Tags by falling score; `shown` leaves out passing mentions."""
        t = TABLES[Tag]
        where: list[Any] = [t.c.evidence.is_(True)] if shown else []
        if theme is not None:
            where.append(t.c.theme == theme)
        if document is not None:
            p = TABLES[Passage]
            where.append(
                t.c.passage.in_(sa.select(p.c.id).where(p.c.document == document))
            )
        order = [t.c.score.desc(), t.c.passage, t.c.theme]
        return (
            self._select(Tag, *where, order=order)
            if passages is None
            else self._in(Tag, "passage", passages, *where, order=order)
        )

    def references(
        self, document: str | None = None, work: str | None = None
    ) -> list[Reference]:
        t = TABLES[Reference]
        where = [
            column == value
            for column, value in ((t.c.document, document), (t.c.work, work))
            if value is not None
        ]
        return self._select(Reference, *where)

    def citations(
        self,
        passages: Iterable[str] | None = None,
        document: str | None = None,
        work: str | None = None,
    ) -> list[Citation]:
        t, p = TABLES[Citation], TABLES[Passage]
        order = [t.c.passage, t.c.start]
        where: list[Any] = [] if work is None else [t.c.work == work]
        if document is not None:
            where.append(
                t.c.passage.in_(sa.select(p.c.id).where(p.c.document == document))
            )
        return (
            self._select(Citation, *where, order=order)
            if passages is None
            else self._in(Citation, "passage", passages, *where, order=order)
        )

    def works(self, ids: Iterable[str] | None = None) -> list[Work]:
        return self._select(Work) if ids is None else self._in(Work, "id", ids)

    def work(self, id: str) -> Work:
        """Raises UnknownWorkError."""
        for row in self._select(Work, TABLES[Work].c.id == id):
            return row
        raise UnknownWorkError(id=id)

    def formatted(
        self, works: Iterable[str], style: str = "apa", language: str = "nl"
    ) -> dict[str, Formatted]:
        t = TABLES[Formatted]
        return {
            f.work: f
            for f in self._in(
                Formatted, "work", works, t.c.style == style, t.c.language == language
            )
        }

    def problems(self, document: str | None = None) -> list[Problem]:
        t = TABLES[Problem]
        return self._select(
            Problem, *([] if document is None else [t.c.document == document])
        )

    def similar(self, passage: str) -> list[Similar]:
        """The group of near-duplicates a passage belongs to, itself included; empty when it stands alone."""
        t = TABLES[Similar]
        group = sa.select(t.c.group).where(t.c.passage == passage).scalar_subquery()
        return self._select(Similar, t.c.group == group)
