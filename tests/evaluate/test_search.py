"""Measures of ranked hits, worked out by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import InputFileError, NoSuchFileError
from kb.evaluate.search import (
    Question,
    cover,
    evaluate,
    lines,
    read_judgements,
    read_questions,
    score,
)


def test_perfect_order_scores_one() -> None:
    assert score(
        {"a": 3, "b": 2, "c": 0}, [("a",), ("b",)]
    ).ndcg == pytest.approx(1.0)


def test_gain_is_discounted_by_rank() -> None:
    found = score({"a": 3}, [("x",), ("a",)])
    assert found.ndcg == pytest.approx(1 / math.log2(3))
    assert found.rank == 0.5


def test_recall_counts_grades_of_two_and_more() -> None:
    assert score({"a": 2, "b": 3, "c": 1}, [("a",), ("c",)]).recall == 0.5


def test_a_paragraph_counts_once_however_many_passages_cover_it() -> None:
    assert (
        score({"a": 3, "b": 3}, [("a",), ("a",)]).ndcg
        < score({"a": 3, "b": 3}, [("a",), ("b",)]).ndcg
    )


def test_no_hits_score_nothing_and_are_counted() -> None:
    found = score({"a": 3}, [])
    assert (found.ndcg, found.recall, found.rank, found.empty) == (
        0.0,
        0.0,
        0.0,
        1.0,
    )


def test_report_has_kinds_and_the_whole() -> None:
    questions = [
        Question("q1", "een", "vraag"),
        Question("q2", "twee", "woord"),
    ]
    report = evaluate(
        questions, {"q1": {"a": 3}, "q2": {"b": 3}}, lambda query: ["a"]
    )
    assert list(report) == ["vraag", "woord", "ALL"]
    assert report["ALL"].ndcg == 0.5
    assert lines(report)[-1].startswith("ALL            n=  2  nDCG@10 0.500")


def test_passages_cover_paragraphs_whatever_the_cut() -> None:
    first, second = (
        "De wachttijd voor hulp bij schulden is lang.",
        "Het team wil vaker langsgaan in de buurt.",
    )
    whole = [("p", f"{first} {second}")]
    assert cover([("a", first), ("b", second)], whole) == {"p": ["a", "b"]}
    assert cover(
        [("a", first), ("b", second)], [("p", first), ("q", second)]
    ) == {
        "p": ["a"],
        "q": ["b"],
    }


def test_bad_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFileError):
        read_questions(tmp_path / "none.jsonl")
    (tmp_path / "q.jsonl").write_text('{"qid": "q1"}\n')
    with pytest.raises(InputFileError):
        read_questions(tmp_path / "q.jsonl")
    (tmp_path / "r.json").write_text(json.dumps({"q1": {"a": 2}}))
    assert read_judgements(tmp_path / "r.json") == {"q1": {"a": 2}}


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 3)),
    st.permutations("abcdefgh"),
)
def test_measures_stay_between_nought_and_one(
    grades: dict[str, int], order: list[str]
) -> None:
    found = score(grades, [(hit,) for hit in order])
    assert all(
        0 <= value <= 1 + 1e-9
        for value in (found.ndcg, found.recall, found.rank)
    )
