"""Two people decided apart: how do their logs become one?

What only one of them decided joins. What both decided, and differently, is listed for
somebody to choose.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from kb.curation.events import Event, Key, new_event
from kb.curation.state import State

Side = Literal["ours", "theirs"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing that was decided differently on either side."""

    ours: Event
    theirs: Event


@dataclass(frozen=True, slots=True)
class Merged:
    """The events to add to ours, and what is to be chosen."""

    added: tuple[Event, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def merge(
    ours: Iterable[Event],
    theirs: Iterable[Event],
    take: Side | None = None,
) -> Merged:
    """What of `theirs` is to be added to `ours`.

    Args:
        ours: the events of our log.
        theirs: those of another.
        take: whose decision holds where they differ; None lists the difference and
            adds nothing of it.
    """
    here, there = State(ours), State(theirs)
    new = [event for event in there.events if event.id not in here]
    conflicts = _conflicts(here, there, new)
    open_keys = {conflict.theirs.key for conflict in conflicts}
    if take is None:
        new = [event for event in new if event.key not in open_keys]
        return Merged(tuple(new), tuple(conflicts))
    if take == "ours":
        # Their history joins, and what we decided is decided once more after it.
        new += [_again(conflict.ours) for conflict in conflicts]
    return Merged(tuple(new))


def _conflicts(
    here: State, there: State, new: Sequence[Event]
) -> list[Conflict]:
    """Things of which both sides hold an event that the other does not know."""
    last_there = _last_by_key(new)
    last_here = _last_by_key(e for e in here.events if e.id not in there)
    return [
        Conflict(last_here[key], theirs)
        for key, theirs in last_there.items()
        if key in last_here and last_here[key].after != theirs.after
    ]


def _last_by_key(events: Iterable[Event]) -> dict[Key, Event]:
    return {event.key: event for event in events}


def _again(event: Event) -> Event:
    return new_event(
        event.kind,
        event.target,
        event.after,
        by=event.by,
        field=event.field,
        before=event.before,
        note=event.note,
        words=event.words,
    )
