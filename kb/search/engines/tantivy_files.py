"""The files of a Tantivy index: written in a few segments, of which a next index shares most.

Documents are dealt over groups by a hash of their id, and each group is one segment.
A changed document has its whole group written anew; the segments of the other groups are
immutable and are linked. So no segment ever holds deleted passages, which Tantivy would go
on counting: scores are those of an index made from nothing.

New documents stand in one small segment beside the groups, until they are as many as a group
has. Where a patch will do, changed documents are deleted from their groups and stand there too.
"""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import tantivy

from kb.search.engines import EntriesOf
from kb.search.engines.tantivy_segments import (
    Parts,
    as_os_error,
    link,
    name_all,
    opened,
    read,
    save,
    schema,
    without,
    written,
)

GROUPS = 6  # at the least
# A report has some 400 passages, written in 70 microseconds each: a group in less than two
# seconds. Each group costs a question some 0.06 ms, so that a million passages have forty.
DOCUMENTS_A_GROUP = 64
MOST_GROUPS = 40

_DOCUMENTS = "documents.json"
_PATCHED = "patched.json"  # those that stand beside their groups
_PARTS = "parts.json"  # which segments each group has
_BESIDE = "beside"
_KEY_BYTES = 5  # of a key: a hash of the document's id


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
    layout = _Layout(_group_count(len(documents)))
    if previous is not None:
        layout = _layout(previous, keys, changed, patch) or layout
    try:
        parts = _begun(folder, previous, layout)
    except (OSError, ValueError, KeyError):
        layout = _Layout(_group_count(len(documents)))
        parts = _begun(folder, None, layout)
    for name, members in layout.parts(documents).items():
        try:
            parts[name] = written(folder, members, entries_of, keys)
        except ValueError as error:
            raise as_os_error(error) from error
    name_all(folder, parts)
    beside = {id: keys[id] for id in sorted(layout.beside)}
    save(folder / _PARTS, {"groups": layout.groups, "parts": parts})
    save(folder / _PATCHED, beside)
    save(folder / _DOCUMENTS, keys)


def _group_count(documents: int, last: int = 0) -> int:
    """How many groups some documents have; those of the last index where they still do."""
    wanted = min(max(documents // DOCUMENTS_A_GROUP, GROUPS), MOST_GROUPS)
    still_good = wanted <= 2 * last and last <= 2 * wanted
    return last if still_good else wanted


@dataclass(frozen=True)
class _Layout:
    """Which segments of the last index are written anew.

    Attributes:
        groups: how many there are.
        stale: groups of which the whole segment is; None stands for all.
        beside: documents in the one segment beside the groups.
        gone: documents that are deleted from groups that stay.
        kept: whether the segment beside the groups stays as it is.
    """

    groups: int
    stale: frozenset[int] | None = None
    beside: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    kept: bool = False

    def staying(self) -> list[str]:
        """Names of the parts that are taken from the last index."""
        if self.stale is None:
            return []
        groups = sorted(set(range(self.groups)) - self.stale)
        return [*map(str, groups), *([_BESIDE] if self.kept else [])]

    def parts(self, documents: Sequence[str]) -> dict[str, list[str]]:
        """The documents of each part that is written, in order."""
        found: dict[str, list[str]] = {}
        staying = set(self.staying())
        for id in documents:
            name = _BESIDE if id in self.beside else self.group(id)
            if name not in staying:
                found.setdefault(name, []).append(id)
        return found

    def group(self, document: str) -> str:
        """The name of the group of a document."""
        return str(_group(document, self.groups))


def _layout(
    previous: Path,
    keys: dict[str, int],
    changed: Collection[str],
    patch: bool,
) -> _Layout | None:
    """What to write anew of an index.

    New documents stand beside the groups: nothing is deleted for them, so that scores stay
    those of an index made anew. A group of which a document changed is written whole, unless
    a patch may leave in it what is deleted.

    Args:
        previous: the last index.
        keys: the documents of now, and their keys.
        changed: which of them are not as the last index has them.
        patch: as `Engine.build` has it.

    Returns:
        None where all is to be written.
    """
    last, told = read(previous / _DOCUMENTS), read(previous / _PARTS)
    count = _group_count(len(keys), told.get("groups", 0))
    goes_on = _agree(last, keys) and count == told.get("groups")
    if not goes_on or (_has_deleted(told["parts"]) and not patch):
        return None
    stood = read(previous / _PATCHED).keys()
    differing = {*changed, *(last.keys() ^ keys.keys())}
    known = differing & (last.keys() - stood)
    touched = _groups_of(known, count)
    wanted = stood | (differing if patch else keys.keys() - last.keys())
    stale = frozenset() if patch else touched
    beside = {
        id for id in wanted & keys.keys() if _group(id, count) not in stale
    }
    if len(beside) > len(keys) / count:
        stale, beside = touched | _groups_of(stood | differing, count), set()
    gone = {id for id in known if _group(id, count) not in stale}
    kept = beside == stood and not beside & differing
    return _Layout(count, stale, frozenset(beside), frozenset(gone), kept)


def _groups_of(documents: Iterable[str], groups: int) -> frozenset[int]:
    return frozenset(_group(document, groups) for document in documents)


def _has_deleted(parts: Parts) -> bool:
    """Whether segments hold passages that are deleted and still counted."""
    return any(one["deletes"] for part in parts.values() for one in part)


def _begun(folder: Path, previous: Path | None, layout: _Layout) -> Parts:
    """An empty index in a folder, with the files of the parts that stay.

    Returns:
        the segments of these parts.

    Raises:
        OSError, ValueError, KeyError: the last index cannot be read.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tantivy.Index(schema(), path=str(folder))
    if previous is None:
        return {}
    last = read(previous / _PARTS).get("parts", {})
    parts = {name: last[name] for name in layout.staying() if name in last}
    for segments in parts.values():
        link(previous, folder, segments)
    gone: dict[str, list[str]] = {}
    for document in sorted(layout.gone):
        gone.setdefault(layout.group(document), []).append(document)
    for name, documents in gone.items():
        parts[name] = without(folder, parts[name], documents)
    name_all(folder, parts)
    opened(folder).searcher()  # a file that is missing is told here
    return parts


def _agree(last: dict[str, int], keys: dict[str, int]) -> bool:
    """Whether an index of these keys can be gone on with: all kept documents keep theirs."""
    kept = last.keys() & keys.keys()
    return bool(kept) and all(
        last[document] == keys[document] for document in kept
    )


def _group(document: str, groups: int) -> int:
    return zlib.crc32(document.encode()) % groups


def _hash(document: str, salt: int) -> int:
    digest = blake2b(
        document.encode(), digest_size=_KEY_BYTES, salt=bytes([salt])
    )
    return int.from_bytes(digest.digest())
