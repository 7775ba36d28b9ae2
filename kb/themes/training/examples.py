"""Labelled passages as examples: columns, labels, and the group each is left out with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.records import Passage
from kb.themes.cues.reader import CueReader, CuesFound
from kb.themes.features import Array, Columns, cues_found, features_of, titles_of
from kb.themes.frameworks import Frameworks

Bools = NDArray[np.bool_]
Labels = Mapping[str, Mapping[str, str]]  # passage → theme → evidence, mention, nothing


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
        rows = [[code in cues.counted for code in self.codes] for cues in self.found]
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
        groups: the group of a passage or document, where it is not the document.
    """
    reader = CueReader(frameworks)
    themes = {f.key: [t.code for t in f.themes if t.code in codes] for f in frameworks}
    ordered = tuple(code for group in themes.values() for code in group)
    taken: list[tuple[str, str, CuesFound]] = []
    columns: dict[str, list[Array]] = {}
    for name, passages in documents.items():
        rows = [at for at, passage in enumerate(passages) if passage.id in labels]
        if not rows:
            continue
        found = cues_found(reader, passages)
        titles = titles_of(reader, passages)
        values = features_of(passages, found, titles, themes)
        for column, array in values.items():
            columns.setdefault(column, []).append(array[rows])
        taken += [(name, passages[at].id, found[at]) for at in rows]
    given = [[labels[id].get(code, "") for code in ordered] for _, id, _ in taken]
    said = np.array(given, dtype=str).reshape(len(taken), len(ordered))
    known = groups or {}
    return Examples(
        ordered,
        tuple(id for _, id, _ in taken),
        tuple(found for _, _, found in taken),
        {column: np.concatenate(arrays) for column, arrays in columns.items()},
        said == "evidence",
        said == "mention",
        said != "",
        np.array([known.get(id, known.get(name, name)) for name, id, _ in taken]),
        np.full(len(taken), world, dtype=object).astype(str),
        np.full(len(taken), weight),
    )
