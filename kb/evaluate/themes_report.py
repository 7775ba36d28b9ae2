"""`kb evaluate themes GOLD`: the tags of the current index against coders, in lines to print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kb.evaluate.naming import passages_named
from kb.evaluate.themes import (
    Judged,
    bootstrap,
    calibration,
    confusions,
    judge,
    kappa,
    score,
    scored_pairs,
    worst,
)
from kb.store import Store
from kb.themes.frameworks import Frameworks
from kb.themes.labelled import GoldRow, read_gold


def judged_index(store: Store, gold: Sequence[GoldRow]) -> list[Judged]:
    """Gold lined up with the passages of the index and their tags."""
    documents = passages_named(store, [row.doc for row in gold])
    tags = store.tags(
        [p.id for passages in documents.values() for p in passages], shown=False
    )
    return judge(gold, documents, tags)


def lines(
    store: Store, frameworks: Frameworks, path: Path, language: str = "nl"
) -> Iterator[str]:
    """Scores by theme and over all, agreement, calibration, confusions and the ten worst errors. Raises InputFileError."""
    gold = read_gold(path)
    named = {code for row in gold for code in (*row.evidence, *row.ignore)}
    codes = [code for code in frameworks.themes if code in named]
    judged = judged_index(store, gold)
    yield from score_lines(judged, codes)
    yield f"kappa with gold {kappa(judged, codes):.3f}"
    error, bins = calibration(*scored_pairs(judged, codes))
    yield f"\ncalibration error of tags {error:.3f}"
    yield from (
        f"  score {b.low:.1f}–{b.low + 0.1:.1f}: {b.number} tags, mean {b.score:.2f}, right {b.right:.2f}"
        for b in bins
    )
    yield "\nmissed theme → tagged instead"
    yield from (
        f"  {missed} → {wrong}: {number}"
        for missed, wrong, number in confusions(judged, codes)[:10]
    )
    yield "\nten worst errors"
    for mistake in worst(judged, codes):
        name = frameworks.themes[mistake.theme].name.say(language)
        yield f"  {mistake.kind} {mistake.theme} {name} ({mistake.score:.2f}) {mistake.row.pid}: {mistake.row.text[:300]}"


def score_lines(judged: Sequence[Judged], codes: Sequence[str]) -> Iterator[str]:
    """The same figures as the scoring script of the gold, in its form, with a bootstrap interval of micro-F1."""
    scores = score(judged, codes)
    for code, counts in scores.themes.items():
        if counts.tp + counts.fn:
            yield f"{code:4} P {counts.precision:.2f}  R {counts.recall:.2f}  F1 {counts.f1:.2f}  (n={counts.tp + counts.fn})"
    nobody = [Judged(item.row, frozenset(), {}, item.covered) for item in judged]
    low, _, high = bootstrap(judged, nobody, codes)
    yield f"coverage {scores.coverage:.3f}"
    yield f"strict micro-F1 {scores.strict:.3f}"
    micro = scores.micro
    yield f"macro-F1 {scores.macro:.3f}  micro-F1 {micro.f1:.3f} ({low:.3f}–{high:.3f})  P {micro.precision:.3f}  R {micro.recall:.3f}"
