"""What is each part of the tagger worth? Cross-validation over documents, world by world."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kb.evaluate.themes import (
    Judged,
    Scores,
    bootstrap,
    calibration,
    calibration_by_chance,
    score,
    scored_pairs,
)
from kb.themes.bands import BANDS, SHOWN
from kb.themes.features import LAYERS, NAMES, Array
from kb.themes.frameworks import Frameworks
from kb.themes.labelled import (
    GoldRow,
    documents_of,
    labels_of_gold,
    read_gold,
    read_own,
    read_paragraphs,
)
from kb.themes.measured import Counted, Measured
from kb.themes.training.examples import Bools, Examples, examples_of, together
from kb.themes.training.validation import OWN_WORLD, LeftOut, train

OWN_COUNTS = 0.6  # a passage of our own beside a coded one of somebody else
# A passage of the worlds that are measured beside one of the others. Doubled, average
# precision on authors left out went up by .006 (.003 … .010), paired bootstrap.
MEASURED_COUNTS = 2.0
LEAST_SEEN = 0.1  # scores below this no reader ever sees
CUES_ONLY = ("strength", "density")
# Each step adds layers to those before it.
STEPS: Mapping[str, tuple[str, ...]] = {
    "cues, weights summed": (),
    "+ kinds and spread of cues": ("cues",),
    "+ rival themes": ("rivals",),
    "+ section titles, passages around": ("section", "around"),
    "+ form of the passage": ("passage",),
    "+ is it about the field, who is named": ("field",),
    "+ record of each cue": ("record",),
    "+ wording": ("wording",),
}


@dataclass(frozen=True)
class World:
    """A file of coded paragraphs: whose texts, and all paragraphs of its documents if kept."""

    name: str
    gold: Path
    paragraphs: Path | None = None


@dataclass(frozen=True)
class Labelled:
    """All labelled passages of several worlds, as rows and as examples."""

    rows: Mapping[str, GoldRow]
    examples: Examples

    @property
    def codes(self) -> tuple[str, ...]:
        return self.examples.codes


def read_labelled(
    frameworks: Frameworks,
    worlds: Sequence[World],
    own: Path | None = None,
    measured: Sequence[str] = (),
) -> Labelled:
    """Read coded files and our own passages; the themes are those that the files name.

    Args:
        frameworks: for the cues.
        worlds: the coded files.
        own: the folder of our own passages.
        measured: the worlds whose kind of text the model is for; they count twice.

    Raises:
        InputFileError: with the line.
        NoSuchFileError: a file or folder that is not there.
    """
    rows_of = {world.name: read_gold(world.gold) for world in worlds}
    named = {
        code
        for rows in rows_of.values()
        for row in rows
        for code in row.evidence
    }
    codes = [code for code in frameworks.themes if code in named]
    parts = [
        _world(
            frameworks,
            world,
            rows_of[world.name],
            codes,
            MEASURED_COUNTS if world.name in measured else 1.0,
        )
        for world in worlds
    ]
    if own is not None:
        rows_of[OWN_WORLD] = read_own(own)
        ours = World(OWN_WORLD, own)
        parts.append(
            _world(frameworks, ours, rows_of[OWN_WORLD], codes, OWN_COUNTS)
        )
    everyone = {row.pid: row for rows in rows_of.values() for row in rows}
    return Labelled(everyone, together(parts))


def _world(
    frameworks: Frameworks,
    world: World,
    rows: Sequence[GoldRow],
    codes: Sequence[str],
    weight: float = 1.0,
) -> Examples:
    """The rows of one world as examples, each with its neighbours where they are kept."""
    whole = world.paragraphs
    documents = read_paragraphs(whole) if whole else documents_of(rows)
    labels = labels_of_gold(rows, codes)
    groups = {row.pid: row.group for row in rows if row.group}
    name = world.name
    return examples_of(
        frameworks, documents, labels, codes, name, weight, groups
    )


def judged_by(
    labelled: Labelled, left_out: LeftOut, world: str, shown: float = SHOWN
) -> list[Judged]:
    """The answers on one world in the form the scores are made of."""
    examples = labelled.examples
    inside: Bools = examples.worlds == world
    has_cue = examples.has_cue
    judged = []
    for row in np.flatnonzero(inside):
        values = {
            code: float(left_out.evidence[row, at])
            for at, code in enumerate(examples.codes)
            if has_cue[row, at]
        }
        said = frozenset(
            code for code, value in values.items() if value >= shown
        )
        judged.append(Judged(labelled.rows[examples.ids[row]], said, values))
    return judged


def measured_on(
    labelled: Labelled, left_out: LeftOut, worlds: Sequence[str]
) -> Measured:
    """What of the tags shown on documents left out was right, by theme and by genre."""
    judged = [
        one for world in worlds for one in judged_by(labelled, left_out, world)
    ]
    themes: dict[str, list[bool]] = {code: [] for code in labelled.codes}
    genres: dict[str, list[bool]] = {}
    for one in judged:
        for code in sorted(one.said - set(one.row.ignore)):
            right = code in one.row.evidence
            themes[code].append(right)
            genres.setdefault(one.row.genre, []).append(right)
    return Measured(
        documents=len({one.row.group or one.row.doc for one in judged}),
        passages=len(judged),
        themes=_counted(themes),
        genres=_counted({k: v for k, v in sorted(genres.items()) if k}),
    )


def _counted(found: Mapping[str, Sequence[bool]]) -> Mapping[str, Counted]:
    return {
        name: Counted(sum(right), len(right)) for name, right in found.items()
    }


@dataclass(frozen=True)
class Step:
    """A layer's scores in one world, and its gain in micro-F1 over the step before."""

    name: str
    world: str
    scores: Scores
    gain: tuple[float, float, float]  # (2.5 %, mean, 97.5 %), paired bootstrap
    error: (
        float  # expected calibration error of what got a score of 0.1 or more
    )


def steps(
    labelled: Labelled,
    worlds: Sequence[str],
    shown: float = BANDS["possible"],
) -> Iterator[Step]:
    """Cross-validate with one layer more each time."""
    used: tuple[str, ...] = CUES_ONLY
    before: dict[str, list[Judged]] = {}
    for name, layers in STEPS.items():
        added = {column for layer in layers for column in LAYERS[layer]}
        used = tuple(
            column for column in NAMES if column in added or column in used
        )
        _, left_out = train(labelled.examples, used, worlds)
        for world in worlds:
            judged = judged_by(labelled, left_out, world, shown)
            earlier = before.get(world, judged)
            gain = bootstrap(judged, earlier, labelled.codes)
            yield Step(
                name,
                world,
                score(judged, labelled.codes),
                gain,
                error_of(judged, labelled),
            )
            before[world] = judged


def error_of(judged: Sequence[Judged], labelled: Labelled) -> float:
    """Expected calibration error of pairs with a score that a reader may see."""
    scores, right = _seen(judged, labelled)
    return calibration(scores, right)[0]


def error_by_chance(judged: Sequence[Judged], labelled: Labelled) -> float:
    """What `error_of` would be if all scores came true: so few pairs never show nought."""
    return calibration_by_chance(_seen(judged, labelled)[0])


def _seen(judged: Sequence[Judged], labelled: Labelled) -> tuple[Array, Bools]:
    scores, right = scored_pairs(judged, labelled.codes)
    seen = scores >= LEAST_SEEN
    return scores[seen], right[seen]
