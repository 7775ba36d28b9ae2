"""From the store to a collection: the words of some documents counted and numbered."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from kb.dutch.analysis import Analyzer, words
from kb.dutch.compounds import Splitter
from kb.dutch.fold import folded_word
from kb.records import Document
from kb.search.index.collection import Collection
from kb.search.index.expressions import ExpressionReader, Expressions
from kb.search.index.figures import has_figures
from kb.search.index.forward_index import Rows, rows_of
from kb.search.index.lexicon import Ints, Lexicon, make
from kb.search.index.numbering import Numbers, alphabetical
from kb.search.index.sources import Names, Source
from kb.search.index.store_rows import PassageRow, passage_rows, tag_rows
from kb.store import Store

_CHUNK = (
    8_192  # passages whose words are told apart at once: keeps memory flat
)
_RENUMBERED_AT_ONCE = 1_000_000
_NO_EXPRESSIONS = frozenset(
    {"respondent_quote", "reference", "contents", "colophon", "question"}
)
_NUMBERED = ("document", "kind", "page", "section", "figures")
ALONE = -1  # group of a passage that has no near-duplicates


class _Lists:
    """Lists of numbers, one a passage, in two flat arrays: a list of lists is ten times that."""

    def __init__(self) -> None:
        self.flat: array[int] = array("i")
        self.starts: array[int] = array("q", [0])

    def add(self, numbers: Iterable[int]) -> None:
        self.flat.extend(numbers)
        self.starts.append(len(self.flat))

    def renumbered(self, numbers: Ints) -> Rows:
        """All lists where number n is called `numbers[n]`, in the memory that they have."""
        flat = np.frombuffer(self.flat, np.int32)
        for first in range(0, len(flat), _RENUMBERED_AT_ONCE):
            part = flat[first : first + _RENUMBERED_AT_ONCE]
            part[:] = numbers[part]
        return Rows(np.array(self.starts, np.int64), flat)


class _Words(dict[str, int]):
    """Lower-case words to the number of their folded form."""

    def __init__(self) -> None:
        self.folded = Numbers()

    # A corpus has far fewer spellings than words: each is folded once.
    def __missing__(self, word: str) -> int:
        self[word] = number = self.folded[folded_word(word)]
        return number


@dataclass
class _Columns:
    """Collects the columns of passages as they come by, numbers in order of arrival."""

    words: _Words = field(default_factory=_Words)
    ids: list[str] = field(default_factory=list)
    bodies: _Lists = field(default_factory=_Lists)
    numbers: dict[str, array[int]] = field(
        default_factory=lambda: {name: array("i") for name in _NUMBERED}
    )
    kinds: Numbers = field(default_factory=Numbers)
    sections: Numbers = field(default_factory=Numbers)
    themes: Numbers = field(default_factory=Numbers)
    places: Numbers = field(default_factory=Numbers)
    theme_rows: _Lists = field(default_factory=_Lists)
    theme_scores: array[float] = field(default_factory=lambda: array("f"))
    place_rows: _Lists = field(default_factory=_Lists)

    def numbered(self, text: str) -> list[int]:
        """Word numbers of a text."""
        return list(map(self.words.__getitem__, words(text)))

    def add(
        self,
        passage: PassageRow,
        document: int,
        tags: Iterable[tuple[str, float]],
    ) -> None:
        """Take in one passage of the document with this number, and its themes."""
        self.bodies.add(self.numbered(passage.text))
        self.ids.append(passage.id)
        self.numbers["document"].append(document)
        self.numbers["kind"].append(self.kinds[passage.kind])
        self.numbers["page"].append(passage.page)
        self.numbers["figures"].append(has_figures(passage.text))
        self.numbers["section"].append(
            self.sections[" › ".join(passage.section)]
        )
        self.place_rows.add(self.places[m] for m in passage.municipalities)
        self.theme_rows.add(self.themes[theme] for theme, _ in tags)
        self.theme_scores.extend(score for _, score in tags)

    def collection(self, documents: Sequence[Document]) -> Collection:
        """All that came by, with names numbered by alphabet; nothing is added after."""
        sections = rows_of(
            [self.numbered(section) for section in self.sections]
        )
        titles = rows_of(
            [self.numbered(document.title) for document in documents]
        )
        folded, word_number = alphabetical(list(self.words.folded))
        self.words = _Words()  # the memory is wanted for what follows
        kinds, kind_number = alphabetical(list(self.kinds))
        paths, path_number = alphabetical(list(self.sections))
        themes, theme_number = alphabetical(list(self.themes))
        places, place_number = alphabetical(list(self.places))
        columns = self._columns(kind_number, path_number)
        bodies = self.bodies.renumbered(word_number)
        return Collection(
            self.ids,
            Names(list(map(_source, documents)), kinds, themes, places, paths),
            columns,
            self.theme_rows.renumbered(theme_number),
            np.array(self.theme_scores, np.float32),
            self.place_rows.renumbered(place_number),
            bodies,
            sections.take(np.argsort(path_number)).renumbered(word_number),
            titles.renumbered(word_number),
            lexicon_of(folded, bodies),
        )

    def _columns(
        self, kind_number: Ints, path_number: Ints
    ) -> dict[str, Ints]:
        """The columns by row, kinds and section paths in their final numbers."""
        columns: dict[str, Ints] = {
            name: np.array(values, np.int32)
            for name, values in self.numbers.items()
        }
        columns["kind"] = kind_number[columns["kind"]]
        columns["section"] = path_number[columns["section"]]
        columns["group"] = np.full(len(self.ids), ALONE, np.int32)
        return columns


def _source(document: Document) -> Source:
    """What search needs of a document."""
    return Source(
        document.id,
        document.title,
        document.authors,
        document.year,
        document.type,
        document.volume,
    )


def read(
    store: Store,
    documents: Iterable[str],
    halvings: int,
    on_document: Callable[[], None] = lambda: None,
) -> tuple[Collection, Expressions]:
    """What search needs of some documents of a store.

    Args:
        store: the records.
        documents: ids, sorted.
        halvings: how often the passages are halved before expressions are read.
        on_document: called after each document.
    """
    columns = _Columns()
    expressions = ExpressionReader(halvings)
    found = [store.document(id) for id in documents]
    for number, document in enumerate(found):
        expressions.begin_document()
        tags = _tags_by_passage(store, document.id)
        for passage in passage_rows(store, document.id):
            columns.add(passage, number, tags[passage.id])
            if passage.kind not in _NO_EXPRESSIONS:
                expressions.add(passage.id, passage.text)
        on_document()
    return columns.collection(found), expressions.read()


def _tags_by_passage(
    store: Store, document: str
) -> defaultdict[str, list[tuple[str, float]]]:
    found: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for passage, theme, score in tag_rows(store, document):
        found[passage].append((theme, score))
    return found


def lexicon_of(folded: Sequence[str], bodies: Rows) -> Lexicon:
    """The lexicon of folded words in alphabetical order, counted in passages."""
    counts, df = frequencies(bodies, len(folded))
    return make(folded, counts, df, parts_of(folded))


def parts_of(folded: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """The stems of the parts of each word, by the Dutch word list alone."""
    analyzer = Analyzer(Splitter.of_word_list())
    return map(analyzer.parts, folded)


def frequencies(bodies: Rows, words: int) -> tuple[Ints, Ints]:
    """How often each word occurs, and in how many passages.

    Args:
        bodies: word numbers by passage.
        words: how many words there are.
    """
    counts = np.bincount(bodies.words, minlength=words)
    df = np.zeros(words, np.int64)
    for first in range(0, len(bodies), _CHUNK):
        taken = bodies.between(first, min(first + _CHUNK, len(bodies)))
        pairs = np.sort(taken.words.astype(np.int64) * _CHUNK + taken.owners)
        different = pairs[np.diff(pairs, prepend=-1) > 0]
        df += np.bincount(different // _CHUNK, minlength=words)
    return counts.astype(np.int32), df.astype(np.int32)
