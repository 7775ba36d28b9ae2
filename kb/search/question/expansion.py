"""What else says the same as a word that was asked: inflections, compounds, parts, synonyms, translations, corrections.

Every word asked becomes a concept: the word numbers of the collection that may stand for it, each with a weight (0..1) and
the way it is related. An engine gets the same as a tree of weighted stems.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from kb.dutch.analysis import is_weightless
from kb.dutch.compounds import LINKS
from kb.dutch.stem import stem
from kb.dutch.synonyms import Synonym, Thesaurus
from kb.search.index.lexicon import Ints, Lexicon
from kb.search.query_tree import Node, Nothing, Or, Term
from kb.search.question.spelling import Speller

MAX_PREFIX = 200
MAX_PHRASES = 16
LIGHTEST = 0.12  # weight above which a word finds passages; a lighter one only counts in those that others found


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a word counts that is not the one asked. Tuned on one half of the judged queries, docs/quality/search.md."""

    stem: float = 0.95
    compound: float = 0.6  # asked is a part of the word found
    part: float = 0.1  # the word found is a part of the one asked
    cousin: float = 0.0  # both share a part
    joined: float = 0.9  # asked in two words, found in one, and the other way round
    synonym: float = 0.5  # times the weight in the thesaurus
    synonym_compound: float = 0.3
    expression: float = (
        0.6  # of what stands for several words in a row, for each of them
    )
    spelling: float = 0.8
    kin: float = 0.3  # same letters for the greater part (verkokering, verkokerd)
    prefix: float = 1.0


@dataclass
class Concept:
    """What was asked in one word, and all that stands for it in the collection: groups of word numbers with a weight and a reason."""

    asked: str
    groups: list[tuple[Ints, float, str]] = field(
        default_factory=list
    )  # word numbers, weight, how
    phrases: list[tuple[tuple[int, ...], float, str, str]] = field(
        default_factory=list
    )  # stem numbers in a row, weight, text, how
    terms: dict[tuple[str, str], float] = field(
        default_factory=dict
    )  # (engine field, token) -> weight
    importance: float = 1.0
    corrected: str = ""  # what a misspelled word is taken for

    def add(self, words: Ints | Sequence[int], weight: float, how: str) -> None:
        """Let `words` stand for the concept; where groups overlap the heavier one counts."""
        if len(words):
            self.groups.append((np.asarray(words, np.int64), weight, how))

    def heaviest_first(self) -> list[tuple[Ints, float, str]]:
        """The groups by falling weight; of equal ones the first added comes first."""
        return sorted(self.groups, key=lambda group: -group[1])

    def table(self, size: int) -> npt.NDArray[np.float32]:
        """Weight of every word number."""
        weights = np.zeros(size, np.float32)
        for words, weight, _ in reversed(self.heaviest_first()):
            weights[words] = weight
        return weights

    def reasons(self, words: Ints) -> list[tuple[int, float, str]]:
        """Which of `words` stand for the concept: place in `words`, weight, how."""
        found: dict[int, tuple[int, float, str]] = {}
        for group, weight, how in self.heaviest_first():
            places = (
                np.flatnonzero(np.isin(words, group))
                if len(group) > 1
                else np.flatnonzero(words == group[0])
            )
            for place in places.tolist():
                found.setdefault(place, (place, weight, how))
        return list(found.values())

    def term(self, field: str, token: str, weight: float) -> None:
        """Have an engine look for a token too."""
        if weight > self.terms.get((field, token), 0.0):
            self.terms[field, token] = weight

    def query(self) -> Node:
        """The concept as a query tree over engine fields; what is too light finds no passages by itself where others do."""
        heavy = {key: weight for key, weight in self.terms.items() if weight > LIGHTEST}
        parts = tuple(
            Term(name, token, boost=round(weight, 3))
            for (name, token), weight in (heavy or self.terms).items()
        )
        return Or(parts) if parts else Nothing()


