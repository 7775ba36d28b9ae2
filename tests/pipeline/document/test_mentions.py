"""What linking sees of a document: where it cites, and its lists, without the rest."""

from __future__ import annotations

from kb.pipeline.document.editing import edited_passages
from kb.pipeline.document.mentions import _places, mentions_of
from kb.pipeline.document.products import FileRead, Passages
from kb.records import Block, Box, Citation, Part, Passage

ENTRY = "Bol, A. (2014). Wijken in beeld. Utrecht: Ons Huis."
OTHER = "Kok, B. (2016). Buurten in beeld. Utrecht: Ons Huis."
THIRD = "Smit, C. (2018). Steden in beeld. Utrecht: Ons Huis."


def said(id: str, text: str, kind: str = "text", **more: object) -> Passage:
    return Passage(id, "a", text, 0, kind=kind, **more)  # type: ignore[arg-type]


def cites(passage: str) -> Citation:
    return Citation(passage, "Bol, 2014", 0, 9)


def test_places_are_those_that_cite_and_entries_of_lists() -> None:
    passages = [
        said("p0", "Niets."),
        said("p1", "Volgens Bol (2014).", page=4),
        said("p2", ENTRY, "reference"),
        said("p3", OTHER, block="reference"),
    ]
    found = _places(passages, [cites("p1")])
    assert [(one.id, one.text) for one in found] == [
        ("p1", ""),
        ("p2", ENTRY),
        ("p3", OTHER),
    ]
    assert found[0].page == 4


def test_without_a_list_all_are_places() -> None:
    passages = [said("p0", "Niets."), said("p1", "Volgens Bol (2014).")]
    found = _places(passages, [cites("p1")])
    assert [one.id for one in found] == ["p0", "p1"]


def test_a_place_holds_nothing_that_linking_does_not_read() -> None:
    rich = said(
        "p",
        "Volgens Bol (2014).",
        boxes=(Box(1, 0.0, 0.0, 1.0, 1.0),),
        raw="Volgens Bo1 (2014).",
        repairs=(("Bo1", "Bol"),),
        rows=(("a",),),
        municipalities=("Ede",),
        years=(2014,),
        section=("1 Zorg",),
        label="7",
    )
    (place,) = _places([rich], [cites("p")])
    assert place == said("p", "", label="7")


def entry(text: str) -> Block:
    return Block("reference", text)


def test_the_lists_of_articles_are_their_own() -> None:
    heading = Block("heading", "Literatuur", level=1)
    blocks = (
        heading,
        entry(ENTRY),
        heading,
        entry(OTHER),
        heading,
        entry(THIRD),
    )
    parts = (Part("a-1", "Deel", "Deel", first=2, last=4),)
    text = "Dat zegt ook Bol (2014)."
    made = Passages((said("p", text),), parts)
    found = mentions_of("a", FileRead(blocks), made)
    listed = {one.raw: one.document for one in found.references}
    assert listed == {ENTRY: "a", OTHER: "a-1", THIRD: "a"}
    assert [one.document for one in found.references] == ["a-1", "a", "a"]
    assert [one.surface for one in found.citations] == ["Bol (2014)"]
    assert [place.id for place in found.places] == ["p"]


def test_passages_without_decisions_are_the_same() -> None:
    made = Passages((said("p", "x"),))
    assert edited_passages(made, ()) is made
