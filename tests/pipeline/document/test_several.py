"""Files of one record are one document: pages counted through, copies left out."""

from __future__ import annotations

from kb.pipeline.document.products import FileRead
from kb.pipeline.document.several import together
from kb.records import Block, Box, Problem

REPORT = "Het team sprak in maart met de huisarts over mensen die zorg mijden"
ANNEX = "Bijlage met de vragen die wij aan alle bewoners van de buurt stelden"


def block(text: str, page: int = 1, **more: object) -> Block:
    box = Box(page, 0.0, 0.0, 9.0, 9.0)
    return Block("paragraph", text, page, boxes=(box,), **more)  # type: ignore[arg-type]


def read(*blocks: Block, **card: object) -> FileRead:
    title = blocks[0].text[:3]
    problem = Problem("", "no_text", values={"of": title})
    return FileRead(blocks, {"title": title}, (problem,), card)


def test_a_single_file_is_as_it_is() -> None:
    one = read(block(REPORT), pages=3)
    assert together([("a.pdf", one)]) is one


def test_pages_are_counted_through() -> None:
    first = read(block(REPORT, 2), pages=4, words=12, ocr_confidence=0.9)
    second = read(
        block(ANNEX, 1, page_end=2), pages=2, words=11, ocr_confidence=0.4
    )
    found = together([("a.pdf", first), ("b.pdf", second)])
    assert [one.page for one in found.blocks] == [2, 5]
    assert [one.page_end for one in found.blocks] == [None, 6]
    assert [one.boxes[0].page for one in found.blocks] == [2, 5]
    assert found.card["pages"] == 6
    assert found.card["words"] == 23
    assert found.card["ocr_confidence"] == 0.4
    assert found.card["files"] == [("a.pdf", 4), ("b.pdf", 2)]
    assert found.metadata == {"title": "Het"}
    assert [p.values["of"] for p in found.problems] == ["Het", "Bij"]


def test_a_file_without_pages_counts_as_one() -> None:
    first, second = read(block(REPORT), pages=0), read(block(ANNEX), pages=0)
    found = together([("a.md", first), ("b.md", second)])
    assert [one.page for one in found.blocks] == [1, 2]
    assert found.card["files"] == [("a.md", 1), ("b.md", 1)]


def test_a_copy_of_what_came_before_is_left_out_and_told() -> None:
    first = read(block(REPORT), block(ANNEX), pages=1)
    page = read(block(f"{REPORT} sinds vorig jaar"), pages=1)
    found = together([("a.pdf", first), ("a.html", page)])
    assert [one.text for one in found.blocks] == [REPORT, ANNEX]
    told = found.problems[-1]
    assert (told.code, told.severity) == ("file_is_copy", "note")
    assert told.values == {"file": "a.html", "first": "a.pdf"}


def test_what_repeats_a_title_is_no_copy() -> None:
    first = read(block(REPORT), pages=1)
    second = read(block(f"{REPORT} en dan {ANNEX} {ANNEX[::-1]}"), pages=1)
    found = together([("a.pdf", first), ("b.pdf", second)])
    assert len(found.blocks) == 2
    short = read(block("Te kort om te tellen"), pages=1)
    assert len(together([("a", short), ("b", short)]).blocks) == 2
