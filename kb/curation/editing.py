"""The passages of a document as curators want them.

Passages are first joined and parted, then their words, headings and page labels are
mended; only then is it said anew what kind they are. What is mended keeps its id, so that
what points at it stays right, and what was printed stays beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from kb.curation.attaching import attach
from kb.curation.events import Event
from kb.passages.ids import passage_ids
from kb.passages.kinds import with_kinds
from kb.passages.places import with_places
from kb.records import Part, Passage

_OF_PASSAGE = ("text", "part", "join", "out", "kind")
Decided = Mapping[str, Any]  # passage → value


def edited(
    passages: Sequence[Passage], events: Sequence[Event]
) -> tuple[Passage, ...]:
    """The passages of one source, in order, after the decisions on them.

    Args:
        passages: as the program made them.
        events: those of `by_document.EDITS` on this source and its passages.
    """
    if not events:
        return tuple(passages)
    own = [event for event in events if event.kind in _OF_PASSAGE]
    attached = attach(own, passages).events
    made = _joined(passages, _values(attached, "join"))
    made = _parted(made, _values(attached, "part"))
    texts = _values(attached, "text")
    made = [_mended(p, texts[p.id]) if p.id in texts else p for p in made]
    made = _placed(made, events)
    made = _kinds_anew(made, passages, _values(attached, "kind"))
    out = _values(attached, "out")
    kept = [p for p in made if p.id not in out]
    return tuple(replace(p, position=at) for at, p in enumerate(kept))


def kept_parts(
    parts: Iterable[Part], events: Sequence[Event]
) -> tuple[Part, ...]:
    """The articles of a collection but for those that a curator rejected."""
    rejected = {
        event.field
        for event in events
        if event.kind == "volume" and event.after == "rejected"
    }
    return tuple(part for part in parts if part.id not in rejected)


def _values(events: Iterable[Event], kind: str) -> Decided:
    return {e.target: e.after for e in events if e.kind == kind}


def _joined(passages: Iterable[Passage], joins: Decided) -> list[Passage]:
    """Each passage that is to be joined takes in the one that follows it."""
    made: list[Passage] = []
    takes_next = False
    for passage in passages:
        same = bool(made) and made[-1].document == passage.document
        if takes_next and same:
            made[-1] = _together(made[-1], passage)
        else:
            made.append(passage)
        takes_next = passage.id in joins
    return made


def _together(first: Passage, second: Passage) -> Passage:
    end = second.page_end or second.page
    return replace(
        first,
        text=f"{first.text}{_between(first)}{second.text}",
        raw=_raw_together(first, second),
        rows=first.rows + second.rows,
        boxes=first.boxes + second.boxes,
        repairs=first.repairs + second.repairs,
        page_end=end if end != first.page else first.page_end,
        label_end=second.label_end or second.label,
    )


def _between(first: Passage) -> str:
    return "\n" if first.rows or first.block == "list" else " "


def _raw_together(first: Passage, second: Passage) -> str | None:
    if first.raw is None and second.raw is None:
        return None
    return f"{first.raw or first.text}\n{second.raw or second.text}"


def _parted(passages: Sequence[Passage], places: Decided) -> list[Passage]:
    """Each passage that is to be parted, as several; the first keeps the id."""
    taken = {passage.id for passage in passages}
    made: list[Passage] = []
    for passage in passages:
        made += _pieces(passage, places.get(passage.id, ()), taken)
    return made


def _pieces(
    passage: Passage, places: Sequence[int], taken: set[str]
) -> list[Passage]:
    length = len(passage.text)
    inner = sorted({at for at in places if 0 < at < length})
    cuts = [0, *inner, length]
    texts = [passage.text[a:b].strip() for a, b in pairwise(cuts)]
    texts = [text for text in texts if text]
    if len(texts) < 2 or passage.rows:
        return [passage]
    document = passage.id.rsplit("-", 1)[0]
    new = [_free(id, taken) for id in passage_ids(document, texts[1:])]
    printed = passage.raw or passage.text
    return [
        replace(
            passage,
            id=id,
            text=text,
            raw=printed,
            repairs=tuple(pair for pair in passage.repairs if pair[1] in text),
        )
        for id, text in zip((passage.id, *new), texts, strict=True)
    ]


def _free(id: str, taken: set[str]) -> str:
    """An id that no other passage has: with -2, -3, … where it is taken."""
    number, free = 1, id
    while free in taken:
        number += 1
        free = f"{id}-{number}"
    taken.add(free)
    return free


def _mended(passage: Passage, text: str) -> Passage:
    """The passage with its words as they should read; the print stays beside them."""
    return replace(
        passage,
        text=text,
        raw=passage.raw or passage.text,
        repairs=(*passage.repairs, *differences(passage.text, text)),
        rows=(),
    )


def differences(was: str, now: str) -> tuple[tuple[str, str], ...]:
    """(as it was, as it is now) of the words that were changed.

    >>> differences("het wijktearn werkt", "het wijkteam werkt")
    (('wijktearn', 'wijkteam'),)
    """
    old, new = was.split(), now.split()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return tuple(
        (" ".join(old[a:b]), " ".join(new[c:d]))
        for what, a, b, c, d in matcher.get_opcodes()
        if what != "equal"
    )


def _placed(
    passages: Sequence[Passage], events: Sequence[Event]
) -> list[Passage]:
    """Passages under the headings, on the pages and in the parts that were decided."""
    headings = {e.field: e.after for e in events if e.kind == "heading"}
    labels = {e.field: e.after for e in events if e.kind == "label"}
    rejected = {
        e.field: e.target
        for e in events
        if e.kind == "volume" and e.after == "rejected"
    }
    return [
        _labelled(
            replace(
                passage,
                section=tuple(headings.get(s, s) for s in passage.section),
                document=rejected.get(passage.document, passage.document),
            ),
            labels,
        )
        for passage in passages
    ]


def _labelled(passage: Passage, labels: Mapping[str, str]) -> Passage:
    first = labels.get(str(passage.page))
    last = labels.get(str(passage.page_end or ""))
    if first is None and last is None:
        return passage
    ends_elsewhere = passage.page_end not in (None, passage.page)
    sure = first is not None and (last is not None or not ends_elsewhere)
    return replace(
        passage,
        label=first or passage.label,
        label_end=last or passage.label_end,
        label_origin="printed" if sure else passage.label_origin,
    )


def _kinds_anew(
    made: Sequence[Passage], before: Sequence[Passage], kinds: Decided
) -> list[Passage]:
    """Kinds and places of passages whose words or section changed; then as decided."""
    said = {p.id: (p.text, p.section) for p in before}
    if all(said.get(p.id) == (p.text, p.section) for p in made):
        fresh: Sequence[Passage] = made
    else:
        fresh = with_places(with_kinds(made))
    found = [
        new if said.get(old.id) != (old.text, old.section) else old
        for old, new in zip(made, fresh, strict=True)
    ]
    return [
        replace(p, kind=kinds[p.id]) if p.id in kinds else p for p in found
    ]
