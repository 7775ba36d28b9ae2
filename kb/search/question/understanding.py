"""From a request to a planned question: filters said in words, somebody who must be named, the
plan, and which words no passage holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kb.dutch.analysis import words
from kb.dutch.fold import folded_word
from kb.search.filters import merged
from kb.search.query_tree import Node
from kb.search.question.concepts import Concept
from kb.search.question.expansion import Expander
from kb.search.question.implied import ImpliedFilters
from kb.search.question.intents import ThemeReader
from kb.search.question.parsing import read
from kb.search.question.planning import Question, plan
from kb.search.request import Implied, SearchRequest

PLACE_IMPORTANCE = 0.5  # of a place that is a filter already


@dataclass(frozen=True, slots=True)
class Understanding:
    """Understands questions to one collection.

    Attributes:
        implied: reads filters in words.
        expander: tells what stands for a word.
        themes: reads the themes of a question; None without frameworks.
        held: whether any passage meets a tree, which only an engine can tell.
    """

    implied: ImpliedFilters
    expander: Expander
    themes: ThemeReader | None
    held: Callable[[Node], bool]

    def of(self, request: SearchRequest) -> Question:
        """The question of a request as planned."""
        text, found = self.implied.read(request.query, request.as_words)
        # What the reader chose of a facet replaces what the question says of it.
        implied = tuple(
            one for one in found if one.facet not in request.filters
        )
        named = self.implied.named(text, request.as_words)
        query = read(named.strict if named else text)
        in_words = [{one.facet: one.values} for one in implied]
        filters = merged(request.filters, query.filters, *in_words)
        question = plan(query, self.expander, filters, self.themes)
        reading = replace(
            question.reading,
            implied=implied,
            named=named.name if named else "",
            absent=self._absent(question),
        )
        places = self._places(implied) if question.ranked else ()
        return replace(
            question, reading=reading, loose=(*question.loose, *places)
        )

    def asks_author(self, request: SearchRequest) -> bool:
        """Whether the question is nothing but the name of an author."""
        if "author" in request.as_words or "author" in request.filters:
            return False
        return self.implied.author_named(request.query)

    def of_author(self, request: SearchRequest) -> Question:
        """What an author wrote, said back as a filter that can be undone."""
        name = request.query.strip()
        of_author = {**request.filters, "author": (name,)}
        question = self.of(replace(request, query="", filters=of_author))
        implied = (Implied(name, "author", (name,)),)
        return replace(
            question, reading=replace(question.reading, implied=implied)
        )

    def _absent(self, question: Question) -> tuple[str, ...]:
        """Words that no passage holds, also those of which it may have had the parts in a
        row: *stem lokaal* for stemlokaal.
        """
        missing = {
            concept.asked
            for concept in question.concepts
            if concept.only_in_a_row and not self.held(concept.direct().node())
        }
        missing.update(question.reading.absent)
        return tuple(
            word for word in question.reading.words if word in missing
        )

    def _places(self, implied: Sequence[Implied]) -> tuple[Concept, ...]:
        """Places that filter in words: passages that name them stand before others."""
        names = [
            word
            for one in implied
            if one.facet == "municipality"
            for word in words(" ".join(one.values))
        ]
        return tuple(
            replace(
                self.expander.concept(folded_word(name)).direct(),
                importance=PLACE_IMPORTANCE,
            )
            for name in names
        )
