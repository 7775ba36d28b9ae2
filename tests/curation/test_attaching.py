"""A decision finds its passage again by its words, or is told to be lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.curation import attach, document_of, new_event
from kb.records import Passage

OLD = (
    "De wijkteams spreken elkaar elke week over lastige gevallen. Dat helpt "
    "de generalisten om hun vak bij te houden."
)
OTHER = "In Hengelo kwam de besparing niet; lichte hulp verving geen zware."


def passages(*texts: str) -> list[Passage]:
    return [
        Passage(f"d-{number:010x}", "d", text, number)
        for number, text in enumerate(texts)
    ]


def target(words: str, *texts: str) -> str | None:
    """Where a decision on a passage of these words goes."""
    event = new_event("theme", "d-ffffffffff", "none", field="B1", words=words)
    found = attach([event], passages(*texts))
    assert len(found.events) + len(found.lost) == 1
    return found.events[0].target if found.events else None


def test_a_passage_that_is_still_there_keeps_its_decisions() -> None:
    event = new_event("theme", "d-0000000001", "none", field="B1")
    assert attach([event], passages(OTHER, OLD)).events == (event,)


@pytest.mark.parametrize(
    "now",
    [
        OLD.replace("wijkteams", "wijk-teams"),
        OLD.replace("lastige", "1astige").replace("week", "weck"),
        f"{OLD} En zij willen er meer tijd voor.",
    ],
    ids=["hyphen", "scan", "joined"],
)
def test_words_lead_to_the_passage_that_says_the_same(now: str) -> None:
    assert target(OLD, OTHER, now) == "d-0000000001"


@pytest.mark.parametrize(
    "now",
    [
        OTHER,
        "De wijkteams spreken elkaar elke week.",
        OLD.replace("helpt", "hindert")
        .replace("elke week", "nooit meer")
        .replace("generalisten", "specialisten"),
    ],
)
def test_what_says_something_else_is_not_guessed(now: str) -> None:
    assert target(OLD, now) is None


def test_two_that_say_the_same_are_not_told_apart() -> None:
    assert target(OLD, OLD, OLD) is None


@given(st.text(max_size=40), st.lists(st.text(max_size=40), max_size=3))
def test_no_decision_vanishes(words: str, texts: list[str]) -> None:
    target(words, *texts)


def test_the_document_stands_in_the_id_of_a_passage() -> None:
    assert document_of("a-b/c-0123456789-3") == "a-b/c"
    assert document_of("a-b") == ""
