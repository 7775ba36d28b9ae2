"""Passages that say the same are one group."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.passages import duplicates
from kb.passages.duplicates import (
    likeness,
    near_duplicates,
    near_duplicates_of,
)
from kb.passages.signatures import sign
from kb.records import Passage, Similar

LONG = (
    "Het team helpt bewoners die met schulden kampen en wacht daarbij niet tot zij zelf om "
    "hulp komen vragen."
)
OTHER = (
    "Wie zorg nodig heeft, meldt zich bij het loket van de gemeente en krijgt daar binnen "
    "een week antwoord."
)


def passage(id: str, text: str) -> Passage:
    return Passage(id, "boek", text, 0)


def test_copies_and_slight_changes_are_one_group_with_the_longest_as_best() -> (
    None
):
    longer = LONG + " Dat werkt."
    found = near_duplicates(
        [
            passage("a", LONG),
            passage("b", OTHER),
            passage("c", longer),
            passage("d", LONG.replace("team", "TEAM")),
        ]
    )
    assert {(s.passage, s.group, s.best) for s in found} == {
        ("a", "c", False),
        ("c", "c", True),
        ("d", "c", False),
    }
    assert all(0.7 <= s.score <= 1 for s in found)


def test_a_crowd_of_copies_is_one_group_among_others_with_a_sentence_of_it() -> (
    None
):
    copies = [passage(f"copy{n:03}", f"{LONG} {OTHER}") for n in range(90)]
    others = [
        passage(f"x{n:03}", f"{LONG} {n} {'anders ' * 20}{n}")
        for n in range(90)
    ]
    mixed = [p for pair in zip(copies, others, strict=True) for p in pair]
    found = near_duplicates(mixed)
    groups = {s.group for s in found if s.passage.startswith("copy")}
    assert (len(groups), sum(s.group in groups for s in found)) == (1, 90)


def test_different_passages_stand_alone() -> None:
    assert near_duplicates([passage("a", LONG), passage("b", OTHER)]) == []


def test_short_passages_and_headings_are_left_alone() -> None:
    assert (
        near_duplicates(
            [
                passage("a", "Samenwerking in de wijk"),
                passage("b", "Samenwerking in de wijk"),
                passage("c", ""),
            ]
        )
        == []
    )


def test_no_passages_make_no_groups() -> None:
    assert near_duplicates([]) == []


WORDS = [f"woord{n}" for n in range(14)]
sentences = st.lists(st.sampled_from(WORDS), min_size=8, max_size=14).map(
    " ".join
)


@given(st.lists(sentences, max_size=12))
def test_likeness_is_the_share_of_common_shingles(texts: list[str]) -> None:
    signed = sign("boek", [(str(n), text) for n, text in enumerate(texts)])

    def shingles(text: str) -> set[tuple[str, ...]]:
        words = text.split()
        return set(zip(words, words[1:], words[2:], strict=False))

    pairs = [(a, b) for a in range(len(texts)) for b in range(a)]
    for (a, b), found in zip(
        pairs,
        likeness(signed, np.array(pairs, np.int64).reshape(-1, 2)),
        strict=True,
    ):
        one, other = shingles(texts[a]), shingles(texts[b])
        assert found == pytest.approx(len(one & other) / len(one | other))


corpora = st.dictionaries(
    st.sampled_from(["a", "b", "c", "d"]), st.lists(sentences, max_size=3)
)


@given(before=corpora, after=corpora)
def test_signatures_that_were_kept_give_the_groups_of_new_ones(
    tmp_path_factory: pytest.TempPathFactory,
    before: dict[str, list[str]],
    after: dict[str, list[str]],
) -> None:
    folder = tmp_path_factory.mktemp("signatures")

    def found(
        corpus: dict[str, list[str]], name: str, **kept: Any
    ) -> list[Similar]:
        def passages(document: str) -> list[tuple[str, str]]:
            texts = [*corpus[document], LONG]
            return [(f"{document}-{n}", text) for n, text in enumerate(texts)]

        return near_duplicates_of(
            sorted(corpus), passages, folder / name, **kept
        )

    found(before, "before")
    changed = {id for id in after if after[id] != before.get(id)}
    went_on = found(
        after, "after", previous=folder / "before", changed=changed
    )
    assert went_on == found(after, "anew")
    assert (folder / "after").read_bytes() == (folder / "anew").read_bytes()
    assert {s.passage for s in went_on} >= (
        {f"{id}-{len(texts)}" for id, texts in after.items()}
        if len(after) > 1
        else set()
    )


def test_signatures_that_cannot_be_read_are_made_anew(tmp_path: Path) -> None:
    (tmp_path / "before").write_bytes(b"PK\x03\x04 broken")
    found = near_duplicates_of(
        ["a", "b"],
        lambda id: [(id, LONG)],
        tmp_path / "after",
        tmp_path / "before",
    )
    assert [s.passage for s in found] == ["a", "b"]


@pytest.mark.parametrize("at_once", [1, 7, 1_000])
def test_pairs_counted_a_few_at_a_time_are_the_same(
    monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    texts = [
        text
        for n in range(0, 60, 3)
        for text in (f"{LONG} {OTHER}", f"{LONG} {n}", f"{OTHER} {n % 9}")
    ]
    mixed = [passage(f"{n:03}", text) for n, text in enumerate(texts)]
    all_at_once = near_duplicates(mixed)
    assert all_at_once
    monkeypatch.setattr(duplicates, "_PAIRS_AT_ONCE", at_once)
    assert near_duplicates(mixed) == all_at_once
