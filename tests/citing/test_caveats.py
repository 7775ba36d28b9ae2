"""What is uncertain about a quotation is said once, in the reader's language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.citing.caveats import caveats
from kb.citing.locator import computed_page
from kb.records import Document, Passage

DOCUMENT = Document("bos2016", "bos.pdf", "Wijkteams", pages=40)
PRINTED = Passage(
    "bos2016-a", "bos2016", "Zin.", 0, label="12", label_origin="printed"
)
BETWEEN = replace(PRINTED, label="28", label_origin="between")


def _read(confidence: float | None) -> Document:
    return replace(DOCUMENT, card={"ocr_confidence": confidence})


def test_what_is_as_printed_has_no_caveat() -> None:
    assert caveats(PRINTED, DOCUMENT) == ()
    assert caveats(PRINTED, _read(None), "en") == ()


@pytest.mark.parametrize(
    ("found", "said", "left_out"),
    [
        (("title", "author"), "auteur", "jaar"),
        (("issued", "publisher"), "jaar", "auteur"),
        (("issued", "author", "title"), "auteur en jaar", "pagina"),
    ],
)
def test_what_comes_from_no_record_is_said_once(
    found: tuple[str, ...], said: str, left_out: str
) -> None:
    (told,) = caveats(PRINTED, replace(DOCUMENT, found=found))
    assert said in told.lower()
    assert left_out not in told.lower()


@pytest.mark.parametrize("found", [("title",), ("publisher", "URL")])
def test_what_no_citation_names_is_not_said(found: tuple[str, ...]) -> None:
    assert caveats(PRINTED, replace(DOCUMENT, found=found)) == ()


@pytest.mark.parametrize(
    ("around", "said"),
    [
        (("23", "61"), "p. 28 (berekend; gedrukt is 23 en 61)"),
        (("23", None), "23"),
        ((None, "61"), "61"),
        ((None, None), "berekend"),
    ],
)
def test_a_page_that_was_worked_out_says_what_is_printed_near(
    around: tuple[str | None, str | None], said: str
) -> None:
    passage = replace(BETWEEN, label_between=around)
    told = computed_page(passage)
    assert said in told
    assert "p. 28" in told
    (caveat,) = caveats(passage, DOCUMENT)
    assert told in caveat


def test_two_pages_that_were_worked_out_are_both_told() -> None:
    passage = replace(BETWEEN, page_end=2, label_end="29")
    assert "28-29" in computed_page(passage).replace("–", "-")


@pytest.mark.parametrize("passage", [PRINTED, replace(PRINTED, label=None)])
def test_a_printed_page_and_none_at_all_were_not_worked_out(
    passage: Passage,
) -> None:
    assert computed_page(passage) == ""


@pytest.mark.parametrize(
    ("confidence", "nl", "en"),
    [
        (0.97, "vergelijk het citaat", "compare the quotation"),
        (0.85, "vergelijk het citaat", "compare the quotation"),
        (0.84, "slecht leesbare scan", "reads poorly"),
    ],
)
def test_a_scan_is_told_and_a_poor_one_as_poor(
    confidence: float, nl: str, en: str
) -> None:
    document = _read(confidence)
    (dutch,), (english,) = (
        caveats(PRINTED, document),
        caveats(PRINTED, document, "en"),
    )
    assert nl in dutch
    assert en in english


def test_repairs_are_counted() -> None:
    once = replace(PRINTED, repairs=(("wijk-\nteam", "wijkteam"),))
    twice = replace(once, repairs=once.repairs * 2)
    assert caveats(once, DOCUMENT, "en")[0].startswith("One word")
    assert caveats(twice, DOCUMENT, "en")[0].startswith("2 words were")


def test_all_that_is_uncertain_is_told_page_first() -> None:
    passage = replace(BETWEEN, repairs=(("a", "b"),))
    told = caveats(passage, _read(0.5))
    assert len(told) == 3
    assert "28" in told[0]
