"""A citation in a note belongs to the sentence that carries its mark."""

from __future__ import annotations

import pytest

from kb.citations import at_marks, citations_of
from kb.passages import passages_of
from kb.records import Block

FIRST = "Wie aanbelt zonder aanleiding, hoort wat er speelt in een straat."
SECOND = "Dat kost meer tijd dan een kantoor heeft, en het levert rust op."


def body(printed: str, page: int = 1) -> Block:
    """A paragraph as it was printed, with marks between angle brackets."""
    text, raw = printed, printed.replace("<", "").replace(">", "")
    while "<" in text:
        before, _open, rest = text.partition("<")
        text = before + rest.partition(">")[2]
    return Block("paragraph", text, page, raw=raw)


def note(mark: str, text: str, page: int = 1) -> Block:
    return Block("footnote", text, page, mark=mark)


def placed(*blocks: Block) -> list[tuple[str, str]]:
    """The surface of each citation, and the text up to the mark of its note."""
    passages = passages_of("d", blocks)
    by_id = {passage.id: passage for passage in passages}
    cited = [c for passage in passages for c in citations_of(passage)]
    found = at_marks(cited, passages, blocks)
    return [
        (c.surface, by_id[c.noted_in].text[: c.noted_at])
        for c in found
        if c.noted_in
    ]


@pytest.mark.parametrize("mark", ["1", "12", "*"])
def test_the_sentence_with_the_mark_is_found(mark: str) -> None:
    blocks = [
        body(f"{FIRST}<{mark}> {SECOND}"),
        note(mark, "Zie ook Prins (2014)."),
    ]
    assert placed(*blocks) == [("Prins (2014)", FIRST.rstrip("."))]


def test_a_hyphen_at_the_end_of_a_line_hides_no_mark() -> None:
    block = Block(
        "paragraph",
        f"{FIRST} {SECOND}",
        raw=f"{FIRST} Dat kost meer tijd dan een kan-\ntoor heeft,3 en het levert rust op.",
    )
    ((_surface, before),) = placed(block, note("3", "Vos (2012)."))
    assert before.endswith("dan een kantoor heeft")


@pytest.mark.parametrize(
    "blocks",
    [
        # the figure is part of the sentence
        [
            body(f"{FIRST} In straat nummer 1. {SECOND}"),
            note("1", "Prins (2014)."),
        ],
        # the mark stands on another page
        [body(f"{FIRST}<1> {SECOND}"), note("1", "Prins (2014).", page=3)],
        # two marks, and no telling which
        [body(f"{FIRST}<1> {SECOND}<1>"), note("1", "Prins (2014).")],
        # a note without a mark
        [body(f"{FIRST}<1> {SECOND}"), Block("footnote", "Prins (2014).")],
    ],
)
def test_what_is_not_sure_stays_with_the_note(blocks: list[Block]) -> None:
    assert placed(*blocks) == []
