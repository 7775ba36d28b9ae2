"""The files of a Whoosh index: postings in Whoosh's segments, and arrays beside them.

Whoosh numbers passages as they are written and keeps the numbers of those that are
deleted. The arrays tell for each number whose passage it was, how long its fields are and
which exact values it has; from them scores are counted without what was deleted.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from whoosh import fields, index
from whoosh.analysis import RegexTokenizer

from kb.search.engines import TOKENS, VALUES, EntriesOf, Entry
from kb.search.engines.whoosh_pickles import guard

DELETED = -1
_FILE = "passages.msgpack"
_VALUE_SEPARATOR = "\x1f"
_MOST_SEGMENTS = 8  # then they are merged: every term is looked up in each
_MEMORY_MB = 256

guard()


@dataclass
class Passages:
    """What stands beside the postings, by Whoosh's own number.

    Attributes:
        documents: ids, also of documents that were deleted.
        owner: number of the document of each passage, DELETED where it is gone.
        place: its number within the document.
        lengths: words of each field of tokens.
        values: of each field of exact values, pairs of a passage and a value.
    """

    documents: list[str] = field(default_factory=list)
    owner: list[int] = field(default_factory=list)
    place: list[int] = field(default_factory=list)
    lengths: dict[str, list[int]] = field(
        default_factory=lambda: {name: [] for name in TOKENS}
    )
    values: dict[str, list[tuple[int, str]]] = field(
        default_factory=lambda: {name: [] for name in VALUES}
    )

    def add(self, document: int, entry: Entry) -> dict[str, str]:
        """Take in the next passage of a document; what Whoosh is to index of it."""
        number = len(self.owner)
        self.owner.append(document)
        self.place.append(entry.place)
        for name in TOKENS:
            self.lengths[name].append(len(getattr(entry, name).split()))
        exact = {
            "theme": entry.theme,
            "kind": (entry.kind,),
            "document": (self.documents[document],),
            "municipality": entry.municipality,
            "figures": (entry.figures,) if entry.figures else (),
            "alike": (entry.alike,) if entry.alike else (),
        }
        for name, values in exact.items():
            self.values[name] += [(number, value) for value in values]
        tokens = {name: getattr(entry, name) for name in TOKENS}
        joined = {
            name: _VALUE_SEPARATOR.join(values)
            for name, values in exact.items()
        }
        return tokens | joined

    def delete(self, documents: Collection[str]) -> None:
        """Mark the passages of these documents as gone."""
        gone = {
            i
            for i, document in enumerate(self.documents)
            if document in documents
        }
        self.owner = [
            DELETED if owner in gone else owner for owner in self.owner
        ]

    def known(self) -> set[str]:
        """The documents that have passages."""
        return {self.documents[owner] for owner in set(self.owner) - {DELETED}}

    def save(self, folder: Path) -> None:
        """Write beside the postings."""
        (folder / _FILE).write_bytes(msgspec.msgpack.encode(self))

    @classmethod
    def load(cls, folder: Path) -> Passages:
        """Read what `save` wrote. Raises OSError, ValueError."""
        return msgspec.msgpack.decode((folder / _FILE).read_bytes(), type=cls)


def opened(folder: Path) -> Any:
    """A Whoosh index in a folder; raises an error of Whoosh where there is none."""
    return index.open_dir(str(folder))


def write(
    folder: Path,
    documents: Sequence[str],
    entries_of: EntriesOf,
    previous: Path | None,
    changed: Collection[str],
) -> None:
    """Write an index; see `Engine.build` for the arguments."""
    if previous is not None and _went_on(
        previous, folder, documents, entries_of, changed
    ):
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    passages = Passages()
    writer = index.create_in(str(folder), _schema()).writer(limitmb=_MEMORY_MB)
    _add(writer, passages, documents, entries_of)
    writer.commit(optimize=True)
    passages.save(folder)


def _went_on(
    previous: Path,
    folder: Path,
    documents: Sequence[str],
    entries_of: EntriesOf,
    changed: Collection[str],
) -> bool:
    """Write the index as a change of the previous one; False when that cannot be done."""
    try:
        passages = Passages.load(previous)
        _share(previous, folder)
        opened_index = opened(folder)
    except (OSError, ValueError, index.EmptyIndexError):
        return False
    wanted, known = set(documents), passages.known()
    stale = (known - wanted) | (known & set(changed))
    new = [id for id in documents if id not in known or id in stale]
    if len(opened_index.reader().leaf_readers()) >= _MOST_SEGMENTS:
        return False
    writer = opened_index.writer(limitmb=_MEMORY_MB)
    for document in stale:
        writer.delete_by_term("document", document)
    passages.delete(stale)
    _add(writer, passages, new, entries_of)
    writer.commit(merge=False)
    passages.save(folder)
    # Whoosh leaves out segments of which nothing is left, and then gives other numbers.
    return bool(opened_index.reader().doc_count_all() == len(passages.owner))


def _add(
    writer: Any,
    passages: Passages,
    documents: Sequence[str],
    entries_of: EntriesOf,
) -> None:
    for document in documents:
        number = len(passages.documents)
        passages.documents.append(document)
        for entry in entries_of(document):
            writer.add_document(**passages.add(number, entry))


def _share(previous: Path, folder: Path) -> None:
    """Link the files of an index into a folder: Whoosh never writes to one again."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path in previous.iterdir():
        if path.name.endswith("LOCK") or path.name == _FILE:
            continue
        try:
            os.link(path, folder / path.name)
        except OSError:  # another disk, or one without links
            shutil.copyfile(path, folder / path.name)


def _schema() -> Any:
    """Tokens come joined by spaces and values by a separator: Whoosh splits them there."""
    spaces = RegexTokenizer(r"[^ ]+")
    separated = RegexTokenizer(rf"[^{_VALUE_SEPARATOR}]+")
    tokens = {
        name: fields.TEXT(analyzer=spaces, phrase=name == "body")
        for name in TOKENS
    }
    exact = {
        name: fields.TEXT(analyzer=separated, phrase=False) for name in VALUES
    }
    return fields.Schema(**tokens, **exact)
