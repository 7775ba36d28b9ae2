"""The report card counts what a reader should know."""

from kb.passages import passages_of, report_card
from kb.records import Block, Box, Extraction, Line, Page


def test_pages_confidence_and_images_come_from_the_extraction() -> None:
    pages = (
        Page(1, lines=(Line("tekst"),), confidence=0.9),
        Page(2, lines=(), images=(Box(2, 0, 0, 1, 1),)),
        Page(3, lines=(Line("tekst"),), confidence=0.7),
    )
    card = report_card(Extraction(pages=pages, reader="pdf"), [], [])
    assert (
        card["pages"],
        card["pages_without_text"],
        card["ocr_confidence"],
        card["images"],
        card["reader"],
    ) == (3, 1, 0.8, 1, "pdf")


def test_pages_found_in_a_text_count() -> None:
    assert (
        report_card(
            Extraction(pages=(Page(1),)),
            [Block("paragraph", "Tekst.", page=4, page_end=5)],
            [],
        )["pages"]
        == 5
    )


def test_dictionary_share_tells_good_text_from_bad() -> None:
    good = report_card(
        Extraction(),
        [
            Block(
                "paragraph", "De gemeente werkt samen met bewoners in de wijk."
            )
        ],
        [],
    )
    bad = report_card(
        Extraction(),
        [Block("paragraph", "Dxq gmntee wrktt smnen mtx bwnrs.")],
        [],
    )
    assert good["dictionary_share"] > 0.9 > 0.3 > bad["dictionary_share"]
    assert report_card(Extraction(), [], [])["dictionary_share"] is None


def test_contents_are_checked_against_headings() -> None:
    blocks = [
        Block("toc", "1 Inleiding ...... 3"),
        Block("toc", "2 Slot ...... 9"),
        Block("heading", "1 Inleiding", level=1),
    ]
    assert report_card(Extraction(), blocks, [])["headings_in_contents"] == 0.5


def test_labels_that_fall_and_paragraphs_without_end_are_counted() -> None:
    unfinished = (
        "De medewerkers van de wijkteams geven aan dat de samenwerking met de huisartsen "
        "en de scholen beter is geworden maar dat het in"
    )
    blocks = [
        Block("paragraph", unfinished, page=1, label="9"),
        Block("paragraph", "Slot.", page=2, label="4"),
    ]
    card = report_card(Extraction(), blocks, passages_of("d", blocks))
    assert (
        card["label_conflicts"],
        card["paragraphs_without_end"],
        card["passages"],
    ) == (1, 1, 2)
    assert card["languages"] == {"nl": 2}
