"""Curators win over the program, theme by theme."""

from __future__ import annotations

from kb.curation import Event, decided_tags, new_event
from kb.records import Passage, Tag

PASSAGES = [
    Passage("d-0000000001", "d", "De teams zijn nabij.", 0),
    Passage("d-0000000002", "d", "Het weer was mooi.", 1),
]
FIRST, SECOND = (passage.id for passage in PASSAGES)
TAGS = [
    Tag(FIRST, "B1", 0.9, layers={"cues": 1.0}),
    Tag(FIRST, "K3", 0.4, evidence=False),
]


def theme(passage: str, code: str, view: str) -> Event:
    return new_event("theme", passage, view, field=code)


def decided(*events: Event) -> list[tuple[str, str, bool, float, str]]:
    tags = decided_tags(TAGS, PASSAGES, events, {"B1", "K3", "K5"})
    return [(t.passage, t.theme, t.evidence, t.score, t.origin) for t in tags]


def test_rejected_theme_is_gone_also_as_a_mention() -> None:
    assert (
        decided(theme(FIRST, "B1", "none"), theme(FIRST, "K3", "none")) == []
    )


def test_accepted_mention_becomes_evidence_and_the_other_way_round() -> None:
    found = decided(
        theme(FIRST, "B1", "mention"), theme(FIRST, "K3", "evidence")
    )
    assert found == [
        (FIRST, "B1", False, 0.0, "curator"),
        (FIRST, "K3", True, 1.0, "curator"),
    ]


def test_theme_that_only_a_curator_saw_is_added() -> None:
    assert decided(theme(SECOND, "K5", "evidence"))[-1] == (
        SECOND,
        "K5",
        True,
        1.0,
        "curator",
    )


def test_decision_on_a_theme_that_is_no_more_has_no_effect() -> None:
    assert decided(theme(FIRST, "OUD1", "evidence")) == decided()
