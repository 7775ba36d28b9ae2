"""From the rows of a page to hits.

The sentences that answer, what is marked in them, and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kb.records import Passage
from kb.search.answer.paging import Placed
from kb.search.answer.snippets import Known, marks, snippet, why
from kb.search.index.candidates import Passages
from kb.search.index.lexicon import Ints
from kb.search.question.concepts import PHRASE
from kb.search.question.planning import Question
from kb.search.request import Hit
from kb.store import Store

SCORE_DIGITS = 4


def hits(
    store: Store,
    collection: Passages,
    page: Sequence[Placed],
    question: Question,
    snippets: bool,
) -> tuple[Hit, ...]:
    """The hits of a page in its order."""
    rows = np.array([placed.row for placed in page], np.int64)
    ids = collection.ids_of(rows)
    passages = {passage.id: passage for passage in store.passages(ids=ids)}
    known = _known(collection, question, rows) if snippets else {}
    found = []
    for placed, id in zip(page, ids, strict=True):
        if id in passages:
            found.append(_hit(passages[id], placed, known, snippets))
    return tuple(found)


def _known(collection: Passages, question: Question, rows: Ints) -> Known:
    """Words of these rows that matched: folded word to weight, how and asked."""
    lexicon = collection.lexicon
    held = collection.gather(rows)
    texts = (held.bodies, held.sections.texts)
    numbers = np.unique(np.concatenate([text.words for text in texts]))
    known: dict[str, tuple[float, str, str]] = {}
    for concept in question.concepts:
        for place, weight, how in concept.reasons(numbers):
            word = lexicon.words[int(numbers[place])]
            if weight > known.get(word, (0.0, "", ""))[0]:
                known[word] = (weight, how, concept.asked)
    for phrase, _ in question.phrases:
        known |= dict.fromkeys(phrase, (1.0, PHRASE, " ".join(phrase)))
    return known


def _hit(
    passage: Passage, placed: Placed, known: Known, snippets: bool
) -> Hit:
    plain = Hit(
        passage.id,
        passage.document,
        round(placed.score, SCORE_DIGITS),
        passage.page,
        passage.label,
        passage.text,
        also_in=placed.also_in,
        direct=placed.direct,
    )
    if not snippets:
        return plain
    found = marks(passage.text, known)
    above = " › ".join(passage.section)
    reasons = why(found, passage.text, known)
    reasons += why(marks(above, known), above, known, "section")
    return replace(
        plain, snippet=snippet(passage.text, found), explain=reasons
    )
