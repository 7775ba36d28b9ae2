"""From a query as parsed to what engines and the ranking need.

A planned question has two trees over the fields of an engine: `wide` finds all that is direct
or related, `direct(n)` what holds at least n of the words asked themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kb.dutch.analysis import is_weightless, tokens
from kb.dutch.stem import stem
from kb.dutch.synonyms import Phrase as Stems
from kb.dutch.synonyms import phrase_of
from kb.dutch.wordlist import is_in_english
from kb.search.query_tree import (
    And,
    AtLeast,
    Every,
    Group,
    Must,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Term,
    flattened,
    joined,
)
from kb.search.question.concepts import Concept
from kb.search.question.expansion import Expander
from kb.search.question.intents import Intent, ThemeReader, intent_of
from kb.search.question.long_text import most_telling
from kb.search.question.parsing import OR_TYPED, Query, Values
from kb.search.question.summary import best_expansions
from kb.search.request import Reading

CUE_IMPORTANCE = 0.7  # of a word that only says what sort of answer is wanted
PHRASE_BOOST = 2.0
LOOSE = 0.05  # importance of the words of a phrase where they stand apart: they order ties
SHORTEST_LOOSE = (
    2  # letters of a word that a phrase may be found without its order by
)
ALL_OF_PHRASE = (
    2  # telling words up to which a phrase is related only with all of them
)
MOST_OPPOSITES = 3  # told of a word
QuotedPhrase = tuple[tuple[str, ...], int]  # folded words, slop


@dataclass(frozen=True, slots=True)
class Question:
    """A question as planned.

    What finds passages, what ranks them, and how it was read.
    """

    wide: Node = field(default_factory=Every)
    narrow: Node = field(default_factory=Every)
    concepts: tuple[Concept, ...] = ()
    loose: tuple[Concept, ...] = ()  # words of phrases, wherever they stand
    phrases: tuple[QuotedPhrase, ...] = ()
    filters: Values = field(default_factory=dict)
    excluded_filters: Values = field(default_factory=dict)
    intent: Intent = field(default_factory=Intent)
    reading: Reading = field(default_factory=Reading)

    @property
    def ranked(self) -> bool:
        """Whether it holds anything to rank by."""
        return bool(self.concepts or self.phrases)

    @property
    def asks_nothing(self) -> bool:
        """Whether only filters were asked, or nothing at all."""
        return self.wide == Every()

    @property
    def scored(self) -> tuple[Concept, ...]:
        """Concepts that a passage is ranked and marked by."""
        return (*self.concepts, *self.loose)

    @property
    def telling(self) -> tuple[Concept, ...]:
        """Concepts that say what the question is about."""
        return tuple(concept for concept in self.concepts if concept.telling)

    @property
    def strict(self) -> bool:
        """Whether it asks for exact words, so that few passages may meet it."""
        all_of = self.reading.operator == "and" and len(self.concepts) > 1
        return bool(self.phrases) or all_of

    @property
    def any_of(self) -> bool:
        """Whether one of the words was said to be enough."""
        return self.reading.operator == "any"

    @property
    def parts(self) -> int:
        """How many parts a passage may hold of the words beside each other."""
        return _parts(self.narrow)

    def direct(self, least: int) -> Node:
        """What holds at least `least` of the words beside each other."""
        return _with_least(self.narrow, least)


def plan(
    query: Query,
    expander: Expander,
    filters: Values | None = None,
    themes: ThemeReader | None = None,
) -> Question:
    """Plan a query.

    A question of nothing but weightless words is searched by those words after all.

    Args:
        query: as parsed.
        expander: of the collection asked.
        filters: those of the query and of the request together; those of the query by default.
        themes: reads the themes of the question; None without frameworks.
    """
    filters = query.filters if filters is None else filters
    if query.tree is None:
        return _without_words(query, filters)
    lexicon, tree = expander.lexicon, query.tree
    tree, left_out = most_telling(tree, lexicon, expander.passages)
    words = [word for word in words_of(tree) if not is_weightless(word)]
    intent = intent_of(words, query.text, themes)
    expander = replace(expander, english=is_in_english(words))
    planner = _Planner(expander, intent, keep_all=False)
    found = planner.part(tree)
    if found is None:
        planner = _Planner(expander, intent, keep_all=True)
        found = planner.part(tree) or _Part(Nothing(), Nothing())
    planner.ignored += left_out
    planner.chosen = bool(left_out)
    return Question(
        found.wide,
        found.narrow,
        tuple(planner.concepts),
        tuple(planner.loose),
        tuple(planner.phrases),
        filters,
        query.excluded_filters,
        intent,
        _reading(query, planner, found.wide, filters),
    )


def words_of(node: Node) -> Iterator[str]:
    """The words of a query as read, left to right, exclusions left out."""
    match node:
        case Term(_, text):
            yield text
        case Must(first, second):
            yield from words_of(first)
            yield from words_of(second)
        case And(parts) | Or(parts):
            for part in parts:
                yield from words_of(part)


def _without_words(query: Query, filters: Values) -> Question:
    nothing = query.typed and not filters and not query.excluded_filters
    notes = (*query.notes, *(("query_no_words",) if nothing else ()))
    found: Node = Nothing() if nothing else Every()
    return Question(
        found,
        found,
        filters=filters,
        excluded_filters=query.excluded_filters,
        reading=Reading(filters=filters, literal=query.literal, notes=notes),
    )


def _reading(
    query: Query, planner: _Planner, wide: Node, filters: Values
) -> Reading:
    """How the question was understood."""
    notes = list(query.notes)
    if query.literal:
        notes.append("query_literal")
    if planner.chosen:
        notes.append("query_long")
    if any(concept.corrected for concept in planner.concepts):
        notes.append("query_corrected")
    return Reading(
        words=tuple(concept.asked for concept in planner.concepts),
        phrases=tuple(
            _as_typed(query.text, words) for words, _ in planner.phrases
        ),
        absent=tuple(
            concept.asked
            for concept in planner.concepts
            if concept.absent
            and not concept.translated
            and concept.asked not in planner.intent.cues
        ),
        excluded=tuple(planner.excluded),
        ignored=tuple(dict.fromkeys(planner.ignored)),
        filters=filters,
        sorts=tuple(sorted(planner.intent.sorts)),
        expansions=_expansions(planner),
        opposites=_opposites(planner),
        operator=_operator(query, wide),
        literal=query.literal,
        notes=tuple(notes),
    )


def _expansions(planner: _Planner) -> dict[str, Any]:
    """Word asked → what stands for it too, for words that have that."""
    lexicon = planner.expander.lexicon
    found = ((c.asked, best_expansions(c, lexicon)) for c in planner.concepts)
    return {asked: others for asked, others in found if others}


def _opposites(planner: _Planner) -> dict[str, Any]:
    """Word asked → its contraries, for words that have them and say what it is about.

    None where one of the contraries is asked itself.
    """
    opposite_of = planner.expander.thesaurus.opposite_of
    asked = {(stem(concept.asked),) for concept in planner.concepts}
    found = {}
    for concept in planner.concepts:
        others = opposite_of((stem(concept.asked),))
        both_asked = not asked.isdisjoint(map(phrase_of, others))
        is_cue = concept.asked in planner.intent.cues
        if others and not both_asked and not is_cue:
            found[concept.asked] = others[:MOST_OPPOSITES]
    return found


def _as_typed(text: str, words: tuple[str, ...]) -> str:
    """A phrase as it stands in the question between quotes, else its folded words."""
    for quoted in re.findall(r'"([^"]*)"', text):
        if tuple(token.folded for token in tokens(quoted)) == words:
            return str(quoted)
    return " ".join(words)


def _operator(query: Query, wide: Node) -> str:
    if isinstance(wide, And):
        return "and"
    return "any" if OR_TYPED.search(query.text) else "or"


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a question in terms of an engine."""

    wide: Node
    narrow: Node
    telling: bool = True


