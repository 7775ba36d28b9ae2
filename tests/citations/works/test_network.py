"""Who cites whom, and the way from a claim to its source."""

from __future__ import annotations

from kb.citations.works.network import (
    cited_by,
    co_cited,
    edges,
    most_cited,
    sentence_around,
    trace,
)
from kb.records import Citation, Passage, Reference, Work

TEXT = "Teams leren samen. Dat kost jaren, zo zegt dr. Vermeer (Vermeer e.a., 2014). Daarna gaat het beter."


def cite(
    passage: str,
    work: str | None,
    text: str = TEXT,
    surface: str = "Vermeer e.a., 2014",
) -> Citation:
    start = text.index(surface)
    return Citation(
        passage,
        surface,
        start,
        start + len(surface),
        ("Vermeer",),
        2014,
        work=work,
        reference="r1",
    )


def test_the_citing_sentence_is_verbatim_and_whole() -> None:
    start = TEXT.index("Vermeer e.a.")
    assert (
        sentence_around(TEXT, start, start + 18)
        == "Dat kost jaren, zo zegt dr. Vermeer (Vermeer e.a., 2014)."
    )


def test_a_work_knows_the_sentences_that_cite_it() -> None:
    passages = [Passage("p1", "a", TEXT, 4, page=7, label="5")]
    (citing,) = cited_by("w", passages, [cite("p1", "w")])
    assert (citing.document, citing.page, citing.label) == ("a", 7, "5")
    assert citing.sentence in TEXT
    assert citing.citation.surface in citing.sentence


def test_edges_count_mentions_and_keep_works_that_are_only_listed() -> None:
    passages = [Passage("p1", "a", TEXT, 0)]
    listed = [
        Reference("r1", "a", "Vermeer", work="w"),
        Reference("r2", "a", "Bos", work="v"),
        Reference("r3", "a", "Zelf", work="u", place="self"),
    ]
    assert [
        (e.work, e.mentions) for e in edges(passages, listed, [cite("p1", "w")])
    ] == [
        ("w", 1),
        ("v", 0),
    ]


def test_works_cited_together_are_paired() -> None:
    both = [
        cite("p1", "w"),
        cite("p1", "v"),
        cite("p2", "w"),
        cite("p2", "v"),
        cite("p3", "w"),
        cite("p3", None),
    ]
    assert co_cited(both) == (("v", "w", 2),)


def test_most_cited_is_by_documents_first() -> None:
    works = [
        Work("a", {}, ("d1",), 9),
        Work("b", {}, ("d1", "d2"), 2),
        Work("c", {}, (), 0),
    ]
    assert [w.id for w in most_cited(works)] == ["b", "a"]


def test_a_claim_is_traced_to_the_nearest_passage_of_the_cited_document() -> None:
    passages = [
        Passage("p1", "a", TEXT, 0),
        Passage(
            "q1",
            "b",
            "Het duurt jaren voordat professionals samen leren, dat kost tijd.",
            0,
            label="12",
        ),
        Passage("q2", "b", "De gemeente heeft een nieuw stadhuis.", 1),
    ]
    citation = cite("p1", "w")
    found = trace(
        citation,
        passages,
        {"r1": Reference("r1", "a", "Vermeer")},
        {"w": Work("w", {}, document="b")},
    )
    assert found.reference is not None
    assert [p.id for p, _ in found.passages] == ["q1"]
    assert trace(citation, passages, {}, {"w": Work("w", {})}).passages == ()
