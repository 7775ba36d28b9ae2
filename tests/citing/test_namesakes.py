"""Documents that look alike in the text get names or letters, everywhere the same."""

from __future__ import annotations

from typing import Any

import pytest

from kb.citing import beside, bibliography, format_works, told_apart
from kb.citing.namesakes import alike_key
from kb.export import Selection, render
from kb.records import Document

NAMES = [("Kuiper", "A."), ("Prins", "B."), ("Vos", "C."), ("Wit", "D.")]


def work(id: str, title: str, *authors: int, **more: Any) -> dict[str, Any]:
    people = [{"family": NAMES[n][0], "given": NAMES[n][1]} for n in authors]
    issued = {"date-parts": [[2017]]}
    return {"id": id, "type": "book", "title": title, "author": people} | {
        "issued": issued,
        **more,
    }


ITEMS = [
    work("bundel", "De straat", 0, 1, 2, 3),
    work("essay", "De buurt", 0, 1, 2, 3),
    work("artikel", "Het plein", 0, 2, 3),
    work("ander", "De lift", 3),
]


def strings(language: str = "nl") -> dict[str, str]:
    alone = format_works(ITEMS, language=language)
    made = told_apart(alone, ITEMS, "apa", language, "nl")
    return {form.work: form.parenthetical for form in made}


def test_same_authors_get_letters_and_others_get_names() -> None:
    found = strings()
    assert found["essay"] == "Kuiper, Prins, et al., 2017a"
    assert found["bundel"] == "Kuiper, Prins, et al., 2017b"
    assert found["artikel"] == "Kuiper, Vos, & Wit, 2017"
    assert found["ander"] == "Wit, 2017"
    assert len(set(found.values())) == len(found)


@pytest.mark.parametrize(
    ("language", "narrative"),
    [
        ("nl", "Kuiper, Vos en Wit (2017)"),
        ("en", "Kuiper, Vos, and Wit (2017)"),
    ],
)
def test_et_al_never_stands_for_one_author(
    language: str, narrative: str
) -> None:
    made = bibliography(ITEMS, "apa", language)
    found = {form.work: form.narrative for form in made}
    assert found["artikel"] == narrative


def test_the_letter_stands_in_the_reference_too() -> None:
    alone = format_works(ITEMS)
    made = told_apart(alone, ITEMS, "apa", "nl", "nl")
    assert "(2017b)" in made[0].reference
    assert "(2017)" in made[3].reference


@pytest.mark.parametrize("chosen", [["bundel"], ["essay"], ["essay", "ander"]])
def test_a_list_of_some_has_the_letters_of_all(chosen: list[str]) -> None:
    documents = [
        Document(str(csl["id"]), "x.pdf", str(csl["title"]), csl=csl)
        for csl in ITEMS
    ]
    wanted = tuple(d for d in documents if d.id in chosen)
    selection = Selection(wanted).told_apart_from(documents)
    lines = render("apa", selection).decode().splitlines()
    everything = {
        form.work: form.reference for form in bibliography(ITEMS, "apa")
    }
    assert sorted(lines) == sorted(everything[id] for id in chosen)


def test_only_what_may_look_alike_stands_beside() -> None:
    assert [csl["id"] for csl in beside(ITEMS[:1], ITEMS)] == [
        "essay",
        "artikel",
    ]


def test_offices_have_a_name_and_nameless_works_their_title() -> None:
    office = {"id": "a", "author": [{"literal": "Bureau Ede"}], "title": "X"}
    other = {"id": "b", "author": [{"literal": "Bureau Epe"}], "title": "X"}
    nameless = {"id": "c", "title": "X"}
    keys = {alike_key(csl) for csl in (office, other, nameless)}
    assert len(keys) == 3
    assert alike_key(nameless) == alike_key({**nameless, "id": "d"})
    again = {**office, "id": "e", "title": "Y"}
    assert beside([office], [again, other, office]) == [again]
