"""A section to start writing in: what is chosen, under which heading, what is counted."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kb.bibliography.bibtex_names import names_of
from kb.export import render
from kb.export.draft import (
    PARTS,
    Candidate,
    best,
    candidates,
    facts,
    headed,
    overlap,
)
from kb.export.selection import Group, Selection
from kb.records import PASSAGE_KINDS, Document, Passage, Work

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SAID = "Het team belt de huisarts elke week over bewoners die vastlopen."


def _passage(n: int, kind: str = "finding", document: str = "a") -> Passage:
    return Passage(
        f"{document}-{n}",
        document,
        SAID,
        n,
        kind,
        label="4",
        label_origin="printed",
    )


def _document(
    id: str, year: int | None, author: str = "Buys, Nora"
) -> Document:
    csl = {
        "type": "report",
        "title": f"Rapport {id}",
        "author": names_of(author)[0],
        "issued": {"date-parts": [[year]]},
    }
    return Document(id, f"{id}.pdf", f"Rapport {id}", (author,), year, csl=csl)


KINDS = st.sampled_from(PASSAGE_KINDS)
FOUND = st.lists(st.tuples(KINDS, st.booleans()), max_size=40).map(
    lambda rows: [
        Candidate(_passage(n, kind), critical)
        for n, (kind, critical) in enumerate(rows)
    ]
)


@given(FOUND, st.integers(1, 50))
def test_a_choice_keeps_the_order_and_the_length_asked_for(
    found: list[Candidate], many: int
) -> None:
    chosen = best(found, many)
    assert len(chosen) == min(many, len(found))
    places = [found.index(one) for one in chosen]
    assert places == sorted(places)


@given(FOUND)
def test_every_part_but_the_rest_has_its_best_in_the_choice(
    found: list[Candidate],
) -> None:
    chosen = best(found, len(PARTS))
    for part in set(PARTS) - {"other"}:
        of_part = [one for one in found if one.part == part]
        assert not of_part or of_part[0] in chosen


@given(FOUND, st.sampled_from(["kind", "document", "year"]))
def test_no_order_loses_or_repeats_a_passage(
    found: list[Candidate], order: str
) -> None:
    documents = {"a": _document("a", 2016)}
    under = headed(found, order, documents)
    ids = [one.passage.id for heading in under for one in heading.candidates]
    assert sorted(ids) == sorted(one.passage.id for one in found)


def test_what_two_documents_say_stands_once_with_the_other_named() -> None:
    one, two = _passage(1), _passage(9, document="b")
    found = candidates(
        [one, two, _passage(3, "question")],
        lambda passage: False,
        {one.id: [two], two.id: [one]},
    )
    assert found == (Candidate(one, False, (two,)),)


def test_a_repetition_within_a_document_is_left_out_and_not_named() -> None:
    one, two = _passage(1), _passage(2)
    found = candidates([one, two], lambda _: True, {one.id: [two]})
    assert found == (Candidate(one, True, ()),)


@pytest.mark.parametrize(
    ("order", "titles"),
    [
        ("kind", ["Definities", "Bevindingen", "Knelpunten en kritiek"]),
        ("document", ["Rapport b", "Rapport a"]),
        ("year", ["2014", "2019"]),
    ],
)
def test_headings_follow_the_order_asked_for(
    order: str, titles: list[str]
) -> None:
    found = [
        Candidate(_passage(1), critical=True),
        Candidate(_passage(2), critical=False),
        Candidate(_passage(1, "definition", "b")),
    ]
    documents = {"a": _document("a", 2019), "b": _document("b", 2014)}
    under = headed(found, order, documents)
    assert [heading.title for heading in under] == titles


def test_facts_count_and_name_and_say_nothing_else() -> None:
    documents = {"a": _document("a", 2019), "b": _document("b", 2014)}
    passages = [_passage(1), _passage(2), _passage(1, document="b")]
    short = {"a": "Buys, 2019", "b": "Buys, 2014"}
    assert facts(passages, documents, short) == (
        "3 passages uit 2 documenten: Buys, 2019; Buys, 2014. "
        "De documenten zijn van 2014 tot en met 2019."
    )
    assert facts(passages[:1], documents, short, "en") == (
        "1 passage from 1 document: Buys, 2019."
    )


def test_overlap_names_themes_on_a_third_or_more() -> None:
    passages = [_passage(n) for n in range(6)]
    themes = {p.id: ["B1", "B2"] for p in passages[:2]} | {
        passages[2].id: ["B1", "K9"]
    }
    assert overlap(passages, themes, "B1") == (("B2", 2),)


TABLE = Passage(
    "a-7",
    "a",
    "Jaar Vragen 2016 40",
    7,
    "table",
    "table",
    label="9",
    label_origin="printed",
    rows=(("Jaar", "Vragen"), ("2016", "40"), ("2017",)),
)
SECTION = Selection(
    documents=(_document("a", 2019), _document("b", 2014, "Akkermans, Teun")),
    groups=(Group("Bevindingen", (_passage(1), TABLE)),),
    title="B4 Nabij",
    same={"a-1": (_passage(3, document="b"),)},
    citing={"a-1": ("w",)},
    cited=(
        Work(
            "w",
            {
                "type": "book",
                "title": "Los",
                "author": names_of("Verhoef, Lies")[0],
                "issued": {"date-parts": [[1999]]},
            },
        ),
        Work(
            "m",
            {
                "type": "book",
                "author": names_of("Kramer")[0],
                "issued": {"date-parts": [[2012]]},
            },
            origin="mention",
        ),
    ),
    counted=True,
    remarks=("1 van de 2 passages gaat ook over B5.",),
    notice="Alles is verzonnen.",
)


def test_a_section_says_where_else_and_through_whom() -> None:
    text = render("markdown", SECTION).decode()
    assert "Ook in: Akkermans, 2014, p. 4." in text
    assert "(Verhoef, 1999, aangehaald in Buys, 2019, p. 4)" in text
    assert "2 passages uit 1 document: Buys, 2019." in text
    assert "1 van de 2 passages gaat ook over B5." in text
    assert text.index("# B4 Nabij") < text.index("Alles is verzonnen.")
    read, cited = text.split("## Aangehaalde werken")
    assert "Verhoef, L. (1999)" in cited
    assert "Verhoef, L. (1999)" not in read
    assert "Kramer. (2012)" not in text
    unlisted = "maar in geen literatuurlijst gevonden: Kramer, 2012."
    assert unlisted in cited
    assert "Akkermans, T. (2014)" in read


def test_a_table_is_a_table_in_word_and_markdown() -> None:
    text = render("markdown", SECTION).decode()
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("|") and "---" not in line
    ]
    assert cells == [["Jaar", "Vragen"], ["2016", "40"], ["2017", ""]]
    with zipfile.ZipFile(io.BytesIO(render("docx", SECTION))) as file:
        body = etree.fromstring(file.read("word/document.xml"))
        styles = etree.fromstring(file.read("word/styles.xml"))
    rows = body.findall(f".//{W}tbl/{W}tr")
    said = ["".join(t.text or "" for t in row.iter(f"{W}t")) for row in rows]
    assert said == ["JaarVragen", "201640", "2017"]
    known = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    used = {s.get(f"{W}val") for s in body.iter(f"{W}pStyle")}
    assert used <= known
    assert {"Heading1", "Heading2", "Toelichting", "Bibliography"} <= used


def test_a_reference_stays_on_one_page() -> None:
    with zipfile.ZipFile(io.BytesIO(render("docx", SECTION))) as file:
        styles = etree.fromstring(file.read("word/styles.xml"))
    kept = f"{W}style[@{W}styleId='Bibliography']/{W}pPr/{W}keepLines"
    assert styles.find(kept) is not None


@pytest.mark.parametrize("style", ["Heading2", "Telling"])
def test_what_stands_above_a_quotation_stays_on_its_page(style: str) -> None:
    with zipfile.ZipFile(io.BytesIO(render("docx", SECTION))) as file:
        body = etree.fromstring(file.read("word/document.xml"))
        styles = etree.fromstring(file.read("word/styles.xml"))
    used = {s.get(f"{W}val") for s in body.iter(f"{W}pStyle")}
    assert style in used
    kept = f"{W}style[@{W}styleId='{style}']/{W}pPr/{W}keepNext"
    assert styles.find(kept) is not None


def test_word_headings_make_a_table_of_contents() -> None:
    with zipfile.ZipFile(io.BytesIO(render("docx", SECTION))) as file:
        styles = etree.fromstring(file.read("word/styles.xml"))
    for level in (1, 2):
        outline = styles.find(
            f"{W}style[@{W}styleId='Heading{level}']/{W}pPr/{W}outlineLvl"
        )
        assert outline is not None
        assert outline.get(f"{W}val") == str(level - 1)


def test_items_of_a_quoted_list_stay_on_lines_of_their_own() -> None:
    items = "\n".join(
        f"• Het team belt op dag {n} met de bewoner thuis." for n in range(9)
    )
    listed = Passage(
        "a-8",
        "a",
        items,
        8,
        "finding",
        "list",
        label="9",
        label_origin="printed",
    )
    section = Selection(
        documents=(_document("a", 2019),), groups=(Group("G", (listed,)),)
    )
    with zipfile.ZipFile(io.BytesIO(render("docx", section))) as file:
        body = etree.fromstring(file.read("word/document.xml"))
    assert len(list(body.iter(f"{W}br"))) == 8
