"""Stage "citations": works of the whole corpus, and each citation with its work."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from sys import intern
from typing import TypeVar

from kb.curation import Event, State
from kb.curation.by_document import digest_of_events
from kb.curation.lost import found_again
from kb.curation.works import KINDS, Links, decided_links
from kb.pipeline.document.planning import digest
from kb.pipeline.document.products import Mentions
from kb.pipeline.documents import Documents, Ready
from kb.pipeline.draft import Draft, Previous
from kb.pipeline.kept import Kept
from kb.pipeline.ledger import digest_of
from kb.pipeline.versions import version_of
from kb.records import (
    Citation,
    Csl,
    Document,
    Passage,
    Problem,
    Reference,
    Work,
)
from kb.store import Store

Linked = TypeVar("Linked", Reference, Citation)
STAGE = "citations"
ROOMS = (
    "citations",
    "curation",
    "bibliography",
    "dutch",
    "pipeline/whole/linking.py",
    "records.py",
    "datafiles.py",
)
MOST = 3  # names of open citations that a problem lists


def literature_files(corpus_dir: Path) -> list[Path]:
    """Records of works that are cited: BibTeX, RIS or CSL-JSON."""
    suffixes = ("bib", "ris", "json", "harvest.json")
    files = [corpus_dir / f"literature.{suffix}" for suffix in suffixes]
    return [path for path in files if path.is_file()]


def link(
    draft: Draft, documents: Documents, built: Sequence[Ready]
) -> list[Problem]:
    """Write references, citations and works, where they are not as they were.

    Returns:
        what is wrong in the files of literature.
    """
    literature, problems = _literature(draft.settings.corpus_dir)
    decided = _decided(draft.store, documents.state)
    now = _key(draft, documents.kept, literature, decided)
    draft.ledger.whole[STAGE] = now
    if draft.previous and draft.before.whole.get(STAGE) == now:
        _give_back(draft, draft.previous)
        draft.ledger.linked = draft.before.linked
        draft.ledger.open_citations = draft.before.open_citations
        return problems
    _Linking(draft, documents, built).write(literature, decided)
    return problems


def _literature(corpus_dir: Path) -> tuple[list[Csl], list[Problem]]:
    from kb.bibliography import read_literature

    literature: list[Csl] = []
    problems: list[Problem] = []
    for path in literature_files(corpus_dir):
        records, found = read_literature(path)
        literature += records
        problems += found
    return literature, problems


def _decided(store: Store, state: State) -> tuple[Event, ...]:
    """The decisions on links that hold, those on citations under the ids of now."""
    events = sorted(state.holding(*KINDS), key=lambda event: event.key)
    return tuple(found_again(events, store).events)


def _key(
    draft: Draft,
    kept: Kept,
    literature: Sequence[Csl],
    decided: Sequence[Event],
) -> str:
    """Changes with anything that decides a link.

    What a document says does not, but where it cites, what it lists and its record: a
    sentence mended where nothing is cited leaves all links as they are.
    """
    parts = [version_of(ROOMS), digest_of(tuple(literature))]
    parts.append(digest_of_events(decided))
    parts.append(digest_of(list(map(_told, draft.store.documents()))))
    lines = draft.ledger.lines
    keys = {line.keys["mentions"] for line in lines.values()}
    said = {key: kept.digest("mentions", key) or key for key in keys}
    for document, line in sorted(lines.items()):
        parts += [document, line.source]
        parts += [said[line.keys["mentions"]], *line.without]
    return digest(*parts)


def _told(document: Document) -> Document:
    """A document without what changes with any word of it."""
    return replace(document, card={}, fingerprint="")


def _give_back(draft: Draft, previous: Previous) -> None:
    """The links that documents lost with their passages, as they were."""
    lines = draft.ledger.lines
    for document, line in lines.items():
        if line.links:
            continue
        listed = previous.store.references(document)
        cited = previous.store.citations(document=document)
        draft.store.replace_of(document, Reference, listed)
        draft.store.replace_of(document, Citation, cited)
        lines[document] = replace(
            line, links=previous.ledger.lines[document].links
        )


class _Linking:
    """What all documents mention, linked in one go and handed back to each.

    Linking is over all: a work is known from every list that prints it, and a citation may
    mean a work that only another document lists. What differs is written, no more.
    """

    def __init__(
        self, draft: Draft, documents: Documents, built: Sequence[Ready]
    ) -> None:
        self.draft = draft
        self.references: list[Reference] = []
        self.citations: list[Citation] = []
        self.places: list[Passage] = []
        for ready in built:
            found = documents.product(ready, "mentions", Mentions)
            self.references += found.references
            self.citations += found.citations
            self.places += map(_place, found.places)

    def write(
        self, literature: Sequence[Csl], decided: Sequence[Event]
    ) -> None:
        """Link, and write what is new.

        Args:
            literature: records of works of the field.
            decided: what curators decided on links.
        """
        from kb.citations import resolve

        store, ledger = self.draft.store, self.draft.ledger
        documents = store.documents()
        made = resolve(
            documents, self.places, self.references, self.citations, literature
        )
        links = Links(made.references, made.citations, made.works)
        found = decided_links(links, decided, self._documents())
        self._hand_back(found.references, found.citations)
        store.make_equal(Work, found.works)
        # A work that is known from mentions only has no entry in any list; acts, papers and
        # rulings need none, as their number tells what they are.
        listed = {w.id for w in found.works if w.origin != "mention"}
        without = [
            c for c in found.citations if c.work not in listed and not c.csl
        ]
        ledger.linked = len(found.citations) - len(without)
        ledger.open_citations = list(
            open_citations(self._documents(), without)
        )

    def _documents(self) -> Mapping[str, str]:
        """The document of each passage that cites."""
        return {place.id: place.document for place in self.places}

    def _hand_back(
        self, references: Sequence[Reference], citations: Sequence[Citation]
    ) -> None:
        """Write what each document lists and cites, where it is not as it was."""
        document_of = self._documents()
        listed = _grouped((r.document, r) for r in references)
        cited = _grouped((document_of[c.passage], c) for c in citations)
        lines = self.draft.ledger.lines
        for document, line in lines.items():
            own_list = listed.get(document, [])
            own_mentions = cited.get(document, [])
            now = digest_of((own_list, own_mentions))
            if now == line.links:
                continue
            self.draft.store.replace_of(document, Reference, own_list)
            self.draft.store.replace_of(document, Citation, own_mentions)
            lines[document] = replace(line, links=now)


def _place(passage: Passage) -> Passage:
    """A passage with no more than linking reads, its names held once for all documents.

    Of 320 reports there are 35,000; a kept product makes each of their strings anew.
    """
    return Passage(
        passage.id,
        intern(passage.document),
        passage.text,
        passage.position,
        intern(passage.kind),
        intern(passage.block),
        page=passage.page,
    )


def _grouped(
    pairs: Iterable[tuple[str, Linked]],
) -> Mapping[str, list[Linked]]:
    found: dict[str, list[Linked]] = defaultdict(list)
    for document, record in pairs:
        found[document].append(record)
    return found


def open_citations(
    documents: Mapping[str, str], citations: Iterable[Citation]
) -> Iterator[Problem]:
    """For each document how many citations have no entry, and which are cited most.

    Args:
        documents: the document of each passage.
        citations: those of the whole corpus without an entry anywhere.
    """
    left: dict[str, Counter[str]] = defaultdict(Counter)
    for citation in citations:
        left[documents[citation.passage]][_name_of(citation)] += 1
    for document, names in left.items():
        most = ", ".join(
            _often(name, times) for name, times in names.most_common(MOST)
        )
        values = {"count": names.total(), "most": most}
        yield Problem(
            document, "open_citations", values=values, severity="note"
        )


def _name_of(citation: Citation) -> str:
    """What an open citation is called in a problem: "Bos 2014"."""
    first = citation.authors[0] if citation.authors else None
    name = first or citation.title or citation.surface
    return f"{name} {citation.year or ''}".strip()


def _often(name: str, times: int) -> str:
    return name if times == 1 else f"{name} ({times}×)"
