"""Which decisions hang on nothing any more? They are told, never dropped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kb.curation.attaching import attach, document_of
from kb.curation.events import Event
from kb.curation.state import State
from kb.records import Passage
from kb.store import Store

OF_PASSAGE = ("theme", "kind", "text", "part", "join", "citation")
OF_DOCUMENT = ("heading", "label", "record", "volume")


def lost_decisions(state: State, store: Store) -> list[Event]:
    """The decisions that hold, of which the passage or document is gone.

    A passage that was kept out by a curator is not gone, nor is one of a document that
    was withdrawn.
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
    known = {p.id for p in store.passages(ids=[e.target for e in asked])}
    strayed = [event for event in asked if event.target not in known]
    for document, events in _by_document(strayed).items():
        passages = _passages_of_source(store, document, documents)
        lost += attach(events, passages).lost
    return lost


def _by_document(events: Iterable[Event]) -> Mapping[str, list[Event]]:
    found: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        found[document_of(event.target)].append(event)
    return found


def _passages_of_source(
    store: Store, source: str, documents: Iterable[str]
) -> list[Passage]:
    """The passages of a source, also those of the articles in it."""
    own = [
        id for id in documents if id == source or id.startswith(f"{source}-")
    ]
    return [
        passage
        for document in sorted(own)
        for passage in store.passages(document)
        if document_of(passage.id) == source
    ]
