"""What the searcher knows of every passage without asking the store.

Its number, id, document, kind, place, themes and words. Passages stand document by
document, documents in order of their id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np

from kb.search.engines import ReadingOrder
from kb.search.index.forward_index import Rows
from kb.search.index.lexicon import Ints, Lexicon

COLUMNS = ("document", "kind", "page", "section", "figures", "group")
_ROWS = ("themes", "municipalities", "bodies", "sections", "titles")
_UNDATED = -9999  # sorts behind every year


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
    """Columns by row: a passage's number in reading order over all documents."""

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
    def document_starts(self) -> Ints:
        """The first row of every document, and at last the number of rows."""
        numbers = np.arange(len(self.names.sources) + 1)
        return np.searchsorted(self.columns["document"], numbers)

    @cached_property
    def reading_order(self) -> ReadingOrder:
        """The order of documents, by id and from the newest to the oldest."""
        sources = self.names.sources
        years = [_UNDATED if s.year is None else s.year for s in sources]
        newest = np.argsort(-np.array(years, np.int64), kind="stable")
        ids = [source.id for source in sources]
        return ReadingOrder(ids, self.document_starts, newest)

    @cached_property
    def of_documents(self) -> dict[str, tuple[list[str], Ints, Ints]]:
        """What passages have from their document, by facet.

        For each of author, year and type: the values, and pairs of a document's number
        and a value's.
        """
        sources = self.names.sources
        years = [() if s.year is None else (str(s.year),) for s in sources]
        return {
            "author": _paired([source.authors for source in sources]),
            "year": _paired(years),
            "type": _paired([(source.type,) for source in sources]),
        }

    @cached_property
    def mean_lengths(self) -> tuple[float, float, float]:
        """Mean words of a passage, a section path and a title; at least one."""
        section = title = 1.0
        if len(self):
            lengths = self.sections.lengths(self.columns["section"])
            section = float(np.mean(lengths))
        if len(self.titles):
            title = float(np.mean(np.diff(self.titles.starts)))
        body = len(self.bodies.words) / max(1, len(self))
        return max(1.0, body), max(1.0, section), max(1.0, title)

    def save(self, folder: Path) -> None:
        """Write everything into `folder`."""
        self.lexicon.save(folder)
        (folder / "ids.txt").write_text("\n".join(self.ids), encoding="utf-8")
        (folder / "names.json").write_bytes(
            msgspec.json.encode(asdict(self.names))
        )
        for name in COLUMNS:
            np.save(folder / f"column.{name}.npy", self.columns[name])
        np.save(folder / "theme_scores.npy", self.theme_scores)
        for name in _ROWS:
            getattr(self, name).save(folder, name)

    @classmethod
    def load(cls, folder: Path) -> Collection:
        """Read what `save` wrote."""
        ids = (folder / "ids.txt").read_text(encoding="utf-8")
        names = (folder / "names.json").read_bytes()
        rows = {name: Rows.load(folder, name) for name in _ROWS}
        return cls(
            ids.split("\n") if ids else [],
            msgspec.json.decode(names, type=Names),
            {name: np.load(folder / f"column.{name}.npy") for name in COLUMNS},
            theme_scores=np.load(folder / "theme_scores.npy"),
            lexicon=Lexicon.load(folder),
            **rows,
        )


def _paired(values: Sequence[Sequence[str]]) -> tuple[list[str], Ints, Ints]:
    """The different values, and for each time one is had: whose it is and its number."""
    numbers: dict[str, int] = {}
    pairs = [
        (owner, numbers.setdefault(value, len(numbers)))
        for owner, had in enumerate(values)
        for value in had
    ]
    table = np.array(pairs, np.int64).reshape(-1, 2)
    return list(numbers), table[:, 0], table[:, 1]
