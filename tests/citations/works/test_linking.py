"""Citations linked to entries, documents and works; what is uncertain stays open."""

from __future__ import annotations

from typing import Any

import pytest

from kb.citations import Resolved, citations_of, references_of, resolve
from kb.records import Block, Citation, Document, Passage

ONE = (
    "Vos, K. de (2014). Werken in de wijk. Utrecht: Movisie.",
    "Hoijtman, M. (2015). Pijn meten. Amsterdam: SWP.",
    "Bos, A., Timmer, R. & Kool, L. (2012). De buurt aan zet. Amsterdam: SWP.",
    "Sociaal en Cultureel Planbureau (2016). De toekomst tegemoet. Den Haag: SCP.",
    "Delden, P. van (2009). Samenwerking in de dienstverlening. Delft: Eburon.",
    "Kramer, T. (2011). Sturen. Delft: Eburon.",
    "Kramer, T. (2013). Laten. Delft: Eburon.",
)


def build(
    lists: list[tuple[str, tuple[str, ...]]],
    literature: tuple[dict[str, Any], ...] = (),
    documents: tuple[Document, ...] = (),
) -> Resolved:
    """One document per call: for each (sentence, entries) an article with its own list."""
    blocks: list[Block] = []
    passages: list[Passage] = []
    for text, entries in lists:
        blocks.append(Block("paragraph", text))
        passages.append(
            Passage(f"p{len(passages)}", "doc", text, len(passages))
        )
        if entries:
            blocks.append(Block("heading", "Literatuur", level=1))
        for entry in entries:
            blocks.append(Block("reference", entry))
            passages.append(
                Passage(
                    f"p{len(passages)}",
                    "doc",
                    entry,
                    len(passages),
                    kind="reference",
                    block="reference",
                )
            )
        blocks.append(Block("heading", "Volgend artikel", level=1))
    citations = [c for p in passages for c in citations_of(p)]
    return resolve(
        (Document("doc", "doc.txt", "Dit document"), *documents),
        passages,
        references_of("doc", blocks),
        citations,
        literature,
    )


def link(
    sentence: str, entries: tuple[str, ...] = ONE, **more: Any
) -> tuple[Citation, str | None]:
    resolved = build([(sentence, entries)], **more)
    citation = resolved.citations[0]
    return citation, next(
        (r.raw for r in resolved.references if r.id == citation.reference),
        None,
    )


@pytest.mark.parametrize(
    ("sentence", "entry"),
    [
        ("Zo gaat het (De Vos, 2014).", ONE[0]),
        ("Zo gaat het (Hojtman, 2015).", ONE[1]),
        ("Volgens Bos e.a. (2012) is het zo.", ONE[2]),
        ("Zo gaat het (Bos, Timmer & Kool, 2012).", ONE[2]),
        ("Dat is bekend (SCP, 2016).", ONE[3]),
        ("Het kost tijd (Van Delden, 2011).", ONE[4]),
        ("Dat bleek (Kramer, 2013).", ONE[6]),
    ],
)
def test_a_citation_goes_to_the_entry_that_fits(
    sentence: str, entry: str
) -> None:
    citation, raw = link(sentence)
    assert raw == entry
    assert citation.score >= 0.6
    assert citation.reason


@pytest.mark.parametrize(
    "sentence",
    [
        "Zo gaat het (Pietersma, 2014).",
        "Dat bleek (Kramer, 2016).",
        "Dat bleek (SCP, 2011).",
        "Dat bleek (De Vos, 1998).",
    ],
)
def test_what_fits_nothing_well_stays_open_with_a_reason(
    sentence: str,
) -> None:
    citation, raw = link(sentence)
    if "1998" in sentence:  # another edition of the only work of this author
        assert "year differs" in citation.reason
        return
    assert raw is None
    assert citation.reference is None
    assert citation.reason


def test_two_entries_that_fit_equally_leave_it_open() -> None:
    entries = (
        "Vos, K. (2014). Werken in de wijk. Utrecht: Movisie.",
        "Vos, K. (2014). Leren in de buurt. Utrecht: Movisie.",
    )
    citation, raw = link("Zo gaat het (Vos, 2014).", entries)
    assert raw is None
    assert "ambiguous" in citation.reason


def test_year_letters_tell_two_entries_apart() -> None:
    entries = (
        "Vos, K. (2014a). Werken in de wijk. Utrecht: Movisie.",
        "Vos, K. (2014b). Leren in de buurt. Utrecht: Movisie.",
    )
    assert link("Zo gaat het (Vos, 2014b).", entries)[1] == entries[1]


