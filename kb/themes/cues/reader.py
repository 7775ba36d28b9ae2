"""What the cue layer sees in one passage: for each theme the cues that count, their weights, and where they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kb.records import Cue
from kb.themes.cues.matching import Match, Matcher
from kb.themes.cues.words import Word, words_of
from kb.themes.frameworks import Frameworks

LISTED = 0.6  # what is left of a cue in a mere enumeration
ASIDE = 0.3  # and of one that the text sets aside ("blijft hier buiten beschouwing")
_ASIDE = re.compile(
    r"\bbuiten beschouwing\b|\b(?:gaat|gaan|handelt) (?:\w+ ){0,3}niet (?:over|om)\b|\bvalt buiten (?:het bestek|dit|de opzet)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Counted:
    """One cue that counts for a theme."""

    match: Match
    weight: float
    sentence: int


@dataclass(frozen=True, slots=True)
class CuesFound:
    """A passage read for cues."""

    words: tuple[Word, ...]
    counted: Mapping[str, tuple[Counted, ...]]  # by theme

    @property
    def sentences(self) -> int:
        return self.words[-1].sentence + 1 if self.words else 0

    def strength(self, theme: str) -> float:
        """Sum of the weights of a theme's cues."""
        return sum(cue.weight for cue in self.counted.get(theme, ()))

    def cues(self, theme: str, text: str) -> tuple[Cue, ...]:
        """The theme's cues as spans of `text`."""
        return tuple(
            Cue(
                start=(start := self.words[c.match.first].start),
                end=(end := self.words[c.match.last].end),
                text=text[start:end],
                pattern=c.match.pattern.source,
                weight=round(c.weight, 2),
            )
            for c in self.counted.get(theme, ())
        )


class CueReader:
    """Reads passages for the cues of all themes at once."""

    def __init__(self, frameworks: Frameworks) -> None:
        patterns = [
            (theme.code, p)
            for theme in frameworks.themes.values()
            for p in (*theme.patterns, *theme.mask_patterns)
        ]
        self._matcher = Matcher(patterns)

    def read(self, text: str) -> CuesFound:
        """The cues in `text`."""
        words = words_of(text)
        by_theme: dict[str, list[Match]] = defaultdict(list)
        for match in self._matcher.find(words):
            by_theme[match.theme].append(match)
        aside = _set_aside(text, words) if by_theme else frozenset()
        counted = {
            theme: _count(matches, words, aside) for theme, matches in by_theme.items()
        }
        return CuesFound(
            tuple(words), {theme: cues for theme, cues in counted.items() if cues}
        )


def _set_aside(text: str, words: list[Word]) -> frozenset[int]:
    """Sentences that say they are not about something."""
    places = [match.start() for match in _ASIDE.finditer(text)]
    return frozenset(
        word.sentence
        for word in words
        for place in places
        if word.start <= place < word.end
    )


def _count(
    matches: list[Match], words: list[Word], aside: frozenset[int]
) -> tuple[Counted, ...]:
    """The heaviest cues that do not overlap, without those inside a masking phrase."""
    taken = {
        at
        for m in matches
        if m.pattern.weight == 0
        for at in range(m.first, m.last + 1)
    }
    chosen = []
    for match in sorted(
        matches, key=lambda m: (-m.pattern.weight, m.last - m.first, m.first)
    ):
        span = range(match.first, match.last + 1)
        if match.pattern.weight == 0 or match.first in taken or match.last in taken:
            continue
        taken.update(span)
        word = words[match.first]
        weight = (
            match.pattern.weight
            * (LISTED if word.listed else 1.0)
            * (ASIDE if word.sentence in aside else 1.0)
        )
        chosen.append(Counted(match, weight, word.sentence))
    return tuple(sorted(chosen, key=lambda c: c.match.first))
