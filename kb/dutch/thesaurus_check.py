"""What is wrong with a thesaurus: words that mean themselves, or the contrary of what they mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.dutch.stem import function_words
from kb.dutch.synonyms import Phrase, phrase_of

RELATIONS = ("same", "near", "narrower", "opposite")


@dataclass(frozen=True, slots=True)
class Flaw:
    """A flaw of one group: its code in messages/cli.toml, the number of the group, the word."""

    code: str
    group: int
    word: str


def flaws(groups: Sequence[Mapping[str, Any]], first: int = 1) -> list[Flaw]:
    """All flaws of groups as synonyms.yaml has them, in their order.

    Args:
        groups: what the file holds.
        first: the number of the first group.

    >>> [flaw.code for flaw in flaws([{"same": ["wijk", "wijken"], "near": ["de"]}])]
    ['thesaurus_itself', 'thesaurus_weightless']
    """
    numbered = enumerate(groups, first)
    return [
        flaw for number, group in numbered for flaw in _flaws_of(number, group)
    ]


def _flaws_of(number: int, group: Mapping[str, Any]) -> Iterator[Flaw]:
    for relation in group:
        if relation not in RELATIONS:
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