@dataclass
class Expander:
    """Makes concepts for one collection."""

    lexicon: Lexicon
    thesaurus: Thesaurus
    speller: Speller
    weights: Weights = field(default_factory=Weights)

    def concept(self, asked: str, correct: bool = True) -> Concept:
        """The concept of one folded word."""
        concept = Concept(asked)
        own = self.lexicon.number.get(asked)
        self._stem(
            concept, stem(asked), 1.0, "stem", self.weights.stem, self.weights.compound
        )
        if own is not None:
            concept.add([own], 1.0, "exact")
        self._parts(concept, asked)
        self._synonyms(concept, (stem(asked),))
        if correct:
            known = (
                own is not None
                or stem(asked) in self.lexicon.stem_number
                or bool(self.thesaurus.of((stem(asked),)))
            )
            self._spelling(concept, asked, known)
        return concept

    def prefix(self, asked: str) -> Concept:
        """The concept of a word with a star behind it: the most frequent words that begin so."""
        concept = Concept(asked + "*")
        found = self.lexicon.with_prefix(asked, MAX_PREFIX) if len(asked) > 1 else []
        concept.add(found, self.weights.prefix, "prefix")
        for number in dict.fromkeys(
            self.lexicon.word_stem[found].tolist() if found else []
        ):
            for name in ("body", "section", "title"):
                concept.term(name, self.lexicon.stems[number], 1.0)
        return concept

    def expressions(
        self, words: Sequence[str], concepts: Sequence[Concept | None]
    ) -> None:
        """Let what stands for several words in a row stand for each of them: swt for sociaal wijkteam, wijkteam for wijk team."""
        stems = [stem(w) for w in words]
        for start in range(len(words) - 1):
            self._join(
                words[start], words[start + 1], concepts[start], concepts[start + 1]
            )
            for end in range(
                start + 2, min(len(words), start + self.thesaurus.longest) + 1
            ):
                found = self.thesaurus.of(tuple(stems[start:end]))
                for concept in concepts[start:end]:
                    if concept is not None:
                        self._put_synonyms(concept, found, self.weights.expression)

    def _stem(
        self,
        concept: Concept,
        token: str,
        weight: float,
        how: str,
        inflected: float,
        compound: float,
    ) -> None:
        """Words with this stem, and compounds that have it as a part."""
        number = self.lexicon.stem_number.get(token)
        if number is None:
            return
        concept.add(self.lexicon.words_of_stem(number), weight * inflected, how)
        for name in ("body", "section", "title"):
            concept.term(name, token, weight * inflected)
        if compound:
            compounds = self.lexicon.words_with_part(number)
            if len(compounds):
                concept.add(
                    compounds, weight * compound, "part" if how == "stem" else how
                )
                concept.term("parts", token, weight * compound)

    def _parts(self, concept: Concept, asked: str) -> None:
        parts = self.lexicon.parts(asked)
        for number in parts:
            token = self.lexicon.stems[number]
            if is_weightless(token) or len(token) < 3:
                continue
            self._stem(
                concept, token, 1.0, "part", self.weights.part, self.weights.cousin
            )
        if len(parts) >= 2:
            concept.phrases.append(
                (
                    parts[:2],
                    self.weights.joined,
                    " ".join(self.lexicon.stems[p] for p in parts[:2]),
                    "part",
                )
            )

    def _synonyms(self, concept: Concept, key: tuple[str, ...]) -> None:
        self._put_synonyms(concept, self.thesaurus.of(key))

    def _put_synonyms(
        self, concept: Concept, synonyms: Iterable[Synonym], share: float = 1.0
    ) -> None:
        for synonym in synonyms:
            weight = synonym.weight * self.weights.synonym * share
            if len(synonym.stems) == 1:
                self._stem(
                    concept,
                    synonym.stems[0],
                    weight,
                    synonym.how,
                    1.0,
                    self.weights.synonym_compound,
                )
                continue
            numbers = [self.lexicon.stem_number.get(s) for s in synonym.stems]
            if all(n is not None for n in numbers):
                phrase = tuple(n for n in numbers if n is not None)
                if len(concept.phrases) < MAX_PHRASES and all(
                    phrase != known for known, _, _, _ in concept.phrases
                ):
                    concept.phrases.append((phrase, weight, synonym.text, synonym.how))

    def _join(
        self, first: str, second: str, left: Concept | None, right: Concept | None
    ) -> None:
        """wijk team asked, wijkteam found."""
        for link in ("", *LINKS):
            token = stem(first + link + second)
            if token in self.lexicon.stem_number and len(first) > 2 and len(second) > 2:
                for concept in (left, right):
                    if concept is not None:
                        self._stem(
                            concept,
                            token,
                            1.0,
                            "part",
                            self.weights.joined,
                            self.weights.compound,
                        )

    def _spelling(self, concept: Concept, asked: str, known: bool) -> None:
        if not known:
            for word, likeness in self.speller.corrections(asked):
                number = int(self.lexicon.word_stem[word])
                weight = self.weights.spelling * likeness
                self._stem(
                    concept,
                    self.lexicon.stems[number],
                    weight,
                    "spelling",
                    1.0,
                    self.weights.compound,
                )
                concept.corrected = concept.corrected or self.lexicon.words[word]
                if likeness > 0.8:
                    self._synonyms(concept, (self.lexicon.stems[number],))
        if self.weights.kin:
            for word, likeness in self.speller.kin(asked):
                concept.add([word], self.weights.kin * likeness, "stem")
                concept.term(
                    "body",
                    self.lexicon.stems[int(self.lexicon.word_stem[word])],
                    self.weights.kin * likeness,
                )
