"""Train, measure or adjust the theme model; all logic is in kb.themes.train and kb.evaluate.training.

python scripts/train_themes.py --gold themes.jsonl --paragraphs paragraphs.jsonl --measure
python scripts/train_themes.py --gold themes.jsonl --paragraphs paragraphs.jsonl --own scripts/training/passages
    --index index --threshold 0.3 --out kb/themes/model/model.json
python scripts/train_themes.py --decisions corpus/curation.jsonl --index index --out corpus/themes-model.json
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from kb.errors import KbError
from kb.evaluate.training import (
    Labelled,
    fitted_to_index,
    read_beside,
    read_labelled,
    steps,
)
from kb.generations import open_store
from kb.settings import load
from kb.themes import load_frameworks, read_curation
from kb.themes.labelled import labels_of_decisions
from kb.themes.model import load_model, save_model
from kb.themes.train import Examples, adjust, examples_of, train, with_card


def measure(labelled: Labelled, beside: Examples | None = None) -> None:
    print(
        "| layer | macro-F1 | micro-F1 | strict | least | ECE | gain in micro-F1 (95 %) |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for step in steps(labelled, beside):
        least = min(c.f1 for c in step.scores.themes.values() if c.tp + c.fn)
        low, mean, high = step.gain
        figures = f"{step.scores.macro:.3f} | {step.scores.micro.f1:.3f} | {step.scores.strict:.3f} | {least:.2f} | {step.error:.3f}"
        print(f"| {step.name} | {figures} | {mean:+.3f} ({low:+.3f} … {high:+.3f}) |")
    print("\n| theme | precision | recall | F1 | n |\n| --- | --- | --- | --- | --- |")
    for code, counts in step.scores.themes.items():
        print(
            f"| {code} | {counts.precision:.2f} | {counts.recall:.2f} | {counts.f1:.2f} | {counts.tp + counts.fn} |"
        )


@click.command(help=__doc__)
@click.option("--gold", type=click.Path(path_type=Path))
@click.option("--paragraphs", type=click.Path(path_type=Path))
@click.option(
    "--own",
    type=click.Path(path_type=Path),
    help="Folder of our own labelled passages, trained on beside gold.",
)
@click.option("--decisions", type=click.Path(path_type=Path))
@click.option("--index", "index_dir", type=click.Path(path_type=Path))
@click.option(
    "--threshold",
    type=float,
    help="With --index: calibrate on the passages of that index, and show tags from this score.",
)
@click.option(
    "--frameworks",
    "extra",
    type=click.Path(path_type=Path),
    default=Path("corpus/frameworks"),
)
@click.option("--measure", "only_measure", is_flag=True)
@click.option("--out", type=click.Path(path_type=Path))
def main(
    gold: Path | None,
    paragraphs: Path | None,
    own: Path | None,
    decisions: Path | None,
    index_dir: Path | None,
    threshold: float | None,
    extra: Path,
    only_measure: bool,
    out: Path | None,
) -> None:
    frameworks = load_frameworks(extra)
    date = datetime.now(UTC).date().isoformat()
    if gold and paragraphs:
        labelled = read_labelled(frameworks, gold, paragraphs)
        beside = read_beside(frameworks, own, labelled.examples.codes) if own else None
        if only_measure:
            measure(labelled, beside.in_folds() if beside else None)
            return
        twice = labelled.examples.beside(
            labelled.examples if beside else None
        )  # coded reports weigh twice as much as our own text
        model = train(twice.beside(beside.in_folds() if beside else None))
        model = with_card(model, labelled.examples.beside(beside), date)
        if index_dir and threshold:
            model = fitted_to_index(
                model,
                frameworks,
                open_store(load(index_dir=index_dir)),
                labelled.gold,
                threshold,
            )
    elif decisions:
        store = open_store(load(index_dir=index_dir))
        labels = labels_of_decisions(read_curation(decisions))
        documents = {
            document.id: store.passages(document.id) for document in store.documents()
        }
        examples = examples_of(frameworks, documents, labels, list(frameworks.themes))
        model = with_card(adjust(load_model(), examples), examples, date)
    else:
        raise click.UsageError("give --gold and --paragraphs, or --decisions")
    if out:
        save_model(model, out)
        print(f"{out}: {model.card.get('labelled', '')}")


if __name__ == "__main__":
    try:
        main()
    except KbError as error:
        sys.exit(str(error))
