"""Citations stay at their words when these move, and keep the links they have."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.pipeline.live.documents import (
    _in_place,
    _with_cues_of,
    _with_links_of,
)
from kb.records import Citation, Cue, Passage, Tag


def said(passage: str, text: str) -> Passage:
    return Passage(passage, "d", text, int(passage[1:]))


def cited(passage: str, start: int, surface: str = "Bol") -> Citation:
    return Citation(passage, surface, start, start + len(surface))


def places(found: list[Citation]) -> list[tuple[str, int, int]]:
    return [(one.passage, one.start, one.end) for one in found]


def test_a_citation_whose_words_stand_still_is_the_same() -> None:
    one = cited("p1", 4)
    assert _in_place([one], [said("p1", "Zie Bol daarover.")]) == [one]


def test_a_citation_goes_along_with_its_words() -> None:
    later = [said("p1", "En zie ook Bol daarover.")]
    assert places(_in_place([cited("p1", 4)], later)) == [("p1", 11, 14)]
    joined = [said("p0", "Eerst dit. Zie Bol daarover.")]
    assert places(_in_place([cited("p1", 4)], joined)) == [("p0", 15, 18)]


def test_a_citation_whose_words_are_gone_is_gone() -> None:
    assert _in_place([cited("p1", 4)], [said("p1", "Zie daarover.")]) == []
    assert _in_place([cited("p1", 4)], []) == []


def test_its_own_passage_comes_first() -> None:
    passages = [said("p0", "Bol zei het."), said("p1", "Nu zegt Bol het.")]
    assert places(_in_place([cited("p1", 0)], passages)) == [("p1", 8, 11)]


def test_no_two_citations_stand_at_one_place() -> None:
    passages = [said("p1", "Nu Bol en dan Bol.")]
    both = [cited("p1", 0), cited("p1", 9)]
    assert places(_in_place(both, passages)) == [
        ("p1", 3, 6),
        ("p1", 14, 17),
    ]
    with_one_still = [cited("p1", 3), cited("p1", 9)]
    assert places(_in_place(with_one_still, passages)) == [
        ("p1", 3, 6),
        ("p1", 14, 17),
    ]
    three = [cited("p1", 0), cited("p1", 1), cited("p1", 2)]
    assert len(_in_place(three, passages)) == 2


def linked(citation: Citation, work: str) -> Citation:
    return replace(
        citation, work=work, reference=f"r-{work}", score=0.5, reason="year"
    )


def test_links_of_the_copy_are_kept_in_their_order() -> None:
    built = [cited("p1", 0), cited("p1", 9), cited("p2", 0, "Kok")]
    live = [
        linked(cited("p9", 3), "w1"),
        linked(cited("p9", 30), "w2"),
        linked(cited("p9", 5, "Kok"), "w3"),
    ]
    found = _with_links_of(built, live)
    assert [(one.work, one.reference) for one in found] == [
        ("w1", "r-w1"),
        ("w2", "r-w2"),
        ("w3", "r-w3"),
    ]
    assert places(found) == places(built)
    assert {(one.score, one.reason) for one in found} == {(0.5, "year")}


def test_links_are_those_of_the_build_where_words_come_as_often_no_more() -> (
    None
):
    built = [linked(cited("p1", 0), "w1"), linked(cited("p1", 9), "w2")]
    live = [linked(cited("p1", 0), "w7")]
    assert _with_links_of(built, live) == built
    assert _with_links_of(built, []) == built


@pytest.mark.parametrize(
    ("text", "left"), [("hulp en zorg", 2), ("hulp en raad", 1), ("", 0)]
)
def test_a_tag_keeps_the_cues_that_still_stand_there(
    text: str, left: int
) -> None:
    cues = (Cue(0, 4, "hulp", "hulp"), Cue(8, 12, "zorg", "zorg"))
    tag = Tag("p1", "B1", 0.7, cues=cues)
    assert _with_cues_of(tag, text).cues == cues[:left]
