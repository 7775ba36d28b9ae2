"""What else says the same as a word that was asked.

Inflections, compounds, parts in a row, synonyms, translations.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kb.dutch.analysis import is_weightless
from kb.dutch.bilingual import translations
from kb.dutch.compounds import LINKS
from kb.dutch.fold import folded_word
from kb.dutch.stem import ENDING, ENDINGS, function_words, stem
from kb.dutch.synonyms import Phrase, Synonym, Thesaurus, phrase_of
from kb.dutch.wordlist import is_english, is_word
from kb.search.index.lexicon import Lexicon
from kb.search.question.concepts import (
    COMPOUND,
    EXACT,
    INFLECTION,
    PREFIX,
    SPELLING,
    TRANSLATION,
    Concept,
    Run,
)
from kb.search.question.spelling import Speller

MAX_PREFIX = 200  # words that a star stands for
MAX_RUNS = 16
LIGHTEST = 0.12  # a lighter word finds nothing by itself; it counts where others found
SHORTEST_PART = 3  # letters of a word that may join another
USUAL = 1e-6  # share of running text from which a word is no misspelled one
SURE = 0.8  # likeness from which a correction brings its synonyms too


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a word counts that is not the one asked (docs/quality/search.md)."""

    inflection: float = 0.95
    compound: float = 0.6  # asked is a part of the word found
    joined: float = (
        0.9  # asked in two words, found in one, and the other way round
    )
    synonym: float = 0.5  # times the weight in the thesaurus
    expression: float = (
        0.6  # of what stands for several words, for each of them
    )
    translation: float = (
        0.8  # of the weight of a synonym, by a general dictionary
    )
    spelling: float = 0.8
    prefix: float = 1.0


