"""Train, measure or adjust the theme model; the logic is in kb.themes.training.

A world is a file of coded paragraphs: NAME=GOLD.jsonl, or NAME=GOLD.jsonl,PARAGRAPHS.jsonl
where all paragraphs of its documents are kept.

\b
python -m scripts.train_themes --world five=G.jsonl,P.jsonl --world other=O.jsonl --measure
python -m scripts.train_themes --world … --own scripts/training/passages --out MODEL.json
python -m scripts.train_themes --decisions corpus/curation.jsonl --index index --out MODEL
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec

from kb.curation import read_log, themes_decided
from kb.errors import KbError
from kb.evaluate.themes import score
from kb.evaluate.training import (
    Labelled,
    World,
    error_by_chance,
    error_of,
    judged_by,
    measured_on,
    read_labelled,
    steps,
)
from kb.generations import open_store
from kb.settings import load
from kb.themes import load_frameworks
from kb.themes.bands import BANDS
from kb.themes.model import Model, load_model, save_model
from kb.themes.training.curators import adjust
from kb.themes.training.validation import LeftOut, train

FOLDER = click.Path(path_type=Path)


def world_of(text: str) -> World:
    """The world that an option names."""
    name, _, paths = text.partition("=")
    gold, _, paragraphs = paths.partition(",")
    return World(name, Path(gold), Path(paragraphs) if paragraphs else None)


def step_lines(labelled: Labelled, worlds: tuple[str, ...]) -> Iterator[str]:
    """A table of what each layer brings in each world."""
    yield "| layer | world | macro-F1 | micro-F1 | P | R | strict | ECE | gain (95 %) |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    for step in steps(labelled, worlds):
        micro, (low, mean, high) = step.scores.micro, step.gain
        figures = (step.scores.macro, micro.f1, micro.precision, micro.recall)
        cells = " | ".join(f"{figure:.3f}" for figure in figures)
        rest = f"{step.scores.strict:.3f} | {step.error:.3f}"
        gain = f"{mean:+.3f} ({low:+.3f} … {high:+.3f})"
        yield f"| {step.name} | {step.world} | {cells} | {rest} | {gain} |"


def band_lines(
    labelled: Labelled, left_out: LeftOut, worlds: tuple[str, ...]
) -> Iterator[str]:
    """A table of what is shown from each band on, for documents left out."""
    yield "| world | from | macro-F1 | micro-F1 | P | R | strict | ECE (by chance) |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for world in worlds:
        for band in ("possible", "probable", "almost_certain"):
            judged = judged_by(labelled, left_out, world, BANDS[band])
            scores = score(judged, labelled.codes)
            micro = scores.micro
            figures = (scores.macro, micro.f1, micro.precision, micro.recall)
            cells = " | ".join(f"{figure:.3f}" for figure in figures)
            error = error_of(judged, labelled)
            chance = error_by_chance(judged, labelled)
            rest = f"{scores.strict:.3f} | {error:.3f} ({chance:.3f})"
            yield f"| {world} | {band} | {cells} | {rest} |"


def adjusted(
    index: Path | None, decisions: Path, frameworks_dir: Path
) -> Model:
    """The project's model moved towards the decisions of curators."""
    store = open_store(load(index_dir=index))
    views = themes_decided(read_log(decisions).state)
    given = {
        passage: {theme: view == "evidence" for theme, view in found.items()}
        for passage, found in views.items()
    }
    documents = {d.id: store.passages(d.id) for d in store.documents()}
    return adjust(
        load_model(), load_frameworks(frameworks_dir), documents, given
    )


@click.command(help=__doc__)
@click.option("--world", "given", multiple=True, help="NAME=GOLD[,PARAGRAPHS]")
@click.option(
    "--by", multiple=True, help="Worlds to calibrate and measure by."
)
@click.option(
    "--own", type=FOLDER, help="Folder of our own labelled passages."
)
@click.option("--decisions", type=FOLDER)
@click.option("--index", type=FOLDER)
@click.option("--frameworks", type=FOLDER, default=Path("corpus/frameworks"))
@click.option("--measure", is_flag=True, help="Only measure, layer by layer.")
@click.option("--out", type=FOLDER)
def main(
    given: tuple[str, ...],
    by: tuple[str, ...],
    own: Path | None,
    decisions: Path | None,
    index: Path | None,
    frameworks: Path,
    measure: bool,
    out: Path | None,
) -> None:
    """Do what the options ask."""
    if decisions:
        model = adjusted(index, decisions, frameworks)
    elif given:
        worlds = [world_of(text) for text in given]
        names = by or tuple(world.name for world in worlds)
        labelled = read_labelled(load_frameworks(frameworks), worlds, own, by)
        if measure:
            print("\n".join(step_lines(labelled, names)))
            return
        learnt, left_out = train(labelled.examples, worlds=names)
        print("\n".join(band_lines(labelled, left_out, names)))
        model = with_card(learnt, labelled)
        if out:
            found = msgspec.json.encode(measured_on(labelled, left_out, names))
            out.with_name("measured.json").write_bytes(found + b"\n")
    else:
        raise click.UsageError("give --world, or --decisions")
    if out:
        save_model(model, out)


def with_card(model: Model, labelled: Labelled) -> Model:
    """The model with what it was trained on."""
    examples = labelled.examples
    card = {
        "date": datetime.now(UTC).date().isoformat(),
        "passages": str(len(examples.ids)),
        "groups": str(len(set(examples.groups.tolist()))),
        "evidence": str(int(examples.evidence.sum())),
        "licence": "MIT",
    }
    return msgspec.structs.replace(model, card=card)


if __name__ == "__main__":
    try:
        main()
    except KbError as error:
        sys.exit(str(error))
