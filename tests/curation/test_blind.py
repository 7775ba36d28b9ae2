"""Two coders: agreement as the books say, differences listed, the settled as gold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.curation import State, new_event
from kb.curation.blind import (
    agreements,
    cohen,
    differences,
    gold_of,
    next_to_code,
    said_of,
)
from kb.records import Document, Passage
from kb.store import Store, sqlite_url
from kb.themes.labelled import GoldRow

THEMES = ("B1", "B2")
TEXT = "De teams spreken elkaar elke week over gezinnen die zorg mijden, en dat helpt hen."


def coded(passage: str, by: str, **views: str) -> object:
    return new_event("code", passage, views, by=by, field="beloften")


def state_of(*events: object) -> State:
    return State(events)  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(sqlite_url(tmp_path / "records.sqlite"))
    made.add([Document("d", "d.txt", "D")])
    made.add(
        [
            Passage(f"d-{n:010x}", "d", f"{TEXT} Geval {n}.", n)
            for n in range(4)
        ]
    )
    yield made
    made.close()


def test_agreement_is_counted_where_two_have_said() -> None:
    state = state_of(
        coded("p1", "Ans", B1="evidence"),
        coded("p1", "Bo", B1="evidence"),
        coded("p2", "Ans"),
        coded("p2", "Bo", B1="evidence"),
        coded("p3", "Ans", B1="evidence"),
    )
    first, second = agreements(said_of(state, "beloften"), THEMES)
    assert (first.passages, first.same) == (2, 1)
    assert first.kappa == 0.0
    assert first.alpha is not None
    assert (second.same, second.kappa, second.alpha) == (2, None, None)


def test_kappa_of_a_textbook() -> None:
    """20 and 15 agreed of 50, 5 and 10 not: 0.70 by 0.50 is 0.40."""
    pairs = [("evidence", "evidence")] * 20 + [("none", "none")] * 15
    pairs += [("evidence", "none")] * 5 + [("none", "evidence")] * 10
    assert cohen(pairs) == 0.4


views = st.sampled_from(["none", "mention", "evidence"])


@given(st.lists(st.tuples(views, views), min_size=1, max_size=30))
def test_agreement_is_one_when_all_agree_and_never_more(
    pairs: list[tuple[str, str]],
) -> None:
    events = []
    for number, (ans, bo) in enumerate(pairs):
        events += [coded(f"p{number}", "Ans", B1=ans)]
        events += [coded(f"p{number}", "Bo", B1=bo)]
    (found, _) = agreements(said_of(state_of(*events), "beloften"), THEMES)
    for figure in (found.kappa, found.alpha):
        assert figure is None or figure <= 1
        if all(ans == bo for ans, bo in pairs):
            assert figure in (None, 1)


def test_what_is_settled_is_no_difference_any_more_and_gold(
    store: Store,
) -> None:
    one, two = "d-0000000000", "d-0000000001"
    events = [
        coded(one, "Ans", B1="evidence", B2="mention"),
        coded(one, "Bo", B1="none", B2="mention"),
        coded(two, "Ans", B2="evidence"),
        coded(two, "Bo"),
    ]
    state = state_of(*events)
    said = said_of(state, "beloften")
    found = list(differences(state, said, THEMES))
    assert [(d.passage, d.theme) for d in found] == [(one, "B1"), (two, "B2")]
    state.take(new_event("settle", one, "evidence", field="B1"))
    rows = [
        msgspec.convert(row, GoldRow)
        for row in gold_of(state, said, THEMES, store)
    ]
    assert [(r.evidence, r.ignore, r.judged) for r in rows] == [
        (("B1",), ("B2",), ("B1", "B2")),
        ((), (), ("B1",)),
    ]


def test_a_coder_gets_first_what_the_other_had(store: Store) -> None:
    first = next_to_code(store, {}, "Ans")
    assert first is not None
    state = state_of(coded(first.id, "Ans"))
    said = said_of(state, "beloften")
    bo = next_to_code(store, said, "Bo")
    ans = next_to_code(store, said, "Ans")
    assert bo == first
    assert ans is not None
    assert ans.id != first.id
