"""Words of the field that mean (nearly) the same: synonyms.yaml and glossary.yaml."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations, product
from typing import Any

from kb.datafiles import table
from kb.dutch.analysis import tokens
from kb.dutch.stem import stem

# How near two ways to say it are, 0 to 1; chosen by hand.
TRANSLATION, SECOND_TRANSLATION = 1.0, 0.6
_SAME, _NEAR, _NARROWER, _BOTH_NEAR = 0.8, 0.45, 0.4, 0.3

Phrase = tuple[str, ...]  # stems in a row


@dataclass(frozen=True, slots=True)
class Synonym:
    """Another way to say it: as written, its stems, how near it is (0..1), which sort."""

    text: str
    stems: Phrase
    weight: float
    how: str  # synonym, translation


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """From the stems of a word or expression to the other ways to say it."""

    entries: Mapping[Phrase, tuple[Synonym, ...]]
    longest: int  # words in the longest expression

    def of(self, phrase: Phrase) -> tuple[Synonym, ...]:
        """Synonyms of an expression given as stems, nearest first; () for none."""
        return self.entries.get(phrase, ())


def phrase_of(text: str) -> Phrase:
    """The stems of an expression, all words counted."""
    return tuple(stem(token.folded) for token in tokens(text))


def _links() -> Iterator[tuple[str, str, float, str]]:
    """(from, to, weight, sort) of everything the two files say."""
    for group in table("kb.dutch", "synonyms.yaml"):
        for source, target, weight in _pairs(group):
            yield source, target, weight, "synonym"
    for english, dutch in table("kb.dutch", "glossary.yaml").items():
        for rank, word in enumerate(dutch):
            weight = SECOND_TRANSLATION if rank else TRANSLATION
            for form in _english_forms(str(english)):
                yield form, str(word), weight, "translation"


def _pairs(group: Mapping[str, Any]) -> Iterable[tuple[str, str, float]]:
    """(from, to, weight) within a group.

    `same` words mean each other, `near` ones less so, `narrower` only from the first on.
    """
    same = [str(word) for word in group.get("same", ())]
    near = [str(word) for word in group.get("near", ())]
    narrower = [str(word) for word in group.get("narrower", ())]
    yield from ((a, b, _SAME) for a, b in permutations(same, 2))
    yield from ((a, b, _NEAR) for a, b in product(same, near))
    yield from ((b, a, _NEAR) for a, b in product(same, near))
    yield from ((a, b, _NARROWER) for a, b in product(same, narrower))
    yield from ((a, b, _BOTH_NEAR) for a, b in permutations(near, 2))


def _english_forms(text: str) -> tuple[str, str]:
    """An English expression and its plural, which the Dutch stemmer keeps apart.

    >>> _english_forms("youth policy"), _english_forms("church")
    (('youth policy', 'youth policies'), ('church', 'churches'))
    """
    if text.endswith("y") and text[-2:-1] not in "aeiou":
        return text, text[:-1] + "ies"
    hisses = text.endswith(("s", "sh", "ch", "x"))
    return text, text + ("es" if hisses else "s")


@lru_cache(maxsize=1)
def thesaurus() -> Thesaurus:
    """The thesaurus of the field with its Dutch-English glossary; the nearest link wins."""
    found: dict[Phrase, dict[Phrase, Synonym]] = defaultdict(dict)
    for source, target, weight, how in _links():
        key, value = phrase_of(source), phrase_of(target)
        if not key or not value or key == value:
            continue
        known = found[key].get(value)
        if known is None or known.weight < weight:
            found[key][value] = Synonym(target, value, weight, how)
    entries = {key: _nearest_first(values) for key, values in found.items()}
    return Thesaurus(entries, max(map(len, entries), default=1))


def _nearest_first(values: Mapping[Phrase, Synonym]) -> tuple[Synonym, ...]:
    return tuple(sorted(values.values(), key=lambda synonym: -synonym.weight))
