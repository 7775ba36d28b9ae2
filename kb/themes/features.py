"""What the model is told of a passage and a theme: named numbers, the same for all themes.

The passages of a document are read in order: the title of a section and the passages
around count too. What is learnt of single cues (`cue_record`) and of the wording
(`wording`) is added by the model, which holds it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from kb.records import Passage
from kb.themes.cues.reader import CueReader, CuesFound
from kb.themes.field import field_counts, field_words

Array = NDArray[np.float64]
Columns = dict[str, Array]  # by name; each passages × themes

SILENT = frozenset(
    {"contents", "colophon", "reference"}
)  # kinds that carry no theme
STRONG = 2.0  # weight from which a cue is strong
AROUND = 4  # passages on either side that count as around
LEAST_SAID = 6  # words; of judged tags on shorter passages none was evidence
FEW_WORDS = 25  # a shorter passage is short
USUAL_WORDS = (
    80  # cues are as dense as they would be in a passage of this length
)
LEAST_WORDS = 40  # a shorter one counts as this long

OWN = (
    "strength",
    "density",
    "strong",
    "patterns",
    "listed",
    "best_sentence",
    "spread",
    "first_sentence",
)
LAYERS: Mapping[str, tuple[str, ...]] = {
    "cues": OWN,
    "rivals": ("share", "lead", "others"),
    "section": ("title",),
    "around": ("near", "around", "share_near", "strength_near"),
    "passage": ("length", "short", "question", "numbers", "self"),
    "field": (
        "inside_share",
        "outside_share",
        "inside",
        "outside",
        "off_field",
        "bullets",
        *field_words().actors,
    ),
    "record": ("best_cue", "together", "second_cue", "number"),
    "wording": ("wording",),
}
NAMES = tuple(name for names in LAYERS.values() for name in names)

_NOTHING = CuesFound((), {})
_ITSELF = re.compile(
    r"\b(?:dit (?:rapport|hoofdstuk|artikel|onderzoek|essay)"
    r"|deze (?:bundel|publicatie|rapportage|paragraaf)|hoofdstuk \d"
    r"|lectora?at|lector|hogeschool|bijlage|figuur \d|tabel \d)\b",
    re.I,
)


def cues_found(
    reader: CueReader, passages: Sequence[Passage]
) -> list[CuesFound]:
    """What each passage says, in order; nothing for those that carry no theme."""
    return [reader.read(p.text) if _speaks(p) else _NOTHING for p in passages]


def _speaks(passage: Passage) -> bool:
    """Whether a passage can carry a theme: no reference list, and no mere heading."""
    return (
        passage.kind not in SILENT and len(passage.text.split()) >= LEAST_SAID
    )


def titles_of(
    reader: CueReader, passages: Sequence[Passage]
) -> list[Mapping[str, float]]:
    """Strength of each theme in the titles above each passage, the deepest most."""
    known: dict[tuple[str, ...], Mapping[str, float]] = {}
    for passage in passages:
        if passage.section not in known:
            known[passage.section] = _title(reader, passage.section)
    return [known[passage.section] for passage in passages]


def _title(reader: CueReader, section: Sequence[str]) -> Mapping[str, float]:
    strengths: dict[str, float] = {}
    for depth, title in enumerate(reversed(section)):
        found = reader.read(title)
        for theme in found.counted:
            known = strengths.get(theme, 0.0)
            strengths[theme] = known + found.strength(theme) / 2**depth
    return strengths


def features_of(
    passages: Sequence[Passage],
    found: Sequence[CuesFound],
    titles: Sequence[Mapping[str, float]],
    groups: Mapping[str, Sequence[str]],
) -> Columns:
    """The columns of one document, but for the layers `record` and `wording`.

    Args:
        passages: of one document, in reading order.
        found: what the cues say of each.
        titles: the strength of each theme in the titles above each.
        groups: the themes of each framework, in the order of the columns.
    """
    codes = [code for group in groups.values() for code in group]
    place = {code: at for at, code in enumerate(codes)}
    members = [[place[code] for code in group] for group in groups.values()]
    own = _own_columns(found, place)
    title = np.zeros((len(passages), len(codes)))
    for row, above in enumerate(titles):
        for code in above.keys() & place.keys():
            title[row, place[code]] = above[code]
    density = own["density"]
    near, around = (
        _smooth(np.minimum(density, 6), reach) for reach in (1, AROUND)
    )
    share, lead, others = _rivals(density, members)
    share_near, _, _ = _rivals(around, members)
    strength = np.log1p(own["strength"])
    # Counts are dampened or cut and brought to about the size of one.
    columns: Columns = {
        "strength": strength,
        "density": np.minimum(density, 12) / 4,
        "strong": np.log1p(own["strong"]),
        "patterns": np.log1p(own["patterns"]),
        "listed": own["listed"],
        "best_sentence": np.minimum(own["best_sentence"], 6) / 3,
        "spread": own["spread"],
        "first_sentence": np.minimum(own["first_sentence"], 4) / 3,
        "share": share,
        "lead": np.clip(lead, -8, 8) / 4,
        "others": others / 2,
        "title": np.minimum(title, 4) / 2,
        "near": near / 2,
        "around": around / 2,
        "share_near": share_near,
        "strength_near": strength * around / 2,
    }
    for name, values in _passage_columns(passages, found).items():
        columns[name] = np.repeat(values[:, None], len(codes), axis=1)
    return columns


def _own_columns(
    found: Sequence[CuesFound], place: Mapping[str, int]
) -> Columns:
    """What the cues of a theme alone say of it."""
    shape = (len(found), len(place))
    columns = {name: np.zeros(shape) for name in OWN}
    for row, cues in enumerate(found):
        for code in cues.counted.keys() & place.keys():
            for name, value in _own(cues, code).items():
                columns[name][row, place[code]] = value
    return columns


def _own(found: CuesFound, theme: str) -> Mapping[str, float]:
    counted = found.counted[theme]
    length = max(len(found.words), LEAST_WORDS) / USUAL_WORDS
    strength = found.strength(theme)
    by_sentence: dict[int, float] = {}
    for cue in counted:
        before = by_sentence.get(cue.sentence, 0.0)
        by_sentence[cue.sentence] = before + cue.weight
    with_cue = sum(value >= 1.0 for value in by_sentence.values())
    listed = sum(cue.weight < cue.match.pattern.weight for cue in counted)
    return {
        "strength": strength,
        "density": strength / math.sqrt(length),
        "strong": sum(cue.match.pattern.weight >= STRONG for cue in counted),
        "patterns": len({cue.source for cue in counted}),
        "listed": listed / len(counted),
        "best_sentence": max(by_sentence.values()),
        "spread": with_cue / found.sentences,
        "first_sentence": by_sentence.get(0, 0.0),
    }


def _smooth(values: Array, reach: int) -> Array:
    """Mean over the passages around, without the passage itself, nearer ones more."""
    total, weights = np.zeros_like(values), np.zeros((len(values), 1))
    for step in range(1, min(reach, len(values) - 1) + 1):
        total[step:] += values[:-step] / step
        weights[step:] += 1 / step
        total[:-step] += values[step:] / step
        weights[:-step] += 1 / step
    return np.asarray(total / np.maximum(weights, 1e-9))


def _rivals(
    values: Array, groups: Sequence[Sequence[int]]
) -> tuple[Array, Array, Array]:
    """A theme beside the others of its framework: (share, lead, strength of the rest)."""
    share, lead, others = (np.zeros_like(values) for _ in range(3))
    for group in groups:
        part = values[:, group]
        total = part.sum(axis=1, keepdims=True)
        share[:, group] = part / np.maximum(total, 1.0)
        others[:, group] = np.log1p(total - part)
        ordered = np.sort(np.pad(part, ((0, 0), (1, 0))), axis=1)
        best, second = ordered[:, -1:], ordered[:, -2:-1]
        lead[:, group] = part - np.where(part >= best, second, best)
    return share, lead, others


def _passage_columns(
    passages: Sequence[Passage], found: Sequence[CuesFound]
) -> Columns:
    """What holds for a passage whatever the theme; one number a passage."""
    rows = [
        {**_form(p, cues), **_field(p, cues)}
        for p, cues in zip(passages, found, strict=True)
    ]
    names = (*LAYERS["passage"], *LAYERS["field"])
    return {
        name: np.array([row[name] for row in rows], dtype=float)
        for name in names
    }


def _form(passage: Passage, found: CuesFound) -> Mapping[str, float]:
    text = passage.text
    digits = sum(map(str.isdigit, text)) / max(1, len(text))
    return {
        "length": math.log1p(len(found.words)) / 5,
        "short": float(len(found.words) < FEW_WORDS),
        "question": float(text.rstrip().endswith("?")),
        "numbers": digits * 10,
        "self": min(3, len(_ITSELF.findall(text))) / 3,
    }


def _field(passage: Passage, found: CuesFound) -> Mapping[str, float]:
    """Words of the field and of others, and who is named."""
    counts = field_counts(found.words)
    words = max(8, len(found.words))
    actors = dict(
        zip(field_words().actors, map(float, counts.actors), strict=True)
    )
    return {
        "inside_share": counts.inside / words * 10 / 3,
        "outside_share": counts.outside / words * 10 / 3,
        "inside": min(counts.inside, 6) / 3,
        "outside": min(counts.outside, 6) / 3,
        "off_field": float(counts.inside == 0),
        "bullets": float(passage.text.count("•") > 3),
        **actors,
    }
