"""To which passage does a decision belong, now that the text has changed?

A passage is called after its words: another reading of a page gives it another id. A
decision then goes to the passage of the same document that says the same: sentences alike
to the letter, or else a text that is nine tenths the same. Anything less is not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from kb.curation.events import Event
from kb.dutch.fold import letters
from kb.dutch.sentences import split
from kb.records import Passage

ALIKE = 90.0  # per cent, as rapidfuzz counts: what the wording may differ by a scan's faults
_OF_PASSAGE = re.compile(r"(.*)-[0-9a-f]{10}(?:-\d+)?")
_SHORT = 25  # letters: a shorter sentence stands in many passages


@dataclass(frozen=True, slots=True)
class Attached:
    """Decisions under the ids of now, and those whose passage is gone."""

    events: tuple[Event, ...] = ()
    lost: tuple[Event, ...] = ()


def document_of(passage: str) -> str:
    """The source that a passage id names; "" where it names none.

    >>> document_of("boer2014-923c5b1170-2")
    'boer2014'
    """
    named = _OF_PASSAGE.fullmatch(passage)
    return named.group(1) if named else ""


def attach(events: Iterable[Event], passages: Sequence[Passage]) -> Attached:
    """The decisions on the passages of one document, each under the id it has now.

    Args:
        events: decisions on passages of this document.
        passages: all that it has now.
    """
    known = {passage.id for passage in passages}
    kept: list[Event] = []
    lost: list[Event] = []
    reading: _Words | None = None
    for event in events:
        if event.target in known:
            kept.append(event)
            continue
        reading = reading or _Words(passages)
        found = reading.passage_saying(event.words)
        if found is None:
            lost.append(event)
        else:
            kept.append(msgspec.structs.replace(event, target=found))
    return Attached(tuple(kept), tuple(lost))


class _Words:
    """What the passages of a document say, to find one again by."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._texts = {p.id: letters(p.text) for p in passages}

    def passage_saying(self, words: str) -> str | None:
        """The passage that says just this, or nearly; None where none or two do."""
        whole = letters(words)
        if not whole:
            return None
        same = [id for id, text in self._texts.items() if text == whole]
        if len(same) == 1:
            return same[0]
        return (
            None if same else self._by_sentences(words) or self._alike(whole)
        )

    def _by_sentences(self, words: str) -> str | None:
        """The only passage with every sentence of some length."""
        wanted = [letters(one) for one in split(words)]
        wanted = [one for one in wanted if len(one) >= _SHORT]
        if not wanted:
            return None
        holds = [
            id
            for id, text in self._texts.items()
            if all(one in text for one in wanted)
        ]
        return holds[0] if len(holds) == 1 else None

    def _alike(self, whole: str) -> str | None:
        from rapidfuzz import fuzz, process

        best = process.extract(
            whole, self._texts, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=2
        )
        if len(best) == 2 and best[0][1] == best[1][1]:
            return None  # two passages are as near: not to be told apart
        return best[0][2] if best else None
