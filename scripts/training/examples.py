"""Our own labelled passages as examples: fictitious documents in reading order, each passage under its section title."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kb.themes.frameworks import Frameworks
from kb.themes.labelled import documents_of_own, labels_of_gold, read_own
from kb.themes.train import Examples, examples_of

FOLDER = Path(__file__).parent / "passages"
TIMES = 6  # a coded paragraph of gold counts as six of our own passages


def own_examples(
    frameworks: Frameworks, codes: Sequence[str], folder: Path = FOLDER
) -> Examples:
    """The passages as examples for the themes of `codes`; a mention counts neither way. Raises InputFileError, NoSuchFileError."""
    rows = read_own(folder)
    return examples_of(
        frameworks, documents_of_own(rows), labels_of_gold(rows, codes), codes
    )


def mixed(gold: Examples, own: Examples, times: int = TIMES) -> Examples:
    """Gold repeated `times` times, so that real coded paragraphs outweigh our own passages in fit, calibration and threshold."""
    found = own
    for _ in range(times):
        found = found.beside(gold)
    return found
