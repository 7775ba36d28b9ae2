"""How good is the order of the hits? nDCG@10, recall@20 and reciprocal rank against graded judgements.

Gain 2^grade - 1, discount log2(rank + 1) (Burges et al. 2005); a grade of 2 or more counts as relevant for recall and rank.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.errors import InputFileError, NoSuchFileError
from kb.evaluate.align import Strip
from kb.evaluate.naming import passages_named
from kb.store import Store

RELEVANT = 2
TOP, DEEP = 10, 20


@dataclass(frozen=True, slots=True)
class Question:
    """A judged question; `kind` groups the report."""

    qid: str
    query: str
    kind: str = "?"


@dataclass(frozen=True, slots=True)
class Score:
    """Measures of one question or their mean over `n`; all 0..1."""

    ndcg: float
    recall: float
    rank: float  # one over the rank of the first relevant hit
    empty: float  # share of questions without a hit
    n: int = 1


def read_questions(path: Path) -> list[Question]:
    """Questions of a JSON-lines file with "qid", "query" and, if known, "kind". Raises NoSuchFileError, InputFileError."""
    found = []
    for number, row in _rows(path):
        try:
            found.append(
                Question(str(row["qid"]), str(row["query"]), str(row.get("kind", "?")))
            )
        except (KeyError, AttributeError, TypeError):
            raise InputFileError(
                path=path, line=number, reason='needs "qid" and "query"'
            ) from None
    return found


def read_judgements(path: Path) -> dict[str, dict[str, int]]:
    """Grades by question and passage. Raises NoSuchFileError, InputFileError."""
    try:
        data = json.loads(_text(path))
        return {
            str(qid): {str(pid): int(grade) for pid, grade in grades.items()}
            for qid, grades in data.items()
        }
    except (ValueError, AttributeError, TypeError):
        raise InputFileError(
            path=path, line=1, reason="needs an object of objects of grades"
        ) from None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise NoSuchFileError(path=path) from None


def _rows(path: Path) -> Iterable[tuple[int, Any]]:
    for number, line in enumerate(_text(path).splitlines(), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except ValueError:
                raise InputFileError(path=path, line=number, reason="no JSON") from None


def score(grades: Mapping[str, int], hits: Sequence[Iterable[str]]) -> Score:
    """Measures of one question; each hit is given as the judged ids it stands for, of which the first time counts."""
    seen: set[str] = set()
    gains: list[int] = []
    found: set[str] = set()
    rank = 0.0
    for place, ids in enumerate(hits[:DEEP], 1):
        new = [i for i in ids if i not in seen]
        seen.update(new)
        gains.append(max((grades.get(i, 0) for i in new), default=0))
        found.update(i for i in new if grades.get(i, 0) >= RELEVANT)
        if gains[-1] >= RELEVANT and not rank:
            rank = 1 / place
    ideal = _gain(sorted(grades.values(), reverse=True))
    relevant = sum(grade >= RELEVANT for grade in grades.values())
    return Score(
        _gain(gains) / ideal if ideal else 0.0,
        len(found) / max(1, min(DEEP, relevant)),
        rank,
        float(not hits),
    )


def _gain(grades: Sequence[int]) -> float:
    return sum(
        (2.0**grade - 1) / math.log2(place + 2)
        for place, grade in enumerate(grades[:TOP])
    )


def mean(scores: Sequence[Score]) -> Score:
    """The mean of scores."""
    n = max(1, len(scores))
    ndcg, recall, rank, empty = (
        sum(getattr(s, name) for s in scores) / n
        for name in ("ndcg", "recall", "rank", "empty")
    )
    return Score(ndcg, recall, rank, empty, len(scores))


def evaluate(
    questions: Sequence[Question],
    judgements: Mapping[str, Mapping[str, int]],
    search: Callable[[str], Sequence[str]],
    judged_as: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, Score]:
    """Mean scores by kind of question and over all ("ALL", last). `judged_as` maps passage ids to the judged ids they cover."""
    per_kind: dict[str, list[Score]] = defaultdict(list)
    for question in questions:
        hits = search(question.query)
        ids = [
            (hit,) if judged_as is None else tuple(judged_as.get(hit, ()))
            for hit in hits
        ]
        per_kind[question.kind].append(score(judgements.get(question.qid, {}), ids))
    report = {kind: mean(scores) for kind, scores in sorted(per_kind.items())}
    return {**report, "ALL": mean([s for scores in per_kind.values() for s in scores])}


def cover(
    paragraphs: Iterable[tuple[str, str]], passages: Sequence[tuple[str, str]]
) -> dict[str, list[str]]:
    """Which judged paragraphs (id, text) of a document each of its passages (id, text, in reading order) covers."""
    strip = Strip.of([text for _, text in passages])
    found: dict[str, list[str]] = defaultdict(list)
    for id, text in paragraphs:
        for place in strip.covering(text):
            found[passages[place][0]].append(id)
    return dict(found)


def judged_passages(store: Store, paragraphs: Path) -> dict[str, list[str]]:
    """Which judged paragraphs of a JSON-lines file each passage of the store covers, by passage id. Raises InputFileError."""
    from kb.themes.labelled import read_gold

    rows = read_gold(paragraphs)
    found: dict[str, list[str]] = {}
    for name, passages in passages_named(store, [row.doc for row in rows]).items():
        own = [(row.pid, row.text) for row in rows if row.doc == name]
        found |= cover(own, [(p.id, p.text) for p in passages])
    return found


def lines(report: Mapping[str, Score]) -> list[str]:
    """The report as lines of a table."""
    return [
        f"{kind:14} n={s.n:3}  nDCG@10 {s.ndcg:.3f}  recall@20 {s.recall:.3f}  MRR {s.rank:.3f}  no hits {s.empty:.2f}"
        for kind, s in report.items()
    ]