class _Planner:
    """Walks a tree as read, making concepts of its words."""

    def __init__(
        self, expander: Expander, intent: Intent, keep_all: bool
    ) -> None:
        self.expander, self.intent, self.keep_all = expander, intent, keep_all
        self.concepts: list[Concept] = []
        self.loose: list[Concept] = []
        self.phrases: list[QuotedPhrase] = []
        self.ignored: list[str] = []
        self.excluded: list[str] = []
        self.chosen = False  # the words were chosen from a long text

    def part(self, node: Node, outermost: bool = True) -> _Part | None:
        """The node in terms of an engine; None where it carries nothing."""
        match node:
            case Not(inner):
                excluded = self._exclusion(inner)
                return (
                    None
                    if excluded is None
                    else _Part(Not(excluded), Not(excluded))
                )
            case Must(first, second):
                must = self.part(first, False)
                # Its words are concepts to rank by; they need not be found.
                may = self.part(second, False)
                return must or may
            case And():
                return _grouped(
                    And, self._beside(flattened(node), And, outermost)
                )
            case Or():
                parts = self._beside(flattened(node), Or, False)
                return (
                    _alternatives(parts) if outermost else _grouped(Or, parts)
                )
            case _:
                parts = self._beside([node], Or, False)
                return parts[0] if parts else None

    def _beside(
        self, nodes: Sequence[Node], group: Group, outermost: bool
    ) -> list[_Part]:
        """The parts of a group; words in a row are seen together, for expressions.

        A word that is typed again asks nothing more.
        """
        nodes = list(dict.fromkeys(nodes))
        words = [node.text if isinstance(node, Term) else "" for node in nodes]
        contraries = self.expander.contraries(words)
        concepts = [
            self._concept(word, contraries) if word else None for word in words
        ]
        if group is Or:
            self.expander.expressions(words, concepts)
        out = []
        for node, concept in zip(nodes, concepts, strict=True):
            if concept is not None:
                narrow = concept.direct().node()
                out.append(_Part(concept.node(), narrow, concept.telling))
            elif not isinstance(node, Term) and (
                found := self._other(node, outermost)
            ):
                out.append(found)
        return out

    def _concept(
        self, word: str, contraries: frozenset[Stems]
    ) -> Concept | None:
        if is_weightless(word) and not self.keep_all:
            self.ignored.append(word)
            return None
        concept = self.expander.concept(word, contraries)
        if word in self.intent.cues:
            is_carried = word in self.intent.carried
            concept.importance = LOOSE if is_carried else CUE_IMPORTANCE
        if word in self.intent.signed:
            # Its synonyms are left to the signs of the sort of answer.
            concept = replace(concept.direct(), telling=False)
        self.concepts.append(concept)
        return concept

    def _other(self, node: Node, outermost: bool) -> _Part | None:
        match node:
            case Prefix(text):
                concept = self.expander.prefix(text)
                self.concepts.append(concept)
                return _Part(concept.node(), concept.node())
            case Phrase(_, words, slop):
                return self._phrase(words, slop)
            case _:
                return self.part(node, outermost)

    def _phrase(self, words: tuple[str, ...], slop: int) -> _Part:
        """Words in a row; what has most of them elsewhere is related: a quotation is often
        quoted a little otherwise.

        Of a name with figures or single letters the words say nothing by themselves; it
        may stand in a heading too, where the engine knows no order: ranking does.
        """
        self.phrases.append((words, slop))
        stems = tuple(map(stem, words))
        exact = Phrase("body", stems, slop, PHRASE_BOOST)
        if any(len(word) < SHORTEST_LOOSE or word.isdigit() for word in stems):
            heading = tuple(
                Term("section", one) for one in dict.fromkeys(stems)
            )
            either = Or((exact, And(heading)))
            return _Part(either, either)
        apart = [
            replace(self.expander.concept(word), importance=LOOSE)
            for word in words
            if not is_weightless(word)
        ]
        self.loose += apart
        least = max(min(len(apart), ALL_OF_PHRASE), len(apart) - 1)
        together = AtLeast(least, tuple(concept.node() for concept in apart))
        return _Part(Or((exact, together)) if apart else exact, exact)

    def _exclusion(self, node: Node) -> Node | None:
        """What must not be there: words and phrases as typed, not what they mean."""
        match node:
            case Term(_, word):
                if is_weightless(word):
                    self.ignored.append(word)
                    return None
                self.excluded.append(word)
                return Or(
                    (Term("body", stem(word)), Term("section", stem(word)))
                )
            case Prefix(text):
                return self.expander.prefix(text).node()
            case Phrase(_, words, slop):
                self.excluded.append(" ".join(words))
                return Phrase("body", tuple(map(stem, words)), slop)
            case Not(inner):
                found = self._exclusion(inner)
                return None if found is None else Not(found)
            case Must(first, _):
                return self._exclusion(first)
            case And(parts) | Or(parts):
                return joined(type(node), map(self._exclusion, parts))
        return None


def _alternatives(parts: list[_Part]) -> _Part | None:
    """Words beside each other: a direct hit holds enough of the telling ones."""
    found = _grouped(Or, parts)
    telling = tuple(p.narrow for p in parts if p.telling) or tuple(
        p.narrow for p in parts
    )
    if found is None or len(telling) == 1:
        return found and _Part(found.wide, telling[0])
    return _Part(found.wide, AtLeast(len(telling), telling))


def _grouped(group: Group, parts: list[_Part]) -> _Part | None:
    """The parts as one, both wide and narrow."""
    wide = joined(group, [part.wide for part in parts])
    narrow = joined(group, [part.narrow for part in parts])
    return None if wide is None or narrow is None else _Part(wide, narrow)


def _parts(node: Node) -> int:
    match node:
        case AtLeast(_, parts):
            return len(parts)
        case And(parts):
            return max(map(_parts, parts))
    return 1


def _with_least(node: Node, least: int) -> Node:
    match node:
        case AtLeast(_, parts):
            return AtLeast(least, parts)
        case And(parts):
            return And(tuple(_with_least(part, least) for part in parts))
    return node
