"""What is wrong with a thesaurus: words that mean themselves, or the contrary of what they mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.dutch.stem import function_words
from kb.dutch.synonyms import WHY, Phrase, phrase_of

RELATIONS = ("same", "broader", "narrower", "related", "near", "opposite")


@dataclass(frozen=True, slots=True)
class Flaw:
    """A flaw of one entry: its code in messages/cli.toml, the number of the entry, the word."""

    code: str
    group: int
    word: str


def flaws(
    groups: Sequence[Mapping[str, Any]],
    first: int = 1,
    reasoned: bool = False,
) -> list[Flaw]:
    """All flaws of entries as synonyms.yaml has them, in their order.

    Args:
        groups: what the file holds.
        first: the number of the first entry.
        reasoned: every entry must say where it comes from.

    >>> [flaw.code for flaw in flaws([{"same": ["wijk", "wijken"], "near": ["de"]}])]
    ['thesaurus_itself', 'thesaurus_weightless']
    """
    numbered = list(enumerate(groups, first))
    found = [
        flaw for number, group in numbered for flaw in _flaws_of(number, group)
    ]
    if reasoned:
        found += [
            Flaw("thesaurus_no_why", number, _name(group))
            for number, group in numbered
            if not group.get(WHY)
        ]
    return found + list(_circles(numbered))


def _name(group: Mapping[str, Any]) -> str:
    """What an entry is called by: its first word."""
    return str(next(iter(group.get("same", ())), ""))


def _flaws_of(number: int, group: Mapping[str, Any]) -> Iterator[Flaw]:
    for relation in group:
        if relation not in (*RELATIONS, WHY):
            yield Flaw("thesaurus_relation", number, str(relation))
    if not group.get("same"):
        yield Flaw("thesaurus_no_same", number, "")
    seen: dict[Phrase, set[str]] = defaultdict(set)
    for relation in RELATIONS:
        for word in map(str, group.get(relation, ())):
            phrase = phrase_of(word)
            if relation == "opposite" and seen[phrase]:
                yield Flaw("thesaurus_contrary", number, word)
            elif seen[phrase]:
                yield Flaw("thesaurus_itself", number, word)
            if not phrase or set(phrase) <= function_words():
                yield Flaw("thesaurus_weightless", number, word)
            seen[phrase].add(relation)


def _circles(
    numbered: Sequence[tuple[int, Mapping[str, Any]]],
) -> Iterator[Flaw]:
    """Concepts that are both wider and narrower than another.

    >>> hulp = {"same": ["hulp"], "narrower": ["zorg"]}
    >>> [f.word for f in flaws([hulp, {"same": ["zorg"], "narrower": ["hulp"]}])]
    ['hulp']
    """
    wider: set[tuple[Phrase, Phrase]] = set()
    for number, group in numbered:
        for name in map(str, group.get("same", ())):
            for relation in ("narrower", "broader"):
                for word in map(str, group.get(relation, ())):
                    pair = (phrase_of(name), phrase_of(word))
                    pair = pair if relation == "narrower" else pair[::-1]
                    if pair[::-1] in wider:
                        yield Flaw("thesaurus_circle", number, word)
                    wider.add(pair)