def test_et_al_prefers_the_entry_with_more_authors() -> None:
    entries = (
        "Vos, K. & Bos, A. (2014). Werken. Utrecht: Movisie.",
        "Vos, K., Timmer, R. & Kool, L. (2014). Leren. Utrecht: Movisie.",
    )
    assert link("Zo gaat het (Vos et al., 2014).", entries)[1] == entries[1]


def test_the_list_of_its_own_article_wins() -> None:
    again = "Vos, K. de (2014). Leren in de buurt. Utrecht: Movisie."
    resolved = build(
        [
            ("Zo gaat het (De Vos, 2014).", (ONE[0],)),
            ("En zo ook (De Vos, 2014).", (again,)),
        ]
    )
    raw = {r.id: r.raw for r in resolved.references}
    assert [raw[str(c.reference)] for c in resolved.citations] == [
        ONE[0],
        again,
    ]


def test_without_a_list_a_work_of_the_literature_is_found() -> None:
    known = {
        "id": "hilhorst2016nabij",
        "type": "report",
        "title": "Nabij is beter 2",
        "author": [
            {"family": "Hilhorst", "given": "P."},
            {
                "family": "Lans",
                "given": "J.",
                "non-dropping-particle": "van der",
            },
        ],
        "issued": {"date-parts": [[2016]]},
    }
    citation, raw = link(
        "Dat vraagt tijd (Hillhorst & Van der Lans, 2016).",
        (),
        literature=(known,),
    )
    assert (citation.work, raw) == ("hilhorst2016nabij", None)
    assert "literature.bib" in citation.reason


def test_a_document_of_the_corpus_is_found_by_author_and_by_title() -> None:
    other = Document(
        "teekman2016running",
        "b.txt",
        "In de Running",
        csl={
            "type": "report",
            "title": "In de Running",
            "author": [{"family": "Teekman", "given": "C."}],
            "issued": {"date-parts": [[2016]]},
        },
    )
    assert (
        link("Zie elders (Teekman e.a., 2016).", (), documents=(other,))[
            0
        ].work
        == "teekman2016running"
    )
    assert (
        link(
            "Zie het rapport ‘In de Running’ (2016).", (), documents=(other,)
        )[0].work
        == "teekman2016running"
    )


def test_a_common_surname_alone_does_not_point_to_a_list_elsewhere() -> None:
    other = references_of(
        "elders",
        (
            Block("heading", "Literatuur", level=1),
            Block("reference", "Jansen, E. (2013). Spelen. Utrecht: Movisie."),
        ),
    )
    passage = Passage("p", "doc", "Zo gaat het (Jansen, 2013).", 0)
    resolved = resolve((), (passage,), other, citations_of(passage))
    (citation,) = resolved.citations
    assert citation.work not in {r.work for r in resolved.references}


def test_an_article_in_this_volume_stays_open() -> None:
    citation, raw = link(
        "Dit komt terug (zie ook het artikel van De Vos, Bos & Timmer in deze bundel)."
    )
    assert raw is None
    assert citation.reason == "an article in this volume"


def test_works_count_who_cites_them_and_how_often() -> None:
    resolved = build(
        [("Zo gaat het (De Vos, 2014). En zo (De Vos, 2014).", ONE[:2])]
    )
    work = next(
        w for w in resolved.works if w.id == resolved.citations[0].work
    )
    assert (work.id, work.cited_by, work.mentions, work.origin) == (
        "vos2014werken",
        ("doc",),
        2,
        "reference",
    )


def test_nothing_at_all_gives_nothing() -> None:
    assert resolve((), (), (), ()) == Resolved((), (), ())


def test_an_article_of_the_same_volume_is_found_by_its_authors() -> None:
    articles = [
        Document(
            f"bundel-{name.lower()}",
            "bundel.md",
            f"Artikel van {name}",
            csl={
                "type": "chapter",
                "title": f"Artikel van {name}",
                "author": [{"family": name}],
            },
            volume="bundel",
        )
        for name in ("Hofstra", "Prins")
    ]
    passage = Passage(
        "p",
        "bundel-prins",
        "Zie ook (het artikel van Hofstra in deze bundel).",
        0,
    )
    resolved = resolve(articles, (passage,), (), citations_of(passage))
    assert [c.work for c in resolved.citations] == ["bundel-hofstra"]
