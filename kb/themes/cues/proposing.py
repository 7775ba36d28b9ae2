"""Which cues should count for more or for less, by what people decided where they stood?

A decision tells of the heaviest cues of its theme in the passage: the lighter ones did not
have to carry it. On documents left out, what is proposed here took the F1 of cues alone
from .53 to .57 (docs/quality/curation.md).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kb.records import Passage
from kb.themes.cues.reader import Counted, CueReader
from kb.themes.frameworks import WEIGHTS, Frameworks

STRENGTHS = (*WEIGHTS, "")  # from heavy to light; "" is out of the list
# Halfway between how often cues of a strength and of the next are right: .59 of the core
# cues in labelled passages, .34 of the strong, .15 of the plain, .11 of the weak.
HALFWAY = (0.46, 0.25, 0.13, 0.05)
LEAST_SEEN = 5  # decisions
LEAST_DOCUMENTS = 2  # one document may use a word in its own way
CONFIDENCE = 1.645  # standard deviations: nine times of ten
EVIDENCE, MENTION = "evidence", "mention"

Views = Mapping[str, Mapping[str, str]]  # passage → theme → view
CueKey = tuple[str, str, float]  # theme, cue, weight


@dataclass(frozen=True, slots=True)
class CueChange:
    """A cue that should go to another strength; `to` is "" where it should go out."""

    theme: str
    cue: str
    strength: str
    to: str
    right: int
    seen: int


@dataclass(slots=True)
class _Tally:
    right: int = 0
    seen: int = 0
    documents: set[str] = field(default_factory=set)


def proposed(
    frameworks: Frameworks, passages: Iterable[Passage], views: Views
) -> list[CueChange]:
    """The changes that decisions speak for, by theme, the surest first.

    Args:
        frameworks: as they are now.
        passages: those that were decided on.
        views: what was decided; passing mentions tell nothing of a cue.
    """
    found = [
        change
        for key, tally in _tallied(frameworks, passages, views).items()
        for change in _change(key, tally)
    ]
    order = {code: at for at, code in enumerate(frameworks.themes)}
    found.sort(key=lambda it: (order[it.theme], -it.seen, it.cue))
    return found


def _tallied(
    frameworks: Frameworks, passages: Iterable[Passage], views: Views
) -> Mapping[CueKey, _Tally]:
    reader = CueReader(frameworks)
    found: dict[CueKey, _Tally] = defaultdict(_Tally)
    for passage in passages:
        cues = reader.read(passage.text)
        for theme, view in views.get(passage.id, {}).items():
            if view == MENTION:
                continue
            for key in _heaviest(theme, cues.counted.get(theme, ())):
                tally = found[key]
                tally.seen += 1
                tally.right += view == EVIDENCE
                tally.documents.add(passage.document)
    return found


def _heaviest(theme: str, counted: Iterable[Counted]) -> Iterator[CueKey]:
    keys = {(theme, one.source, one.match.pattern.weight) for one in counted}
    most = max((weight for _, _, weight in keys), default=0.0)
    yield from sorted(key for key in keys if key[2] == most)


def _change(key: CueKey, tally: _Tally) -> Iterator[CueChange]:
    if tally.seen < LEAST_SEEN or len(tally.documents) < LEAST_DOCUMENTS:
        return
    theme, cue, weight = key
    at = list(WEIGHTS.values()).index(weight)
    low, high = interval(tally.right, tally.seen)
    to = at
    if at > 0 and low >= HALFWAY[at - 1]:
        to = at - 1
    elif high <= HALFWAY[at]:
        to = at + 1
    if to != at:
        yield CueChange(
            theme, cue, STRENGTHS[at], STRENGTHS[to], tally.right, tally.seen
        )


def interval(right: int, seen: int) -> tuple[float, float]:
    """Between which shares the true one lies, nine times of ten (Wilson, 1927).

    >>> [round(bound, 2) for bound in interval(0, 5)]
    [0.0, 0.35]
    """
    share, z = right / seen, CONFIDENCE
    middle = share + z * z / (2 * seen)
    spread = z * math.sqrt(
        share * (1 - share) / seen + z * z / (4 * seen * seen)
    )
    whole = 1 + z * z / seen
    return max(0.0, (middle - spread) / whole), (middle + spread) / whole
