"""Read records back from the tables as the frozen classes they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa

from kb.errors import (
    DamagedIndexError,
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
from kb.store.database import LIMITS, Limits, connect, is_sound
from kb.store.schema import TABLES, Meta

Record = TypeVar("Record")
PARAMETERS = 500  # values of one IN (...), well under SQLite's limit
_STREAMED = 1_000  # rows fetched at once where a table is walked through


def in_parts(ids: Iterable[str]) -> Iterator[Sequence[str]]:
    """Different ids in their order, so many at a time as one query may name."""
    different = list(dict.fromkeys(ids))
    for start in range(0, len(different), PARAMETERS):
        yield different[start : start + PARAMETERS]


def passages_of(document: str) -> sa.Select[Any]:
    """The ids of the passages of a document, for use inside another query."""
    passages = TABLES[Passage].c
    return sa.select(passages.id).where(passages.document == document)


class Reader:
    """The records of one generation. Reading never changes anything."""

    def __init__(
        self,
        url: str,
        schema: str | None = None,
        building: bool = False,
        limits: Limits = LIMITS,
    ):
        """Raises SettingError; see `database.connect` for the arguments."""
        self.engine = connect(url, schema, building, limits)
        self.schema = schema

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def check(self) -> None:
        """Look whether the records can be read at all. Raises DamagedIndexError."""
        self.count(Passage)
        if not is_sound(self.engine):
            raise DamagedIndexError(path=self.engine.url.database)

    def get(self, key: str, default: Any = None) -> Any:
        """A fact about the generation: "built" (ISO time), "report" (a mapping)."""
        for row in self._select(Meta, TABLES[Meta].c.key == key):
            return row.value
        return default

    def count(self, record: type) -> int:
        """How many records of a class there are."""
        query = sa.select(sa.func.count()).select_from(TABLES[record])
        with self.engine.connect() as connection:
            return int(connection.execute(query).scalar_one())

    def each(
        self, record: type[Record], *where: Any, order: Sequence[Any] = ()
    ) -> Iterator[Record]:
        """Records one by one, without holding them all; in order of their key."""
        table = TABLES[record]
        names = [item.name for item in fields(record)]  # type: ignore[arg-type]
        query = (
            sa.select(*(table.c[name] for name in names))
            .where(*where)
            .order_by(*(order or list(table.primary_key)))
        )
        with self.engine.connect() as connection:
            streaming = connection.execution_options(yield_per=_STREAMED)
            for row in streaming.execute(query):
                yield msgspec.convert(
                    dict(zip(names, row, strict=True)), record
                )

    def _select(
        self, record: type[Record], *where: Any, order: Sequence[Any] = ()
    ) -> list[Record]:
        return list(self.each(record, *where, order=order))

    def _in(
        self,
        record: type[Record],
        column: str,
        values: Iterable[str],
        *where: Any,
        order: Sequence[Any] = (),
    ) -> list[Record]:
        asked = TABLES[record].c[column]
        found: list[Record] = []
        for part in in_parts(values):
            found += self.each(record, asked.in_(part), *where, order=order)
        return found

    def documents(self) -> list[Document]:
        """All documents, by id."""
        return self._select(Document)

    def document_ids(self) -> list[str]:
        """The ids of all documents, sorted."""
        column = TABLES[Document].c.id
        with self.engine.connect() as connection:
            return list(connection.scalars(sa.select(column).order_by(column)))

    def document(self, id: str) -> Document:
        """Raises UnknownDocumentError."""
        for row in self._select(Document, TABLES[Document].c.id == id):
            return row
        raise UnknownDocumentError(id=id)

    def passages(
        self, document: str | None = None, ids: Iterable[str] | None = None
    ) -> list[Passage]:
        """Passages in reading order, of one document or of all.

        Args:
            document: only those of this document.
            ids: instead, these passages in this order; unknown ids are left out.
        """
        if ids is not None:
            wanted = list(ids)
            found = {p.id: p for p in self._in(Passage, "id", wanted)}
            return [found[id] for id in wanted if id in found]
        table = TABLES[Passage].c
        where = [] if document is None else [table.document == document]
        return self._select(
            Passage, *where, order=[table.document, table.position]
        )

    def texts(self, document: str) -> list[tuple[str, str]]:
        """Id and text of the passages of a document, in reading order."""
        table = TABLES[Passage].c
        query = (
            sa.select(table.id, table.text)
            .where(table.document == document)
            .order_by(table.position, table.id)
        )
        with self.engine.connect() as connection:
            return [(id, text) for id, text in connection.execute(query)]

    def passage(self, id: str) -> Passage:
        """Raises UnknownPassageError."""
        for row in self._select(Passage, TABLES[Passage].c.id == id):
            return row
        raise UnknownPassageError(id=id)

    def neighbours(
        self, passage: Passage, before: int = 1, after: int = 1
    ) -> tuple[list[Passage], list[Passage]]:
        """Passages printed just before and just after."""
        table, at = TABLES[Passage].c, passage.position
        near = self._select(
            Passage,
            table.document == passage.document,
            table.position.between(at - before, at + after),
            order=[table.position],
        )
        earlier = [p for p in near if p.position < at]
        later = [p for p in near if p.position > at]
        return earlier, later

    def tags(
        self,
        passages: Iterable[str] | None = None,
        theme: str | None = None,
        document: str | None = None,
        shown: bool = True,
    ) -> list[Tag]:
        """Tags by falling score; `shown` leaves out passing mentions."""
        table = TABLES[Tag].c
        where: list[Any] = []
        if shown:
            where.append(table.evidence.is_(True))
        if theme is not None:
            where.append(table.theme == theme)
        if document is not None:
            where.append(table.passage.in_(passages_of(document)))
        order = [table.score.desc(), table.passage, table.theme]
        if passages is None:
            return self._select(Tag, *where, order=order)
        return self._in(Tag, "passage", passages, *where, order=order)

    def references(
        self,
        document: str | None = None,
        work: str | None = None,
        ids: Iterable[str] | None = None,
    ) -> list[Reference]:
        """Entries of reference lists, of one document, of one work, or by id."""
        if ids is not None:
            return self._in(Reference, "id", ids)
        table = TABLES[Reference].c
        where = []
        if document is not None:
            where.append(table.document == document)
        if work is not None:
            where.append(table.work == work)
        return self._select(Reference, *where)

    def citations(
        self,
        passages: Iterable[str] | None = None,
        document: str | None = None,
        work: str | None = None,
        noted_in: Iterable[str] | None = None,
    ) -> list[Citation]:
        """In-text mentions by passage and place in it.

        Args:
            passages: that hold them.
            document: in which they stand.
            work: that they cite.
            noted_in: passages with the marks of the notes that hold them.
        """
        table = TABLES[Citation].c
        where: list[Any] = []
        if work is not None:
            where.append(table.work == work)
        if document is not None:
            where.append(table.passage.in_(passages_of(document)))
        # The row number last: two mentions may begin and end alike, and a table that
        # was changed here and there has its rows in another order than a new one.
        order = [
            table.passage,
            table.start,
            table.end,
            table.surface,
            table.row,
        ]
        if noted_in is not None:
            return self._in(
                Citation, "noted_in", noted_in, *where, order=order
            )
        if passages is None:
            return self._select(Citation, *where, order=order)
        return self._in(Citation, "passage", passages, *where, order=order)

    def works(
        self, ids: Iterable[str] | None = None, document: str | None = None
    ) -> list[Work]:
        """Works by id: all, those asked for, or those that are a document."""
        if document is not None:
            return self._select(Work, TABLES[Work].c.document == document)
        return self._select(Work) if ids is None else self._in(Work, "id", ids)

    def work(self, id: str) -> Work:
        """Raises UnknownWorkError."""
        for row in self._select(Work, TABLES[Work].c.id == id):
            return row
        raise UnknownWorkError(id=id)

    def formatted(
        self, works: Iterable[str], style: str = "apa", language: str = "nl"
    ) -> dict[str, Formatted]:
        """The citation strings of works, by work."""
        table = TABLES[Formatted].c
        alike = (table.style == style, table.language == language)
        return {
            found.work: found
            for found in self._in(Formatted, "work", works, *alike)
        }

    def problems(self, document: str | None = None) -> list[Problem]:
        """What went wrong in the build, in the order in which it was met."""
        table = TABLES[Problem].c
        where = [] if document is None else [table.document == document]
        return self._select(Problem, *where)

    def similar(self, passage: str) -> list[Similar]:
        """The near-duplicates of a passage, itself included; empty when it has none."""
        table = TABLES[Similar].c
        group = sa.select(table.group).where(table.passage == passage)
        return self._select(Similar, table.group == group.scalar_subquery())

    def near_duplicates(
        self, passages: Iterable[str]
    ) -> dict[str, tuple[str, ...]]:
        """The near-duplicates of some passages, without themselves; the best come first.

        Passages that have none are left out.
        """
        one, other = TABLES[Similar].alias(), TABLES[Similar].alias()
        query = (
            sa.select(one.c.passage, other.c.passage)
            .join(other, one.c.group == other.c.group)
            .where(one.c.passage != other.c.passage)
            .order_by(other.c.score.desc(), other.c.passage)
        )
        found: dict[str, list[str]] = {}
        with self.engine.connect() as connection:
            for part in in_parts(passages):
                asked = query.where(one.c.passage.in_(part))
                for passage, alike in connection.execute(asked):
                    found.setdefault(passage, []).append(alike)
        return {passage: tuple(others) for passage, others in found.items()}
