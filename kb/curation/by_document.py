"""Which decisions is a document made with?"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from kb.curation.attaching import document_of
from kb.curation.events import Event
from kb.curation.state import State

# What changes passages, and with them all that is read from them.
EDITS = (
    "text",
    "part",
    "join",
    "out",
    "kind",
    "heading",
    "label",
    "volume",
)
_OF_PASSAGE = ("text", "part", "join", "out", "kind", "theme")


@dataclass(frozen=True, slots=True)
class OfDocument:
    """The decisions that hold on one source, in an order that hangs on them alone."""

    edits: tuple[Event, ...] = ()
    themes: tuple[Event, ...] = ()


NONE = OfDocument()


def by_document(
    state: State, only: Container[str] | None = None
) -> Mapping[str, OfDocument]:
    """What was decided on each source and its passages, by citekey.

    Args:
        state: all that was decided.
        only: the sources that are asked for; None asks for all.
    """
    edits = _grouped(state, EDITS, only)
    themes = _grouped(state, ("theme",), only)
    return {
        document: OfDocument(
            tuple(edits.get(document, ())), tuple(themes.get(document, ()))
        )
        for document in edits.keys() | themes.keys()
    }


def _grouped(
    state: State, kinds: Sequence[str], only: Container[str] | None
) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = defaultdict(list)
    for event in state.holding(*kinds):
        of_passage = event.kind in _OF_PASSAGE
        document = document_of(event.target) if of_passage else event.target
        if only is None or document in only:
            found[document].append(event)
    for events in found.values():
        events.sort(key=lambda event: event.key)
    return found


def withdrawn(state: State) -> frozenset[str]:
    """The documents that are kept out, by citekey."""
    return frozenset(event.target for event in state.holding("withdraw"))


def digest_of_events(events: Sequence[Event]) -> str:
    """Changes with what is decided, not with who or when; "" for none."""
    if not events:
        return ""
    said = [(event.key, event.after, event.words) for event in events]
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:40]
