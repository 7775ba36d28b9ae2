"""A pasted paragraph, a research question of five lines.

Which of its words say most?
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from kb.dutch.analysis import is_weightless
from kb.dutch.stem import stem
from kb.dutch.wordlist import frequency
from kb.search.index.lexicon import Lexicon
from kb.search.query_tree import Node, Or, Term

# Share of running text that any word is taken to have in Dutch at large: below it a word is as
# often a chance as a term.
ELSEWHERE = 1e-5
LONG = 12  # words of weight above which the most telling are chosen


def most_telling(
    tree: Node, lexicon: Lexicon, passages: int
) -> tuple[Node, tuple[str, ...]]:
    """The tree with its most telling words, in their order, and the words left out.

    Only words beside each other are chosen from; what was typed with operators stays whole. A
    word tells more the rarer it is in the collection, the more often it is asked and the more
    usual it is here than in Dutch at large; one that the collection lacks tells nothing.

    Args:
        tree: a question as read.
        lexicon: of the collection.
        passages: how many the collection has.
    """
    words = _beside_each_other(tree)
    stems = {word: stem(word) for word in words if not is_weightless(word)}
    if len(set(stems.values())) <= LONG:
        return tree, ()
    best = _best(
        words, stems, lambda token: _telling(token, lexicon, passages)
    )
    first = {stems[word]: word for word in reversed(words) if word in stems}
    chosen = {first[token] for token in best}
    kept = [word for word in dict.fromkeys(words) if word in chosen]
    left = tuple(word for word in stems if word not in chosen)
    return Or(tuple(Term("text", word) for word in kept)), left


def _best(
    words: Sequence[str],
    stems: Mapping[str, str],
    telling: Callable[[str], float],
) -> list[str]:
    """The stems that tell most, each by what it tells times how often it is asked."""
    counts = Counter(stems[word] for word in words if word in stems)
    ranked = sorted(counts, key=lambda token: -counts[token] * telling(token))
    return ranked[:LONG]


def _beside_each_other(tree: Node) -> list[str]:
    """The words of a question that has nothing but words, else none."""
    parts = tree.parts if isinstance(tree, Or) else ()
    words = [part.text for part in parts if isinstance(part, Term)]
    return words if len(words) == len(parts) else []


def _telling(token: str, lexicon: Lexicon, passages: int) -> float:
    """How much a stem tells: its rarity here, times how much more usual it is than elsewhere."""
    number = lexicon.stem_number.get(token)
    if number is None:
        return 0.0
    rarity = np.log(1 + passages / (lexicon.stem_df[number] + 0.5))
    words = lexicon.words_of_stem(number)
    here = lexicon.word_count[words].sum() / lexicon.word_count.sum()
    elsewhere = sum(frequency(lexicon.words[word]) for word in words.tolist())
    return float(rarity * np.log(1 + here / (elsewhere + ELSEWHERE)))
