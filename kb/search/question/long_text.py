"""A pasted paragraph, a research question of five lines: which of its words say most?"""

from __future__ import annotations

from collections import Counter

import numpy as np

from kb.dutch.analysis import is_weightless
from kb.dutch.stem import stem
from kb.search.index.lexicon import Lexicon
from kb.search.query_tree import Node, Or, Term

LONG = 12  # words of weight above which the most telling are chosen


def most_telling(
    tree: Node, lexicon: Lexicon, passages: int
) -> tuple[Node, tuple[str, ...]]:
    """The tree with its most telling words, in their order, and the words left out.

    Only words beside each other are chosen from; what was typed with operators stays whole. A
    word tells more the rarer it is in the collection and the more often it is asked; one that the
    collection lacks tells nothing.

    Args:
        tree: a question as read.
        lexicon: of the collection.
        passages: how many the collection has.
    """
    if not isinstance(tree, Or) or not all(
        isinstance(part, Term) for part in tree.parts
    ):
        return tree, ()
    words = [part.text for part in tree.parts if isinstance(part, Term)]
    stems = {word: stem(word) for word in words if not is_weightless(word)}
    if len(set(stems.values())) <= LONG:
        return tree, ()
    counts = Counter(stems[word] for word in words if word in stems)
    value = {
        token: n * _rarity(token, lexicon, passages) for token, n in counts.items()
    }
    best = set(sorted(value, key=lambda token: -value[token])[:LONG])
    kept: list[str] = []
    for word in words:
        token = stems.get(word)
        if token in best and token not in map(stem, kept):
            kept.append(word)
    left = [word for word in dict.fromkeys(words) if word in stems and word not in kept]
    return Or(tuple(Term("text", word) for word in kept)), tuple(left)


def _rarity(token: str, lexicon: Lexicon, passages: int) -> float:
    number = lexicon.stem_number.get(token)
    if number is None:
        return 0.0
    return float(np.log(1 + passages / (lexicon.stem_df[number] + 0.5)))
