"""A few passages with all that is asked of them: what ranking sees of a collection.

Nothing here is as long as the collection. Local arrays fill it for the embedded engines,
stored fields for an engine on other machines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from kb.search.index.forward_index import Rows
from kb.search.index.lexicon import Floats, Ints, Lexicon
from kb.search.index.sources import Names, OfDocuments

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class SharedText:
    """A text that several candidates have: the path of a section."""

    texts: Rows
    owners: Ints  # which text each word belongs to
    of: Ints  # which text each candidate has


@dataclass(frozen=True, slots=True)
class Candidates:
    """Candidate passages; `owners` tells which of them each word belongs to.

    All but the rows is in numbers of the collection's words and names.
    """

    rows: Ints
    bodies: Rows
    owners: Ints
    sections: SharedText
    documents: Ints
    kinds: Ints
    groups: Ints  # of near-duplicates; below nought where there are none
    themes: Rows
    theme_scores: Floats  # of each theme in `themes`
    municipalities: Rows
    figures: Mask

    def __len__(self) -> int:
        return len(self.rows)

    def subset(self, places: Ints) -> Candidates:
        """Those at some places, in that order."""
        bodies = self.bodies.take(places)
        sections = self.sections
        return replace(
            self,
            rows=self.rows[places],
            bodies=bodies,
            owners=bodies.owners,
            sections=shared(sections.texts, sections.of[places]),
            documents=self.documents[places],
            kinds=self.kinds[places],
            groups=self.groups[places],
            themes=self.themes.take(places),
            theme_scores=self.theme_scores[self.themes.places(places)],
            municipalities=self.municipalities.take(places),
            figures=self.figures[places],
        )


@dataclass(frozen=True, slots=True)
class Facts:
    """What can be chosen of a few passages, without their words."""

    documents: Ints
    kinds: Ints
    themes: Rows
    municipalities: Rows
    figures: Mask


def shared(texts: Rows, numbers: Ints) -> SharedText:
    """The different ones of these texts, and which each candidate has."""
    different, of = np.unique(numbers, return_inverse=True)
    taken = texts.take(different)
    return SharedText(taken, taken.owners, of)


class Passages(Protocol):
    """What search asks of a collection: the words of all, the passages of a few rows."""

    names: Names

    @property
    def lexicon(self) -> Lexicon:
        """The words of all passages."""

    def __len__(self) -> int: ...

    @property
    def has_alike(self) -> bool:
        """Whether any passage may have near-duplicates."""

    @property
    def mean_lengths(self) -> tuple[float, float, float]:
        """Mean words of a passage, a section path and a title."""

    @property
    def document_number(self) -> dict[str, int]:
        """Document id to its number."""

    @property
    def of_documents(self) -> OfDocuments:
        """What passages have from their document, by facet."""

    def gather(self, rows: Ints) -> Candidates:
        """The passages of some rows."""

    def facts_of(self, rows: Ints) -> Facts:
        """What can be chosen of the passages of some rows."""

    def ids_of(self, rows: Ints) -> list[str]:
        """The ids of some rows."""

    def row_of(self, id: str) -> int | None:
        """The row of a passage; None where there is no such passage."""

    def documents_of(self, rows: Ints) -> Ints:
        """The number of the document of each row."""

    def evidence_of(self, rows: Ints, themes: Sequence[str]) -> Floats:
        """The highest score of each row for one of these themes, for any where none is
        named; 0.0 without."""

    def groups_of(self, rows: Ints) -> Ints:
        """The group of near-duplicates of each row, below nought without."""
