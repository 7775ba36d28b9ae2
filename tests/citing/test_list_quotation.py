"""The signs of a list are no part of the words that are quoted."""

from __future__ import annotations

from kb.citing import quotation
from kb.citing.excerpt import excerpt
from kb.records import Document, Formatted, Passage

LIST = "Een team doet drie dingen:\n• Het belt aan.\n• Het luistert.\n• Het blijft."
DOCUMENT = Document("d", "d.pdf", "De straat")
FORMS = Formatted(
    "d", "apa", "nl", "Prins.", "Prins.", "Prins, 2017", "Prins (2017)"
)


def passage(text: str) -> Passage:
    return Passage("p", "d", text, 0, label="3", label_origin="printed")


def test_a_chosen_item_is_quoted_without_its_sign() -> None:
    made = quotation(excerpt(passage(LIST), [2]), DOCUMENT, FORMS)
    assert made.text == "“Het belt aan” (Prins, 2017, p. 3)."


def test_a_short_list_in_the_sentence_has_no_signs() -> None:
    made = quotation(passage(LIST), DOCUMENT, FORMS)
    assert "•" not in made.text
    assert "\n" not in made.text


def test_a_long_list_keeps_its_lines_in_the_block() -> None:
    text = (
        LIST
        + "\n"
        + "\n".join(f"• Het doet nog iets, nummer {n}." for n in "abcdefg")
    )
    made = quotation(passage(text), DOCUMENT, FORMS)
    assert made.block
    assert made.html.count("<br>") == text.count("\n")


def test_the_last_of_chosen_sentences_that_stand_apart_shows_a_gap() -> None:
    made = quotation(excerpt(passage(LIST), [2, 4]), DOCUMENT, FORMS)
    assert made.text.startswith("“Het belt aan. […] Het blijft”")


def test_the_number_of_a_long_point_is_no_part_of_its_words() -> None:
    point = (
        "15. " + "Het team belt aan bij wie niets van zich laat horen. " * 5
    )
    made = quotation(passage(point.strip()), DOCUMENT, FORMS)
    assert made.block
    assert made.text.startswith("Het team belt aan")
