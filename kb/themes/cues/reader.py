"""What the cues say of one passage: which count for a theme, and where they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.records import Cue
from kb.themes.cues.matching import Match, Matcher
from kb.themes.cues.words import Word, words_of
from kb.themes.frameworks import Frameworks

LISTED = 0.6  # what is left of a cue in a mere enumeration
ASIDE = 0.3  # and of one that the text sets aside ("blijft hier buiten beschouwing")
_ASIDE = re.compile(
    r"\bbuiten beschouwing\b"
    r"|\b(?:gaat|gaan|handelt) (?:\w+ ){0,3}niet (?:over|om)\b"
    r"|\bvalt buiten (?:het bestek|dit|de opzet)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Counted:
    """One cue that counts for a theme."""

    match: Match
    weight: float
    sentence: int

    @property
    def source(self) -> str:
        """The cue as its framework writes it."""
        return self.match.pattern.source


@dataclass(frozen=True, slots=True)
class CuesFound:
    """The words of a passage and, by theme, the cues that count."""

    words: tuple[Word, ...]
    counted: Mapping[str, tuple[Counted, ...]]

    @property
    def sentences(self) -> int:
        return self.words[-1].sentence + 1 if self.words else 0

    def strength(self, theme: str) -> float:
        """Sum of the weights of a theme's cues."""
        return sum(cue.weight for cue in self.counted.get(theme, ()))

    def cues(self, theme: str, text: str) -> tuple[Cue, ...]:
        """The theme's cues as spans of `text`."""
        return tuple(
            self._span(cue, text) for cue in self.counted.get(theme, ())
        )

    def _span(self, cue: Counted, text: str) -> Cue:
        start = self.words[cue.match.first].start
        end = self.words[cue.match.last].end
        return Cue(
            start, end, text[start:end], cue.source, round(cue.weight, 2)
        )


class CueReader:
    """Reads passages for the cues of all themes at once."""

    def __init__(self, frameworks: Frameworks) -> None:
        self._matcher = Matcher(
            (theme.code, pattern)
            for theme in frameworks.themes.values()
            for pattern in (*theme.patterns, *theme.mask_patterns)
        )

    def read(self, text: str) -> CuesFound:
        """The cues in `text`."""
        words = words_of(text)
        by_theme: dict[str, list[Match]] = defaultdict(list)
        for match in self._matcher.find(words):
            by_theme[match.theme].append(match)
        aside = _set_aside(text, words) if by_theme else frozenset()
        counted = {
            theme: _count(matches, words, aside)
            for theme, matches in by_theme.items()
        }
        return CuesFound(
            tuple(words), {t: cues for t, cues in counted.items() if cues}
        )


def _set_aside(text: str, words: Sequence[Word]) -> frozenset[int]:
    """Sentences that say they are not about something."""
    places = [match.start() for match in _ASIDE.finditer(text)]
    return frozenset(
        word.sentence
        for word in words
        for place in places
        if word.start <= place < word.end
    )


def _count(
    matches: Sequence[Match], words: Sequence[Word], aside: frozenset[int]
) -> tuple[Counted, ...]:
    """The heaviest cues that do not overlap, without those inside a masking phrase."""
    masks = [match for match in matches if match.pattern.weight == 0]
    taken = {at for mask in masks for at in range(mask.first, mask.last + 1)}
    cues = [match for match in matches if match.pattern.weight > 0]
    cues.sort(key=lambda m: (-m.pattern.weight, m.last - m.first, m.first))
    chosen = []
    for match in cues:
        if match.first in taken or match.last in taken:
            continue
        taken.update(range(match.first, match.last + 1))
        word = words[match.first]
        weight = match.pattern.weight
        weight *= LISTED if word.listed else 1.0
        weight *= ASIDE if word.sentence in aside else 1.0
        chosen.append(Counted(match, weight, word.sentence))
    return tuple(sorted(chosen, key=lambda cue: cue.match.first))
