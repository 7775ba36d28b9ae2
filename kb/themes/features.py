"""What the model is told of a passage and a theme: numbers that mean the same for every theme, so that one model serves them all.

The passages of a document are read in order: what a section's title and the passages around say counts too. The text itself
only enters through cues and, for themes with a trained text layer, through its score.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from kb.records import Passage
from kb.themes.cues.reader import CueReader, CuesFound

Array = NDArray[np.float64]

SILENT = frozenset({"contents", "colophon", "reference"})
_NOTHING = CuesFound((), {})
STRONG = 2.0  # weight from which a cue is strong
NEAR = 4  # passages on either side that count as around
NAMES = (
    "strength", "density", "strong", "patterns", "best_sentence", "spread", "first_sentence", "title", "near", "around",
    "share", "share_near", "lead", "others", "listed", "length", "short", "question", "numbers", "self", "strength_near",
)  # fmt: skip


def cues_found(reader: CueReader, passages: Sequence[Passage]) -> list[CuesFound]:
    """One reading for each passage, in order; an empty one for kinds that carry no code."""
    return [
        _NOTHING if passage.kind in SILENT else reader.read(passage.text)
        for passage in passages
    ]


def titles_of(
    reader: CueReader, passages: Sequence[Passage]
) -> list[Mapping[str, float]]:
    """Strength of each theme in the section titles of each passage, the deepest counting most."""
    known: dict[tuple[str, ...], Mapping[str, float]] = {}
    found = []
    for passage in passages:
        if passage.section not in known:
            known[passage.section] = _title(reader, passage.section)
        found.append(known[passage.section])
    return found


def _title(reader: CueReader, section: tuple[str, ...]) -> Mapping[str, float]:
    strengths: dict[str, float] = {}
    for depth, title in enumerate(reversed(section)):
        reading = reader.read(title)
        for theme in reading.counted:
            strengths[theme] = (
                strengths.get(theme, 0.0) + reading.strength(theme) / 2**depth
            )
    return strengths


def _sentences(reading: CuesFound, theme: str) -> tuple[float, float, float]:
    """(best sentence, share of sentences with a plain cue, first sentence) of a theme."""
    sums: dict[int, float] = {}
    for cue in reading.counted.get(theme, ()):
        sums[cue.sentence] = sums.get(cue.sentence, 0.0) + cue.weight
    if not sums:
        return 0.0, 0.0, 0.0
    with_cue = sum(value >= 1.0 for value in sums.values())
    return max(sums.values()), with_cue / max(1, reading.sentences), sums.get(0, 0.0)


def _own(reading: CuesFound, theme: str) -> tuple[float, ...]:
    counted = reading.counted[theme]
    strength = sum(c.weight for c in counted)
    density = strength / math.sqrt(max(len(reading.words), 40) / 80)
    strong = sum(c.match.pattern.weight >= STRONG for c in counted)
    patterns = len({c.match.pattern.source for c in counted})
    listed = sum(c.weight < c.match.pattern.weight for c in counted) / len(counted)
    return (
        strength,
        density,
        float(strong),
        float(patterns),
        listed,
        *_sentences(reading, theme),
    )


def _smooth(values: Array, reach: int) -> Array:
    """Mean over the passages around, without the passage itself, nearer ones counting more."""
    total = np.zeros_like(values)
    weights = np.zeros(len(values))
    for step in range(1, reach + 1):
        if step >= len(values):
            break
        for here, there in (
            (slice(step, None), slice(None, -step)),
            (slice(None, -step), slice(step, None)),
        ):
            total[here] += values[there] / step
            weights[here] += 1 / step
    return total / np.maximum(weights, 1e-9)[:, None]


def _shares(
    values: Array, groups: Sequence[Sequence[int]]
) -> tuple[Array, Array, Array]:
    """(share of its framework, lead over the next theme, strength of the others) of each theme."""
    share, lead, others = (
        np.zeros_like(values),
        np.zeros_like(values),
        np.zeros_like(values),
    )
    for group in groups:
        part = values[:, group]
        total = part.sum(axis=1, keepdims=True)
        share[:, group] = part / np.maximum(total, 1.0)
        others[:, group] = np.log1p(total - part)
        ordered = np.sort(part, axis=1)
        best, second = (
            ordered[:, -1:],
            ordered[:, -2:-1] if part.shape[1] > 1 else np.zeros_like(total),
        )
        lead[:, group] = np.where(part >= best, part - second, part - best)
    return share, lead, others


def _of_passage(passage: Passage, reading: CuesFound) -> tuple[float, ...]:
    text = passage.text
    letters = max(1, len(text))
    digits = sum(c.isdigit() for c in text) / letters
    return (
        math.log1p(len(reading.words)) / 5,
        float(len(reading.words) < 25),
        float(text.rstrip().endswith("?")),
        digits * 10,
        _about_itself(text),
    )


_ITSELF = re.compile(
    r"\b(?:dit (?:rapport|hoofdstuk|artikel|onderzoek|essay)|deze (?:bundel|publicatie|rapportage|paragraaf)|hoofdstuk \d"
    r"|lectora?at|lector|hogeschool|bijlage|figuur \d|tabel \d)\b",
    re.I,
)


def _about_itself(text: str) -> float:
    """How much a passage speaks of its own report, authors and figures."""
    return min(3, len(_ITSELF.findall(text))) / 3


def features_of(
    passages: Sequence[Passage],
    readings: Sequence[CuesFound],
    titles: Sequence[Mapping[str, float]],
    groups: Mapping[str, Sequence[str]],
) -> Array:
    """Features (passages × themes × NAMES) of one document; `groups` are the codes of each framework, in order."""
    codes = [code for group in groups.values() for code in group]
    index = {code: at for at, code in enumerate(codes)}
    own = np.zeros((len(passages), len(codes), 8))
    title = np.zeros((len(passages), len(codes)))
    for row, (reading, above) in enumerate(zip(readings, titles, strict=True)):
        for code in reading.counted.keys() & index.keys():
            own[row, index[code]] = _own(reading, code)
        for code in above.keys() & index.keys():
            title[row, index[code]] = above[code]
    whole = np.array(
        [_of_passage(p, r) for p, r in zip(passages, readings, strict=True)]
    ).reshape(len(passages), 5)
    members = [[index[code] for code in group] for group in groups.values()]
    strength, density = own[:, :, 0], own[:, :, 1]
    share, lead, others = _shares(density, members)
    near, around = (
        _smooth(np.minimum(density, 6), 1),
        _smooth(np.minimum(density, 6), NEAR),
    )
    share_near = _shares(around, members)[0]
    columns = [
        np.log1p(strength), np.minimum(density, 12) / 4, np.log1p(own[:, :, 2]), np.log1p(own[:, :, 3]), np.minimum(own[:, :, 5], 6) / 3,
        own[:, :, 6], np.minimum(own[:, :, 7], 4) / 3, np.minimum(title, 4) / 2, near / 2, around / 2, share, share_near,
        np.clip(lead, -8, 8) / 4, others / 2, own[:, :, 4],
    ]  # fmt: skip
    columns += [np.repeat(whole[:, at : at + 1], len(codes), axis=1) for at in range(5)]
    columns.append(np.log1p(strength) * around / 2)
    return np.stack(columns, axis=2)
