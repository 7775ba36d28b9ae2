"""Works and citations as curators want them: linked, unlinked, merged, taken apart.

What the program linked is taken first, then what people decided of it, in this order: records
of works, entries that are works of their own, citations one by one, and at last works that are
one. A work that nothing cites or lists any more is gone.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kb.curation.events import Event
from kb.records import Citation, Reference, Work

KINDS = ("work", "apart", "citation", "merge")
CURATED = "curator"  # the reason of a link that a person chose
_KNOWN_WITHOUT = (
    "corpus",
    "literature",
)  # origins of works that need no citation
_ADDED = "literature"


@dataclass(frozen=True, slots=True)
class Links:
    """What documents list and cite, and the works that these are."""

    references: tuple[Reference, ...]
    citations: tuple[Citation, ...]
    works: tuple[Work, ...]


def decided_links(
    found: Links, events: Sequence[Event], document_of: Mapping[str, str]
) -> Links:
    """The links after the decisions on them.

    Args:
        found: as the program linked them.
        events: those of `KINDS` that hold, under the passage ids of now.
        document_of: the document of each passage that cites.
    """
    if not events:
        return found
    linking = _Linking(found, document_of)
    for kind, step in (
        ("work", linking.give_record),
        ("apart", linking.take_apart),
        ("citation", linking.link),
        ("merge", linking.merge),
    ):
        for event in events:
            if event.kind == kind:
                step(event)
    return linking.counted()


def field_of(citation: Citation) -> str:
    """How a citation is named in a decision: where it begins, and what it says.

    >>> field_of(Citation("p1", "Bos, 2014", 12, 21))
    '12:Bos, 2014'
    """
    return f"{citation.start}:{citation.surface}"


def apart_id(reference: str) -> str:
    """The id of the work that an entry is of its own.

    >>> apart_id("boer2014:r1")
    'apart-78467dfd89'
    """
    own = hashlib.sha256(reference.encode()).hexdigest()[:10]
    return f"apart-{own}"


class _Linking:
    """The links under way from what was found to what was decided."""

    def __init__(self, found: Links, document_of: Mapping[str, str]) -> None:
        self.document_of = document_of
        self.references = list(found.references)
        self.citations = list(found.citations)
        self.works = {work.id: work for work in found.works}
        self.touched: set[str] = set()
        self._entry_at = {r.id: at for at, r in enumerate(self.references)}
        self._of_passage: dict[str, list[int]] = defaultdict(list)
        for at, citation in enumerate(self.citations):
            self._of_passage[citation.passage].append(at)

    def give_record(self, event: Event) -> None:
        """A work gets the record that a curator typed, or is added with it."""
        csl = {**event.after, "id": event.target}
        known = self.works.get(event.target)
        if known is None:
            self.works[event.target] = Work(event.target, csl, origin=_ADDED)
        else:
            origin = known.origin
            told = origin if origin in _KNOWN_WITHOUT else _ADDED
            self.works[event.target] = replace(known, csl=csl, origin=told)

    def take_apart(self, event: Event) -> None:
        """An entry of a list becomes a work of its own, with what cites it."""
        at = self._entry_at.get(event.target)
        if at is None:
            return
        entry = self.references[at]
        own = apart_id(entry.id)
        csl = dict(entry.csl) or {"type": "document", "title": entry.raw}
        self.works[own] = Work(own, {**csl, "id": own}, variants=(entry.raw,))
        self._set_entry(at, own)
        for number, citation in enumerate(self.citations):
            if citation.reference == entry.id:
                self._set_citation(number, own, entry.id)

    def link(self, event: Event) -> None:
        """A citation goes to the work that was chosen, or to none."""
        at = self._citation_at(event)
        chosen = event.after or None
        if at is None or (chosen and chosen not in self.works):
            return
        self._set_citation(at, chosen, self._entry_for(at, chosen))
        self.citations[at] = replace(
            self.citations[at], score=1.0, reason=CURATED
        )

    def merge(self, event: Event) -> None:
        """All that was of one work is of another."""
        gone, kept = event.target, event.after
        if gone not in self.works or kept not in self.works or gone == kept:
            return
        for number, entry in enumerate(self.references):
            if entry.work == gone:
                self._set_entry(number, kept)
        for number, citation in enumerate(self.citations):
            if citation.work == gone:
                self._set_citation(number, kept, citation.reference)
        self.works[kept] = _together(self.works[kept], self.works.pop(gone))
        self.touched.add(kept)

    def counted(self) -> Links:
        """The links, with who cites each work that was touched and how often."""
        mentions: dict[str, int] = defaultdict(int)
        citing: dict[str, set[str]] = defaultdict(set)
        for citation in self.citations:
            if citation.work in self.touched:
                mentions[citation.work] += 1
                document = self.document_of.get(citation.passage)
                if document:
                    citing[citation.work].add(document)
        for entry in self.references:
            if entry.work in self.touched:
                citing[entry.work].add(entry.document)
        for id in self.touched & self.works.keys():
            self._count(id, mentions[id], citing[id])
        works = tuple(self.works[id] for id in sorted(self.works))
        return Links(tuple(self.references), tuple(self.citations), works)

    def _count(self, id: str, mentions: int, citing: set[str]) -> None:
        work = self.works[id]
        cited_by = tuple(sorted(citing - {work.document}))
        if not citing and not mentions and work.origin not in _KNOWN_WITHOUT:
            del self.works[id]
        else:
            self.works[id] = replace(
                work, cited_by=cited_by, mentions=mentions
            )

    def _citation_at(self, event: Event) -> int | None:
        """The citation that an event names: with these words, nearest to that place."""
        start, _, surface = event.field.partition(":")
        wanted = int(start) if start.isascii() and start.isdigit() else 0
        same = [
            at
            for at in self._of_passage.get(event.target, ())
            if self.citations[at].surface == surface
        ]
        return min(
            same,
            key=lambda at: abs(self.citations[at].start - wanted),
            default=None,
        )

    def _entry_for(self, at: int, work: str | None) -> str | None:
        """The entry of its document by which a citation means a work, if any."""
        citation = self.citations[at]
        document = self.document_of.get(citation.passage)
        listed = [
            entry.id
            for entry in self.references
            if entry.document == document and entry.work == work
        ]
        if work is None or not listed:
            return None
        own = citation.reference
        return own if own in listed else listed[0]

    def _set_entry(self, at: int, work: str) -> None:
        before = self.references[at].work
        self.touched |= {work, before} - {None}  # type: ignore[arg-type]
        self.references[at] = replace(self.references[at], work=work)

    def _set_citation(
        self, at: int, work: str | None, entry: str | None
    ) -> None:
        before = self.citations[at].work
        self.touched |= {work, before} - {None}  # type: ignore[arg-type]
        self.citations[at] = replace(
            self.citations[at], work=work, reference=entry
        )


def _together(kept: Work, gone: Work) -> Work:
    """One work of two: the record of the one that stays, the spellings of both."""
    spellings = dict.fromkeys((*kept.variants, *gone.variants))
    return replace(
        kept,
        variants=tuple(spellings),
        document=kept.document or gone.document,
    )
