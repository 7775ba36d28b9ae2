"""From a query as parsed to what engines and the ranking need.

A planned question has two trees over the fields of an engine: `wide` finds all that is direct
or related, `direct(n)` what holds at least n of the words asked themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from kb.dutch.analysis import is_weightless, tokens
from kb.dutch.stem import stem
from kb.dutch.synonyms import phrase_of
from kb.dutch.wordlist import is_in_english
from kb.search.query_tree import (
    And,
    AtLeast,
    Every,
    Must,
    Node,
    Nothing,
    Or,
    Term,
)
from kb.search.question.concepts import Concept
from kb.search.question.expansion import Expander
from kb.search.question.intents import Intent, ThemeReader, intent_of
from kb.search.question.long_text import most_telling
from kb.search.question.parsing import OR_TYPED, Query, Values
from kb.search.question.summary import best_expansions
from kb.search.question.tree_walk import Part, Planner, QuotedPhrase
from kb.search.request import Reading

MOST_OPPOSITES = 3  # told of a word


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
    any_of: bool = False  # one of the words beside each other is enough

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
    unquoted = query.text.replace('"', "")  # wat is "eigen kracht"
    intent = intent_of(words, unquoted, themes)
    expander = replace(expander, english=is_in_english(words))
    planner = Planner(expander, intent, keep_all=False)
    found = planner.part(tree)
    if found is None:
        planner = Planner(expander, intent, keep_all=True)
        found = planner.part(tree) or Part(Nothing(), Nothing())
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
        _any_of(query),
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
    query: Query, planner: Planner, wide: Node, filters: Values
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
        # The small words of a question that asks as a whole do count: they ask.
        ignored=(
            ()
            if planner.intent.worded
            else tuple(dict.fromkeys(planner.ignored))
        ),
        filters=filters,
        sorts=tuple(sorted(planner.intent.sorts)),
        expansions=_expansions(planner),
        opposites=_opposites(planner),
        operator=_operator(query, wide),
        literal=query.literal,
        notes=tuple(notes),
    )


def _expansions(planner: Planner) -> dict[str, Any]:
    """Word asked → what stands for it too, for words that have that."""
    lexicon = planner.expander.lexicon
    found = ((c.asked, best_expansions(c, lexicon)) for c in planner.concepts)
    return {asked: others for asked, others in found if others}


def _opposites(planner: Planner) -> dict[str, Any]:
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
    return "any" if _any_of(query) else "or"


def _any_of(query: Query) -> bool:
    """Whether one of the words was said to be enough, also within `druk EN (x OF y)`."""
    return OR_TYPED.search(query.text) is not None


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
