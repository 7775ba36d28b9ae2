"""Every word of a query as a concept: what finds it, and what holds it itself.

Walks the tree of a query as parsed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.dutch.analysis import is_weightless
from kb.dutch.stem import stem
from kb.dutch.synonyms import Phrase as Stems
from kb.search.query_tree import (
    And,
    AtLeast,
    Group,
    Must,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Term,
    flattened,
    joined,
)
from kb.search.question.concepts import Concept
from kb.search.question.expansion import Expander
from kb.search.question.intents import Intent

CUE_IMPORTANCE = 0.7  # of a word that only says what sort of answer is wanted
PHRASE_BOOST = 2.0
LOOSE = 0.05  # importance of the words of a phrase where they stand apart: they order ties
SHORTEST_LOOSE = (
    2  # letters of a word that a phrase may be found without its order by
)
ALL_OF_PHRASE = (
    2  # telling words up to which a phrase is related only with all of them
)
QuotedPhrase = tuple[tuple[str, ...], int]  # folded words, slop


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a question in terms of an engine."""

    wide: Node
    narrow: Node
    telling: bool = True


class Planner:
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

    def part(self, node: Node, outermost: bool = True) -> Part | None:
        """The node in terms of an engine; None where it carries nothing."""
        match node:
            case Not(inner):
                excluded = self._exclusion(inner)
                return (
                    None
                    if excluded is None
                    else Part(Not(excluded), Not(excluded))
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
    ) -> list[Part]:
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
                out.append(Part(concept.node(), narrow, concept.telling))
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

    def _other(self, node: Node, outermost: bool) -> Part | None:
        match node:
            case Prefix(text):
                concept = self.expander.prefix(text)
                self.concepts.append(concept)
                return Part(concept.node(), concept.node())
            case Phrase(_, words, slop):
                return self._phrase(words, slop)
            case _:
                return self.part(node, outermost)

    def _phrase(self, words: tuple[str, ...], slop: int) -> Part:
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
            return Part(either, either)
        apart = [
            replace(self.expander.concept(word), importance=LOOSE)
            for word in words
            if not is_weightless(word)
        ]
        self.loose += apart
        least = max(min(len(apart), ALL_OF_PHRASE), len(apart) - 1)
        together = AtLeast(least, tuple(concept.node() for concept in apart))
        return Part(Or((exact, together)) if apart else exact, exact)

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


def _alternatives(parts: list[Part]) -> Part | None:
    """Words beside each other: a direct hit holds enough of the telling ones."""
    found = _grouped(Or, parts)
    telling = tuple(p.narrow for p in parts if p.telling) or tuple(
        p.narrow for p in parts
    )
    if found is None or len(telling) == 1:
        return found and Part(found.wide, telling[0])
    return Part(found.wide, AtLeast(len(telling), telling))


def _grouped(group: Group, parts: list[Part]) -> Part | None:
    """The parts as one, both wide and narrow."""
    wide = joined(group, [part.wide for part in parts])
    narrow = joined(group, [part.narrow for part in parts])
    return None if wide is None or narrow is None else Part(wide, narrow)
