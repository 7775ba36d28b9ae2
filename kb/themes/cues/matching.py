"""Where the cues of many themes stand in a passage.

An index leads from words to slots, so that each word is looked up once for all themes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.themes.cues.patterns import START, Pattern, Row, Slot
from kb.themes.cues.words import Word

NEAR = 10  # words within which the rows of a cue (`&`) must stand
_REMEMBERED = 200_000  # words whose slots are remembered


@dataclass(frozen=True, slots=True)
class Match:
    """A cue found: word positions from `first` to `last` (inclusive)."""

    theme: str
    pattern: Pattern
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A pattern hung up at one slot of its first row."""

    theme: str
    pattern: Pattern
    row: Row
    at: int


class Matcher:
    """Finds the patterns of many themes in one pass over the words."""

    def __init__(self, patterns: Iterable[tuple[str, Pattern]]) -> None:
        self._anchored: dict[Slot, list[_Anchor]] = defaultdict(list)
        for theme, pattern in patterns:
            row = pattern.rows[0]
            at = _most_telling(row)
            self._anchored[row.slots[at]].append(
                _Anchor(theme, pattern, row, at)
            )
        self._plain: dict[str, list[Slot]] = defaultdict(list)
        # Slots with a star, by the first letters a form must have; "" for any.
        self._starred: dict[str, list[Slot]] = defaultdict(list)
        for slot in self._anchored:
            for word in slot.words:
                self._plain[word].append(slot)
            for start in slot.starts:
                self._starred[start].append(slot)
        self._seen: dict[frozenset[str], tuple[Slot, ...]] = {}

    def _slots(self, forms: frozenset[str]) -> tuple[Slot, ...]:
        """Anchoring slots these forms fill; remembered for each word."""
        if forms not in self._seen:
            if len(self._seen) > _REMEMBERED:
                self._seen.clear()
            self._seen[forms] = self._looked_up(forms)
        return self._seen[forms]

    def _looked_up(self, forms: frozenset[str]) -> tuple[Slot, ...]:
        found: set[Slot] = set()
        for form in forms:
            found.update(self._plain.get(form, ()))
            for start in ("", form[:START]):
                starred = self._starred.get(start, ())
                found.update(slot for slot in starred if slot.accepts(forms))
        return tuple(sorted(found, key=lambda slot: slot.source))

    def find(self, words: Sequence[Word]) -> list[Match]:
        """All cues in `words`, by place."""
        found: dict[tuple[str, str, int], Match] = {}
        bounds = _bounds(words)
        for at, word in enumerate(words):
            sentence = bounds[word.sentence]
            for slot in self._slots(word.forms):
                for anchor in self._anchored[slot]:
                    match = _match(words, anchor, at, sentence)
                    if match is not None:
                        key = (match.theme, match.pattern.source, match.first)
                        found.setdefault(key, match)
        order = sorted(found, key=lambda key: (key[2], key[0], key[1]))
        return [found[key] for key in order]


def _most_telling(row: Row) -> int:
    """The slot to hang a row up at: the one whose source is longest."""
    lengths = [len(s.source) if s.source != "_" else 0 for s in row.slots]
    return lengths.index(max(lengths))


def _bounds(words: Sequence[Word]) -> dict[int, range]:
    """The word positions of each sentence."""
    bounds: dict[int, range] = {}
    for at, word in enumerate(words):
        known = bounds.get(word.sentence)
        bounds[word.sentence] = range(known.start if known else at, at + 1)
    return bounds


def _match(
    words: Sequence[Word], anchor: _Anchor, at: int, sentence: range
) -> Match | None:
    pattern = anchor.pattern
    span = _fit(words, anchor.row, anchor.at, at)
    if span is None:
        return None
    first, last = span
    near = range(
        max(sentence.start, first - NEAR), min(sentence.stop, last + NEAR + 1)
    )
    others = [place for place in near if not first <= place <= last]
    if not all(_stands(words, row, others) for row in pattern.rows[1:]):
        return None
    if any(_stands(words, row, sentence) for row in pattern.excluded):
        return None
    return Match(anchor.theme, pattern, first, last)


def _stands(words: Sequence[Word], row: Row, places: Iterable[int]) -> bool:
    """Whether `row` begins at one of `places`."""
    slot = row.slots[0]
    return any(
        slot.accepts(words[at].forms) and _fit(words, row, 0, at) is not None
        for at in places
    )


def _fit(
    words: Sequence[Word], row: Row, anchor: int, at: int
) -> tuple[int, int] | None:
    """The span of `row` when its slot `anchor` stands at `at`."""
    sentence = words[at].sentence
    first = last = at
    for i in range(anchor + 1, len(row.slots)):
        place = _next(words, row.slots[i], last, row.gaps[i], 1, sentence)
        if place is None:
            return None
        last = place
    for i in reversed(range(anchor)):
        place = _next(
            words, row.slots[i], first, row.gaps[i + 1], -1, sentence
        )
        if place is None:
            return None
        first = place
    return first, last


def _next(
    words: Sequence[Word],
    slot: Slot,
    place: int,
    gap: int,
    step: int,
    sentence: int,
) -> int | None:
    """The nearest word that fills `slot`, going from `place` in steps of 1 or -1."""
    for distance in range(1, gap + 2):
        at = place + step * distance
        if not 0 <= at < len(words) or words[at].sentence != sentence:
            return None
        if slot.accepts(words[at].forms):
            return at
    return None
