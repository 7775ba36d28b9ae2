"""`kb evaluate themes GOLD`: the tags of the current index against coders, as lines."""

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

FIRST_WORDS = 300  # characters of a paragraph that an error shows


def judged_index(store: Store, gold: Sequence[GoldRow]) -> list[Judged]:
    """Gold lined up with the passages of the index and their tags."""
    documents = passages_named(store, [row.doc for row in gold])
    ids = [
        passage.id for passages in documents.values() for passage in passages
    ]
    return judge(gold, documents, store.tags(ids, shown=False))


def lines(
    store: Store, frameworks: Frameworks, path: Path, language: str = "nl"
) -> Iterator[str]:
    """Scores, agreement, calibration, confusions and the ten worst errors.

    Raises:
        InputFileError: a line of the gold that cannot be read.
    """
    gold = read_gold(path)
    named = {code for row in gold for code in (*row.evidence, *row.ignore)}
    codes = [code for code in frameworks.themes if code in named]
    judged = judged_index(store, gold)
    yield from score_lines(judged, codes)
    yield f"kappa with gold {kappa(judged, codes):.3f}"
    yield from _calibration_lines(judged, codes)
    yield "\nmissed theme → tagged instead"
    for missed, wrong, number in confusions(judged, codes)[:10]:
        yield f"  {missed} → {wrong}: {number}"
    yield "\nten worst errors"
    for mistake in worst(judged, codes):
        name = frameworks.themes[mistake.theme].name.say(language)
        what = f"{mistake.kind} {mistake.theme} {name} ({mistake.score:.2f})"
        yield f"  {what} {mistake.row.pid}: {mistake.row.text[:FIRST_WORDS]}"


def _calibration_lines(
    judged: Sequence[Judged], codes: Sequence[str]
) -> Iterator[str]:
    error, bins = calibration(*scored_pairs(judged, codes))
    yield f"\ncalibration error of tags {error:.3f}"
    for b in bins:
        where = f"score {b.low:.1f}–{b.low + 0.1:.1f}: {b.number} tags"
        yield f"  {where}, mean {b.score:.2f}, right {b.right:.2f}"


def score_lines(
    judged: Sequence[Judged], codes: Sequence[str]
) -> Iterator[str]:
    """The figures of the gold's own scoring script, with an interval of micro-F1."""
    scores = score(judged, codes)
    for code, counts in scores.themes.items():
        if counts.tp + counts.fn:
            both = f"P {counts.precision:.2f}  R {counts.recall:.2f}"
            yield f"{code:4} {both}  F1 {counts.f1:.2f}  (n={counts.tp + counts.fn})"
    nobody = [
        Judged(item.row, frozenset(), {}, item.covered) for item in judged
    ]
    low, _, high = bootstrap(judged, nobody, codes)
    yield f"coverage {scores.coverage:.3f}"
    yield f"strict micro-F1 {scores.strict:.3f}"
    micro = scores.micro
    f1 = f"macro-F1 {scores.macro:.3f}  micro-F1 {micro.f1:.3f} ({low:.3f}–{high:.3f})"
    yield f"{f1}  P {micro.precision:.3f}  R {micro.recall:.3f}"
