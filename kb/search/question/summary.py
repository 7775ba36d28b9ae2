"""The question said back.

Which other words stand for those asked, and what a misspelled one is taken for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from kb.dutch.analysis import WORD
from kb.dutch.fold import folded_word
from kb.search.index.lexicon import Lexicon
from kb.search.question.concepts import COMPOUND, EXACT, INFLECTION, Concept

MOST = 8  # other words said for one that was asked


def best_expansions(concept: Concept, lexicon: Lexicon) -> tuple[str, ...]:
    """Words other than inflections that stand for a concept, heaviest first."""
    found = [
        (-run.weight, 0, run.text)
        for run in concept.runs
        if run.how != COMPOUND
    ]
    for group in concept.groups:
        if group.how in (EXACT, INFLECTION):
            continue
        counts = lexicon.word_count[group.words]
        for place in np.argsort(-counts, kind="stable")[:MOST].tolist():
            word = lexicon.words[int(group.words[place])]
            found.append((-group.weight, -int(counts[place]), word))
    return tuple(dict.fromkeys(word for _, _, word in sorted(found)))[:MOST]


def did_you_mean(
    text: str,
    concepts: Sequence[Concept],
    spelled_as: Callable[[str], str] = str,
) -> str | None:
    """The question with misspelled words replaced; None when there is nothing to replace.

    Args:
        text: the question as typed.
        concepts: those of its words.
        spelled_as: how the texts spell a folded word.
    """
    corrected = {
        c.asked: spelled_as(c.corrected) for c in concepts if c.corrected
    }
    if not corrected:
        return None
    return WORD.sub(
        lambda found: corrected.get(folded_word(found.group()), found.group()),
        text,
    )
