"""Write records into the database of a new generation; what is read stands in `reading`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

import msgspec
import sqlalchemy as sa

from kb.records import (
    Citation,
    Document,
    Passage,
    Problem,
    Reference,
    Similar,
    Tag,
)
from kb.store.database import (
    abandon,
    copy_tables,
    drop_schemas,
    make_tables,
)
from kb.store.reading import Reader, passages_of
from kb.store.schema import TABLES, Meta

_ROWS = 1_000  # written at once; some 2 MB of passages

# What goes with a document, in the order in which it must go: what points at passages
# is found through them.
_BY_PASSAGE = (Tag, Citation, Similar)
_BY_DOCUMENT = (Reference, Problem, Passage)


class Store(Reader):
    """The records of one generation; those who build it also write.

    Writing is for one builder alone, into a generation that is not yet in use.
    """

    @classmethod
    def create(cls, url: str, schema: str | None = None) -> Store:
        """An empty store at `url`. Raises SettingError when no database is there."""
        store = cls(url, schema, building=True)
        try:
            make_tables(store.engine, schema)
        except BaseException:
            store.close()
            raise
        return store

    def abandon(self) -> None:
        """Remove what was written of a generation that will not be used."""
        abandon(self.engine, self.schema)
        self.close()

    @classmethod
    def derive(cls, url: str, schema: str | None, previous: Store) -> Store:
        """A new store that begins with the records of another, which stays as it is.

        Args:
            url: where the new store is to be; of the same kind as `previous`.
            schema: its schema, in a database that holds several.
            previous: a store that nobody writes to any more.

        Raises:
            SettingError: there is no database to be reached.
        """
        store = cls(url, schema, building=True)
        if schema is None or previous.schema is None:
            copy_tables(previous.engine, store.engine)
        else:
            make_tables(store.engine, schema, previous.schema)
        return store

    def drop_schemas(self, prefix: str, keep: Collection[str]) -> None:
        """Remove the schemas of earlier generations but for those to be kept."""
        drop_schemas(self.engine, prefix, keep)

    def add(self, records: Iterable[Any]) -> None:
        """Add records of any one class of `TABLES`; they are taken in as they come."""
        with self.engine.begin() as connection:
            _insert(connection, records)

    def put(self, key: str, value: Any) -> None:
        """Set a fact about the generation."""
        facts = TABLES[Meta]
        with self.engine.begin() as connection:
            connection.execute(sa.delete(facts).where(facts.c.key == key))
            _insert(connection, [Meta(key, value)])

    def remove(self, documents: Iterable[str]) -> None:
        """Remove documents with all that stands under them; unknown ids do no harm."""
        with self.engine.begin() as connection:
            for document in documents:
                _remove(connection, document)

    def replace_document(
        self,
        document: Document,
        passages: Iterable[Passage] = (),
        tags: Iterable[Tag] = (),
        references: Iterable[Reference] = (),
        citations: Iterable[Citation] = (),
    ) -> None:
        """Put a document with what is known of it in the place of what stood there."""
        with self.engine.begin() as connection:
            _remove(connection, document.id)
            for records in ([document], passages, tags, references, citations):
                _insert(connection, records)

    def replace_of(
        self, document: str, record: type, records: Iterable[Any]
    ) -> None:
        """Replace the records of one class of one document.

        Args:
            document: the id of the document.
            record: Tag, Citation, Reference or Problem.
            records: what there is now.
        """
        with self.engine.begin() as connection:
            _delete_of(connection, record, document)
            _insert(connection, records)

    def rewrite(
        self,
        document: str,
        passages: Iterable[Passage],
        tags: Iterable[Tag],
        citations: Iterable[Citation],
    ) -> None:
        """Replace what a document says and what was found in it, in one go."""
        table = TABLES[Passage]
        with self.engine.begin() as connection:
            for record in (Tag, Citation):
                _delete_of(connection, record, document)
            its_own = table.c.document == document
            connection.execute(sa.delete(table).where(its_own))
            for records in (passages, tags, citations):
                _insert(connection, records)

    def put_all(self, records: Iterable[Any]) -> None:
        """Put records of one class in the place of those with the same keys."""
        listed = list(records)
        if not listed:
            return
        table = TABLES[type(listed[0])]
        key = [column.name for column in table.primary_key]
        with self.engine.begin() as connection:
            stale = [_key_of(record, key) for record in listed]
            _delete_keys(connection, table, key, stale)
            _insert(connection, listed)

    def forget(self, record: type, ids: Iterable[str]) -> None:
        """Remove the records of a class with these ids."""
        table = TABLES[record]
        with self.engine.begin() as connection:
            _delete_keys(connection, table, ["id"], [(id,) for id in ids])

    def clear(self, record: type) -> None:
        """Empty the table of a class."""
        with self.engine.begin() as connection:
            connection.execute(sa.delete(TABLES[record]))

    def make_equal(self, record: type, records: Iterable[Any]) -> int:
        """Let the table of a class hold just these records, writing only differences.

        Returns:
            how many rows were written or removed.
        """
        table = TABLES[record]
        key = [column.name for column in table.primary_key]
        if key == ["row"]:
            raise ValueError(f"{record.__name__} has no key to compare by")
        wanted = {_key_of(item, key): item for item in records}
        stale = []
        found: Any
        for found in self.each(record):
            at = _key_of(found, key)
            if wanted.get(at) == found:
                del wanted[at]
            else:
                stale.append(at)
        with self.engine.begin() as connection:
            _delete_keys(connection, table, key, stale)
            _insert(connection, wanted.values())
        return len(stale) + len(wanted)


def _insert(connection: sa.Connection, records: Iterable[Any]) -> None:
    """Insert records of one class in batches."""
    coming = iter(records)
    first = next(coming, None)
    if first is None:
        return
    insert = sa.insert(TABLES[type(first)])
    for rows in _batches(chain([first], coming)):
        connection.execute(insert, rows)


def _batches(records: Iterator[Any]) -> Iterator[list[dict[str, Any]]]:
    while rows := [_row(record) for record in islice(records, _ROWS)]:
        yield rows


def _row(record: Any) -> dict[str, Any]:
    """The values of a record by column, plain ones only."""
    row: dict[str, Any] = msgspec.to_builtins(record)
    return row


def _key_of(record: Any, key: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(record, name) for name in key)


def _delete_keys(
    connection: sa.Connection,
    table: sa.Table,
    key: Sequence[str],
    stale: Sequence[tuple[Any, ...]],
) -> None:
    if not stale:
        return
    same = [table.c[name] == sa.bindparam(f"key_{name}") for name in key]
    rows = [
        {f"key_{name}": value for name, value in zip(key, values, strict=True)}
        for values in stale
    ]
    connection.execute(sa.delete(table).where(*same), rows)


def _remove(connection: sa.Connection, document: str) -> None:
    for record in (*_BY_PASSAGE, *_BY_DOCUMENT):
        _delete_of(connection, record, document)
    documents = TABLES[Document]
    connection.execute(sa.delete(documents).where(documents.c.id == document))


def _delete_of(connection: sa.Connection, record: type, document: str) -> None:
    """Delete what one document has of a class."""
    table = TABLES[record]
    everything = sa.delete(table)
    if record in _BY_PASSAGE:
        its_own = everything.where(table.c.passage.in_(passages_of(document)))
    else:
        its_own = everything.where(table.c.document == document)
    connection.execute(its_own)
