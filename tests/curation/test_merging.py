"""Two logs become one, and what was decided twice differently is left to people."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.curation import Event, State, merge, new_event


def theme(passage: str, view: str, by: str) -> Event:
    return new_event("theme", passage, view, by=by, field="B1")


def test_what_only_one_decided_joins() -> None:
    shared = theme("p0", "none", "Ans")
    ours, theirs = theme("p1", "none", "Ans"), theme("p2", "none", "Bo")
    found = merge([shared, ours], [shared, theirs])
    assert (found.added, found.conflicts) == ((theirs,), ())


def test_difference_is_listed_and_nothing_of_it_taken() -> None:
    ours, theirs = theme("p1", "none", "Ans"), theme("p1", "mention", "Bo")
    more = theme("p2", "none", "Bo")
    found = merge([ours], [theirs, more])
    assert found.added == (more,)
    ((conflict),) = found.conflicts
    assert (conflict.ours, conflict.theirs) == (ours, theirs)


def test_same_decision_by_two_is_no_difference() -> None:
    ours, theirs = theme("p1", "none", "Ans"), theme("p1", "none", "Bo")
    assert merge([ours], [theirs]).conflicts == ()


def test_who_built_on_the_other_does_not_differ() -> None:
    first, later = theme("p1", "none", "Ans"), theme("p1", "mention", "Bo")
    found = merge([first], [first, later])
    assert (found.added, found.conflicts) == ((later,), ())


def test_a_choice_settles_it_for_good() -> None:
    ours, theirs = theme("p1", "none", "Ans"), theme("p1", "mention", "Bo")
    for side, view in (("ours", "none"), ("theirs", "mention")):
        added = merge([ours], [theirs], side).added  # type: ignore[arg-type]
        now = State([ours, *added])
        assert now.value("theme", "p1", "B1") == view
        assert merge(now.events, [theirs]).conflicts == ()


events = st.lists(
    st.builds(
        theme,
        st.sampled_from(["p1", "p2", "p3"]),
        st.sampled_from(["none", "mention", "evidence"]),
        st.sampled_from(["Ans", "Bo"]),
    ),
    max_size=6,
)


@given(events, events, events)
def test_every_event_is_added_or_in_conflict(
    shared: list[Event], mine: list[Event], other: list[Event]
) -> None:
    found = merge([*shared, *mine], [*shared, *other])
    open_keys = {c.theirs.key for c in found.conflicts}
    left = [e for e in other if e not in found.added]
    assert {e.key for e in left} == open_keys
    joined = State([*shared, *mine, *found.added])
    for conflict in found.conflicts:
        key = conflict.ours.key
        assert joined.value(*key) == conflict.ours.after
