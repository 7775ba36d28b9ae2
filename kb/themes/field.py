"""Is this text about the field, and who is in it? Counts of words in field.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import msgspec

from kb.datafiles import table
from kb.themes.cues.patterns import Slot, slot_of
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


@cache
def _slots() -> tuple[Slot, Slot, tuple[Slot, ...]]:
    """(words of the field, words of other fields, one slot an actor)."""
    words = field_words()
    actors = tuple(slot_of(f"<{name}>") for name in words.actors)
    return (
        slot_of("|".join(words.inside)),
        slot_of("|".join(words.outside)),
        actors,
    )


@lru_cache(maxsize=200_000)
def _standing(forms: frozenset[str]) -> tuple[bool, bool, tuple[bool, ...]]:
    """Whether a word is of the field, of another field, and which actors it names."""
    inside, outside, actors = _slots()
    named = tuple(slot.accepts(forms) for slot in actors)
    return inside.accepts(forms), outside.accepts(forms), named


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
    actors = [False] * len(field_words().actors)
    for word in words:
        of_field, of_other, named = _standing(word.forms)
        inside += of_field
        outside += of_other
        for at, there in enumerate(named):
            actors[at] = actors[at] or there
    return FieldCounts(inside, outside, tuple(actors))