@dataclass
class Expander:
    """Makes concepts for one collection."""

    lexicon: Lexicon
    thesaurus: Thesaurus
    speller: Speller
    municipalities: Sequence[str] = ()  # those the collection knows
    passages: int = 1  # of the collection
    weights: Weights = field(default_factory=Weights)
    english: bool = False  # the question is

    def contraries(self, words: Iterable[str]) -> frozenset[Phrase]:
        """What says the contrary of one of these words, and so stands for none of them, but
        for a contrary that is asked too.
        """
        asked = [(stem(word),) for word in words if word]
        opposite = {
            phrase_of(other)
            for phrase in asked
            for other in self.thesaurus.opposite_of(phrase)
        }
        names = {
            synonym.stems
            for phrase in opposite.intersection(asked)
            for synonym in self.thesaurus.of(phrase)
        }
        return frozenset(opposite - names)

    def concept(
        self, asked: str, contraries: frozenset[Phrase] = frozenset()
    ) -> Concept:
        """The concept of one folded word.

        Args:
            asked: the word.
            contraries: of all words of the question.
        """
        concept = Concept(asked, contraries=contraries, english=self.english)
        token = stem(asked)
        self._inflections(concept, token, self.weights.inflection, INFLECTION)
        self._compounds(concept, token, self.weights.compound, COMPOUND)
        own = self.lexicon.number.get(asked)
        if own is not None:
            concept.add([own], 1.0, EXACT)
        if asked in self._places:
            self._place(concept, self._places[asked])
        if asked in function_words():
            self._function_words(concept, asked)
        self._parts_in_a_row(concept, asked)
        synonyms = self.thesaurus.of((token,))
        self._other_words(concept, synonyms)
        unknown = token not in self.lexicon.stem_number and not synonyms
        if unknown and not self._translations(concept, asked):
            self._corrections(concept, asked)
        return concept

    def prefix(self, asked: str) -> Concept:
        """The concept of a word with a star behind it.

        The most frequent that begin so.
        """
        concept = Concept(asked + "*")
        found = (
            self.lexicon.with_prefix(asked, MAX_PREFIX)
            if len(asked) > 1
            else []
        )
        concept.add(found, self.weights.prefix, PREFIX)
        stems = self.lexicon.word_stem[found].tolist() if found else []
        for number in dict.fromkeys(stems):
            for name in ("body", "section"):
                concept.look_up(
                    name, [self.lexicon.stems[number]], 1.0, PREFIX
                )
        return concept

    def expressions(
        self, words: Sequence[str], concepts: Sequence[Concept | None]
    ) -> None:
        """Let what stands for several words in a row stand for each of them.

        swt for sociaal wijkteam, wijkteam for wijk team.

        Args:
            words: the folded words beside each other; "" where something else stood.
            concepts: those of the words, None for a word without weight.
        """
        stems = [stem(word) for word in words]
        for start in range(len(words) - 1):
            self._one_word_for_two(
                words[start : start + 2], concepts[start : start + 2]
            )
            longest = min(len(words), start + self.thesaurus.longest)
            for end in range(start + 2, longest + 1):
                found = self.thesaurus.of(tuple(stems[start:end]))
                for concept in concepts[start:end]:
                    if concept is not None:
                        self._other_words(
                            concept, found, self.weights.expression
                        )

    def _inflections(
        self, concept: Concept, token: str, weight: float, how: str
    ) -> None:
        """Words with this stem."""
        number = self.lexicon.stem_number.get(token)
        if number is None:
            return
        concept.add(self.lexicon.words_of_stem(number), weight, how)
        if weight > LIGHTEST:
            for name in ("body", "section"):
                concept.look_up(name, [token], weight, how)

    @cached_property
    def _places(self) -> dict[str, int]:
        """Folded names of one word of municipalities, to their numbers."""
        names = enumerate(self.municipalities)
        return {
            folded_word(name): number
            for number, name in names
            if name.isalpha()
        }

    def _place(self, concept: Concept, number: int) -> None:
        """A passage that is about a municipality holds its name, wherever it stands."""
        concept.place = number
        name = self.municipalities[number]
        concept.look_up("municipality", [name], 1.0, EXACT)

    def _function_words(self, concept: Concept, asked: str) -> None:
        """Function words that are the one asked but for its ending: werd, werden.

        They have no stem in common, so that no other word gets it.
        """
        bare = ENDING.sub("", asked)
        for other in (bare, *(bare + ending for ending in ENDINGS)):
            if other != asked and other in function_words():
                self._inflections(
                    concept, other, self.weights.inflection, INFLECTION
                )

    def _compounds(
        self, concept: Concept, token: str, weight: float, how: str
    ) -> None:
        """Words that have this stem as a part."""
        number = self.lexicon.stem_number.get(token)
        if number is None or not weight:
            return
        found = self.lexicon.words_with_part(number)
        if len(found):
            concept.add(found, weight, how)
            concept.look_up("parts", [token], weight, how)

    def _parts_in_a_row(self, concept: Concept, asked: str) -> None:
        """wijkteam asked, wijk team found."""
        parts = self.lexicon.parts(asked)
        tokens = [self.lexicon.stems[part] for part in parts]
        if len(parts) != 2 or any(map(is_weightless, tokens)):
            return
        weight = self.weights.joined
        concept.runs.append(Run(parts, weight, " ".join(tokens), COMPOUND))
        concept.look_up("body", tokens, weight, COMPOUND)

    def _one_word_for_two(
        self, words: Sequence[str], concepts: Sequence[Concept | None]
    ) -> None:
        """wijk team asked, wijkteam found."""
        first, second = words
        if min(len(first), len(second)) < SHORTEST_PART:
            return
        for link in ("", *LINKS):
            token = stem(first + link + second)
            for concept in concepts:
                if concept is not None and token in self.lexicon.stem_number:
                    self._inflections(
                        concept, token, self.weights.joined, COMPOUND
                    )
                    self._compounds(
                        concept, token, self.weights.compound, COMPOUND
                    )

    def _other_words(
        self, concept: Concept, synonyms: Iterable[Synonym], share: float = 1.0
    ) -> None:
        for synonym in synonyms:
            if synonym.stems in concept.contraries:
                continue
            weight = synonym.weight * self.weights.synonym * share
            if len(synonym.stems) == 1:
                self._inflections(
                    concept, synonym.stems[0], weight, synonym.how
                )
            else:
                self._run(concept, synonym, weight)

    def _run(self, concept: Concept, synonym: Synonym, weight: float) -> None:
        numbers = [
            self.lexicon.stem_number.get(token) for token in synonym.stems
        ]
        stems = tuple(number for number in numbers if number is not None)
        known = any(run.stems == stems for run in concept.runs)
        if (
            len(stems) == len(numbers)
            and not known
            and len(concept.runs) < MAX_RUNS
        ):
            concept.runs.append(Run(stems, weight, synonym.text, synonym.how))

    def _translations(self, concept: Concept, asked: str) -> bool:
        """Dutch words for an English one; whether the collection has any."""
        for word in translations(asked):
            weight = self.weights.synonym * self.weights.translation
            self._inflections(
                concept, stem(folded_word(word)), weight, TRANSLATION
            )
        return bool(concept.groups)

    def _corrections(self, concept: Concept, asked: str) -> None:
        """Words of the collection that a misspelled word may stand for."""
        if is_english(asked) or is_word(asked, USUAL):
            return
        for word, likeness in self.speller.corrections(asked):
            token = self.lexicon.stems[int(self.lexicon.word_stem[word])]
            weight = self.weights.spelling * likeness
            self._inflections(concept, token, weight, SPELLING)
            self._compounds(
                concept, token, self.weights.compound * weight, SPELLING
            )
            concept.corrected = concept.corrected or self.lexicon.words[word]
            if likeness > SURE:
                self._other_words(concept, self.thesaurus.of((token,)))
