"""What the searcher knows of every passage without asking the store: number, id, document, kind, place, themes, words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from kb.search.index.forward_index import Rows
from kb.search.index.lexicon import Ints, Lexicon

COLUMNS = ("document", "kind", "page", "section", "group", "by_year")


@dataclass(frozen=True, slots=True)
class Source:
    """A document as search needs it."""

    id: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    type: str


@dataclass
class Names:
    """What the numbers in the columns stand for."""

    sources: list[Source] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    municipalities: list[str] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)


@dataclass
class Collection:
    """Columns by row (a passage's number in reading order over all documents)."""

    ids: Sequence[str]
    names: Names
    columns: dict[str, Ints]
    themes: Rows  # theme numbers by row
    theme_scores: np.ndarray
    municipalities: Rows  # municipality numbers by row
    bodies: Rows  # word numbers by row
    sections: Rows  # word numbers by section
    titles: Rows  # word numbers by document
    lexicon: Lexicon

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def row(self) -> dict[str, int]:
        """Passage id to row."""
        return {id: i for i, id in enumerate(self.ids)}

    @cached_property
    def document_number(self) -> dict[str, int]:
        """Document id to its number."""
        return {source.id: i for i, source in enumerate(self.names.sources)}

    @cached_property
    def of_documents(self) -> dict[str, tuple[list[str], Ints, Ints]]:
        """What passages have from their document, by facet: the values, and pairs of a document's number and a value's."""
        sources = self.names.sources
        return {
            "author": _paired([source.authors for source in sources]),
            "year": _paired(
                [
                    (str(source.year),) if source.year is not None else ()
                    for source in sources
                ]
            ),
            "type": _paired([(source.type,) for source in sources]),
        }

    @cached_property
    def mean_lengths(self) -> tuple[float, float, float]:
        """Mean words of a passage, a section path and a title; at least one."""
        body = len(self.bodies.words) / max(1, len(self))
        section = (
            float(np.mean(self.sections.lengths(self.columns["section"])))
            if len(self)
            else 1.0
        )
        title = float(np.mean(np.diff(self.titles.starts))) if len(self.titles) else 1.0
        return max(1.0, body), max(1.0, section), max(1.0, title)

    def save(self, folder: Path) -> None:
        """Write everything into `folder`."""
        self.lexicon.save(folder)
        (folder / "ids.txt").write_text("\n".join(self.ids), encoding="utf-8")
        names = {
            "sources": [
                [s.id, s.title, s.authors, s.year, s.type] for s in self.names.sources
            ]
        }
        names |= {
            k: getattr(self.names, k)
            for k in ("kinds", "themes", "municipalities", "sections")
        }
        (folder / "names.json").write_text(
            json.dumps(names, ensure_ascii=False), encoding="utf-8"
        )
        for name in COLUMNS:
            np.save(folder / f"column.{name}.npy", self.columns[name])
        np.save(folder / "theme_scores.npy", self.theme_scores)
        for name in ("themes", "municipalities", "bodies", "sections", "titles"):
            getattr(self, name).save(folder, name)

    @classmethod
    def load(cls, folder: Path) -> Collection:
        """Read what `save` wrote."""
        names = json.loads((folder / "names.json").read_text(encoding="utf-8"))
        sources = [
            Source(id, title, tuple(authors), year, type)
            for id, title, authors, year, type in names.pop("sources")
        ]
        text = (folder / "ids.txt").read_text(encoding="utf-8")
        rows = {
            name: Rows.load(folder, name)
            for name in ("themes", "municipalities", "bodies", "sections", "titles")
        }
        return cls(
            text.split("\n") if text else [],
            Names(sources, **names),
            {name: np.load(folder / f"column.{name}.npy") for name in COLUMNS},
            theme_scores=np.load(folder / "theme_scores.npy"),
            lexicon=Lexicon.load(folder),
            **rows,
        )


def _paired(values: Sequence[Sequence[str]]) -> tuple[list[str], Ints, Ints]:
    """The different values, and of each time one is had: whose it is and its number."""
    numbers: dict[str, int] = {}
    pairs = [
        (owner, numbers.setdefault(value, len(numbers)))
        for owner, had in enumerate(values)
        for value in had
    ]
    table = np.array(pairs, np.int64).reshape(-1, 2)
    return list(numbers), table[:, 0], table[:, 1]
