"""From the store to an index folder: words counted and numbered once, then handed to an engine as tokens."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np

from kb.dutch.analysis import Analyzer, words
from kb.dutch.fold import folded_word
from kb.records import Document
from kb.search.engines import Entry, choose, engine_class
from kb.search.index.collection import Collection, Names, Source
from kb.search.index.expressions import PhraseCounter
from kb.search.index.forward_index import Rows, rows_of
from kb.search.index.lexicon import Ints, Lexicon, make
from kb.search.index.store_rows import (
    PassageRow,
    passage_count,
    passage_rows,
    similar_rows,
    tag_rows,
)
from kb.store import Store

FORMAT = 2
META = "search.json"
_CHUNK = 8_192
_PHRASE_SAMPLE = 10_000  # passages read for expressions, about
_NO_PHRASES = frozenset(
    {"respondent_quote", "reference", "contents", "colophon", "question"}
)
Progress = Callable[[int, int], None]


class _Numbers(dict[str, int]):
    """Gives every new value the next number."""

    def __missing__(self, key: str) -> int:
        self[key] = number = len(self)
        return number


class _Words(dict[str, int]):
    """Lower-case words to the number of their folded form."""

    def __init__(self) -> None:
        self.folded = _Numbers()

    def __missing__(self, word: str) -> int:
        self[word] = number = self.folded[folded_word(word)]
        return number


@dataclass
class _Reader:
    """Collects the columns of passages as they come by."""

    every: int = 1  # one passage in so many is read for expressions
    words: _Words = field(default_factory=_Words)
    ids: list[str] = field(default_factory=list)
    flat: array[int] = field(default_factory=lambda: array("i"))
    starts: array[int] = field(default_factory=lambda: array("q", [0]))
    columns: dict[str, array[int]] = field(
        default_factory=lambda: {
            n: array("i") for n in ("document", "kind", "page", "section")
        }
    )
    kinds: _Numbers = field(default_factory=_Numbers)
    sections: _Numbers = field(default_factory=_Numbers)
    places: _Numbers = field(default_factory=_Numbers)
    place_rows: list[list[int]] = field(default_factory=list)
    phrases: PhraseCounter = field(default_factory=PhraseCounter)

    def numbers(self, text: str) -> list[int]:
        """Word numbers of a text."""
        return list(map(self.words.__getitem__, words(text)))

    def add(self, passage: PassageRow, document: int) -> None:
        """Take in one passage of the document with this number."""
        self.flat.extend(self.numbers(passage.text))
        if len(self.ids) % self.every == 0 and passage.kind not in _NO_PHRASES:
            self.phrases.add(passage.text)
        self.starts.append(len(self.flat))
        self.ids.append(passage.id)
        self.columns["document"].append(document)
        self.columns["kind"].append(self.kinds[passage.kind])
        self.columns["page"].append(passage.page)
        self.columns["section"].append(self.sections[" › ".join(passage.section)])
        self.place_rows.append([self.places[m] for m in passage.municipalities])


def _frequencies(bodies: Rows, words: int) -> tuple[Ints, Ints]:
    """How often each word occurs, and in how many passages."""
    counts = np.bincount(bodies.words, minlength=words)
    df = np.zeros(words, np.int64)
    for first in range(0, len(bodies), _CHUNK):
        taken = bodies.take(np.arange(first, min(first + _CHUNK, len(bodies))))
        pairs = np.sort(taken.words.astype(np.int64) * _CHUNK + taken.owners)
        df += np.bincount(
            pairs[np.diff(pairs, prepend=-1) > 0] // _CHUNK, minlength=words
        )
    return counts.astype(np.int32), df.astype(np.int32)


def _by_year(documents: list[Document], document: Ints) -> Ints:
    """Rank of each row from the newest document to the oldest, undated last, in reading order within one."""
    years = np.array([-(d.year or -9999) for d in documents], np.int64)
    order = (
        np.lexsort((np.arange(len(document)), document, years[document]))
        if len(document)
        else np.zeros(0, np.int64)
    )
    ranks = np.empty(len(document), np.int32)
    ranks[order] = np.arange(len(document), dtype=np.int32)
    return ranks


def _groups(store: Store, row: dict[str, int]) -> Ints:
    """Number of the near-duplicate group of each row, -1 where it stands alone."""
    found = np.full(len(row), -1, np.int32)
    numbers = _Numbers()
    for passage, group in similar_rows(store):
        if passage in row:
            found[row[passage]] = numbers[group]
    return found


def _tags(store: Store, row: dict[str, int]) -> tuple[list[str], Rows, np.ndarray]:
    """Theme names, theme numbers by row and their scores."""
    themes = _Numbers()
    per_row: list[list[tuple[int, float]]] = [[] for _ in row]
    for passage, theme, score in tag_rows(store):
        if passage in row:
            per_row[row[passage]].append((themes[theme], score))
    scores = np.array([score for tags in per_row for _, score in tags], np.float32)
    return (
        list(themes),
        rows_of([[number for number, _ in tags] for tags in per_row]),
        scores,
    )


def read(store: Store, folder: Path, on_progress: Progress | None = None) -> Collection:
    """Everything search needs of the passages, tags and documents of a store; frequent expressions are written to `folder`."""
    documents = store.documents()
    reader = _Reader(every=1 + passage_count(store) // _PHRASE_SAMPLE)
    for number, document in enumerate(documents):
        for passage in passage_rows(store, document.id):
            reader.add(passage, number)
        if on_progress:
            on_progress(number + 1, 2 * len(documents))
    reader.phrases.save(folder)
    sections = rows_of([reader.numbers(s) for s in reader.sections])
    titles = rows_of([reader.numbers(d.title) for d in documents])
    row = {id: i for i, id in enumerate(reader.ids)}
    columns: dict[str, Ints] = {
        name: np.array(values, np.int32) for name, values in reader.columns.items()
    }
    columns |= {
        "by_year": _by_year(documents, columns["document"]),
        "group": _groups(store, row),
    }
    themes, theme_rows, scores = _tags(store, row)
    sources = [Source(d.id, d.title, d.authors, d.year, d.type) for d in documents]
    names = Names(
        sources, list(reader.kinds), themes, list(reader.places), list(reader.sections)
    )
    bodies = Rows(np.array(reader.starts, np.int64), np.array(reader.flat, np.int32))
    lexicon = _lexicon(list(reader.words.folded), bodies)
    return Collection(
        reader.ids,
        names,
        columns,
        theme_rows,
        scores,
        rows_of(reader.place_rows),
        bodies,
        sections,
        titles,
        lexicon,
    )


def _lexicon(folded: list[str], bodies: Rows) -> Lexicon:
    counts, df = _frequencies(bodies, len(folded))
    analyzer = Analyzer.with_words(dict(zip(folded, counts.tolist(), strict=True)))
    return make(folded, counts, df, (analyzer.parts(word) for word in folded))


def entries(collection: Collection) -> Iterator[Entry]:
    """One entry per row for an engine: joined tokens and exact values."""
    lexicon, names, columns = collection.lexicon, collection.names, collection.columns
    stems = [lexicon.stems[i] for i in lexicon.word_stem.tolist()]
    starts = lexicon.part_starts.tolist()
    flat = [lexicon.stems[i] for i in lexicon.part_stems.tolist()]
    parts = [" ".join(flat[a:b]) for a, b in pairwise(starts)]
    compound = np.diff(lexicon.part_starts) > 0
    head = {
        "section": [
            " ".join(stems[i] for i in collection.sections[n].tolist())
            for n in range(len(collection.sections))
        ],
        "title": [
            " ".join(stems[i] for i in collection.titles[n].tolist())
            for n in range(len(collection.titles))
        ],
    }
    document, kind, section, by_year = (
        columns[n].tolist() for n in ("document", "kind", "section", "by_year")
    )
    for row in range(len(collection)):
        words = collection.bodies[row]
        yield Entry(
            row,
            " ".join(map(stems.__getitem__, words.tolist())),
            " ".join(map(parts.__getitem__, words[compound[words]].tolist())),
            f"{head['title'][document[row]]} {head['section'][section[row]]}",
            tuple(names.themes[t] for t in collection.themes[row].tolist()),
            names.kinds[kind[row]],
            names.sources[document[row]].id,
            tuple(
                names.municipalities[m] for m in collection.municipalities[row].tolist()
            ),
            by_year[row],
        )


def build_index(
    store: Store,
    folder: Path,
    engine: str = "auto",
    on_progress: Progress | None = None,
) -> str:
    """Build the search index of a store in `folder` (made when missing) and give the name of the engine that was taken."""
    folder.mkdir(parents=True, exist_ok=True)
    collection = read(store, folder, on_progress)
    collection.save(folder)
    name = engine if engine != "auto" else choose(len(collection))
    engine_class(name).build(folder / name, entries(collection), len(collection))
    documents = len(collection.names.sources)
    meta = {
        "format": FORMAT,
        "engine": name,
        "passages": len(collection),
        "documents": documents,
    }
    (folder / META).write_text(json.dumps(meta), encoding="utf-8")
    if on_progress:
        on_progress(2 * documents, 2 * documents)
    return name
