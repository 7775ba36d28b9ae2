"""Running headers, footers and page numbers are found by their place; the label of each page is read from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from kb.records import Line, Page
from kb.structure.layout.furniture import furniture_of, label_in, value_of
from kb.structure.layout.page_labels import labels_of

SetLine = Callable[..., Line]
SetColumn = Callable[..., list[Line]]
SetPage = Callable[..., Page]


def body(number: int, lines: int = 2) -> list[str]:
    """Lines of running text that no other page has."""
    names = [
        "aap",
        "noot",
        "mies",
        "wim",
        "zus",
        "jet",
        "teun",
        "vuur",
        "gijs",
        "lam",
        "kees",
        "bok",
    ]
    return [
        f"{names[number]} vertelt {names[(number * 5 + at) % 12]} in regel {'abcdefghijklmnopqrstuvwxyz'[at % 26] * 3} over de wijk"
        for at in range(lines)
    ]


def furniture_texts(pages: Sequence[Page]) -> list[list[str]]:
    found = furniture_of(pages)
    return [[line.text for line in page.lines if id(line) in found] for page in pages]


def test_alternating_headers_and_numbers_on_either_side_are_furniture(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    pages = []
    for number in range(1, 9):
        header = line(
            "Monitor sociaal domein" if number % 2 else "Gemeente Veldrade",
            x=72 if number % 2 else 400,
            top=40,
            size=9,
        )
        foot = line(
            f"Pagina {number} van 8", x=72 if number % 2 else 450, top=800, size=9
        )
        pages.append(page([header, *column(body(number)), foot], number))
    for number, texts in enumerate(furniture_texts(pages), start=1):
        assert texts == [
            "Monitor sociaal domein" if number % 2 else "Gemeente Veldrade",
            f"Pagina {number} van 8",
        ]


def test_titles_that_change_with_the_chapter_are_furniture_and_first_lines_of_text_are_not(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    titles = [
        "Aanleiding",
        "Werkwijze",
        "Uitkomsten",
        "Duiding",
        "Tot besluit",
        "Verder lezen",
    ]
    pages = [
        page([line(title, top=50, size=9), *column(body(number, 50), top=90)], number)
        for number, title in enumerate(titles, start=1)
    ]
    assert furniture_texts(pages) == [[title] for title in titles]
    bare = [
        page(
            column([f"{title} begint hier met een regel tekst", *body(n, 50)], top=60),
            n,
        )
        for n, title in enumerate(titles, start=1)
    ]
    assert furniture_texts(bare) == [[] for _ in titles]


def test_titles_of_slides_are_no_furniture(line: SetLine, page: SetPage) -> None:
    titles = [
        "Aanleiding",
        "Werkwijze",
        "Uitkomsten",
        "Duiding",
        "Tot besluit",
        "Verder lezen",
    ]
    slides = [
        page(
            [
                line(title, top=50, size=26),
                line("Een punt op deze dia", top=200, size=18),
            ],
            n,
        )
        for n, title in enumerate(titles, start=1)
    ]
    assert furniture_texts(slides) == [[] for _ in titles]


def test_a_lone_number_that_does_not_run_with_the_pages_stays(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    pages = [
        page([line(text, top=30, size=24), *column(body(n))], n)
        for n, text in ((1, "4"), (2, "4"), (3, "1"), (4, "9"))
    ]
    assert furniture_texts(pages)[3] == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Pagina 3 van 9", "3"), ("- 12 -", "12"), ("iv", "iv"), ("14 | Samen sterk", "14"), ("Samen sterk 14", "14"), ("p. 7", "7"),
        ("13/30", "13"), ("blad 2 van 3", "2"), ("Blz. 8", "8"), ("Kenmerk 17, bladzijde 4", "4"),
        ("Page 5 of 9", "5"), ("Samen sterk", None), ("", None),
    ],
)  # fmt: skip
def test_the_label_is_read_from_the_furniture(text: str, label: str | None) -> None:
    assert label_in(text) == label


def test_roman_numbers_have_a_value() -> None:
    assert [value_of(label) for label in ("i", "iv", "ix", "xiv", "12")] == [
        1,
        4,
        9,
        14,
        12,
    ]


def test_labels_restart_after_roman_front_matter_and_fill_the_pages_between(
    page: SetPage,
) -> None:
    pages = [page([], number) for number in range(1, 7)]
    printed = {1: ["i"], 2: ["ii"], 3: ["1"], 4: [], 5: ["3"], 6: ["4"]}
    assert list(labels_of(pages, printed).values()) == ["i", "ii", "1", "2", "3", "4"]


def test_without_printed_labels_those_of_the_pdf_hold(page: SetPage) -> None:
    pages = [
        page([], number, label=label) for number, label in ((1, "A-1"), (2, "A-2"))
    ]
    assert labels_of(pages, {}) == {1: "A-1", 2: "A-2"}
