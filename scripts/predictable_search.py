"""Does search do what people predict? Questions drawn by chance from an index, judged by program.

    python scripts/predictable_search.py [--index DIR] [--seed N] [--questions N]

Told are, of one-word questions, how many of the first ten hits hold the word or an inflection
of it (-e, -en, -s), as many as there are such passages, and how often the first does; of two-
word questions, how often all passages that hold both come before those that hold one; and of
all these pages, which marked words are neither asked, nor an inflection or compound of a word
asked, nor a relation that the thesaurus declares.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

from kb.cli.search import searcher_of
from kb.dutch.analysis import is_weightless, tokens
from kb.dutch.compounds import LINKS
from kb.dutch.fold import folded_word
from kb.dutch.stem import ENDING, function_words, stem
from kb.dutch.synonyms import thesaurus
from kb.records import Passage
from kb.search import Results, Searcher, SearchRequest
from kb.settings import load

FIRST = 10  # hits looked at
MOST_HOLDERS = 25  # passages that hold a word that is drawn, at most
_WORD = re.compile(
    r"(?<=[a-z,] )[a-z]{5,}(?=[ .,;)])"
)  # in running text, in lower case
_LONG = 5  # letters above which an ending is an inflection


@dataclass
class Held:
    """Which passages hold which words, in their text or heading."""

    words: dict[str, set[str]]
    inflected: dict[str, set[str]]

    @classmethod
    def of(cls, passages: Sequence[Passage]) -> Held:
        """Read passages."""
        found = cls({}, {})
        for passage in passages:
            text = " ".join((passage.text, *passage.section))
            for word in {
                folded_word(word) for word in re.findall(r"[^\W\d_]+", text)
            }:
                found.words.setdefault(word, set()).add(passage.id)
                found.inflected.setdefault(bare(word), set()).add(passage.id)
        return found


def bare(word: str) -> str:
    """The word without an ending of plural or adjective."""
    return re.sub(r"(?:en|e|s)$", "", word) if len(word) > _LONG else word


def asked(searcher: Searcher, query: str) -> Results:
    """The first hits, near-duplicates apart, as they are for every document."""
    request = SearchRequest(
        query, per_page=FIRST, per_document=0, collapse=False
    )
    return searcher.search(request)


def literal(
    searcher: Searcher, held: Held, words: Sequence[str]
) -> tuple[float, float]:
    """Share of the first hits, and of the very first, that hold the word asked."""
    shares, firsts = [], []
    for word in words:
        holders = held.inflected[bare(word)]
        most = min(len(holders), FIRST)
        hits = [hit.passage in holders for hit in asked(searcher, word).hits][
            :most
        ]
        shares.append(sum(hits) / most)
        firsts.append(bool(hits) and hits[0])
    return sum(shares) / len(shares), sum(firsts) / len(firsts)


def both(
    searcher: Searcher, held: Held, pairs: Sequence[tuple[str, str]]
) -> float:
    """Share of two-word questions whose passages with both words come first."""
    kept = []
    for one, other in pairs:
        holders = held.inflected[bare(one)] & held.inflected[bare(other)]
        hits = [
            hit.passage in holders
            for hit in asked(searcher, f"{one} {other}").hits
        ]
        kept.append(all(hits[: min(len(holders), FIRST)]))
    return sum(kept) / len(kept)


def undeclared(
    searcher: Searcher, queries: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Question and marked word, where nothing declares that they belong together."""
    for query in queries:
        results = asked(searcher, query)
        words = [token.folded for token in tokens(query)]
        for hit in results.hits:
            text = hit.snippet.text
            marked = {
                folded_word(text[start:end])
                for start, end in hit.snippet.marks
            }
            yield from (
                (query, w) for w in marked if not declared(searcher, words, w)
            )


def declared(searcher: Searcher, words: Sequence[str], marked: str) -> bool:
    """Whether a marked word is asked, an inflection, a compound, or a declared relation.

    Asked "werkdruk", "caseload" is declared by the thesaurus; asked "schulden",
    "schuldhulpverlening" holds it; asked "weken", "werkdruk" is nothing of these.
    """
    stems = [stem(word) for word in words]
    whole = {*stems, *compounds_of(words)}
    if stem(marked) in whole | related_to(stems):
        return True
    lexicon = searcher.collection.lexicon
    parts = {lexicon.stems[number] for number in lexicon.parts(marked)}
    return bool(parts & whole) or is_function_form(marked, words)


def related_to(stems: Sequence[str]) -> set[str]:
    """Stems that the thesaurus declares for any run of the stems asked."""
    places = combinations(range(len(stems) + 1), 2)
    runs = [tuple(stems[begin:end]) for begin, end in places]
    synonyms = (synonym for run in runs for synonym in thesaurus().of(run))
    return {found for synonym in synonyms for found in synonym.stems}


def compounds_of(words: Sequence[str]) -> set[str]:
    """Stems of the compounds that two words make that were asked in succession."""
    return {
        stem(one + link + other)
        for one, other in pairwise(words)
        for link in ("", *LINKS)
    }


def is_function_form(marked: str, words: Sequence[str]) -> bool:
    """Whether a function word is asked in another form: "iedere" for "ieder"."""
    if marked not in function_words():
        return False
    asked_for = (word for word in words if word in function_words())
    bare_forms = {ENDING.sub("", word) for word in asked_for}
    return ENDING.sub("", marked) in bare_forms


def drawn(
    passages: Sequence[Passage], held: Held, number: int, seed: int
) -> list[str]:
    """Words of running text that some passages hold."""
    running = {
        word for passage in passages for word in _WORD.findall(passage.text)
    }
    pool = sorted(
        word
        for word in running
        if 1 <= len(held.words.get(word, ())) <= MOST_HOLDERS
        and not is_weightless(word)
    )
    return random.Random(seed).sample(pool, min(number, len(pool)))


def drawn_pairs(
    passages: Sequence[Passage], words: Sequence[str], seed: int
) -> list[tuple[str, str]]:
    """Each word with another of a passage that holds it."""
    chance = random.Random(seed)
    found = []
    for word in words:
        holder = next(p for p in passages if word in _WORD.findall(p.text))
        others = [
            o
            for o in _WORD.findall(holder.text)
            if bare(o) != bare(word) and not is_weightless(o)
        ]
        if others:
            found.append((word, chance.choice(others)))
    return found


def main() -> None:
    """Read the options and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--questions", type=int, default=200)
    given = parser.parse_args()
    searcher = searcher_of(load(index_dir=given.index))
    passages = [p for p in searcher.store.passages() if p.kind != "reference"]
    held = Held.of(passages)
    words = drawn(passages, held, given.questions, given.seed)
    pairs = drawn_pairs(passages, words, given.seed)
    share, first = literal(searcher, held, words)
    print(f"one word   n={len(words)} first ten {share:.3f} first {first:.3f}")
    print(
        f"two words  n={len(pairs)} both before one {both(searcher, held, pairs):.3f}"
    )
    queries = [*words[::2], *(f"{one} {other}" for one, other in pairs[::2])]
    wrong = list(undeclared(searcher, queries))
    print(
        f"marks      pages={len(queries)} undeclared {len(wrong)}", *wrong[:10]
    )


if __name__ == "__main__":
    main()
