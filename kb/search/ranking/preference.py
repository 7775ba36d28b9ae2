"""Is this passage the sort of answer that was asked for? A factor on its score.

1.0 or more.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kb.search.index.candidates import Candidates, Passages
from kb.search.index.forward_index import Rows
from kb.search.index.lexicon import Ints, Lexicon
from kb.search.question.concepts import Concept
from kb.search.question.intents import Intent, sorts
from kb.search.ranking.bm25f import Formula, Scores

Mask = npt.NDArray[np.bool_]
NAMED = 0.9  # weight from which a word is the one asked, not another for it
SIGNS_HALF = 2.0  # signs at which half the most is given
CLOSE = 2  # signs that one close to the word asked counts for
NUMBERS_HALF = 2.0  # numbers at which half the most is given


def preference(
    collection: Passages,
    found: Candidates,
    intent: Intent,
    formula: Formula,
    concepts: Sequence[Concept] = (),
) -> Scores:
    """Factor by which each candidate is the sort of answer that was asked for."""
    factor = 1 + formula.theme * theme_match(collection, found, intent)
    if intent.kinds:
        factor += formula.kind * kind_match(collection, found.kinds, intent)
    if intent.sorts:
        asked = _named(collection, concepts, intent)
        factor += formula.signs * sign_match(
            collection, found.bodies, intent, asked
        )
    if intent.numbers:
        factor += formula.numbers * number_match(collection, found.bodies)
    return factor


def _named(
    collection: Passages, concepts: Sequence[Concept], intent: Intent
) -> list[Mask]:
    """For each concept but cues, which word numbers are it or an inflection of it."""
    found = []
    for concept in concepts:
        if concept.asked not in intent.cues:
            words, weights = concept.weighted()
            named = np.zeros(len(collection.lexicon.words), np.bool_)
            named[words[weights >= NAMED]] = True
            found.append(named)
    return found


def kind_match(collection: Passages, kinds: Ints, intent: Intent) -> Scores:
    """1.0 for those of a wanted kind, else 0.0."""
    wanted = [kind in intent.kinds for kind in collection.names.kinds] or [
        False
    ]
    return np.array(wanted, np.float64)[kinds]


def number_match(collection: Passages, bodies: Rows) -> Scores:
    """A saturated count (0..1) of the numbers in each passage."""
    numbers = bodies.owners[collection.lexicon.is_number[bodies.words]]
    held = np.bincount(numbers, minlength=len(bodies))
    return np.asarray(held / (held + NUMBERS_HALF))


def sign_match(
    collection: Passages,
    bodies: Rows,
    intent: Intent,
    asked: Sequence[Mask] | None = None,
) -> Scores:
    """A saturated count (0..1) of the signs, in each passage, of the sort of answer wanted.

    Args:
        collection: for the words.
        bodies: the passages.
        intent: the sorts of answer wanted.
        asked: for each concept asked, by word number whether it is it; a sort that is told
            `near` what it is about (a definition) counts only signs close to all of them, or
            where no passage has such, to one.
    """
    close = frozenset(name for name in intent.sorts if "near" in sorts()[name])
    anywhere = _signs(collection.lexicon, intent.sorts - close)[bodies.words]
    held = np.bincount(bodies.owners[anywhere], minlength=len(bodies))
    for name in close:
        at = _signs(collection.lexicon, frozenset({name}))[bodies.words]
        if asked:
            reach = sorts()[name]["near"]
            at = _close_to_all(
                at, [one[bodies.words] for one in asked], bodies, reach
            )
        held += CLOSE * np.bincount(bodies.owners[at], minlength=len(bodies))
    return np.asarray(held / (held + SIGNS_HALF))


def _close_to_all(
    at: Mask, asked: Sequence[Mask], bodies: Rows, reach: int
) -> Mask:
    """Which of these places are close to all that is asked, or where none is, to a part."""
    close = [at & within(one, bodies, reach) for one in asked]
    together = close[0].copy()
    either = close[0].copy()
    for one in close[1:]:
        together &= one
        either |= one
    return together if together.any() else either


def defines(
    collection: Passages,
    rows: Ints,
    intent: Intent,
    concepts: Sequence[Concept],
) -> Mask:
    """Which rows define what was asked.

    They have the words of one close to all that is asked; of one word, a definition by kind that
    names it is enough.
    """
    found, wanted = collection.gather(rows), Intent(frozenset({"definition"}))
    asked = _named(collection, concepts, intent)
    named = np.ones(len(rows), np.bool_)
    for one in asked:
        holders = found.owners[one[found.bodies.words]]
        named &= np.isin(np.arange(len(rows)), holders)
    is_definition = kind_match(collection, found.kinds, wanted) > 0
    if len(asked) > 1:
        is_definition[:] = False  # of several words it may define another
    at = _signs(collection.lexicon, wanted.sorts)[found.bodies.words]
    for one in asked:
        reach = sorts()["definition"]["near"]
        at &= within(one[found.bodies.words], found.bodies, reach)
    near = np.bincount(found.bodies.owners[at], minlength=len(rows)) > 0
    return named & (near | is_definition)


def _signs(lexicon: Lexicon, names: frozenset[str]) -> Mask:
    """Which word numbers are signs of one of these sorts of answer."""
    found = np.zeros(len(lexicon.words), np.bool_)
    for sign in (
        sign
        for name in names
        for sign in sorts()[name].get("signs", "").split()
    ):
        if sign.endswith("*"):
            found[lexicon.with_prefix(sign[:-1], len(lexicon.words))] = True
        elif sign in lexicon.number:
            found[lexicon.number[sign]] = True
    return found


def within(marked: Mask, bodies: Rows, reach: int) -> Mask:
    """Which places stand at most `reach` words from a marked one in the same text."""
    if not marked.any():
        return marked
    places, every = np.flatnonzero(marked), np.arange(len(marked))
    after = np.searchsorted(places, every)
    following = places[np.minimum(after, len(places) - 1)]
    preceding = places[np.maximum(after - 1, 0)]
    found = np.zeros(len(marked), np.bool_)
    for neighbour in (following, preceding):
        near = np.abs(neighbour - every) <= reach
        found |= near & (bodies.owners[neighbour] == bodies.owners[every])
    return found


def theme_match(
    collection: Passages, found: Candidates, intent: Intent
) -> Scores:
    """How far the themes of each candidate are those wanted, 0..1."""
    taken = found.themes
    if not intent.themes or not len(taken.words):
        return np.zeros(len(found))
    themes = collection.names.themes
    weights = np.array([intent.themes.get(theme, 0.0) for theme in themes])
    values = weights[taken.words] * found.theme_scores
    matched = np.bincount(taken.owners, weights=values, minlength=len(found))
    return np.asarray(matched / max(1.0, sum(intent.themes.values())))
