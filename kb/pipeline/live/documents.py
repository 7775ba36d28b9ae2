"""One source with its decisions: from what the stages kept of it, not from its file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from kb.curation import State, by_document, decided_tags, withdrawn
from kb.curation.by_document import NONE, OfDocument
from kb.curation.editing import edited
from kb.errors import UnknownDocumentError
from kb.pipeline.document.products import Passages, Tags
from kb.pipeline.documents import KEPT
from kb.pipeline.kept import Kept
from kb.pipeline.ledger import Ledger, Line
from kb.records import Citation, Passage, Tag
from kb.settings import Settings
from kb.store import Store


class Redoing:
    """Sources made anew in a copy of the records.

    Args:
        settings: where corpus and index are.
        base: the records of the generation.
        live: the copy that is written to.
        ledger: what the generation was made of; None where it cannot be read.
        state: what was decided.
    """

    def __init__(
        self,
        settings: Settings,
        base: Store,
        live: Store,
        ledger: Ledger | None,
        state: State,
    ) -> None:
        self.settings, self.base, self.live = settings, base, live
        self.lines: Mapping[str, Line] = ledger.lines if ledger else {}
        self.kept = Kept(settings.index_dir / KEPT)
        self.state = state
        self.out = withdrawn(state)

    @cached_property
    def known_themes(self) -> frozenset[str]:
        """The codes of all themes that this corpus has."""
        from kb.themes import load_frameworks

        folder = self.settings.corpus_dir / "frameworks"
        return frozenset(load_frameworks(folder).themes)

    def redo(self, source: str) -> None:
        """Write what a source says with the decisions on it; unknown ones are let be."""
        documents = self.documents(source)
        if not documents:
            return
        if source in self.out:
            self.live.remove(documents)
            return
        decided = by_document(self.state, {source}).get(source, NONE)
        machine = self._passages(source, documents)
        passages = edited(machine, decided.edits)
        tags = self._tags(source, documents, passages, decided)
        cited = self._cited(documents)
        if self._moves(documents, passages):
            for document in documents:  # a passage stands in one at a time
                self.live.rewrite(document, [], [], [])
        for document in documents:
            self._write(document, passages, tags, cited)

    def documents(self, source: str) -> list[str]:
        """The documents of a source in the generation: its own, and its articles."""
        found = [
            id for id, line in self.lines.items() if line.source == source
        ]
        if (
            not found
        ):  # of another version of the program, until the next build
            found = [
                document.id
                for document in self.base.documents()
                if source in (document.id, document.volume)
            ]
        return sorted(found)

    def _passages(
        self, source: str, documents: Sequence[str]
    ) -> Sequence[Passage]:
        """As the program made them; as they were built, where that is not kept."""
        line = self.lines.get(source)
        key = line.keys.get("passages", "") if line else ""
        found = self.kept.get("passages", key, Passages) if key else None
        if found is not None:
            return found.passages
        return [p for id in documents for p in self.base.passages(id)]

    def _tags(
        self,
        source: str,
        documents: Sequence[str],
        passages: Sequence[Passage],
        decided: OfDocument,
    ) -> Mapping[str, list[Tag]]:
        """Tags by passage: what the program found in words that are still there."""
        line = self.lines.get(source)
        key = line.keys.get("themes", "") if line else ""
        found = self.kept.get("themes", key, Tags) if key else None
        if found is not None:
            tags: Sequence[Tag] = found.tags
        else:
            tags = [
                tag
                for id in documents
                for tag in self.base.tags(document=id, shown=False)
            ]
        known = {passage.id: passage for passage in passages}
        fitting = [
            _with_cues_of(tag, known[tag.passage].text)
            for tag in tags
            if tag.passage in known
        ]
        by_passage: dict[str, list[Tag]] = {}
        for tag in decided_tags(
            fitting, passages, decided.themes, self.known_themes
        ):
            by_passage.setdefault(tag.passage, []).append(tag)
        return by_passage

    def _cited(self, documents: Sequence[str]) -> list[tuple[str, Citation]]:
        """The citations of a source, each with the document it was built in."""
        built = [
            (id, citation)
            for id in documents
            for citation in self.base.citations(document=id)
        ]
        live = [
            c for id in documents for c in self.live.citations(document=id)
        ]
        linked = _with_links_of([citation for _, citation in built], live)
        homes = [id for id, _ in built]
        return list(zip(homes, linked, strict=True))

    def _moves(
        self, documents: Sequence[str], passages: Sequence[Passage]
    ) -> bool:
        """Whether a passage goes from an article to its volume, or back."""
        if len(documents) == 1:
            return False
        now = {passage.id: passage.document for passage in passages}
        return any(
            now.get(passage.id, id) != id
            for id in documents
            for passage in self.live.passages(id)
        )

    def _write(
        self,
        document: str,
        passages: Sequence[Passage],
        tags: Mapping[str, Sequence[Tag]],
        cited: Sequence[tuple[str, Citation]],
    ) -> None:
        its_own = [p for p in passages if p.document == document]
        if not its_own and document in self._refused():
            self.live.remove([document])
            return
        self._bring_back(document)
        here = {passage.id for passage in its_own}
        elsewhere = {passage.id for passage in passages} - here
        mine = [
            citation
            for home, citation in cited
            if citation.passage in here
            or (home == document and citation.passage not in elsewhere)
        ]
        self.live.rewrite(
            document,
            its_own,
            [tag for p in its_own for tag in tags.get(p.id, ())],
            _in_place(mine, its_own),
        )

    def _refused(self) -> set[str]:
        """The parts of collections that a curator says are none."""
        return {
            event.field
            for event in self.state.holding("volume")
            if event.after == "rejected"
        }

    def _bring_back(self, document: str) -> None:
        """A document that was kept out stands in the copy again."""
        try:
            self.live.document(document)
        except UnknownDocumentError:
            self.live.replace_document(
                self.base.document(document),
                references=self.base.references(document),
            )


def _with_links_of(
    built: Sequence[Citation], live: Sequence[Citation]
) -> list[Citation]:
    """The citations of a document as built, each with the link that it has in the copy.

    Words that come as often in both are taken to be the same, in their order.
    """
    links: dict[str, list[Citation]] = defaultdict(list)
    for citation in live:
        links[citation.surface].append(citation)
    counts = Counter(citation.surface for citation in built)
    seen: Counter[str] = Counter()
    found = []
    for citation in built:
        same = links[citation.surface]
        if len(same) == counts[citation.surface]:
            link = same[seen[citation.surface]]
            citation = replace(
                citation,
                work=link.work,
                reference=link.reference,
                score=link.score,
                reason=link.reason,
            )
        seen[citation.surface] += 1
        found.append(citation)
    return found


def _with_cues_of(tag: Tag, text: str) -> Tag:
    """The tag with the cues that stand in the text at their places."""
    cues = tuple(c for c in tag.cues if text[c.start : c.end] == c.text)
    return tag if cues == tag.cues else replace(tag, cues=cues)


def _in_place(
    citations: Sequence[Citation], passages: Sequence[Passage]
) -> list[Citation]:
    """Citations where their words stand now; those whose words are gone are gone."""
    texts = {passage.id: passage.text for passage in passages}
    taken: set[tuple[str, int]] = set()
    found = []
    moved = []
    for citation in citations:
        home = texts.get(citation.passage, "")
        if home[citation.start : citation.end] == citation.surface:
            taken.add((citation.passage, citation.start))
            found.append(citation)
        else:
            moved.append(citation)
    for citation in moved:
        place = _next_place(citation, texts, taken)
        if place is not None:
            taken.add(place)
            passage, start = place
            end = start + len(citation.surface)
            found.append(
                replace(citation, passage=passage, start=start, end=end)
            )
    return found


def _next_place(
    citation: Citation,
    texts: Mapping[str, str],
    taken: Collection[tuple[str, int]],
) -> tuple[str, int] | None:
    """The first place of its words that no other citation has, in its own passage first."""
    own = {citation.passage: texts.get(citation.passage, "")}
    for passage, text in {**own, **texts}.items():
        at = text.find(citation.surface)
        while at >= 0 and (passage, at) in taken:
            at = text.find(citation.surface, at + 1)
        if at >= 0:
            return passage, at
    return None
