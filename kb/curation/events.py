"""What is one decision of a curator? Who, when, on what, from what, to what, and why.

An event says something of one `target`, and of one `field` of it where it has several:

| kind | target | field | after |
| --- | --- | --- | --- |
| theme | passage | theme | evidence, mention or none |
| kind | passage | | one of `PASSAGE_KINDS` |
| text | passage | | the text as it should read |
| part | passage | | where new passages begin, in characters |
| join | passage | | true: the next passage belongs to it |
| heading | document | heading as read | heading as it should read |
| label | document | number of the page | what is printed on it |
| out | passage | | true: not shown, not searched |
| withdraw | document | | the same for a whole document |
| record | document | field of the record | its value |
| source | document | | the file that was added, and its record |
| volume | document | part | confirmed or rejected |
| citation | passage | "start:surface" | a work, or "" for none |
| work | work | | the record of a work that was added |
| merge | work | | the work that it is |
| apart | entry of a list | | true: a work of its own |
| code | passage | framework | as theme, by theme, by one coder of a blind round |
| settle | passage | theme | as theme, what coders agreed on in the end |

`after` is null where a decision is taken back: the program's own view holds again.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from kb.records import PASSAGE_KINDS

View = Literal["evidence", "mention", "none"]
Kind = Literal[PASSAGE_KINDS]  # type: ignore[valid-type]
LONGEST_TEXT = (
    20_000  # characters; the longest passage of real reports has 6,000
)
LONGEST_NOTE = 2_000
_Text = str | None
_Yes = Literal[True] | None

# What `after` may be. A line that says anything else is no decision.
VALUES: Mapping[str, Any] = {
    "theme": View | None,
    "kind": Kind | None,
    "text": _Text,
    "part": tuple[int, ...] | None,
    "join": _Yes,
    "heading": _Text,
    "label": _Text,
    "out": _Yes,
    "withdraw": _Yes,
    "record": Any,
    "source": dict[str, Any] | None,
    "volume": Literal["confirmed", "rejected"] | None,
    "citation": _Text,
    "work": dict[str, Any] | None,
    "merge": _Text,
    "apart": _Yes,
    "code": dict[str, View] | None,
    "settle": View | None,
}
# Coders say the same thing side by side: what one says does not replace the other.
_PERSONAL = ("code",)

Key = tuple[str, str, str, str]


class Event(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True
):
    """One decision.

    Attributes:
        id: its own, never used again.
        time: ISO, UTC.
        by: the name of the curator.
        kind: a key of `VALUES`.
        target: the id of what it is about.
        field: which field of it.
        before: what stood there in the eyes of the curator.
        after: what should stand there; None takes an earlier decision back.
        note: why.
        words: the text of the passage then, to find it again by.
        reverts: the event that this one takes back.
    """

    id: str
    time: str
    by: str
    kind: str
    target: str
    field: str = ""
    before: Any = None
    after: Any = None
    note: str = ""
    words: str = ""
    reverts: str = ""

    @property
    def key(self) -> Key:
        """What it decides on; the last event with this key holds."""
        coder = self.by if self.kind in _PERSONAL else ""
        return (self.kind, self.target, self.field, coder)


class EarlierLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision as it was written before events; still read."""

    passage: str
    theme: str
    evidence: bool
    curator: str = ""
    date: str = ""
    note: str = ""


def new_event(
    kind: str, target: str, after: Any, *, by: str = "", **rest: Any
) -> Event:
    """An event of now, with an id of its own.

    Args:
        kind: a key of `VALUES`.
        target: the id of what it is about.
        after: what should stand there.
        by: who decides.
        rest: other fields of the event.

    Raises:
        ValueError: `after` is nothing that this kind can have.
    """
    time = datetime.now(UTC).isoformat(timespec="microseconds")
    id = secrets.token_hex(8)
    return checked(Event(id, time, by, kind, target, after=after, **rest))


def checked(event: Event) -> Event:
    """The event, when it says something that can be.

    >>> checked(Event("1", "", "", "theme", "p1", "B1", after="evidence")).after
    'evidence'

    Raises:
        ValueError: an unknown kind, or a value that the kind cannot have.
    """
    if event.kind not in VALUES:
        raise ValueError(f"kind {event.kind!r}")
    if not event.target:
        raise ValueError("target ''")
    if len(event.words) > LONGEST_TEXT or len(event.note) > LONGEST_NOTE:
        raise ValueError("words, note: too long")
    wanted = VALUES[event.kind]
    if wanted is not Any:
        msgspec.convert(
            event.after, wanted
        )  # a ValidationError is a ValueError
    return event


def event_of(line: bytes, times: int = 1) -> Event:
    """The event that a line of the log says.

    Args:
        line: JSON, without the end of the line.
        times: how often just this line has been met, itself included.

    Raises:
        ValueError: it is no event.
    """
    try:
        return checked(_EVENTS.decode(line))
    except msgspec.ValidationError:
        if b'"passage"' not in line:
            raise
    return _of_earlier(line, times)


_EVENTS = msgspec.json.Decoder(Event)
_EARLIER = msgspec.json.Decoder(EarlierLine)


def _of_earlier(line: bytes, times: int) -> Event:
    """A line from before events: its id is made of its words, so that it stays."""
    found = _EARLIER.decode(line)
    own = hashlib.sha256(line.strip() + str(times).encode()).hexdigest()
    after = "evidence" if found.evidence else "none"
    return Event(
        f"earlier-{own[:16]}",
        found.date,
        found.curator,
        "theme",
        found.passage,
        found.theme,
        after=after,
        note=found.note,
    )
