"""Labelled passages as examples: columns, labels, and the group each is left out with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.records import Passage
from kb.themes.cues.reader import CueReader, CuesFound
from kb.themes.features import Array, Columns, cues_found, features_of, titles_of
from kb.themes.frameworks import Framework, Frameworks

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
        groups: the group of a passage, where it is not its document.
    """
    reader = CueReader(frameworks)
    themes = {f.key: _wanted(f, codes) for f in frameworks}
    ordered = tuple(code for group in themes.values() for code in group)
    ids: list[str] = []
    names: list[str] = []
    found: list[CuesFound] = []
    columns: dict[str, list[Array]] = {}
    for name, passages in documents.items():
        rows = [at for at, passage in enumerate(passages) if passage.id in labels]
        if not rows:
            continue
        cues = cues_found(reader, passages)
        titles = titles_of(reader, passages)
        for column, values in features_of(passages, cues, titles, themes).items():
            columns.setdefault(column, []).append(values[rows])
        found += [cues[at] for at in rows]
        ids += [passages[at].id for at in rows]
        names += [name] * len(rows)
    said = _said([labels[id] for id in ids], ordered)
    known = groups or {}
    together = [known.get(id, name) for id, name in zip(ids, names, strict=True)]
    return Examples(
        codes=ordered,
        ids=tuple(ids),
        found=tuple(found),
        columns={column: np.concatenate(parts) for column, parts in columns.items()},
        evidence=said == "evidence",
        mention=said == "mention",
        said=said != "",
        groups=np.array(together),
        worlds=np.array([world] * len(ids), dtype=str),
        weights=np.full(len(ids), weight),
    )


def _said(given: Sequence[Mapping[str, str]], codes: Sequence[str]) -> NDArray[np.str_]:
    """What was said of each theme of each passage; "" where nobody looked."""
    rows = [[labels.get(code, "") for code in codes] for labels in given]
    return np.array(rows, dtype=str).reshape(len(given), len(codes))


def _wanted(framework: Framework, codes: Sequence[str]) -> list[str]:
    """The themes of a framework that are to be learnt."""
    return [theme.code for theme in framework.themes if theme.code in codes]
