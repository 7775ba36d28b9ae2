"""Where the cues of many themes stand in a passage.

Each word is looked up once for all themes: the slots that it fills. A cue is only tried
where every slot it needs is filled somewhere in the sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.themes.cues.patterns import Pattern, Row, Slot
from kb.themes.cues.slot_index import Filled, SlotIndex
from kb.themes.cues.words import Word

NEAR = 10  # words within which the rows of a cue (`&`) must stand
_REMEMBERED = 100_000  # words whose slots are remembered


@dataclass(frozen=True, slots=True)
class Match:
    """A cue found: word positions from `first` to `last` (inclusive)."""

    theme: str
    pattern: Pattern
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A pattern hung up at one slot of its first row; its sentence must fill `needed`."""

    theme: str
    pattern: Pattern
    row: Row
    at: int
    needed: Filled


@dataclass(frozen=True, slots=True)
class _Filling:
    """What one word does: the slots it fills, and the patterns hung up there."""

    slots: Filled
    anchors: tuple[_Anchor, ...]


class Matcher:
    """Finds the patterns of many themes in one pass over the words."""

    def __init__(self, patterns: Iterable[tuple[str, Pattern]]) -> None:
        self._anchored: dict[Slot, list[_Anchor]] = defaultdict(list)
        slots: set[Slot] = set()
        for theme, pattern in patterns:
            row = pattern.rows[0]
            at = _most_telling(row)
            needed = frozenset(_slots(pattern.rows))
            anchor = _Anchor(theme, pattern, row, at, needed)
            self._anchored[row.slots[at]].append(anchor)
            slots |= needed | set(_slots(pattern.excluded))
        self._index = SlotIndex(slots)
        self._seen: dict[frozenset[str], _Filling] = {}

    def _filling(self, forms: frozenset[str]) -> _Filling:
        """The slots that these forms fill; remembered for each word."""
        found = self._seen.get(forms)
        if found is None:
            if len(self._seen) > _REMEMBERED:
                self._seen.clear()
            found = self._seen[forms] = self._looked_up(forms)
        return found

    def _looked_up(self, forms: frozenset[str]) -> _Filling:
        filled = self._index.filled(forms)
        anchors = [
            anchor
            for slot in sorted(filled, key=lambda slot: slot.source)
            for anchor in self._anchored.get(slot, ())
        ]
        return _Filling(filled, tuple(anchors))

    def find(self, words: Sequence[Word]) -> list[Match]:
        """All cues in `words`, by place."""
        found: dict[tuple[str, str, int], Match] = {}
        fillings = [self._filling(word.forms) for word in words]
        filled = [filling.slots for filling in fillings]
        for sentence in _sentences(words):
            hung = [at for at in sentence if fillings[at].anchors]
            if not hung:
                continue
            there = frozenset().union(*filled[sentence.start : sentence.stop])
            for at in hung:
                for anchor in fillings[at].anchors:
                    if not anchor.needed <= there:
                        continue
                    match = _match(filled, anchor, at, sentence)
                    if match is not None:
                        key = (match.theme, match.pattern.source, match.first)
                        found.setdefault(key, match)
        order = sorted(found, key=lambda key: (key[2], key[0], key[1]))
        return [found[key] for key in order]


def _slots(rows: Iterable[Row]) -> Iterator[Slot]:
    return (slot for row in rows for slot in row.slots)


def _most_telling(row: Row) -> int:
    """The slot to hang a row up at: the one whose source is longest."""
    lengths = [len(s.source) if s.source != "_" else 0 for s in row.slots]
    return lengths.index(max(lengths))


def _sentences(words: Sequence[Word]) -> list[range]:
    """The word positions of each sentence."""
    starts = [
        at
        for at, word in enumerate(words)
        if at == 0 or word.sentence != words[at - 1].sentence
    ]
    return [
        range(start, stop) for start, stop in pairwise([*starts, len(words)])
    ]


def _match(
    filled: Sequence[Filled], anchor: _Anchor, at: int, sentence: range
) -> Match | None:
    pattern = anchor.pattern
    span = _fit(filled, anchor.row, anchor.at, at, sentence)
    if span is None:
        return None
    first, last = span
    if len(pattern.rows) > 1 and not _rest_stands(
        filled, pattern, span, sentence
    ):
        return None
    for row in pattern.excluded:
        if _stands(filled, row, sentence, sentence):
            return None
    return Match(anchor.theme, pattern, first, last)


def _rest_stands(
    filled: Sequence[Filled],
    pattern: Pattern,
    span: tuple[int, int],
    sentence: range,
) -> bool:
    """Whether the other rows of a pattern stand near the first, outside its span."""
    first, last = span
    near = range(
        max(sentence.start, first - NEAR), min(sentence.stop, last + NEAR + 1)
    )
    others = [place for place in near if not first <= place <= last]
    return all(
        _stands(filled, row, others, sentence) for row in pattern.rows[1:]
    )


def _stands(
    filled: Sequence[Filled], row: Row, places: Iterable[int], sentence: range
) -> bool:
    """Whether `row` begins at one of `places`."""
    slot = row.slots[0]
    return any(
        slot in filled[at] and _fit(filled, row, 0, at, sentence) is not None
        for at in places
    )


def _fit(
    filled: Sequence[Filled], row: Row, anchor: int, at: int, sentence: range
) -> tuple[int, int] | None:
    """The span of `row` when its slot `anchor` stands at `at`."""
    first = last = at
    for i in range(anchor + 1, len(row.slots)):
        reach = range(last + 1, min(sentence.stop, last + row.gaps[i] + 2))
        place = _nearest(filled, row.slots[i], reach)
        if place is None:
            return None
        last = place
    for i in reversed(range(anchor)):
        least = max(sentence.start, first - row.gaps[i + 1] - 1)
        reach = range(first - 1, least - 1, -1)
        place = _nearest(filled, row.slots[i], reach)
        if place is None:
            return None
        first = place
    return first, last


def _nearest(filled: Sequence[Filled], slot: Slot, reach: range) -> int | None:
    """The first word in `reach` that fills `slot`."""
    for at in reach:
        if slot in filled[at]:
            return at
    return None
