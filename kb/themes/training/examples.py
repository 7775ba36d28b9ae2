"""Labelled passages as examples: columns, labels, and the group each is left out with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kb.records import Passage
from kb.themes.cues.reader import CueReader, CuesFound
from kb.themes.features import (
    Array,
    Columns,
    cues_found,
    features_of,
    titles_of,
)
from kb.themes.frameworks import Framework, Frameworks

Bools = NDArray[np.bool_]
Labels = Mapping[
    str, Mapping[str, str]
]  # passage → theme → evidence, mention, nothing


@dataclass(frozen=True)
class Examples:
    """Labelled passages of one world (the reports, other authors, our own …).

    Labels are passages × themes; where `said` is false nobody looked. Documents of one
    group (the same text, or the same author) are left out together.
    """

    codes: tuple[str, ...]
    ids: tuple[str, ...]
    found: tuple[CuesFound, ...]
    columns: Columns
    evidence: Bools
    mention: Bools
    said: Bools
    groups: NDArray[np.str_]
    worlds: NDArray[np.str_]
    weights: Array  # how much a passage counts

    @property
    def has_cue(self) -> Bools:
        """Where a theme has a cue: without one there is no tag."""
        rows = [
            [code in cues.counted for code in self.codes]
            for cues in self.found
        ]
        return np.array(rows, dtype=bool).reshape(self.evidence.shape)

    def of(self, rows: Bools) -> Examples:
        """The examples where `rows` is true."""
        kept = np.flatnonzero(rows)
        return Examples(
            self.codes,
            tuple(self.ids[at] for at in kept),
            tuple(self.found[at] for at in kept),
            {name: column[kept] for name, column in self.columns.items()},
            self.evidence[kept],
            self.mention[kept],
            self.said[kept],
            self.groups[kept],
            self.worlds[kept],
            self.weights[kept],
        )


def together(several: Sequence[Examples]) -> Examples:
    """Examples of several worlds, for the same themes."""
    first = several[0]
    names = first.columns
    return Examples(
        first.codes,
        tuple(id for one in several for id in one.ids),
        tuple(cues for one in several for cues in one.found),
        {
            name: np.concatenate([one.columns[name] for one in several])
            for name in names
        },
        np.concatenate([one.evidence for one in several]),
        np.concatenate([one.mention for one in several]),
        np.concatenate([one.said for one in several]),
        np.concatenate([one.groups for one in several]),
        np.concatenate([one.worlds for one in several]),
        np.concatenate([one.weights for one in several]),
    )


def examples_of(
    frameworks: Frameworks,
    documents: Mapping[str, Sequence[Passage]],
    labels: Labels,
    codes: Sequence[str],
    world: str = "",
    weight: float = 1.0,
    groups: Mapping[str, str] | None = None,
) -> Examples:
    """Examples from whole documents in reading order and what was said of some passages.

    Args:
        frameworks: for the cues.
        documents: all passages of each, as context, also those without labels.
        labels: passage → theme → "evidence", "mention" or "nothing".
        codes: the themes to learn, in any order.
        world: whose texts these are, for figures by world.
        weight: how much each passage counts.
        groups: the group of a passage, where it is not its document.
    """
    reader = CueReader(frameworks)
    themes = {f.key: _wanted(f, codes) for f in frameworks}
    parts = [
        _of_document(reader, themes, passages, labels)
        for passages in documents.values()
        if any(passage.id in labels for passage in passages)
    ]
    made = together(parts)
    known = groups or {}
    named = [
        known.get(id, str(doc))
        for id, doc in zip(made.ids, made.groups, strict=True)
    ]
    return replace(
        made,
        groups=np.array(named),
        worlds=np.array([world] * len(made.ids), dtype=str),
        weights=np.full(len(made.ids), weight),
    )


def _of_document(
    reader: CueReader,
    themes: Mapping[str, Sequence[str]],
    passages: Sequence[Passage],
    labels: Labels,
) -> Examples:
    """The labelled passages of one document, seen among all its passages."""
    codes = tuple(code for group in themes.values() for code in group)
    cues = cues_found(reader, passages)
    columns = features_of(passages, cues, titles_of(reader, passages), themes)
    rows = [at for at, passage in enumerate(passages) if passage.id in labels]
    ids = tuple(passages[at].id for at in rows)
    said = _said([labels[id] for id in ids], codes)
    return Examples(
        codes=codes,
        ids=ids,
        found=tuple(cues[at] for at in rows),
        columns={name: values[rows] for name, values in columns.items()},
        evidence=said == "evidence",
        mention=said == "mention",
        said=said != "",
        groups=np.array([passages[at].document for at in rows]),
        worlds=np.array([""] * len(rows)),
        weights=np.ones(len(rows)),
    )


def _said(
    given: Sequence[Mapping[str, str]], codes: Sequence[str]
) -> NDArray[np.str_]:
    """What was said of each theme of each passage; "" where nobody looked."""
    rows = [[labels.get(code, "") for code in codes] for labels in given]
    return np.array(rows, dtype=str).reshape(len(given), len(codes))


def _wanted(framework: Framework, codes: Sequence[str]) -> list[str]:
    """The themes of a framework that are to be learnt."""
    return [theme.code for theme in framework.themes if theme.code in codes]
