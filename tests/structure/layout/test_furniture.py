"""Running headers, footers and page numbers are found by their place.

The label of each page is read from them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kb.records import Line, Page
from kb.structure.layout.furniture import furniture_of

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
        (
            f"{names[number]} vertelt {names[(number * 5 + at) % 12]} in regel "
            f"{'abcdefghijklmnopqrstuvwxyz'[at % 26] * 3} over de wijk"
        )
        for at in range(lines)
    ]


def furniture_texts(pages: Sequence[Page]) -> list[list[str]]:
    found = furniture_of(pages)
    return [
        [line.text for line in page.lines if id(line) in found]
        for page in pages
    ]


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
            f"Pagina {number} van 8",
            x=72 if number % 2 else 450,
            top=800,
            size=9,
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
        page(
            [line(title, top=50, size=9), *column(body(number, 50), top=90)],
            number,
        )
        for number, title in enumerate(titles, start=1)
    ]
    assert furniture_texts(pages) == [[title] for title in titles]
    bare = [
        page(
            column(
                [f"{title} begint hier met een regel tekst", *body(n, 50)],
                top=60,
            ),
            n,
        )
        for n, title in enumerate(titles, start=1)
    ]
    assert furniture_texts(bare) == [[] for _ in titles]


def test_titles_of_slides_are_no_furniture(
    line: SetLine, page: SetPage
) -> None:
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


def test_a_line_that_ends_a_paragraph_alone_at_the_head_of_a_page_is_text(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    ends = [
        "morgen weer open",
        "van alle straten",
        "bij het water",
        "om acht uur",
        "in mei",
    ]
    pages = [
        page(
            [
                line(f"Buurtkrant {number}", top=30, size=8),
                line(end, top=60),
                *column(body(number, 20), top=120),
            ],
            number,
        )
        for number, end in enumerate(ends, start=1)
    ]
    assert furniture_texts(pages) == [[f"Buurtkrant {n}"] for n in range(1, 6)]


def test_numbers_beside_the_text_that_rise_are_page_numbers(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    pages = [
        page(
            [
                *column(body(n, 30), x=120, top=100),
                line(str(10410 + n), x=40, top=400),
            ],
            n,
        )
        for n in range(1, 6)
    ]
    assert furniture_texts(pages) == [[str(10410 + n)] for n in range(1, 6)]
