"""What does each part of search add? Plain BM25 beside search as it ships, and search
without one part at a time.

    python scripts/ablation.py QUERIES QRELS PARAGRAPHS [--index DIR]

All on the passages of one built index, judged as `kb evaluate search` judges. BM25 is
Robertson's with k1 1.2 and b 0.75 over the text
of passages, any word of the question: of words as they are spelled (folded), and of their stems.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from kb.cli.search import searcher_of
from kb.dutch.analysis import words
from kb.dutch.fold import folded_word
from kb.dutch.stem import stem
from kb.dutch.synonyms import Thesaurus
from kb.evaluate.search import (
    DEEP,
    Question,
    Score,
    evaluate,
    judged_passages,
    read_judgements,
    read_questions,
)
from kb.search import Searcher, search_many
from kb.search.index.collection import Collection
from kb.search.question.expansion import Weights
from kb.search.ranking.bm25f import Formula
from kb.settings import load

K1, B = 1.2, 0.75
Search = Callable[[str], Sequence[str]]


def bm25(collection: Collection, stemmed: bool) -> Search:
    """Plain BM25 over the texts of passages."""
    lexicon, bodies = collection.lexicon, collection.bodies
    tokens = (
        lexicon.word_stem[bodies.words]
        if stemmed
        else np.asarray(bodies.words)
    )
    numbers = lexicon.stem_number if stemmed else lexicon.number
    lengths = np.diff(bodies.starts)
    owners = bodies.owners

    def search(query: str) -> list[str]:
        total = np.zeros(len(collection))
        for word in dict.fromkeys(folded_word(w) for w in words(query)):
            number = numbers.get(stem(word) if stemmed else word)
            if number is None:
                continue
            tf = np.bincount(
                owners[tokens == number], minlength=len(collection)
            )
            df = np.count_nonzero(tf)
            idf = np.log(1 + (len(collection) - df + 0.5) / (df + 0.5))
            total += (
                idf
                * tf
                * (K1 + 1)
                / (tf + K1 * (1 - B + B * lengths / lengths.mean()))
            )
        best = np.lexsort((np.arange(len(total)), -total))[:DEEP]
        return [collection.ids[row] for row in best.tolist() if total[row] > 0]

    return search


def shipped(searcher: Searcher) -> Search:
    """Search as it ships."""
    return lambda query: search_many(searcher, [query], DEEP)[0]


def variants(searcher: Searcher) -> Iterator[tuple[str, Search]]:
    """Search without one part at a time; the searcher is as it was after each."""
    expander, formula = searcher.expander, searcher.formula
    weights = {
        "compounds and their parts": Weights(compound=0, joined=0),
        "spelling": Weights(spelling=0),
    }
    formulas = {
        "section titles": Formula(section=0),
        "proximity": Formula(proximity=0),
        "kinds and numbers wanted": Formula(kind=0, numbers=0),
        "signs of the sort of answer": Formula(signs=0),
        "themes of the question": Formula(theme=0),
        "place asked": Formula(place=0),
        "context": Formula(context=0),
        "feedback": Formula(feedback=0),
        "all words of a long question": Formula(coverage=0),
    }
    yield "all", shipped(searcher)
    searcher.expander = replace(expander, thesaurus=Thesaurus({}, 0))
    yield "all but thesaurus and glossary", shipped(searcher)
    for name, changed in weights.items():
        searcher.expander = replace(expander, weights=changed)
        yield f"all but {name}", shipped(searcher)
    searcher.expander = expander
    for name, constants in formulas.items():
        searcher.formula = constants
        yield f"all but {name}", shipped(searcher)
    searcher.formula = formula


def table(rows: Mapping[str, Score]) -> Iterator[str]:
    """Lines of a Markdown table of variants."""
    yield "| | nDCG@10 | recall@20 |"
    yield "| --- | --- | --- |"
    for name, score in rows.items():
        yield f"| {name} | {score.ndcg:.3f} | {score.recall:.3f} |"


def by_kind(
    base: Mapping[str, Score], now: Mapping[str, Score]
) -> Iterator[str]:
    """Lines of a Markdown table of the kinds of question."""
    yield "| kind | n | nDCG@10 stemmed BM25 → all | recall@20 |"
    yield "| --- | --- | --- | --- |"
    for kind, score in now.items():
        yield (
            f"| {kind} | {score.n} | {base[kind].ndcg:.3f} → {score.ndcg:.3f} | "
            f"{base[kind].recall:.3f} → {score.recall:.3f} |"
        )


def main() -> None:
    """Read the options and print both tables."""
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("queries", type=Path)
    parser.add_argument("qrels", type=Path)
    parser.add_argument("paragraphs", type=Path)
    parser.add_argument("--index", type=Path, default=Path("index"))
    given = parser.parse_args()
    searcher = searcher_of(load(index_dir=given.index))
    collection = searcher.collection
    if not isinstance(collection, Collection):
        raise SystemExit("build the index with whoosh or tantivy first")
    questions: list[Question] = read_questions(given.queries)
    grades, judged = (
        read_judgements(given.qrels),
        judged_passages(searcher.store, given.paragraphs),
    )

    def measured(search: Search) -> dict[str, Score]:
        return evaluate(questions, grades, search, judged)

    words_only, base = (
        measured(bm25(collection, stemmed)) for stemmed in (False, True)
    )
    every = {name: measured(search) for name, search in variants(searcher)}
    rows = {
        "BM25 of words": words_only["ALL"],
        "BM25 of stems": base["ALL"],
    } | {name: found["ALL"] for name, found in every.items()}
    print("\n".join([*table(rows), "", *by_kind(base, every["all"])]))


if __name__ == "__main__":
    main()
