"""Words by number: prefixes, parts, and what a lexicon keeps on disk."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.index.expressions import expressions, halvings, is_sampled
from kb.search.index.forward_index import joined, rows_of
from kb.search.index.lexicon import Lexicon, make
from kb.search.index.numbering import united
from kb.search.index.reading import frequencies, parts_of

WORDS = ["hulp", "wijk", "wijken", "wijkteam", "wijkteams"]


@pytest.fixture
def lexicon() -> Lexicon:
    counts = np.array([3, 5, 1, 9, 2], np.int32)
    return make(WORDS, counts, counts, parts_of(WORDS))


def test_a_prefix_gives_its_most_frequent_words(lexicon: Lexicon) -> None:
    assert [
        lexicon.words[n] for n in lexicon.with_prefix("wijkt", 5)
    ] == WORDS[3:]
    assert [lexicon.words[n] for n in lexicon.with_prefix("wijk", 2)] == [
        "wijkteam",
        "wijk",
    ]
    assert lexicon.with_prefix("zorg", 5) == []


def test_a_compound_is_found_by_its_parts(lexicon: Lexicon) -> None:
    wijk = lexicon.stem_number["wijk"]
    compounds = {lexicon.words[n] for n in lexicon.words_with_part(wijk)}
    assert compounds == {"wijkteam", "wijkteams"}
    assert wijk in lexicon.parts("wijkteam")


def test_a_lexicon_comes_back_as_it_was(
    lexicon: Lexicon, tmp_path: Path
) -> None:
    lexicon.save(tmp_path)
    again = Lexicon.load(tmp_path)
    assert (again.words, again.stems) == (lexicon.words, lexicon.stems)
    assert np.array_equal(again.part_stems, lexicon.part_stems)


texts = st.lists(st.lists(st.integers(0, 6), max_size=5), max_size=6)


@given(texts)
def test_frequencies_are_those_of_a_plain_count(told: list[list[int]]) -> None:
    counts, df = frequencies(rows_of(told), 7)
    assert counts.tolist() == [
        sum(text.count(n) for text in told) for n in range(7)
    ]
    assert df.tolist() == [sum(n in text for text in told) for n in range(7)]


@given(texts, texts)
def test_rows_joined_are_the_lists_joined(
    one: list[list[int]], other: list[list[int]]
) -> None:
    both = joined([rows_of(one), rows_of(other)])
    assert [both[i].tolist() for i in range(len(both))] == one + other


names = st.lists(st.text(min_size=1, max_size=3), unique=True).map(sorted)


@given(names, names)
def test_united_names_are_sorted_and_keep_who_is_who(
    one: list[str], other: list[str]
) -> None:
    both, first, second = united(one, other)
    assert both == sorted(set(one) | set(other))
    assert [both[n] for n in first] == one
    assert [both[n] for n in second] == other


def test_expressions_are_short_and_without_names() -> None:
    told = "Volgens Anna Bakker is vroegtijdige hulp bij schulden nodig."
    found = list(expressions(told))
    assert "hulp bij schulden" in found
    assert not any("akker" in expression for expression in found)


def test_the_sample_is_halved_by_the_id_alone() -> None:
    ids = [f"bron-{n}" for n in range(4_000)]
    half, quarter = (
        [id for id in ids if is_sampled(id, times)] for times in (1, 2)
    )
    assert set(quarter) < set(half)
    assert 1_800 < len(half) < 2_200
    assert halvings(40_000) == 2
