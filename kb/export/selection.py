"""What leaves the house? Documents, works and quoted passages, in groups with a heading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kb.citing.namesakes import beside
from kb.passages.personal import away_from_home
from kb.records import Document, Passage, Work


@dataclass(frozen=True, slots=True)
class Group:
    """Passages under a heading: a theme, a question, or a name the reader gave."""

    title: str
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """What is exported. `documents` holds those of all passages too.

    Attributes:
        notes: the reader's own, by passage id.
        same: passage id → passages of other documents that say the same.
        citing: passage id → ids of the works whose findings it reports.
        cited: those works.
        counted: whether a sentence above each group counts what the records say.
        remarks: sentences below the title.
        beside: documents that are not exported, but told apart from those that are.
        notice: what the owner says of all texts, such as that they are invented.
    """

    documents: tuple[Document, ...] = ()
    works: tuple[Work, ...] = ()
    groups: tuple[Group, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    same: Mapping[str, tuple[Passage, ...]] = field(default_factory=dict)
    citing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cited: tuple[Work, ...] = ()
    counted: bool = False
    remarks: tuple[str, ...] = ()
    beside: tuple[Mapping[str, Any], ...] = ()
    notice: str = ""

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All passages in their order, each once."""
        return tuple(
            {p.id: p for group in self.groups for p in group.passages}.values()
        )

    def away_from_home(self, language: str) -> Selection:
        """The same, with a sentence where a passage names or addresses persons."""
        groups = tuple(
            Group(
                group.title,
                tuple(away_from_home(p, language) for p in group.passages),
            )
            for group in self.groups
        )
        return replace(self, groups=groups)

    def told_apart_from(self, documents: Iterable[Document]) -> Selection:
        """The same, its letters and names as in a list of all these documents."""
        known = ({**d.csl, "id": d.id} for d in documents)
        return replace(self, beside=tuple(beside(self.items(), known)))

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

    def cited_items(self) -> list[dict[str, Any]]:
        """CSL of the works that the quotations cite, but for those of `items`."""
        own = {str(item["id"]) for item in self.items()}
        return [
            {**work.csl, "id": work.id}
            for work in self.cited
            if not own & {work.id, work.document}
        ]

    def cited_with_entry(self) -> list[str]:
        """Ids of the cited works that a list can name.

        Of a work known from mentions only, there is no entry.
        """
        unlisted = self._unlisted()
        return [id for id in self._cited_ids() if id not in unlisted]

    def cited_without_entry(self) -> list[str]:
        """Ids of the cited works that are known from mentions only."""
        unlisted = self._unlisted()
        return [id for id in self._cited_ids() if id in unlisted]

    def _cited_ids(self) -> list[str]:
        return [str(item["id"]) for item in self.cited_items()]

    def _unlisted(self) -> frozenset[str]:
        return frozenset(w.id for w in self.cited if w.origin == "mention")


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
