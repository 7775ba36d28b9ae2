"""Words of the field that mean (nearly) the same, Dutch and English: data in synonyms.yaml and glossary.yaml."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from kb.dutch.analysis import tokens
from kb.dutch.stem import stem

TRANSLATION, SECOND_TRANSLATION = 1.0, 0.6
Phrase = tuple[str, ...]  # stems in a row


@dataclass(frozen=True, slots=True)
class Synonym:
    """Another way to say it: its words as written, their stems, how near it is (0..1), and of which sort."""

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
        """Synonyms of an expression given as stems, nearest first; () when it has none."""
        return self.entries.get(phrase, ())


def phrase_of(text: str) -> Phrase:
    """The stems of an expression, all words counted."""
    return tuple(stem(token.folded) for token in tokens(text))


def _load(name: str) -> Any:
    import yaml

    return yaml.safe_load(files("kb.dutch").joinpath(name).read_text(encoding="utf-8"))


def _directed(groups: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, str, float]]:
    """(from, to, weight) of each group: `same` words mean each other, `near` ones less so, `narrower` only from the first on."""
    for group in groups:
        same, near, narrower = (
            list(map(str, group.get(k, ()))) for k in ("same", "near", "narrower")
        )
        for a in same:
            yield from ((a, b, 0.8) for b in same if b != a)
            yield from ((a, b, 0.45) for b in near)
            yield from ((a, b, 0.4) for b in narrower)
        for a in near:
            yield from ((a, b, 0.45) for b in same)
            yield from ((a, b, 0.3) for b in near if b != a)


def _english_forms(text: str) -> tuple[str, ...]:
    """An English word or expression and its plural: the Dutch stemmer does not know that they are one."""
    if text.endswith("y") and text[-2:-1] not in "aeiou":
        return text, text[:-1] + "ies"
    return text, text + ("es" if text.endswith(("s", "sh", "ch", "x")) else "s")


@lru_cache(maxsize=1)
def thesaurus() -> Thesaurus:
    """The thesaurus of the field with its Dutch-English glossary."""
    found: dict[Phrase, dict[Phrase, Synonym]] = defaultdict(dict)

    def put(source: str, target: str, weight: float, how: str) -> None:
        key, value = phrase_of(source), phrase_of(target)
        known = found[key].get(value)
        if key and value and key != value and (known is None or known.weight < weight):
            found[key][value] = Synonym(target, value, weight, how)

    for source, target, weight in _directed(_load("synonyms.yaml")):
        put(source, target, weight, "synonym")
    for english, dutch in _load("glossary.yaml").items():
        for place, word in enumerate(dutch):
            for form in _english_forms(str(english)):
                put(
                    form,
                    str(word),
                    TRANSLATION if place == 0 else SECOND_TRANSLATION,
                    "translation",
                )
    entries = {
        key: tuple(sorted(values.values(), key=lambda s: -s.weight))
        for key, values in found.items()
        if key
    }
    return Thesaurus(entries, max((len(key) for key in entries), default=1))
