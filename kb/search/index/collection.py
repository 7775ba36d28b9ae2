"""What the searcher knows of every passage without asking the store.

Its number, id, document, kind, place, themes and words. Passages stand document by
document, documents in order of their id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np

from kb.search.engines import ReadingOrder
from kb.search.index.candidates import Candidates, Facts, shared
from kb.search.index.forward_index import Rows
from kb.search.index.lexicon import Floats, Ints, Lexicon
from kb.search.index.sources import (
    Names,
    OfDocuments,
    of_documents,
    reading_order,
)

STARTS = "document_starts.npy"
COLUMNS = ("document", "kind", "page", "section", "figures", "group")
_ROWS = ("themes", "municipalities", "bodies", "sections", "titles")


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
        return reading_order(self.names.sources, self.document_starts)

    @cached_property
    def of_documents(self) -> OfDocuments:
        """What passages have from their document, by facet."""
        return of_documents(self.names.sources)

    def gather(self, rows: Ints) -> Candidates:
        """The passages of some rows."""
        bodies = self.bodies.take(rows)
        columns = self.columns
        return Candidates(
            rows,
            bodies,
            bodies.owners,
            shared(self.sections, columns["section"][rows]),
            columns["document"][rows],
            columns["kind"][rows],
            columns["group"][rows],
            self.themes.take(rows),
            self.theme_scores[self.themes.places(rows)],
            self.municipalities.take(rows),
            columns["figures"][rows] > 0,
        )

    def facts_of(self, rows: Ints) -> Facts:
        """What can be chosen of the passages of some rows."""
        columns = self.columns
        return Facts(
            columns["document"][rows],
            columns["kind"][rows],
            self.themes.take(rows),
            self.municipalities.take(rows),
            columns["figures"][rows] > 0,
        )

    def ids_of(self, rows: Ints) -> list[str]:
        """The ids of some rows."""
        return [self.ids[row] for row in rows.tolist()]

    def row_of(self, id: str) -> int | None:
        """The row of a passage; None where there is no such passage."""
        return self.row.get(id)

    def documents_of(self, rows: Ints) -> Ints:
        """The number of the document of each row."""
        return self.columns["document"][rows]

    def evidence_of(self, rows: Ints, themes: Sequence[str]) -> Floats:
        """The highest score of each row for one of these themes, for any where none is
        named; 0.0 without."""
        tagged = self.themes.take(rows)
        scores = self.theme_scores[self.themes.places(rows)]
        if themes:
            wanted = [name in themes for name in self.names.themes]
            scores = scores * np.array(wanted, np.bool_)[tagged.words]
        best = np.zeros(len(rows))
        np.maximum.at(best, tagged.owners, scores)
        return best

    def groups_of(self, rows: Ints) -> Ints:
        """The group of near-duplicates of each row, below nought without."""
        return self.columns["group"][rows]

    @cached_property
    def has_alike(self) -> bool:
        """Whether any passage has near-duplicates."""
        return bool((self.columns["group"] >= 0).any())

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
        np.save(folder / STARTS, self.document_starts)
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
