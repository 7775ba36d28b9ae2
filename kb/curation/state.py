"""What holds, of all that was decided? A fold over the events: the last one on a thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kb.curation.events import Event, Key, new_event
from kb.errors import KbError


class UnknownEventError(KbError):
    code, status = "unknown_event", 404


class SupersededEventError(KbError):
    """A later decision on the same thing stands; that one is to be reverted first."""

    code, status = "superseded_event", 409


class State:
    """All events in the order of the log, and which of them hold.

    >>> state = State([new_event("theme", "p1", "none", field="B1")])
    >>> state.value("theme", "p1", "B1")
    'none'
    """

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self.events: list[Event] = []
        self._latest: dict[Key, Event] = {}
        self._by_id: dict[str, Event] = {}
        self._of_target: dict[str, list[Event]] = defaultdict(list)
        for event in events:
            self.take(event)

    def take(self, event: Event) -> None:
        """Fold in the next event; one that is known already changes nothing."""
        if event.id in self._by_id:
            return
        self.events.append(event)
        self._by_id[event.id] = event
        self._latest[event.key] = event
        self._of_target[event.target].append(event)

    def __contains__(self, id: str) -> bool:
        return id in self._by_id

    def event(self, id: str) -> Event:
        """Raises UnknownEventError."""
        if id not in self._by_id:
            raise UnknownEventError(id=id)
        return self._by_id[id]

    def value(
        self, kind: str, target: str, field: str = "", by: str = ""
    ) -> Any:
        """What was decided on one thing; None where nothing holds."""
        found = self._latest.get((kind, target, field, by))
        return None if found is None else found.after

    def history(self, target: str) -> list[Event]:
        """Every event on a target, oldest first."""
        return list(self._of_target.get(target, ()))

    def version(self, target: str) -> str:
        """Changes with every decision on a target: the id of the last; "" without any."""
        events = self._of_target.get(target)
        return events[-1].id if events else ""

    def holding(self, *kinds: str) -> Iterator[Event]:
        """The events that hold, in the order in which their things were first decided."""
        for event in list(self._latest.values()):
            if event.after is not None and event.kind in kinds:
                yield event

    def holds(self, event: Event) -> bool:
        """Whether no later event decides on the same thing."""
        return self._latest.get(event.key) is event

    def undoing(self, id: str, by: str, note: str = "") -> Event:
        """The event that takes another back: what was decided before it holds again.

        Raises:
            UnknownEventError: there is no such event.
            SupersededEventError: it does not hold any more.
        """
        event = self.event(id)
        if not self.holds(event):
            later = self._latest[event.key]
            raise SupersededEventError(id=id, later=later.id, by=later.by)
        return new_event(
            event.kind,
            event.target,
            self._decided_before(event),
            by=event.by if event.kind == "code" else by,
            field=event.field,
            before=event.after,
            note=note,
            words=event.words,
            reverts=event.id,
        )

    def _decided_before(self, event: Event) -> Any:
        earlier = None
        for other in self._of_target[event.target]:
            if other is event:
                break
            if other.key == event.key:
                earlier = other
        return None if earlier is None else earlier.after


def decisions_of(state: State) -> Mapping[str, Any]:
    """The fact that tells with which decisions records were made."""
    last = state.events[-1].id if state.events else ""
    return {"count": len(state.events), "last": last}
