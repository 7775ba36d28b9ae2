"""The files of a Tantivy index: written in a few segments, of which a next index shares most.

Documents are dealt over a few groups by a hash of their id, and each group is one segment.
A changed document has its whole group written anew; the segments of the other groups are
immutable and are linked. So no segment ever holds deleted passages, which Tantivy would go
on counting: scores are those of an index made from nothing.

Where a patch will do, changed documents are deleted from their groups and stand in one small
segment beside them, until they are as many as a group has.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import zlib
from collections.abc import Collection, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import tantivy

from kb.search.engines import VALUES, EntriesOf
from kb.search.index.memory import give_back

# Tantivy merges segments from eight on, which would mix the groups; one is for a patch.
GROUPS = 6
PLACE_BITS = (
    20  # of a key: the number of a passage in its document, up to a million
)
KEY = "key"

_DOCUMENTS = "documents.json"
_PATCHED = "patched.json"  # those that stand beside their groups
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
    index, differing = None, set(documents)
    if previous is not None:
        last = _keys_of(previous, _DOCUMENTS)
        if _agree(last, keys):
            differing = {*changed, *(last.keys() ^ keys.keys())}
            differing |= _keys_of(previous, _PATCHED).keys()
            patch = patch and len(differing) <= len(documents) / GROUPS
            gone = differing if patch else _with_their_groups(differing, last)
            index = _begun(previous, folder, sorted(gone & last.keys()))
    if index is None:
        patch, differing = False, set(documents)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        index = _with_tokenizer(tantivy.Index(schema(), path=str(folder)))
    written = differing if patch else _with_their_groups(differing, keys)
    for members in _segments(documents, written, patch):
        try:
            _write_segment(index, members, entries_of, keys)
        except ValueError as error:
            raise _as_os_error(error) from error
    beside = {id: keys[id] for id in differing & keys.keys()} if patch else {}
    (folder / _PATCHED).write_text(json.dumps(beside), encoding="utf-8")
    (folder / _DOCUMENTS).write_text(json.dumps(keys), encoding="utf-8")


def _with_their_groups(
    differing: Collection[str], documents: Collection[str]
) -> set[str]:
    """All documents of the groups that some of them are in."""
    stale = {_group(document) for document in differing}
    return {document for document in documents if _group(document) in stale}


def _segments(
    documents: Sequence[str], wanted: Collection[str], patch: bool
) -> list[list[str]]:
    """The documents of each segment that is written: one as a patch, else one a group."""
    ordered = [document for document in documents if document in wanted]
    if patch:
        return [ordered]
    return [
        [document for document in ordered if _group(document) == group]
        for group in range(GROUPS)
    ]


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
