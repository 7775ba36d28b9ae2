"""Which decisions hang on nothing any more? They are told, never dropped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kb.curation.attaching import Attached, attach, document_of
from kb.curation.events import Event
from kb.curation.state import State
from kb.records import Passage
from kb.store import Store

OF_PASSAGE = ("theme", "kind", "text", "part", "join", "citation")
OF_DOCUMENT = ("heading", "label", "record", "volume")


def lost_decisions(state: State, store: Store) -> list[Event]:
    """The decisions that hold, of which the passage or document is gone.

    A passage that was kept out by a curator is not gone, nor is one of a document that
    was withdrawn, nor one that was joined to the passage before it.
    """
    out = {event.target for event in state.holding("out", "withdraw")}
    documents = set(store.document_ids())
    lost = [
        event
        for event in state.holding(*OF_DOCUMENT)
        if event.target not in documents and event.target not in out
    ]
    asked = [
        event
        for event in state.holding(*OF_PASSAGE)
        if not {event.target, document_of(event.target)} & out
    ]
    return [*lost, *found_again(asked, store).lost]


def found_again(events: Iterable[Event], store: Store) -> Attached:
    """Decisions under the passage ids of a store; those on no passage stay as they are."""
    asked = list(events)
    of_passage = [event for event in asked if event.kind in OF_PASSAGE]
    wanted = [event.target for event in of_passage]
    known = {passage.id for passage in store.passages(ids=wanted)}
    strayed = [event for event in of_passage if event.target not in known]
    if not strayed:
        return Attached(tuple(asked))
    gone = {event.id for event in strayed}
    kept = [event for event in asked if event.id not in gone]
    lost: list[Event] = []
    documents = store.document_ids()
    for document, its_own in _by_document(strayed).items():
        passages = _passages_of_source(store, document, documents)
        attached = attach(its_own, passages)
        kept += attached.events
        lost += attached.lost
    return Attached(tuple(kept), tuple(lost))


def _by_document(events: Iterable[Event]) -> Mapping[str, list[Event]]:
    found: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        found[document_of(event.target)].append(event)
    return found


def _passages_of_source(
    store: Store, source: str, documents: Iterable[str]
) -> list[Passage]:
    """The passages of a source, also those of the articles in it."""
    return [
        passage
        for document in documents
        if document.startswith(source)
        for passage in store.passages(document)
        if document_of(passage.id) == source
    ]
