"""Is this text about the field, and who is in it? Counts of words in field.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import msgspec

from kb.datafiles import table
from kb.themes.cues.patterns import slot_of
from kb.themes.cues.slot_index import SlotIndex
from kb.themes.cues.words import Word


class FieldWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists of field.yaml as written there."""

    inside: tuple[str, ...]
    outside: tuple[str, ...]
    actors: tuple[str, ...]


@cache
def field_words() -> FieldWords:
    """The lists of field.yaml, checked once."""
    return msgspec.convert(table("kb.themes", "field.yaml"), FieldWords)


class _FieldSlots:
    """The lists as slots: words of the field, words of other fields, one an actor."""

    def __init__(self) -> None:
        words = field_words()
        self.inside = slot_of("|".join(words.inside))
        self.outside = slot_of("|".join(words.outside))
        self.actors = tuple(slot_of(f"<{name}>") for name in words.actors)
        self.index = SlotIndex((self.inside, self.outside, *self.actors))


_field_slots = cache(_FieldSlots)


@lru_cache(maxsize=100_000)
def _standing(forms: frozenset[str]) -> tuple[bool, bool, frozenset[int]]:
    """Whether a word is of the field, of another field, and which actors it names."""
    slots = _field_slots()
    filled = slots.index.filled(forms)
    actors = enumerate(slots.actors)
    named = frozenset(at for at, slot in actors if slot in filled)
    return slots.inside in filled, slots.outside in filled, named


@dataclass(frozen=True, slots=True)
class FieldCounts:
    """How many words of a passage are of the field and of others, and which actors it names."""

    inside: int
    outside: int
    actors: tuple[bool, ...]


def field_counts(words: Sequence[Word]) -> FieldCounts:
    """The counts of one passage.

    >>> from kb.themes.cues.words import words_of
    >>> counts = field_counts(words_of("Het wijkteam helpt gezinnen met schulden."))
    >>> counts.inside, counts.outside
    (2, 0)
    >>> [name for name, there in zip(field_words().actors, counts.actors) if there]
    ['burger', 'team', 'leefgebied']
    """
    inside = outside = 0
    actors: set[int] = set()
    for word in words:
        of_field, of_other, named = _standing(word.forms)
        inside += of_field
        outside += of_other
        actors |= named
    every = range(len(field_words().actors))
    return FieldCounts(inside, outside, tuple(at in actors for at in every))
