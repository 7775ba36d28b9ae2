"""Where the cues of many themes stand in a passage: an index from words to slots, so that each word is looked up once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.themes.cues.patterns import START, Pattern, Row, Slot
from kb.themes.cues.words import Word

NEAR = 10  # words within which the rows of a cue (`&`) must stand


@dataclass(frozen=True, slots=True)
class Match:
    """A cue found: word positions from `first` to `last` (inclusive)."""

    theme: str
    pattern: Pattern
    first: int
    last: int


class Matcher:
    """Finds the patterns of many themes in one pass over the words."""

    def __init__(self, patterns: Iterable[tuple[str, Pattern]]) -> None:
        self._anchored: dict[Slot, list[tuple[str, Pattern, Row, int]]] = defaultdict(
            list
        )
        for theme, pattern in patterns:
            row = pattern.rows[0]
            at = max(
                range(len(row.slots)),
                key=lambda i: (
                    len(row.slots[i].source) if row.slots[i].source != "_" else 0
                ),
            )
            self._anchored[row.slots[at]].append((theme, pattern, row, at))
        self._plain: dict[str, list[Slot]] = defaultdict(list)
        self._starred: dict[str, list[Slot]] = defaultdict(
            list
        )  # by the first letters a form must have; "" for any
        for slot in self._anchored:
            for word in slot.words:
                self._plain[word].append(slot)
            for start in slot.starts:
                self._starred[start].append(slot)
        self._seen: dict[frozenset[str], tuple[Slot, ...]] = {}

    def _slots(self, forms: frozenset[str]) -> tuple[Slot, ...]:
        """Anchoring slots these forms fill; remembered for each word."""
        found = self._seen.get(forms)
        if found is None:
            plain = {slot for form in forms for slot in self._plain.get(form, ())}
            starred = {
                slot
                for form in forms
                for start in ("", form[:START])
                for slot in self._starred.get(start, ())
            }
            plain.update(
                slot for slot in starred if slot not in plain and slot.accepts(forms)
            )
            found = tuple(sorted(plain, key=lambda slot: slot.source))
            if len(self._seen) > 200_000:
                self._seen.clear()
            self._seen[forms] = found
        return found

    def find(self, words: Sequence[Word]) -> list[Match]:
        """All cues in `words`, by place."""
        found: dict[tuple[str, str, int], Match] = {}
        bounds = _bounds(words)
        for at, word in enumerate(words):
            for slot in self._slots(word.forms):
                for theme, pattern, row, anchor in self._anchored[slot]:
                    span = _fit(words, row, anchor, at)
                    if span is None or not _others(
                        words, pattern, span, bounds[word.sentence]
                    ):
                        continue
                    found.setdefault(
                        (theme, pattern.source, span[0]), Match(theme, pattern, *span)
                    )
        return sorted(
            found.values(), key=lambda m: (m.first, m.theme, m.pattern.source)
        )


def _bounds(words: Sequence[Word]) -> dict[int, tuple[int, int]]:
    bounds: dict[int, tuple[int, int]] = {}
    for at, word in enumerate(words):
        bounds[word.sentence] = (bounds.get(word.sentence, (at, at))[0], at + 1)
    return bounds


def _step(
    words: Sequence[Word], slot: Slot, start: int, gap: int, step: int, sentence: int
) -> int | None:
    for at in range(start, start + step * (gap + 1), step):
        if not 0 <= at < len(words) or words[at].sentence != sentence:
            return None
        if slot.accepts(words[at].forms):
            return at
    return None


def _fit(
    words: Sequence[Word], row: Row, anchor: int, at: int
) -> tuple[int, int] | None:
    """The span of `row` when its slot `anchor` stands at `at`."""
    sentence = words[at].sentence
    first = last = at
    for i in range(anchor + 1, len(row.slots)):
        place = _step(words, row.slots[i], last + 1, row.gaps[i], 1, sentence)
        if place is None:
            return None
        last = place
    for i in range(anchor - 1, -1, -1):
        place = _step(words, row.slots[i], first - 1, row.gaps[i + 1], -1, sentence)
        if place is None:
            return None
        first = place
    return first, last


def _others(
    words: Sequence[Word],
    pattern: Pattern,
    span: tuple[int, int],
    bounds: tuple[int, int],
) -> bool:
    """Whether the other rows of the pattern stand near, in the same sentence, on other words."""
    first, last = max(bounds[0], span[0] - NEAR), min(bounds[1], span[1] + NEAR + 1)
    outside = [at for at in range(first, last) if not span[0] <= at <= span[1]]
    return all(
        any(
            row.slots[0].accepts(words[at].forms) and _fit(words, row, 0, at)
            for at in outside
        )
        for row in pattern.rows[1:]
    )
