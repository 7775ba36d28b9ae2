"""What each layer of the tagger is worth: cross-validation over documents, layer by layer, with a paired bootstrap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.evaluate.naming import passages_named
from kb.evaluate.themes import (
    Judged,
    Scores,
    bootstrap,
    calibration,
    judge,
    score,
    scored_pairs,
)
from kb.records import Passage
from kb.store import Store
from kb.themes.frameworks import Frameworks
from kb.themes.labelled import (
    GoldRow,
    documents_of_own,
    labels_of_gold,
    read_gold,
    read_own,
    read_paragraphs,
)
from kb.themes.model import LAYERS, OWN_SLOPES, Model
from kb.themes.tagger import Tagger
from kb.themes.train import (
    CrossValidation,
    Examples,
    cross_validate,
    examples_of,
    recalibrate,
)

FIRST = ("strength", "density")
STEPS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("cues: weights summed", FIRST, ()),
    ("+ kinds and spread of cues", LAYERS["cues"], ()),
    ("+ rival themes", LAYERS["cues"] + LAYERS["rivals"], ()),
    ("+ section titles", LAYERS["cues"] + LAYERS["rivals"] + LAYERS["section"], ()),
    (
        "+ passages around",
        LAYERS["cues"] + LAYERS["rivals"] + LAYERS["section"] + LAYERS["around"],
        (),
    ),
    ("+ form of the passage", tuple(n for names in LAYERS.values() for n in names), ()),
    (
        "+ slopes of each theme",
        tuple(n for names in LAYERS.values() for n in names),
        OWN_SLOPES,
    ),
)


@dataclass(frozen=True)
class Labelled:
    """Gold with the documents it is from, ready for training."""

    gold: tuple[GoldRow, ...]
    documents: Mapping[str, Sequence[Passage]]
    examples: Examples


def read_labelled(frameworks: Frameworks, gold: Path, paragraphs: Path) -> Labelled:
    """Read both files; the themes are those that gold names. Raises InputFileError, NoSuchFileError."""
    rows, documents = read_gold(gold), read_paragraphs(paragraphs)
    named = {code for row in rows for code in (*row.evidence, *row.ignore)}
    codes = [code for code in frameworks.themes if code in named]
    return Labelled(
        rows,
        documents,
        examples_of(frameworks, documents, labels_of_gold(rows, codes), codes),
    )


def read_beside(frameworks: Frameworks, folder: Path, codes: Sequence[str]) -> Examples:
    """Our own labelled passages as examples. Raises InputFileError, NoSuchFileError."""
    rows = read_own(folder)
    return examples_of(
        frameworks, documents_of_own(rows), labels_of_gold(rows, codes), codes
    )


def fitted_to_index(
    model: Model,
    frameworks: Frameworks,
    store: Store,
    gold: Sequence[GoldRow],
    threshold: float,
) -> Model:
    """`model` calibrated on the passages of an index, which are longer than coded paragraphs, with the threshold given."""
    documents = passages_named(store, [row.doc for row in gold])
    tagger = Tagger(frameworks, model=model)
    tags = [tag for passages in documents.values() for tag in tagger.tag(passages)]
    scores, right = scored_pairs(judge(gold, documents, tags), list(model.themes))
    return recalibrate(model, scores, right, threshold)


def judged_by(labelled: Labelled, result: CrossValidation) -> list[Judged]:
    """The cross-validated tags in the form the scores are made of."""
    rows = {row.pid: row for row in labelled.gold}
    codes = labelled.examples.codes
    return [
        Judged(
            rows[id],
            frozenset(
                code for code, yes in zip(codes, result.tagged[at], strict=True) if yes
            ),
            {
                code: float(value)
                for code, value in zip(codes, result.scores[at], strict=True)
            },
        )
        for at, id in enumerate(labelled.examples.ids)
    ]


@dataclass(frozen=True)
class Step:
    """A layer's scores and its gain in micro-F1 over the step before (2.5 %, mean, 97.5 %)."""

    name: str
    scores: Scores
    gain: tuple[float, float, float]
    error: float  # expected calibration error


def steps(labelled: Labelled, beside: Examples | None = None) -> Iterator[Step]:
    """Cross-validate with one layer more each time; `beside` is trained on as well."""
    before: list[Judged] | None = None
    examples = labelled.examples
    for name, used, own in STEPS:
        result = cross_validate(examples, used, own, beside)
        judged = judged_by(labelled, result)
        error, _ = calibration(
            result.scores[examples.said], examples.labels[examples.said]
        )
        gain = (
            bootstrap(judged, before, examples.codes)
            if before is not None
            else (0.0, 0.0, 0.0)
        )
        yield Step(name, score(judged, examples.codes), gain, error)
        before = judged
