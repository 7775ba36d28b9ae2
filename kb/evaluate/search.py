"""How good is the order of the hits? Measures against graded judgements.

nDCG@10 with gain 2^grade - 1 and discount log2(rank + 1) (Burges et al. 2005), recall@20,
and the reciprocal rank; a grade of 2 or more counts as relevant for the last two.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.errors import InputFileError, NoSuchFileError
from kb.evaluate.align import Strip
from kb.evaluate.naming import passages_named
from kb.store import Store

RELEVANT = 2  # least grade
TOP, DEEP = 10, 20  # hits that nDCG and recall look at
ALL = "ALL"


@dataclass(frozen=True, slots=True)
class Question:
    """A judged question; `kind` groups the report."""

    qid: str
    query: str
    kind: str = "?"


@dataclass(frozen=True, slots=True)
class Score:
    """Measures of one question or their mean over `n`; all 0..1.

    `rank` is one over the rank of the first relevant hit, `empty` the share of questions
    without a hit.
    """

    ndcg: float
    recall: float
    rank: float
    empty: float
    n: int = 1


def read_questions(path: Path) -> list[Question]:
    """Questions of a JSON-lines file with "qid", "query" and, if known, "kind".

    Raises:
        NoSuchFileError: no such file.
        InputFileError: with the line.
    """
    found = []
    for number, row in _rows(path):
        try:
            kind = str(row.get("kind", "?"))
            found.append(Question(str(row["qid"]), str(row["query"]), kind))
        except (KeyError, AttributeError, TypeError):
            reason = 'needs "qid" and "query"'
            raise InputFileError(
                path=path, line=number, reason=reason
            ) from None
    return found


def read_judgements(path: Path) -> dict[str, dict[str, int]]:
    """Grades by question and passage. Raises NoSuchFileError, InputFileError."""
    try:
        data = json.loads(_text(path))
        return {str(qid): _grades(grades) for qid, grades in data.items()}
    except (ValueError, AttributeError, TypeError):
        reason = "needs an object of objects of grades"
        raise InputFileError(path=path, line=1, reason=reason) from None


def _grades(grades: Mapping[str, Any]) -> dict[str, int]:
    return {str(passage): int(grade) for passage, grade in grades.items()}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise NoSuchFileError(path=path) from None


def _rows(path: Path) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(_text(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line)
        except ValueError:
            raise InputFileError(
                path=path, line=number, reason="no JSON"
            ) from None


def score(grades: Mapping[str, int], hits: Sequence[Iterable[str]]) -> Score:
    """Measures of one question.

    Args:
        grades: of the judged passages.
        hits: each as the judged ids it stands for, of which the first time counts.

    >>> score({"a": 3, "b": 2}, [["x"], ["a"]]).rank
    0.5
    """
    seen: set[str] = set()
    best: list[int] = []
    found: set[str] = set()
    for ids in hits[:DEEP]:
        new = [id for id in ids if id not in seen]
        seen.update(new)
        best.append(max((grades.get(id, 0) for id in new), default=0))
        found.update(id for id in new if grades.get(id, 0) >= RELEVANT)
    ideal = _gain(sorted(grades.values(), reverse=True))
    relevant = sum(grade >= RELEVANT for grade in grades.values())
    ranks = [place for place, grade in enumerate(best, 1) if grade >= RELEVANT]
    return Score(
        ndcg=_gain(best) / ideal if ideal else 0.0,
        recall=len(found) / max(1, min(DEEP, relevant)),
        rank=1 / ranks[0] if ranks else 0.0,
        empty=float(not hits),
    )


def _gain(grades: Sequence[int]) -> float:
    ranked = enumerate(grades[:TOP], 1)
    return sum(
        (2.0**grade - 1) / math.log2(place + 1) for place, grade in ranked
    )


def mean(scores: Sequence[Score]) -> Score:
    """The mean of scores."""
    return Score(
        ndcg=_mean(score.ndcg for score in scores),
        recall=_mean(score.recall for score in scores),
        rank=_mean(score.rank for score in scores),
        empty=_mean(score.empty for score in scores),
        n=len(scores),
    )


def _mean(values: Iterable[float]) -> float:
    given = list(values)
    return sum(given) / max(1, len(given))


def evaluate(
    questions: Sequence[Question],
    judgements: Mapping[str, Mapping[str, int]],
    search: Callable[[str], Sequence[str]],
    judged_as: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, Score]:
    """Mean scores by kind of question and over all (last).

    Args:
        questions: what to ask.
        judgements: grades by question and judged id.
        search: gives the ids of the hits, best first.
        judged_as: passage id → the judged ids it covers; hits stand for themselves without.
    """
    per_kind: dict[str, list[Score]] = defaultdict(list)
    for question in questions:
        hits = search(question.query)
        covered = [
            (hit,) if judged_as is None else tuple(judged_as.get(hit, ()))
            for hit in hits
        ]
        grades = judgements.get(question.qid, {})
        per_kind[question.kind].append(score(grades, covered))
    report = {kind: mean(scores) for kind, scores in sorted(per_kind.items())}
    every = [one for scores in per_kind.values() for one in scores]
    return {**report, ALL: mean(every)}


def cover(
    paragraphs: Iterable[tuple[str, str]], passages: Sequence[tuple[str, str]]
) -> dict[str, list[str]]:
    """Which judged paragraphs of a document each of its passages covers.

    Args:
        paragraphs: (id, text) of each.
        passages: (id, text) of each, in reading order.
    """
    strip = Strip.of([text for _, text in passages])
    found: dict[str, list[str]] = defaultdict(list)
    for id, text in paragraphs:
        for place in strip.covering(text):
            found[passages[place][0]].append(id)
    return dict(found)


def judged_passages(store: Store, paragraphs: Path) -> dict[str, list[str]]:
    """Passage id → the judged paragraphs of a file that it covers.

    Raises:
        InputFileError: a line that is no paragraph.
    """
    from kb.themes.labelled import read_gold

    rows = read_gold(paragraphs)
    found: dict[str, list[str]] = {}
    for name, passages in passages_named(
        store, [row.doc for row in rows]
    ).items():
        own = [(row.pid, row.text) for row in rows if row.doc == name]
        found |= cover(own, [(p.id, p.text) for p in passages])
    return found


def lines(report: Mapping[str, Score]) -> list[str]:
    """The report as lines of a table."""
    return [f"{kind:14} {_figures(s)}" for kind, s in report.items()]


def _figures(s: Score) -> str:
    found = f"nDCG@10 {s.ndcg:.3f}  recall@20 {s.recall:.3f}  MRR {s.rank:.3f}"
    return f"n={s.n:3}  {found}  no hits {s.empty:.2f}"
