"""No stem takes one word for another: tried on every Dutch word that is used often.

Two words may share a stem when spelling explains it: both come down to one base by taking off
endings as Dutch writes them (vakken: vak; delen: deel). All others are listed, and excused in
stem_collisions.toml or a failure.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from wordfreq import get_frequency_dict

from kb.dutch.fold import folded_word
from kb.dutch.stem import function_words, stem

OFTEN = 5e-6  # of running words: some 8,000 words
DATA = tomllib.loads(
    (Path(__file__).parent / "stem_collisions.toml").read_text("utf-8")
)
ENDINGS = DATA["endings"].split()
EXCUSED = {
    frozenset(pair.split(":"))
    for pairs in DATA["excused"].values()
    for pair in pairs.split()
}
VOWELS = "aeiou"
SOUNDS = {"z": "s", "v": "f"}
DEEP = 3  # endings behind each other


@cache
def bases(word: str) -> frozenset[str]:
    """What is left of a word without its endings, spelled as Dutch spells it."""
    found = {word}
    for _ in range(DEEP):
        for form in list(found):
            for ending in ENDINGS:
                if form.endswith(ending) and len(form) - len(ending) >= 2:
                    found |= respelled(form[: -len(ending)], ending)
    return frozenset(found)


def respelled(root: str, ending: str) -> set[str]:
    last, before = root[-1], root[-2]
    found = {root, root[:-1] + SOUNDS.get(last, last)}
    if last == before and last not in VOWELS:
        found.add(root[:-1])
    long = before in "aeou" and (len(root) < 3 or root[-3] not in VOWELS)
    if ending[0] in "eaio" and last not in VOWELS and long:
        found |= {
            root[:-1] + before + last,
            root[:-1] + before + SOUNDS.get(last, last),
        }
    return found


@pytest.fixture(scope="module")
def classes() -> dict[str, set[str]]:
    """Words by their stem."""
    found = defaultdict(set)
    for word, share in get_frequency_dict("nl", wordlist="best").items():
        if share >= OFTEN and word.isalpha() and len(word) > 2:
            found[stem(folded_word(word))].add(folded_word(word))
    return found


def test_the_list_is_long(classes: dict[str, set[str]]) -> None:
    assert sum(map(len, classes.values())) > 7_000


def test_no_word_has_the_stem_of_a_function_word(
    classes: dict[str, set[str]],
) -> None:
    mixed = [
        words
        for words in classes.values()
        if words & function_words() and len(words) > 1
    ]
    assert mixed == []


def test_words_that_share_a_stem_share_a_base(
    classes: dict[str, set[str]],
) -> None:
    collisions = [
        pair
        for words in classes.values()
        for pair in combinations(sorted(words), 2)
        if not bases(pair[0]) & bases(pair[1])
        and frozenset(pair) not in EXCUSED
    ]
    assert collisions == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vak", "vaak"),
        ("weten", "wet"),
        ("meten", "met"),
        ("delen", "deels"),
        ("date", "dat"),
        ("rede", "red"),
        ("zalen", "zal"),
        ("maag", "mag"),
        ("nare", "naar"),
        ("overheid", "over"),
    ],
)
def test_these_are_not_the_same_word(one: str, other: str) -> None:
    assert stem(one) != stem(other)
