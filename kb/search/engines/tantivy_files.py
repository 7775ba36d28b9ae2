"""The files of a Tantivy index: written in a few segments, of which a next index shares most.

Documents are dealt over a few groups by a hash of their id, and each group is one segment.
A changed document has its whole group written anew; the segments of the other groups are
immutable and are linked. So no segment ever holds deleted passages, which Tantivy would go
on counting: scores are those of an index made from nothing.

New documents stand in one small segment beside the groups, until they are as many as a group
has. Where a patch will do, changed documents are deleted from their groups and stand there too.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import tantivy

from kb.search.engines import VALUES, EntriesOf
from kb.search.index.memory import give_back

# Tantivy merges segments from eight on, which would mix the groups; one stands beside them.
GROUPS = 6
PLACE_BITS = (
    20  # of a key: the number of a passage in its document, up to a million
)
KEY = "key"

_DOCUMENTS = "documents.json"
_PATCHED = "patched.json"  # those that stand beside their groups
_ALL = frozenset(range(GROUPS))
_HEAP = 512_000_000  # a group of some 150,000 passages is still one segment
_TOKENIZER = "kb_space"
_KEY_BYTES = 5  # of a key: a hash of the document's id
_MUTABLE = (
    "meta.json",
    ".managed.json",
    ".tantivy-meta.lock",
    ".tantivy-writer.lock",
)


def schema() -> Any:
    """The fields of an index: tokens of ours with their frequencies, and exact values."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(
        "body", tokenizer_name=_TOKENIZER, index_option="position"
    )
    for name in ("parts", "section", "title"):
        builder.add_text_field(
            name, tokenizer_name=_TOKENIZER, index_option="freq"
        )
    for name in VALUES:
        builder.add_text_field(
            name, tokenizer_name="raw", index_option="basic", fast=True
        )
    builder.add_integer_field(KEY, fast=True)
    return builder.build()


def opened(folder: Path) -> Any:
    """An index in a folder; raises ValueError where there is none."""
    return _with_tokenizer(tantivy.Index.open(str(folder)))


def document_keys(documents: Sequence[str]) -> dict[str, int]:
    """A number for every document, by its id alone but where two would have the same.

    Returns:
        numbers of 40 bits; a passage's key has its place in the document behind it.
    """
    salt = 0
    while True:
        keys = {document: _hash(document, salt) for document in documents}
        if len(set(keys.values())) == len(keys):
            return keys
        salt += 1


def write(
    folder: Path,
    documents: Sequence[str],
    entries_of: EntriesOf,
    previous: Path | None,
    changed: Collection[str],
    patch: bool = False,
) -> None:
    """Write an index; see `Engine.build` for the arguments."""
    keys = document_keys(documents)
    index, layout = None, _Layout()
    if previous is not None:
        last = _keys_of(previous, _DOCUMENTS)
        if _agree(last, keys):
            layout = _layout(previous, last, keys, changed, patch)
            index = _begun(previous, folder, sorted(layout.gone))
    if index is None:
        layout = _Layout()
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        index = _with_tokenizer(tantivy.Index(schema(), path=str(folder)))
    for members in layout.segments(documents):
        try:
            _write_segment(index, members, entries_of, keys)
        except ValueError as error:
            raise _as_os_error(error) from error
    beside = {id: keys[id] for id in sorted(layout.beside)}
    (folder / _PATCHED).write_text(json.dumps(beside), encoding="utf-8")
    (folder / _DOCUMENTS).write_text(json.dumps(keys), encoding="utf-8")


@dataclass(frozen=True)
class _Layout:
    """Which segments of the last index are written anew.

    Attributes:
        stale: groups of which the whole segment is.
        beside: documents in the one segment beside the groups.
        gone: documents that are deleted from the last index first.
        kept: whether the segment beside the groups stays as it is.
    """

    stale: frozenset[int] = _ALL
    beside: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    kept: bool = False

    def segments(self, documents: Sequence[str]) -> list[list[str]]:
        """The documents of each segment that is written, in order."""
        grouped = [id for id in documents if id not in self.beside]
        groups = [
            [id for id in grouped if _group(id) == group]
            for group in sorted(self.stale)
        ]
        beside = [id for id in documents if id in self.beside]
        return groups if self.kept else [*groups, beside]


