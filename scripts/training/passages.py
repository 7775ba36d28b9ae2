"""Read our own labelled passages: fictitious documents in reading order, each passage under its section title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np

from kb.errors import InputFileError, NoSuchFileError
from kb.passages.kinds import with_kinds
from kb.records import Passage
from kb.themes.frameworks import Frameworks
from kb.themes.train import Examples, examples_of

FOLDER = Path(__file__).parent / "passages"
TIMES = 6  # a coded paragraph of gold counts as six of our own passages


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A passage, the themes it is evidence on, and the themes it only mentions."""

    pid: str
    doc: str
    text: str
    section: str
    evidence: tuple[str, ...]
    ignore: tuple[str, ...]


def read_rows(folder: Path = FOLDER) -> tuple[Row, ...]:
    """All rows, file by file. Raises InputFileError with the line, NoSuchFileError for a folder without passages."""
    rows = tuple(row for path in sorted(folder.glob("*.jsonl")) for row in _rows(path))
    if not rows:
        raise NoSuchFileError(path=str(folder / "*.jsonl"))
    return rows


def _rows(path: Path) -> Iterable[Row]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            yield msgspec.json.decode(line, type=Row)
        except msgspec.DecodeError as error:
            raise InputFileError(path=str(path), line=number, reason=str(error)) from None


def documents_of(rows: Sequence[Row]) -> Mapping[str, Sequence[Passage]]:
    """The passages of each document, with their kinds."""
    documents: dict[str, list[Passage]] = {}
    for row in rows:
        passages = documents.setdefault(row.doc, [])
        passages.append(Passage(row.pid, row.doc, row.text, len(passages), section=(row.section,)))
    return {name: with_kinds(passages) for name, passages in documents.items()}


def own_examples(frameworks: Frameworks, codes: Sequence[str], folder: Path = FOLDER) -> Examples:
    """The passages as examples for the themes of `codes`; a mention counts neither way."""
    rows = read_rows(folder)
    labels = {row.pid: {code: code in row.evidence for code in codes if code not in row.ignore} for row in rows}
    return examples_of(frameworks, documents_of(rows), labels, codes)


def in_folds(examples: Examples, folds: int = 5) -> Examples:
    """The examples with their documents taken together in folds, so that leaving one out is quick."""
    names = sorted(set(examples.documents.tolist()))
    fold = {name: f"own{at % folds}" for at, name in enumerate(names)}
    return replace(examples, documents=np.array([fold[name] for name in examples.documents]))


def joined(first: Examples, second: Examples) -> Examples:
    """Both sets of examples; they are for the same themes in the same order."""
    return replace(
        first,
        features=np.concatenate([first.features, second.features]),
        labels=np.concatenate([first.labels, second.labels]),
        said=np.concatenate([first.said, second.said]),
        documents=np.concatenate([first.documents, second.documents]),
        has_cue=np.concatenate([first.has_cue, second.has_cue]),
        ids=first.ids + second.ids,
    )


def mixed(gold: Examples, own: Examples, times: int = TIMES) -> Examples:
    """Gold repeated `times` times, so that real coded paragraphs outweigh our own passages in fit, calibration and threshold."""
    found = own
    for _ in range(times):
        found = joined(found, gold)
    return found
