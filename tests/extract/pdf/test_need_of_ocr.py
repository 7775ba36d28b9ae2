"""Pages that need OCR are told from photographs, tables of contents and other languages."""

from __future__ import annotations

import pytest

from kb.extract.pdf.need_of_ocr import (
    is_garbled,
    lacks_text,
    looks_like_paper,
    problems_of,
    ranges,
    wanting,
)
from kb.records import Box, Line, Page

DUTCH = (
    "De gemeente wil dat bewoners in de wijk sneller hulp krijgen en dat het team daar "
    "zelf over beslist zonder omweg. "
) * 3
ENGLISH = (
    "The municipality wants that people in the neighbourhood are helped sooner and "
    "that the team decides on this by itself. "
) * 3
GARBLED = (
    "Gh jhphhqwh zlo gdw ehzrqhuv lq gh zlmn vqhoohu kxos nulmjhq hq gdw khw whdp gddu "
    "choi ryhu ehvolvw crqghu rpzhj "
) * 3


def page(text: str, number: int = 1, image: bool = False) -> Page:
    images = (Box(number, 0, 0, 595, 842),) if image else ()
    return Page(
        number, 595, 842, None, (Line(text),) if text else (), (), images
    )


@pytest.mark.parametrize(
    ("text", "garbled"),
    [
        (DUTCH, False),
        (ENGLISH, False),
        (GARBLED, True),
        ("\ue001\ue002\ue003" * 40, True),
        ("", False),
        ("12 345 678 90 " * 30, False),
        ("1 Aanleiding ................................ 3 " * 12, False),
        ("!§$%&/ {}[] ^^^ ~~ ## !! " * 20, True),
    ],
)
def test_text_is_garbled_when_its_words_are_no_words(
    text: str, garbled: bool
) -> None:
    assert is_garbled(page(text)) is garbled


def test_an_image_without_text_lacks_it_and_a_blank_page_does_not() -> None:
    assert lacks_text(page("", image=True))
    assert not lacks_text(page(""))
    assert not lacks_text(page(DUTCH, image=True))


def test_paper_has_one_tone_and_a_photograph_many() -> None:
    assert looks_like_paper([250] * 900 + [20] * 100)
    assert not looks_like_paper([value % 256 for value in range(1000)])
    assert not looks_like_paper([255] * 1000)
    assert not looks_like_paper([])


def test_pages_that_need_ocr_are_named_in_one_problem() -> None:
    pages = [page("", n, image=True) for n in (1, 2, 3)] + [
        page(DUTCH, 4),
        page("", 5, image=True),
    ]
    found = wanting(pages, pictures={5})
    (problem,) = problems_of("scan.pdf", found)
    assert (
        problem.code,
        problem.values["pages"],
        problem.values["count"],
    ) == (
        "pdf_no_text_layer",
        "1-3",
        3,
    )
    assert ranges([1, 2, 3, 7]) == "1-3,7"


def test_the_title_on_a_picture_between_pages_of_text_is_no_scan() -> None:
    pages = [page(DUTCH, n) for n in (1, 2, 3)] + [
        page("Hoofdstuk twee: wat wij doen", 4, image=True)
    ]
    assert wanting(pages) == {}
