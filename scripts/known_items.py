"""Is a passage found again by a few of its own words in other forms? Judged by program.

    python scripts/known_items.py [--index DIR] [--seed N] [--questions N]

A question is four telling words of a sentence drawn by chance, each in a form that the
collection has. Told is the mean reciprocal rank of the passage it came from, beside plain
BM25 of stems; and what is gained by each part of the ranking, with the middle 95 % of a
paired bootstrap over the questions. A near-duplicate of the passage is as good: search shows
one of those that say the same. Told too is how well a passage is found by some of its words in
a row between quotes, of which one telling word is another: a quotation from memory.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kb.cli.search import searcher_of
from kb.dutch import sentences
from kb.dutch.analysis import is_weightless, tokens
from kb.dutch.stem import stem
from kb.records import Passage
from kb.search import Searcher
from kb.search.index.candidates import Passages
from kb.search.index.collection import Collection
from kb.search.index.lexicon import Lexicon
from kb.search.ranking.bm25f import Formula
from kb.settings import load
from scripts.ablation import Search, bm25, shipped

WORDS = 4  # of a question
SHORTEST = 4  # letters of a word that tells something
LEAST = 8  # words of a sentence that is drawn from
QUOTED = 7  # words of a quotation
TELLING = 3  # of them that tell something, at least
DEEP = 20  # hits looked at
SAMPLES = 500
SILENT = frozenset({"reference", "contents", "colophon", "question"})
PARTS = (
    "proximity",
    "feedback",
    "context",
    "section",
    "theme",
    "kind",
    "signs",
    "coverage",
    "place",
)
Ranks = npt.NDArray[np.float64]


def drawn(
    searcher: Searcher, number: int, seed: int
) -> Iterator[tuple[str, str]]:
    """Questions with the id of the passage each came from."""
    chance = random.Random(seed)
    passages = [p for p in searcher.store.passages() if p.kind not in SILENT]
    lexicon = searcher.collection.lexicon
    for passage in chance.sample(passages, min(number, len(passages))):
        words = _telling(passage, chance)
        if len(words) >= WORDS:
            chosen = chance.sample(words, WORDS)
            forms = [_form(word, lexicon, chance) for word in chosen]
            yield " ".join(forms), passage.id


def misquoted(
    searcher: Searcher, number: int, seed: int
) -> Iterator[tuple[str, str]]:
    """Quotations with one telling word replaced, each with the passage it came from."""
    chance = random.Random(seed)
    passages = [p for p in searcher.store.passages() if p.kind not in SILENT]
    others = [w for w in searcher.collection.lexicon.words if _tells(w)]
    for passage in chance.sample(passages, min(number, len(passages))):
        words = _sentence(passage, chance)
        start = chance.randrange(max(1, len(words) - QUOTED))
        quoted = words[start : start + QUOTED]
        telling = [at for at, word in enumerate(quoted) if _tells(word)]
        if len(telling) >= TELLING:
            quoted[chance.choice(telling)] = chance.choice(others)
            yield f'"{" ".join(quoted)}"', passage.id


def _sentence(passage: Passage, chance: random.Random) -> list[str]:
    """The folded words of one of its sentences of some length; none without such."""
    spans = sentences.spans(passage.text)
    whole = [passage.text[start:end] for start, end in spans]
    long = [one for one in whole if len(one.split()) >= LEAST]
    return [t.folded for t in tokens(chance.choice(long))] if long else []


def _telling(passage: Passage, chance: random.Random) -> list[str]:
    """The telling words of one of its sentences."""
    words = _sentence(passage, chance)
    return list(dict.fromkeys(word for word in words if _tells(word)))


def _tells(word: str) -> bool:
    return len(word) >= SHORTEST and not is_weightless(word)


def _form(word: str, lexicon: Lexicon, chance: random.Random) -> str:
    """A word of the collection with the same stem."""
    number = lexicon.stem_number.get(stem(word))
    if number is None:
        return word
    forms = [lexicon.words[int(n)] for n in lexicon.words_of_stem(number)]
    return chance.choice(forms)


def items(collection: Passages, ids: Sequence[str]) -> list[int]:
    """What each passage says: a number that near-duplicates have in common."""
    rows = np.array([collection.row_of(id) for id in ids], np.int64)
    groups = collection.groups_of(rows)
    found: list[int] = np.where(groups < 0, -1 - rows, groups).tolist()
    return found


def reciprocal_ranks(
    collection: Passages, search: Search, asked: Sequence[tuple[str, str]]
) -> Ranks:
    """One over the place of what each passage sought says; 0.0 where it is not found."""
    found = []
    for query, wanted in asked:
        hits = items(collection, list(search(query))[:DEEP])
        (sought,) = items(collection, [wanted])
        place = hits.index(sought) + 1 if sought in hits else 0
        found.append(1 / place if place else 0.0)
    return np.array(found)


def interval(gains: Ranks, seed: int = 1) -> tuple[float, float]:
    """Where the middle 95 % of the means of resampled gains lie."""
    chance = np.random.default_rng(seed)
    draws = chance.integers(0, len(gains), (SAMPLES, len(gains)))
    low, high = np.percentile(gains[draws].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def main() -> None:
    """Read the options and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--questions", type=int, default=150)
    given = parser.parse_args()
    searcher = searcher_of(load(index_dir=given.index))
    asked = list(drawn(searcher, given.questions, given.seed))
    collection = searcher.collection
    if not isinstance(collection, Collection):
        raise SystemExit("Plain BM25 needs the collection on this machine.")
    plain = bm25(collection, stemmed=True)
    base = reciprocal_ranks(collection, shipped(searcher), asked)
    other = reciprocal_ranks(collection, plain, asked)
    low, high = interval(base - other)
    print(
        f"n={len(asked)} all {base.mean():.3f} BM25 of stems {other.mean():.3f}"
        f" [{low:+.3f}, {high:+.3f}]"
    )
    quotations = list(misquoted(searcher, given.questions, given.seed))
    found = reciprocal_ranks(collection, shipped(searcher), quotations)
    print(f"n={len(quotations)} misquoted {found.mean():.3f}")
    for part in PARTS:
        without: dict[str, float] = {part: 0}
        searcher.formula = replace(Formula(), **without)  # type: ignore[arg-type]
        gains = base - reciprocal_ranks(collection, shipped(searcher), asked)
        low, high = interval(gains)
        print(f"{part:10} gain {gains.mean():+.3f} [{low:+.3f}, {high:+.3f}]")


if __name__ == "__main__":
    main()
