"""What was asked in one word, and all that stands for it in a collection.

Every word asked becomes one concept, so that inflections, compounds, synonyms and translations
do not add up. What holds the word itself is *direct*; what holds only another word for it is
*related*.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from kb.search.index.lexicon import Ints
from kb.search.query_tree import Node, Nothing, Or, Phrase, Term

EXACT, INFLECTION, COMPOUND = "exact", "stem", "part"
SPELLING, PREFIX, PHRASE = "spelling", "prefix", "phrase"
TRANSLATION = "translation"
Weights = npt.NDArray[np.float32]
DIRECT = frozenset({EXACT, INFLECTION, COMPOUND, SPELLING, PREFIX, PHRASE})


@dataclass(frozen=True, slots=True)
class Group:
    """Word numbers that stand for a concept in the same way."""

    words: Ints
    weight: float
    how: str


@dataclass(frozen=True, slots=True)
class Run:
    """Stems in a row that stand for a concept: hulp, bij, schuld for schuldhulp."""

    stems: tuple[int, ...]
    weight: float
    text: str
    how: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """What an engine looks for: a token in a field, or some in a row."""

    field: str
    tokens: tuple[str, ...]
    weight: float
    how: str

    def node(self) -> Node:
        """As a leaf of a query tree."""
        weight = round(self.weight, 3)
        if len(self.tokens) == 1:
            return Term(self.field, self.tokens[0], weight)
        return Phrase(self.field, self.tokens, boost=weight)


@dataclass
class Concept:
    """One word asked: word numbers with a weight (0..1), runs of words and look-ups."""

    asked: str
    groups: list[Group] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    lookups: dict[tuple[str, tuple[str, ...]], Lookup] = field(
        default_factory=dict
    )
    importance: float = 1.0
    place: int | None = None  # number of the municipality that the word names
    telling: bool = True  # it says what the question is about
    contraries: frozenset[tuple[str, ...]] = (
        frozenset()
    )  # of all that is asked, as stems
    english: bool = (
        False  # asked in English: its translations are what was asked
    )
    corrected: str = ""  # what a misspelled word is taken for

    def add(
        self, words: Ints | Sequence[int], weight: float, how: str
    ) -> None:
        """Let `words` stand for the concept.

        Where groups overlap the heavier counts.
        """
        if len(words):
            self.groups.append(Group(np.asarray(words, np.int64), weight, how))

    def look_up(
        self, field: str, tokens: Sequence[str], weight: float, how: str
    ) -> None:
        """Have an engine look for this too; the heavier way to it stays."""
        key = (field, tuple(tokens))
        known = self.lookups.get(key)
        if known is None or weight > known.weight:
            self.lookups[key] = Lookup(*key, weight, how)

    def narrowed(self, keep: Callable[[str], bool]) -> Concept:
        """The concept with only the ways to say it that `keep` keeps."""
        return replace(
            self,
            groups=[group for group in self.groups if keep(group.how)],
            runs=[run for run in self.runs if keep(run.how)],
            lookups={
                k: found
                for k, found in self.lookups.items()
                if keep(found.how)
            },
        )

    def node(self) -> Node:
        """Passages that hold the concept in any of its ways."""
        parts = tuple(found.node() for found in self.lookups.values())
        return Or(parts) if parts else Nothing()

    def direct(self) -> Concept:
        """The concept without other words for it, but for those of another language."""
        ways = DIRECT | {TRANSLATION} if self.english else DIRECT
        return self.narrowed(ways.__contains__)

    @property
    def absent(self) -> bool:
        """Whether no passage holds the word itself, nor one it is misspelled for."""
        return not self.narrowed(DIRECT.__contains__).lookups

    @property
    def only_in_a_row(self) -> bool:
        """Whether nothing but its parts in a row can hold it: stemlokaal as *stem lokaal*."""
        found = self.narrowed(DIRECT.__contains__).lookups.values()
        return bool(found) and all(len(one.tokens) > 1 for one in found)

    @property
    def translated(self) -> bool:
        """Whether it is found by a translation."""
        found = self.lookups.values()
        return any(lookup.how == TRANSLATION for lookup in found)

    def heaviest_first(self) -> list[Group]:
        """The groups by falling weight; of equal ones the first added comes first."""
        return sorted(self.groups, key=lambda group: -group.weight)

    def weighted(self) -> tuple[Ints, Weights]:
        """The words that stand for the concept, in order, each with its heaviest weight."""
        groups = self.heaviest_first()
        words = [group.words for group in groups]
        every = np.concatenate(words) if words else np.zeros(0, np.int64)
        each = [
            np.full(len(one.words), one.weight, np.float32) for one in groups
        ]
        weights = np.concatenate(each) if each else np.zeros(0, np.float32)
        different, first = np.unique(every, return_index=True)
        return different, weights[first]

    def table(self, size: int) -> Weights:
        """Weight of every word number.

        0.0 for those that do not stand for the concept.
        """
        weights = np.zeros(size, np.float32)
        words, heaviest = self.weighted()
        weights[words] = heaviest
        return weights

    def reasons(self, words: Ints) -> list[tuple[int, float, str]]:
        """Which of `words` stand for the concept: place in `words`, weight, how.

        Args:
            words: word numbers in order, each once.
        """
        found: dict[int, tuple[int, float, str]] = {}
        for group in self.heaviest_first():
            places = np.searchsorted(words, group.words)
            inside = np.flatnonzero(places < len(words))
            places, wanted = places[inside], group.words[inside]
            for place in places[words[places] == wanted].tolist():
                found.setdefault(place, (place, group.weight, group.how))
        return list(found.values())
