"""What holds: the last decision on a thing, until it is taken back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.curation import Event, State, new_event
from kb.curation.events import checked
from kb.curation.state import SupersededEventError, UnknownEventError

views = st.sampled_from(["evidence", "mention", "none", None])
events = st.lists(
    st.builds(
        lambda target, field, view: new_event(
            "theme", target, view, field=field
        ),
        st.sampled_from(["p1", "p2"]),
        st.sampled_from(["B1", "K3"]),
        views,
    ),
    max_size=12,
)


@given(events)
def test_what_is_undone_leaves_things_as_they_were(made: list[Event]) -> None:
    state = State(made)
    now = {e.key: e.after for e in state.holding("theme")}
    event = new_event("theme", "p1", "mention", field="B1")
    state.take(event)
    state.take(state.undoing(event.id, "Ans"))
    assert {e.key: e.after for e in state.holding("theme")} == now


@given(events)
def test_an_event_met_twice_counts_once(made: list[Event]) -> None:
    assert State([*made, *made]).events == State(made).events


def test_history_names_every_decision_and_version_changes_with_each() -> None:
    first = new_event("kind", "p1", "finding", by="Ans")
    second = new_event("theme", "p1", "none", by="Bo", field="B1")
    state = State([first])
    before = state.version("p1")
    state.take(second)
    assert state.history("p1") == [first, second]
    assert state.version("p1") != before
    assert state.version("p2") == ""


def test_only_what_holds_can_be_taken_back() -> None:
    first = new_event("kind", "p1", "finding", by="Ans")
    second = new_event("kind", "p1", "policy", by="Bo")
    state = State([first, second])
    with pytest.raises(SupersededEventError, match="Bo"):
        state.undoing(first.id, "Ans")
    with pytest.raises(UnknownEventError):
        state.undoing("x", "Ans")
    undoing = state.undoing(second.id, "Ans", "toch niet")
    assert (undoing.after, undoing.before) == ("finding", "policy")
    assert undoing.reverts == second.id


def test_what_one_coder_says_does_not_replace_what_another_says() -> None:
    state = State(
        new_event("code", "p1", {"B1": view}, by=by, field="beloften")
        for by, view in (("Ans", "evidence"), ("Bo", "none"))
    )
    for by, view in (("Ans", "evidence"), ("Bo", "none")):
        assert state.value("code", "p1", "beloften", by) == {"B1": view}


@pytest.mark.parametrize(
    ("kind", "after"),
    [
        ("theme", "yes"),
        ("kind", "poem"),
        ("text", 3),
        ("join", False),
        ("part", "3"),
        ("record", None),
        ("colour", "red"),
    ],
)
def test_a_value_that_a_kind_cannot_have_is_refused(
    kind: str, after: object
) -> None:
    event = Event("1", "", "", kind, "x", after=after)
    if kind == "record":
        assert checked(event) == event
        return
    with pytest.raises(ValueError, match=r".+"):
        checked(event)
