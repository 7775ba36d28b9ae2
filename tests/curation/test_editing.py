"""Passages as curators want them: joined, parted, mended, moved, left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kb.curation import Event, new_event
from kb.curation.editing import edited
from kb.records import Passage

A = Passage(
    "d-000000000a",
    "d",
    "De teams groeien. Zij krijgen meer te doen en",
    0,
    section=("1 Inleiding",),
    page=3,
    label="5",
)
B = Passage("d-000000000b", "d", "hebben minder tijd.", 1, page=4, label="6")
C = Passage(
    "d-000000000c", "d", "Het wijktearn in Zwolle werkt samen.", 2, page=4
)
ALL = (A, B, C)


def on(passage: Passage, kind: str, after: Any) -> Event:
    return new_event(kind, passage.id, after, words=passage.text)


def test_nothing_decided_changes_nothing() -> None:
    assert edited(ALL, ()) == ALL


def test_a_passage_takes_in_the_next_and_keeps_its_name() -> None:
    first, last = edited(ALL, [on(A, "join", True)])
    assert first.id == A.id
    assert first.text == f"{A.text} {B.text}"
    assert (first.page, first.page_end, first.label_end) == (3, 4, "6")
    assert (last.id, last.position) == (C.id, 1)


def test_three_are_joined_by_two_decisions() -> None:
    (only,) = edited(ALL, [on(A, "join", True), on(B, "join", True)])
    assert only.text.endswith(C.text)


def test_a_passage_is_parted_and_its_print_kept() -> None:
    first, second, *_ = edited(ALL, [on(A, "part", [18])])
    assert (first.id, first.text) == (A.id, "De teams groeien.")
    assert second.text == "Zij krijgen meer te doen en"
    assert second.id.startswith("d-")
    assert second.id not in {p.id for p in ALL}
    assert first.raw == second.raw == A.text


def test_mended_words_are_shown_beside_the_print() -> None:
    right = C.text.replace("wijktearn", "wijkteam")
    mended = edited(ALL, [on(C, "text", right)])[2]
    assert (mended.id, mended.text, mended.raw) == (C.id, right, C.text)
    assert mended.repairs == (("wijktearn", "wijkteam"),)
    assert mended.municipalities == ("Zwolle",)


def test_heading_and_label_hold_for_all_they_stand_above() -> None:
    made = edited(
        ALL,
        [
            new_event("heading", "d", "1 Begin", field="1 Inleiding"),
            new_event("label", "d", "vi", field="4"),
        ],
    )
    assert made[0].section == ("1 Begin",)
    assert [p.label for p in made] == ["5", "vi", "vi"]
    assert [p.label_origin for p in made] == ["none", "printed", "printed"]


def test_kind_and_leaving_out() -> None:
    made = edited(ALL, [on(A, "kind", "policy"), on(B, "out", True)])
    assert [(p.id, p.position) for p in made] == [(A.id, 0), (C.id, 1)]
    assert made[0].kind == "policy"


def test_an_edit_follows_its_passage_when_the_text_is_read_anew() -> None:
    moved = replace(C, id="d-00000000cc")
    made = edited((A, B, moved), [on(C, "kind", "method")])
    assert made[2].kind == "method"


@given(
    st.lists(
        st.one_of(
            st.builds(
                on, st.sampled_from(ALL), st.just("join"), st.just(True)
            ),
            st.builds(on, st.sampled_from(ALL), st.just("out"), st.just(True)),
            st.builds(
                on,
                st.sampled_from(ALL),
                st.just("part"),
                st.lists(st.integers(0, 60), max_size=3),
            ),
        ),
        max_size=5,
    )
)
def test_ids_stay_apart_and_no_word_is_lost_but_what_is_left_out(
    events: list[Event],
) -> None:
    made = edited(ALL, events)
    assert len({p.id for p in made}) == len(made)
    assert [p.position for p in made] == list(range(len(made)))
    if not any(event.kind == "out" for event in events):
        before = " ".join(p.text for p in ALL).replace(" ", "")
        assert "".join(p.text for p in made).replace(" ", "") == before
