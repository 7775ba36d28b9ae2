"""What linking holds is equal to what was read, and holds equal words once."""

from __future__ import annotations

import msgspec

from kb.citations import resolve
from kb.pipeline.document.mentions import mentions_of
from kb.pipeline.document.products import FileRead, Mentions, Passages
from kb.pipeline.whole.sharing import Shared
from kb.records import Block, Passage

ENTRY = (
    "Ooms, A., & Van Pelt, B. (2014). Het vak in de wijk. Utrecht: Movisie."
)
TEXT = "Dat vak is breder geworden (Ooms & Van Pelt, 2014; Bos, 2011)."


def _read(document: str) -> Mentions:
    """What a report lists and cites, as it comes from disk."""
    blocks = (
        Block("heading", "Literatuur", 1),
        Block("reference", ENTRY, 1),
    )
    passages = (
        Passage(f"{document}-1", document, TEXT, 0),
        Passage(f"{document}-2", document, ENTRY, 1, block="reference"),
    )
    found = mentions_of(document, FileRead(blocks), Passages(passages))
    written = msgspec.msgpack.encode(found)
    return msgspec.msgpack.decode(written, type=Mentions)


def test_sharing_changes_no_link() -> None:
    plain = [_read("a"), _read("b")]
    shared = Shared()
    once = [
        Mentions(
            tuple(shared.references(found.references)),
            tuple(shared.citations(found.citations)),
            tuple(shared.places(found.places)),
        )
        for found in plain
    ]
    first, second = (
        resolve(
            (),
            [p for f in given for p in f.places],
            [r for f in given for r in f.references],
            [c for f in given for c in f.citations],
        )
        for given in (plain, once)
    )
    assert first == second
    assert len(first.references) == 2
    assert len(first.citations) == 4


def test_equal_words_of_two_documents_are_held_once() -> None:
    shared = Shared()
    one, other = (shared.references(_read(key).references)[0] for key in "ab")
    assert one.raw is other.raw
    assert one.csl["title"] is other.csl["title"]
    one_cited, other_cited = (
        shared.citations(_read(key).citations)[0] for key in "ab"
    )
    assert one_cited.authors is other_cited.authors
    assert one_cited.names is other_cited.names
