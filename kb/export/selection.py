"""What leaves the house? Documents, works and quoted passages, in groups with a heading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kb.records import Document, Passage, Work


@dataclass(frozen=True, slots=True)
class Group:
    """Passages under a heading: a theme, a question, or a name the reader gave."""

    title: str
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """What is exported. `documents` holds those of all passages too.

    `notes` are the reader's own, by passage id.
    """

    documents: tuple[Document, ...] = ()
    works: tuple[Work, ...] = ()
    groups: tuple[Group, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    title: str = ""

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All passages in their order, each once."""
        return tuple(
            {p.id: p for group in self.groups for p in group.passages}.values()
        )

    def items(self) -> list[dict[str, Any]]:
        """CSL of every document and work, once each.

        A work that is a document of the selection is that document.
        """
        own = {d.id for d in self.documents}
        documents = [{**d.csl, "id": d.id} for d in self.documents]
        return documents + [
            {**w.csl, "id": w.id}
            for w in self.works
            if w.document not in own and w.id not in own
        ]


def grouped(
    passages: Iterable[Passage], titles: Mapping[str, str], other: str
) -> tuple[Group, ...]:
    """Groups by title in order of first appearance.

    Passages without one come last under `other`.
    """
    found: dict[str, list[Passage]] = {}
    for passage in passages:
        found.setdefault(titles.get(passage.id, other), []).append(passage)
    last = found.pop(other, [])
    return tuple(
        Group(t, tuple(ps))
        for t, ps in [*found.items(), *([(other, last)] if last else [])]
    )
