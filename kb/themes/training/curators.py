"""Move the model towards what curators decided, theme by theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np
from scipy.optimize import minimize_scalar

from kb.records import Passage
from kb.themes.frameworks import Frameworks
from kb.themes.model import Model
from kb.themes.tagger import Tagger

FREEDOM = (
    1.0  # standard deviation of a theme's move, in log-odds, before decisions
)
UNSEEN = 0.02  # score of a theme that got no tag at all


def adjust(
    model: Model,
    frameworks: Frameworks,
    documents: Mapping[str, Sequence[Passage]],
    decisions: Mapping[str, Mapping[str, bool]],
) -> Model:
    """`model` with the log-odds of each decided theme moved towards the decisions.

    A few decisions move a theme a little; themes without decisions stay where they are.

    Args:
        model: what to move.
        frameworks: the themes that were decided on.
        documents: the passages of each document that has decisions, in reading order.
        decisions: passage → theme → evidence.
    """
    tagger = Tagger(frameworks, model=model)
    given: dict[str, list[tuple[float, bool]]] = {}
    for passages in documents.values():
        scores = {(t.passage, t.theme): t.score for t in tagger.tag(passages)}
        for passage in passages:
            for theme, evidence in decisions.get(passage.id, {}).items():
                score = scores.get((passage.id, theme), UNSEEN)
                given.setdefault(theme, []).append((score, evidence))
    moved = {
        theme: round(model.moved.get(theme, 0.0) + _move(answers), 4)
        for theme, answers in given.items()
    }
    return msgspec.structs.replace(model, moved={**model.moved, **moved})


def _move(answers: Sequence[tuple[float, bool]]) -> float:
    """The most likely move of a theme's log-odds, drawn to none."""
    scores = np.clip([score for score, _ in answers], 1e-3, 1 - 1e-3)
    odds = np.log(scores / (1 - scores))
    sign = np.where([evidence for _, evidence in answers], 1.0, -1.0)

    def unlikely(move: float) -> float:
        missed = np.logaddexp(0, -sign * (odds + move)).sum()
        return float(missed + move**2 / (2 * FREEDOM**2))

    return float(minimize_scalar(unlikely, bounds=(-6, 6), method="bounded").x)
