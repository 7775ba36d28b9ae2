"""Words of the field that mean (nearly) the same: synonyms.yaml and glossary.yaml."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import permutations, product
from pathlib import Path
from typing import Any

from kb.datafiles import table
from kb.dutch.analysis import tokens
from kb.dutch.stem import stem
from kb.errors import InputFileError

# How near two ways to say it are, 0 to 1; chosen by hand.
TRANSLATION, SECOND_TRANSLATION = 1.0, 0.6
_SAME, _NARROWER, _BROADER, _RELATED = 0.8, 0.45, 0.45, 0.45
_BESIDE = 0.3
_OTHER_NAMES = 0.8

_NO_YAML = "YAML"
_NO_GROUPS = "same: [...], broader: [...], narrower: [...], related: [...], opposite: [...]"
WHY = "why"  # the one thing of an entry that is no list of words

# Relation of a concept to others, with what it weighs there and back. `near` is what
# `related` was called.
_RELATIONS = {
    "narrower": (_NARROWER, _BROADER),
    "broader": (_BROADER, _NARROWER),
    "related": (_RELATED, _RELATED),
    "near": (_RELATED, _RELATED),
}

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
    opposites: Mapping[Phrase, tuple[str, ...]] = field(default_factory=dict)

    def opposite_of(self, phrase: Phrase) -> tuple[str, ...]:
        """What is the contrary of an expression, which is no other way to say it."""
        return self.opposites.get(phrase, ())

    def of(self, phrase: Phrase) -> tuple[Synonym, ...]:
        """Synonyms of an expression given as stems, nearest first; () for none."""
        return self.entries.get(phrase, ())


def phrase_of(text: str) -> Phrase:
    """The stems of an expression, all words counted."""
    return tuple(stem(token.folded) for token in tokens(text))


def shipped_groups() -> tuple[Mapping[str, Any], ...]:
    """The groups of words that come with the program."""
    return tuple(table("kb.dutch", "synonyms.yaml"))


def groups_of(file: Path) -> tuple[Mapping[str, Any], ...]:
    """The groups of words of a file in the form of synonyms.yaml; () when it is not there.

    Raises InputFileError when it cannot be read so.
    """
    import yaml

    if not file.exists():
        return ()
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
    # A date that does not exist is a ValueError, a list in itself a RecursionError.
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise InputFileError(path=file, line=line, reason=_NO_YAML) from None
    if not isinstance(found, list) or not all(map(_is_group, found)):
        raise InputFileError(path=file, line=1, reason=_NO_GROUPS)
    return tuple(found)


def _is_group(group: Any) -> bool:
    return isinstance(group, dict) and all(
        isinstance(words, list) for name, words in group.items() if name != WHY
    )


def _links(
    groups: Sequence[Mapping[str, Any]],
) -> Iterator[tuple[str, str, float, str]]:
    """(from, to, weight, sort) of all that the groups and the glossary say."""
    names = _names(groups)
    for group in groups:
        for source, target, weight in _pairs(group):
            yield source, target, weight, "synonym"
            for a, b in _by_other_names(source, target, names):
                yield a, b, weight * _OTHER_NAMES, "synonym"
    for english, dutch in table("kb.dutch", "glossary.yaml").items():
        for rank, word in enumerate(dutch):
            weight = SECOND_TRANSLATION if rank else TRANSLATION
            for form in _english_forms(str(english)):
                yield form, str(word), weight, "translation"


def _names(groups: Sequence[Mapping[str, Any]]) -> Mapping[str, list[str]]:
    """From each name of a concept to all of its names."""
    found: dict[str, list[str]] = {}
    for group in groups:
        same = _words(group, "same")
        for name in same:
            found.setdefault(name, same)
    return found


def _by_other_names(
    source: str, target: str, names: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, str]]:
    """The same relation with what is related by its other names.

    A relation holds between concepts, whichever of their names it was written down with.
    """
    for other in names.get(target, ()):
        if other != target:
            yield source, other


def _pairs(group: Mapping[str, Any]) -> Iterator[tuple[str, str, float]]:
    """(from, to, weight) of all that an entry says.

    >>> sorted(_pairs({"same": ["wijkteam"], "narrower": ["jeugdteam"]}))
    [('jeugdteam', 'wijkteam', 0.45), ('wijkteam', 'jeugdteam', 0.45)]
    """
    same = _words(group, "same")
    yield from ((a, b, _SAME) for a, b in permutations(same, 2))
    for name, (there, back) in _RELATIONS.items():
        for a, b in product(same, _words(group, name)):
            yield a, b, there
            yield b, a, back
    around = [w for name in _RELATIONS for w in _words(group, name)]
    yield from ((a, b, _BESIDE) for a, b in permutations(around, 2))


def _english_forms(text: str) -> Iterator[str]:
    """An English expression with its plural, and a word as a verb in its other forms.

    The Dutch stemmer keeps them apart.

    >>> list(_english_forms("youth policy")), list(_english_forms("change"))
    (['youth policy', 'youth policies'], ['change', 'changes', 'changed', 'changing'])
    """
    yield text
    bare = text
    if text.endswith("y") and text[-2:-1] not in "aeiou":
        bare = text[:-1] + "i"
        yield bare + "es"
    else:
        hisses = text.endswith(("s", "sh", "ch", "x"))
        yield text + ("es" if hisses else "s")
    if " " not in text and not text.endswith("s"):
        yield bare + ("d" if text.endswith("e") else "ed")
        yield text.removesuffix("e") + "ing"


def _words(group: Mapping[str, Any], key: str) -> list[str]:
    return [str(word) for word in group.get(key, ())]


def _contraries(
    groups: Iterable[Mapping[str, Any]],
) -> dict[Phrase, dict[Phrase, str]]:
    """Expressions to those that say the contrary, both ways."""
    found: dict[Phrase, dict[Phrase, str]] = defaultdict(dict)
    for group in groups:
        for one, other in product(
            _words(group, "same"), _words(group, "opposite")
        ):
            found[phrase_of(one)][phrase_of(other)] = other
            found[phrase_of(other)][phrase_of(one)] = one
    return found


@lru_cache(maxsize=4)
def thesaurus(extra: Path | None = None) -> Thesaurus:
    """The thesaurus of the field with its Dutch-English glossary; the nearest link wins.

    Args:
        extra: a file of groups of the user's own, which add to those that come along.
    """
    groups = shipped_groups() + (groups_of(extra) if extra else ())
    contraries = _contraries(groups)
    found: dict[Phrase, dict[Phrase, Synonym]] = defaultdict(dict)
    for source, target, weight, how in _links(groups):
        key, value = phrase_of(source), phrase_of(target)
        if (
            not key
            or not value
            or key == value
            or value in contraries.get(key, ())
        ):
            continue
        known = found[key].get(value)
        if known is None or known.weight < weight:
            found[key][value] = Synonym(target, value, weight, how)
    entries = {key: _nearest_first(values) for key, values in found.items()}
    opposites = {
        key: tuple(others.values()) for key, others in contraries.items()
    }
    return Thesaurus(entries, max(map(len, entries), default=1), opposites)


def _nearest_first(values: Mapping[Phrase, Synonym]) -> tuple[Synonym, ...]:
    return tuple(sorted(values.values(), key=lambda synonym: -synonym.weight))
