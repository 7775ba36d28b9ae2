"""From the store to an index folder: a collection in arrays, and an engine that finds in it.

With the folder of the last generation only changed documents are read; the outcome is the
same as of a build from nothing.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Collection as Container
from functools import cached_property
from pathlib import Path

import numpy as np

from kb.errors import KbError
from kb.records import Passage
from kb.search.engines import Entry, choose, engine_class
from kb.search.index import compact
from kb.search.index.collection import Collection
from kb.search.index.expressions import Expressions, halvings
from kb.search.index.joining import join
from kb.search.index.lexicon import Ints, Lexicon
from kb.search.index.memory import give_back
from kb.search.index.numbering import Numbers
from kb.search.index.reading import read
from kb.search.index.remote import kept_of
from kb.search.index.store_rows import similar_rows
from kb.search.remembering import remembered
from kb.settings import Settings
from kb.store import Store

log = logging.getLogger(__name__)
FORMAT = 8
META = "search.json"
Progress = Callable[[int, int], None]
Parts = tuple[Collection, Expressions]


def build_index(
    store: Store,
    folder: Path,
    engine: str = "auto",
    on_progress: Progress | None = None,
    previous: Path | None = None,
    changed: Container[str] = (),
    settings: Settings | None = None,
    patch: bool = False,
) -> str:
    """Build the search index of a store.

    Args:
        store: the records of the new generation.
        folder: where the index is to be; made when missing.
        engine: whoosh, tantivy, opensearch, or auto, which goes by the number of passages.
        on_progress: called with how many documents are done, and of how many.
        previous: the index of the last generation, made by this same version of the
            program. It stays as it is; one that cannot be read counts as none.
        changed: documents whose record, passages or shown tags are not those of the
            last generation. Documents added or removed need not be named.
        settings: where an engine on other machines is.
        patch: whether the engine may be quick about what changed, as `Engine.build` has it.

    Returns:
        the name of the engine that was taken.
    """
    folder.mkdir(parents=True, exist_ok=True)
    last = None if previous is None else _opened(previous)
    collection, expressions, fresh = _parts(store, last, changed, on_progress)
    groups, collection.names.groups = _groups(store, collection)
    collection.columns["group"] = groups
    collection.save(folder)
    expressions.save(folder)
    name = engine if engine != "auto" else choose(len(collection))
    adapter = engine_class(name)
    if adapter.keeps:
        compact.save(collection.lexicon, folder)
    give_back()
    if last is not None:
        fresh |= regrouped(last[0], collection)
    adapter.build(
        folder / name,
        [source.id for source in collection.names.sources],
        Entries(collection, adapter.keeps).of_document,
        None if last is None or previous is None else previous / name,
        fresh,
        settings,
        patch,
    )
    documents = len(collection.names.sources)
    meta = {
        "format": FORMAT,
        "engine": name,
        "passages": len(collection),
        "documents": documents,
        "mean_lengths": collection.mean_lengths,
        "alike": collection.has_alike,
    }
    (folder / META).write_text(json.dumps(meta), encoding="utf-8")
    if on_progress:
        on_progress(2 * documents, 2 * documents)
    return name


def published(folder: Path, kept: Iterable[Path], settings: Settings) -> None:
    """Tell the engine of an index that it is in use, and which others are still needed.

    An engine that cannot be told goes on as it was; the next build tells it again.
    """
    try:
        meta = json.loads((folder / META).read_text(encoding="utf-8"))
        name = meta["engine"]
        others = [other / name for other in kept if other != folder]
        engine_class(name).published(folder / name, others, settings)
    except (OSError, ValueError, KeyError, KbError) as error:
        log.warning(
            "engine of %s is not told that it is in use: %s", folder, error
        )


def _opened(previous: Path) -> Parts | None:
    """The collection of the last generation; None when it cannot be read."""
    try:
        meta = json.loads((previous / META).read_text(encoding="utf-8"))
        if meta["format"] != FORMAT:
            return None
        return Collection.load(previous), Expressions.load(previous)
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        return None


def _parts(
    store: Store,
    last: Parts | None,
    changed: Container[str],
    on_progress: Progress | None,
) -> tuple[Collection, Expressions, set[str]]:
    """The collection of a store, and the documents that were read for it."""
    documents = store.document_ids()
    times = halvings(store.count(Passage))
    # Another sample of passages gives other expressions, of every document.
    if last is not None and last[1].halvings != times:
        last = None
    known = set() if last is None else set(last[0].document_number)
    kept = (known & set(documents)).difference(changed)
    wanted = [id for id in documents if id not in kept]
    done = len(documents) - len(wanted)

    def on_document() -> None:
        nonlocal done
        done += 1
        if on_progress:
            on_progress(done, 2 * len(documents))

    found = read(store, wanted, times, on_document)
    if last is not None:
        found = join(last, found, known.difference(documents))
    return *found, set(wanted)


def _groups(store: Store, collection: Collection) -> tuple[Ints, list[str]]:
    """Number of the near-duplicate group of each row, -1 where it stands alone, and the names
    of the groups by number.
    """
    found = collection.columns["group"].copy()
    numbers = Numbers()
    for passage, group in similar_rows(store):
        row = collection.row.get(passage)
        if row is not None:
            found[row] = numbers[group]
    return found, list(numbers)


def regrouped(last: Collection, now: Collection) -> set[str]:
    """Documents with a passage that is in another group of near-duplicates than before."""
    before, after = _group_of(last), _group_of(now)
    differing = {
        passage
        for passage in before.keys() | after.keys()
        if before.get(passage) != after.get(passage)
    }
    rows = [now.row[passage] for passage in differing if passage in now.row]
    owners = np.unique(now.columns["document"][rows]).tolist()
    return {now.names.sources[owner].id for owner in owners}


def _group_of(collection: Collection) -> dict[str, str]:
    """The name of the group of every passage that is in one."""
    groups = collection.columns["group"]
    names = collection.names.groups
    return {
        collection.ids[row]: names[groups[row]]
        for row in np.flatnonzero(groups >= 0).tolist()
    }


class Entries:
    """The passages of a collection as an engine gets them: tokens and exact values."""

    def __init__(self, collection: Collection, kept: bool = False) -> None:
        """`kept`: with what ranking needs, for an engine that keeps it."""
        self._collection, self._kept = collection, kept
        self._parts = _Parts(collection.lexicon)
        # Passages of one section follow each other.
        self._section = remembered(self._section_stems, 100)

    def of_document(self, document: str) -> Iterator[Entry]:
        """One entry for each passage of a document, in reading order."""
        collection = self._collection
        names, columns = collection.names, collection.columns
        number = collection.document_number[document]
        title = self._stems_of(collection.titles[number])
        first, last = collection.document_starts[number : number + 2].tolist()
        for row in range(first, last):
            words = collection.bodies[row]
            yield Entry(
                row - first,
                self._stems_of(words),
                self._parts_of(words),
                self._section(int(columns["section"][row])),
                title,
                tuple(names.themes[n] for n in collection.themes[row]),
                names.kinds[columns["kind"][row]],
                tuple(
                    names.municipalities[n]
                    for n in collection.municipalities[row]
                ),
                "yes" if columns["figures"][row] else "",
                "yes" if columns["group"][row] >= 0 else "",
                kept_of(collection, row) if self._kept else None,
            )

    def _section_stems(self, number: int) -> str:
        return self._stems_of(self._collection.sections[number])

    def _stems_of(self, words: Ints) -> str:
        lexicon = self._collection.lexicon
        stems = lexicon.word_stem[words].tolist()
        return " ".join(map(lexicon.stems.__getitem__, stems))

    def _parts_of(self, words: Ints) -> str:
        compounds = words[self._compound[words]].tolist()
        return " ".join(map(self._parts.__getitem__, compounds))

    @cached_property
    def _compound(self) -> np.ndarray:
        """Which words have parts."""
        return np.diff(self._collection.lexicon.part_starts) > 0


class _Parts(dict[int, str]):
    """The parts of each word, joined when first asked: a change asks those of few words."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, word: int) -> str:
        lexicon = self._lexicon
        first, last = lexicon.part_starts[word : word + 2].tolist()
        stems = lexicon.part_stems[first:last].tolist()
        self[word] = joined = " ".join(map(lexicon.stems.__getitem__, stems))
        return joined
