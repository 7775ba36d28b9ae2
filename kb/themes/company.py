"""Sense by company: who and what stands around the cues of a theme (company.yaml).

"Ruimte" with a professional who gets it is evidence on room for professionals; with cars
it is not. A cue that is denied, or that stands alone, says less.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

import msgspec

from kb.datafiles import table
from kb.themes.cues.patterns import Slot, slot_of
from kb.themes.cues.reader import Counted, CuesFound
from kb.themes.cues.slot_index import Filled, SlotIndex
from kb.themes.cues.words import Word

WINDOW = 8  # words before and behind a cue that are its company
BEFORE = 4  # words before a cue in which a denial is of the cue
MOST_OTHER = 4  # words of another sense in a passage that count

COMPANY = (
    "actor_near",
    "act_near",
    "construction",
    "other_near",
    "other_sense",
    "denied",
    "conditional",
    "wished",
    "lone",
    "signs",
)


class ThemeCompany(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True
):
    """Who does what in a theme, and words that give its cues another sense."""

    actors: str
    acts: str
    other: str

    @property
    def slots(self) -> tuple[Slot, Slot, Slot]:
        """Actors, acts and other senses as slots."""
        return slot_of(self.actors), slot_of(self.acts), slot_of(self.other)


class CompanyWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """company.yaml as written there."""

    negation: str
    condition: str
    wish: str
    themes: Mapping[str, ThemeCompany]

    @property
    def signs(self) -> tuple[Slot, Slot, Slot]:
        """Denials, conditions and wishes as slots."""
        return (
            slot_of(self.negation),
            slot_of(self.condition),
            slot_of(self.wish),
        )


@cache
def company_words() -> CompanyWords:
    """The lists of company.yaml, checked once."""
    return msgspec.convert(table("kb.themes", "company.yaml"), CompanyWords)


@cache
def _index() -> SlotIndex:
    words = company_words()
    slots = {slot for theme in words.themes.values() for slot in theme.slots}
    return SlotIndex(sorted({*slots, *words.signs}, key=lambda it: it.source))


@lru_cache(maxsize=100_000)
def _filled(forms: frozenset[str]) -> Filled:
    return _index().filled(forms)


def company_of(found: CuesFound) -> Mapping[str, Mapping[str, float]]:
    """The columns of COMPANY for each theme that has cues here and company of its own."""
    themes = company_words().themes
    counted = {
        code: cues for code, cues in found.counted.items() if code in themes
    }
    if not counted:
        return {}
    filled = [_filled(word.forms) for word in found.words]
    return {
        code: _of_theme(themes[code], cues, found.words, filled)
        for code, cues in counted.items()
    }


def _of_theme(
    theme: ThemeCompany,
    cues: Sequence[Counted],
    words: Sequence[Word],
    filled: Sequence[Filled],
) -> Mapping[str, float]:
    actors, acts, other = theme.slots
    denial, condition, wish = company_words().signs
    total = sum(cue.weight for cue in cues)
    sums = dict.fromkeys(COMPANY, 0.0)
    for cue in cues:
        first, last = cue.match.first, cue.match.last
        around = _around(words, first, last)
        own = range(first, last + 1)
        near = [at for at in around if at not in own]
        share = cue.weight / total
        actor = _any(filled, actors, around)
        act = _any(filled, acts, near)
        sums["actor_near"] += share * actor
        sums["act_near"] += share * act
        sums["construction"] += share * (actor and act)
        sums["other_near"] += share * _any(filled, other, near)
        before = range(max(around.start, first - BEFORE), last + 1)
        sums["denied"] += share * _any(filled, denial, before)
        sums["conditional"] += share * _any(filled, condition, around)
        sums["wished"] += share * _any(filled, wish, around)
    others = sum(other in slots for slots in filled)
    sums["other_sense"] = min(others, MOST_OTHER) / MOST_OTHER
    sums["lone"] = float(len(cues) == 1)
    sums["signs"] = min(3, len({cue.sentence for cue in cues})) / 3
    return sums


def _around(words: Sequence[Word], first: int, last: int) -> range:
    """The company of a cue: the words near it in its sentence, itself among them."""
    sentence = words[first].sentence
    start, stop = first, last + 1
    while (
        start
        and first - start < WINDOW
        and words[start - 1].sentence == sentence
    ):
        start -= 1
    while (
        stop < len(words)
        and stop - last <= WINDOW
        and words[stop].sentence == sentence
    ):
        stop += 1
    return range(start, stop)


def _any(filled: Sequence[Filled], slot: Slot, places: Sequence[int]) -> bool:
    return any(slot in filled[at] for at in places)
