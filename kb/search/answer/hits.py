"""From the rows of a page to hits.

The sentences that answer, what is marked in them, and why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from kb.records import Passage
from kb.search.answer.paging import Placed
from kb.search.answer.snippets import (
    Known,
    marks,
    phrase_spans,
    snippet,
    why,
)
from kb.search.index.candidates import Passages
from kb.search.index.lexicon import Ints
from kb.search.question.concepts import PHRASE
from kb.search.question.planning import Question
from kb.search.request import Hit, Match
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
    alike = _alike(store, collection, rows)
    if not snippets:
        return tuple(
            _plain(passages[id], placed, alike)
            for placed, id in zip(page, ids, strict=True)
            if id in passages
        )
    known = _known(collection, question, rows)
    found = []
    for placed, id in zip(page, ids, strict=True):
        if id in passages:
            plain = _plain(passages[id], placed, alike)
            found.append(_told(plain, passages[id], known, question.phrases))
    return tuple(found)


def _known(collection: Passages, question: Question, rows: Ints) -> Known:
    """Words of these rows that matched: folded word to weight, how and asked."""
    lexicon = collection.lexicon
    held = collection.gather(rows)
    texts = (held.bodies, held.sections.texts)
    numbers = np.unique(np.concatenate([text.words for text in texts]))
    known: dict[str, tuple[float, str, str]] = {}
    for concept in question.scored:
        for place, weight, how in concept.reasons(numbers):
            word = lexicon.words[int(numbers[place])]
            if weight > known.get(word, (0.0, "", ""))[0]:
                known[word] = (weight, how, concept.asked)
    return known


def _alike(
    store: Store, collection: Passages, rows: Ints
) -> Mapping[str, tuple[str, ...]]:
    """By passage its near-duplicates, whether they were found or not."""
    grouped = rows[collection.groups_of(rows) >= 0]
    return store.near_duplicates(collection.ids_of(grouped))


def _plain(
    passage: Passage,
    placed: Placed,
    alike: Mapping[str, tuple[str, ...]],
) -> Hit:
    """A hit without what matched in it."""
    return Hit(
        passage.id,
        passage.document,
        round(placed.score, SCORE_DIGITS),
        passage.page,
        passage.label,
        passage.text,
        also_in=alike.get(passage.id, ()),
        direct=placed.direct,
    )


def _told(
    plain: Hit,
    passage: Passage,
    known: Known,
    phrases: Sequence[tuple[tuple[str, ...], int]],
) -> Hit:
    """A hit with the sentences that answer, what is marked in them, and why."""
    text, above = passage.text, " › ".join(passage.section)
    quoted = [
        (span, " ".join(words))
        for words, slop in phrases
        for span in phrase_spans(text, words, slop)
    ]
    runs = [span for span, _ in quoted]
    apart = [mark for mark in marks(text, known) if not _within(mark, runs)]
    found = sorted([*apart, *((*span, 1.0) for span in runs)])
    reasons = tuple(
        Match(words, text[start:end], PHRASE, "text")
        for (start, end), words in dict(quoted).items()
    )
    reasons += why(apart, text, known)
    reasons += why(marks(above, known), above, known, "section")
    return replace(plain, snippet=snippet(text, found), explain=reasons)


def _within(
    mark: tuple[int, int, float], spans: Sequence[tuple[int, int]]
) -> bool:
    """Whether a marked word stands in one of these spans."""
    return any(start <= mark[0] < end for start, end in spans)