def _layout(
    previous: Path,
    last: Collection[str],
    now: Collection[str],
    changed: Collection[str],
    patch: bool,
) -> _Layout:
    """What to write anew of an index.

    New documents stand beside the groups: nothing is deleted for them, so that scores stay
    those of an index made anew. A group of which a document changed is written whole, unless
    a patch may leave in it what is deleted.

    Args:
        previous: the last index.
        last: its documents.
        now: the documents of now.
        changed: which of them are not as the last index has them.
        patch: as `Engine.build` has it.
    """
    stood = _keys_of(previous, _PATCHED).keys()
    differing = {*changed, *(set(last) ^ set(now))}
    touched = _groups_of(differing & (set(last) - stood))
    if not patch and _has_deleted(previous):
        touched = _ALL
    wanted = stood | differing if patch else stood | (set(now) - set(last))
    stale = frozenset() if patch else touched
    beside = {id for id in wanted & set(now) if _group(id) not in stale}
    if len(beside) > len(now) / GROUPS:
        stale, beside = touched | _groups_of(stood | differing), set()
    kept = beside == stood and not beside & differing
    gone = {id for id in last if _group(id) in stale}
    if not kept:
        gone |= stood
    if patch:
        gone |= differing & set(last)
    return _Layout(stale, frozenset(beside), frozenset(gone), kept)


def _groups_of(documents: Iterable[str]) -> frozenset[int]:
    return frozenset(_group(document) for document in documents)


def _has_deleted(folder: Path) -> bool:
    """Whether an index holds passages that are deleted and still counted, or cannot tell."""
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        return any(segment["deletes"] for segment in meta["segments"])
    except (OSError, ValueError, KeyError):
        return True


def _write_segment(
    index: Any,
    members: Sequence[str],
    entries_of: EntriesOf,
    keys: dict[str, int],
) -> None:
    """Add the passages of some documents as one segment."""
    if not members:
        return
    writer = index.writer(_HEAP, 1)
    for document in members:
        base = keys[document] << PLACE_BITS
        for entry in entries_of(document):
            values = entry._asdict()
            del values["kept"]
            values[KEY] = base + values.pop("place")
            values["theme"] = list(entry.theme)
            values["municipality"] = list(entry.municipality)
            for name in ("figures", "alike"):
                values[name] = [values[name]] if values[name] else []
            writer.add_document(tantivy.Document(document=document, **values))
    writer.commit()
    writer.wait_merging_threads()
    give_back()


def _as_os_error(error: ValueError) -> OSError:
    """What Tantivy could not write, as the system says it."""
    told = re.search(r"os error (\d+)", str(error))
    if told is None:
        return OSError(errno.EIO, str(error))
    number = int(told[1])
    return OSError(number, os.strerror(number))


def _begun(previous: Path, folder: Path, gone: Collection[str]) -> Any:
    """The previous index in a folder of its own, without some documents.

    Returns:
        the index; None when it cannot be used.
    """
    try:
        _share(previous, folder)
        index = opened(folder)
        writer = index.writer(_HEAP, 1)
        for document in gone:
            writer.delete_documents_by_term("document", document)
        writer.commit()
        writer.garbage_collect_files()
        writer.wait_merging_threads()
    except (OSError, ValueError):
        return None
    return index


def _share(previous: Path, folder: Path) -> None:
    """Link the files of an index into a folder; what Tantivy writes again is copied."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path in previous.iterdir():
        target = folder / path.name
        if path.name in (_DOCUMENTS, _PATCHED):
            continue
        if path.name in _MUTABLE:
            shutil.copyfile(path, target)
            continue
        try:
            os.link(path, target)
        except OSError:  # another disk, or one without links
            shutil.copyfile(path, target)


def _keys_of(folder: Path, name: str) -> dict[str, int]:
    """The documents in a file of an index with their keys; none when it cannot be read."""
    try:
        text = (folder / name).read_text(encoding="utf-8")
        keys: dict[str, int] = json.loads(text)
    except (OSError, ValueError):
        return {}
    return keys


def _agree(last: dict[str, int], keys: dict[str, int]) -> bool:
    """Whether an index of these keys can be gone on with: all kept documents keep theirs."""
    kept = last.keys() & keys.keys()
    return bool(kept) and all(
        last[document] == keys[document] for document in kept
    )


def _group(document: str) -> int:
    return zlib.crc32(document.encode()) % GROUPS


def _hash(document: str, salt: int) -> int:
    digest = blake2b(
        document.encode(), digest_size=_KEY_BYTES, salt=bytes([salt])
    )
    return int.from_bytes(digest.digest())


def _with_tokenizer(index: Any) -> Any:
    """A tokenizer is not kept in the index: it must be registered after every opening."""
    spaces = tantivy.TextAnalyzerBuilder(
        tantivy.Tokenizer.whitespace()
    ).build()
    index.register_tokenizer(_TOKENIZER, spaces)
    return index
