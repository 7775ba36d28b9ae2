"""Which candidates hold what was asked itself, and how closely?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kb.dutch.stem import ENDING, stem
from kb.search.index.candidates import Candidates, Passages
from kb.search.index.lexicon import Ints, Lexicon
from kb.search.question.concepts import (
    EXACT,
    INFLECTION,
    PREFIX,
    SPELLING,
    Concept,
)
from kb.search.ranking.candidates import about, run_places

Mask = npt.NDArray[np.bool_]


NAMED = frozenset(
    {EXACT, INFLECTION, SPELLING, PREFIX}
)  # ways to hold the word itself


def coverage(
    collection: Passages,
    found: Candidates,
    concepts: Sequence[Concept],
) -> Ints:
    """How many of the concepts each candidate holds, in its text or heading."""
    held = np.zeros(len(found), np.int64)
    for concept in concepts:
        held += holds(collection, found, concept.direct())
    return held


def holds_phrase(
    collection: Passages, found: Candidates, words: Sequence[str], slop: int
) -> Mask:
    """Which candidates hold these words in a row, in any of their forms."""
    lexicon = collection.lexicon
    stems = [lexicon.stem_number.get(stem(word), -1) for word in words]
    held = np.zeros(len(found), np.bool_)
    places = run_places(
        lexicon.word_stem[found.bodies.words], found.owners, stems, slop
    )
    held[found.owners[places]] = True
    heads = found.sections
    places = run_places(
        lexicon.word_stem[heads.texts.words], heads.owners, stems, slop
    )
    titled = np.zeros(len(heads.texts), np.bool_)
    titled[heads.owners[places]] = True
    return held | titled[heads.of]


def holds(collection: Passages, found: Candidates, concept: Concept) -> Mask:
    """Which candidates hold a concept in any of its ways, in their text or heading."""
    words = np.zeros(len(collection.lexicon.words), np.bool_)
    for group in concept.groups:
        words[group.words] = True
    held = _hold_words(found, words)
    if concept.place is not None:
        held |= about(found, concept.place)
    if concept.runs:
        stems = collection.lexicon.word_stem[found.bodies.words]
        for run in concept.runs:
            held[found.owners[run_places(stems, found.owners, run.stems)]] = (
                True
            )
    return held


def _hold_words(found: Candidates, words: Mask) -> Mask:
    """Which candidates have one of these words in their text or heading."""
    held = np.zeros(len(found), np.bool_)
    places = np.flatnonzero(words.take(found.bodies.words))
    held[found.owners[places]] = True
    heads = found.sections
    section = np.zeros(len(heads.texts), np.bool_)
    section[heads.owners[words.take(heads.texts.words)]] = True
    return held | section[heads.of]


def closeness(
    collection: Passages, found: Candidates, concept: Concept
) -> Ints:
    """How far what each candidate holds is from the one word that was asked.

    0: the word itself; 1: with another ending of plural or adjective; 2: another inflection, what
    a misspelled word is taken for; 3: a compound; 4: only other words for it.
    """
    lexicon = collection.lexicon
    tiers = np.full(len(found), 4)
    named = concept.narrowed(NAMED.__contains__)
    tiers[holds(collection, found, concept.direct())] = 3
    tiers[holds(collection, found, named)] = 2
    for tier, numbers in (
        (1, _same_word(lexicon, concept)),
        (0, _itself(concept)),
    ):
        words = np.zeros(len(lexicon.words), np.bool_)
        words[numbers] = True
        tiers[_hold_words(found, words)] = tier
    return tiers


def _itself(concept: Concept) -> list[int]:
    """The number of the word that was typed."""
    exact = [group.words for group in concept.groups if group.how == EXACT]
    return [int(number) for words in exact for number in words]


def _same_word(lexicon: Lexicon, concept: Concept) -> list[int]:
    """Numbers of the words that are the one asked but for an ending of plural or adjective."""
    bare = ENDING.sub("", concept.asked)
    return [
        int(number)
        for group in concept.groups
        if group.how in (EXACT, INFLECTION)
        for number in group.words
        if ENDING.sub("", lexicon.words[int(number)]) == bare
    ]
