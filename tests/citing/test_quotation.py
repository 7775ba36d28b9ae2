"""Passages as quotations with their printed page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.citing import locator_of, quotation
from kb.citing.excerpt import without_heading
from kb.records import Document, Formatted, Passage

REFERENCE = "De Waal, V. (2013). Voortgang. HU."
WAAL = Formatted(
    "w",
    "apa",
    "nl",
    REFERENCE,
    "De Waal, V. (2013). <i>Voortgang</i>. HU.",
    "De Waal, 2013",
    "De Waal (2013)",
)
PDF = Document("w", "waal.pdf", "Voortgang", pages=80)
PAGE = Document("w", "waal.html", "Voortgang")
SHORT = Passage(
    "p1",
    "w",
    "Teams werken samen.",
    6,
    page=14,
    label="12",
    label_origin="printed",
    section=("2 Theorie", "2.3 Preventie"),
)
LONG = replace(SHORT, text="Een woord. " * 20)


def test_short_passage_runs_in_the_sentence() -> None:
    made = quotation(SHORT, PDF, WAAL)
    assert made.text == "“Teams werken samen” (De Waal, 2013, p. 12)."
    assert made.html == "<p>“Teams werken samen” (De Waal, 2013, p. 12).</p>"
    assert made.parenthetical == "(De Waal, 2013, p. 12)"
    assert made.narrative == "De Waal (2013, p. 12)"
    assert (
        made.narrative_text == "De Waal (2013): “Teams werken samen” (p. 12)."
    )
    assert (made.reference, made.place, made.block) == (
        WAAL.reference,
        "printed",
        False,
    )


def test_forty_words_make_a_block_that_is_verbatim() -> None:
    made = quotation(LONG, PDF, WAAL)
    assert made.block
    assert made.text == f"{LONG.text.strip()} (De Waal, 2013, p. 12)"
    assert made.html.startswith("<blockquote><p>Een woord.")


@pytest.mark.parametrize(
    ("changes", "document", "expected"),
    [
        ({}, PDF, ("p. 12", "printed")),
        ({"label": "vi"}, PDF, ("p. vi", "printed")),
        ({"label": "3", "label_end": "4"}, PDF, ("pp. 3-4", "printed")),
        ({"label": "3", "label_end": "3"}, PDF, ("p. 3", "printed")),
        ({"label": None}, PDF, ("p. 14 van het bestand", "physical")),
        (
            {"label": None, "page_end": 15},
            PDF,
            ("pp. 14-15 van het bestand", "physical"),
        ),
        ({"label": None}, PAGE, ("paragraaf 2.3", "section")),
        (
            {"label": None, "section": ("Hoofdstuk 4 Wijkteams",)},
            PAGE,
            ("hoofdstuk 4", "section"),
        ),
        (
            {"label": None, "section": ("Preventie",)},
            PAGE,
            ("paragraaf “Preventie”", "section"),
        ),
        (
            {"label": None, "section": ("Woord " * 20,)},
            PAGE,
            ("paragraaf “" + "Woord " * 10 + "…”", "section"),
        ),
        ({"label": None, "section": ()}, PAGE, ("alinea 7", "paragraph")),
        (
            {"label": None, "page": 1},
            replace(PAGE, source="nota.docx", pages=1),
            ("paragraaf 2.3", "section"),
        ),
        (
            {"label": None, "page": 1, "section": ()},
            replace(PAGE, source="nota.docx", pages=1),
            ("alinea 7", "paragraph"),
        ),
        (
            {"label": None, "page": 1},
            replace(PAGE, source="boek.epub", pages=90),
            ("paragraaf 2.3", "section"),
        ),
        (
            {"label": None},
            replace(PAGE, source="nota.docx", pages=20),
            ("p. 14 van het bestand", "physical"),
        ),
        (
            {"label": None},
            replace(PAGE, source="a.txt", pages=12),
            ("p. 14 van het bestand", "physical"),
        ),
    ],
)
def test_place_of_a_passage(
    changes: dict[str, object], document: Document, expected: tuple[str, str]
) -> None:
    assert locator_of(replace(SHORT, **changes), document) == expected  # type: ignore[arg-type]


def test_english_ranges_have_a_dash() -> None:
    assert locator_of(replace(SHORT, label_end="13"), PDF, "en") == (
        "pp. 12–13",
        "printed",
    )
    assert locator_of(replace(SHORT, label=None), PDF, "en") == (
        "p. 14 of the file",
        "physical",
    )


def test_quotation_marks_inside_become_single() -> None:
    made = quotation(
        replace(SHORT, text='Het is "mooi" en „goed” werk.'), PDF, WAAL
    )
    assert (
        made.text == "“Het is ‘mooi’ en ‘goed’ werk” (De Waal, 2013, p. 12)."
    )


def test_question_mark_stays_inside() -> None:
    assert (
        quotation(replace(SHORT, text="Wie helpt?"), PDF, WAAL).text
        == "“Wie helpt?” (De Waal, 2013, p. 12)."
    )


def test_html_is_escaped() -> None:
    made = quotation(replace(SHORT, text="a < b & <b>vet</b>"), PDF, WAAL)
    assert "<b>" not in made.html
    assert "a &lt; b &amp; &lt;b&gt;" in made.html


def test_title_in_the_authors_place_is_italic() -> None:
    html = "<i>Krachten &amp; wijk</i>. (2016). Viaa."
    html = "<i>Krachten &amp; wijk</i>. (2016). Viaa."
    form = replace(
        WAAL,
        reference_html=html,
        parenthetical="Krachten & wijk, 2016",
        narrative="Krachten & wijk (2016)",
    )
    made = quotation(SHORT, PDF, form)
    assert (
        made.parenthetical_html == "(<i>Krachten &amp; wijk</i>, 2016, p. 12)"
    )
    assert made.parenthetical == "(Krachten & wijk, 2016, p. 12)"


BETWEEN = replace(
    SHORT, label="28", label_origin="between", label_between=("23", "61")
)


def test_a_page_that_was_worked_out_is_not_cited() -> None:
    made = quotation(BETWEEN, PDF, WAAL)
    assert made.parenthetical == "(De Waal, 2013, paragraaf 2.3)"
    assert "p. 28 (berekend; gedrukt is 23 en 61)" in made.caveats[0]


def test_a_page_between_its_printed_neighbours_is_cited() -> None:
    sure = replace(BETWEEN, label_between=("27", "29"))
    assert quotation(sure, PDF, WAAL).parenthetical == "(De Waal, 2013, p. 28)"
    assert quotation(sure, PDF, WAAL).caveats == ()
    over_two = replace(sure, label_end="29", label_between=("27", "30"))
    assert quotation(over_two, PDF, WAAL).locator == "pp. 28-29"


@pytest.mark.parametrize(
    "between", [(None, "29"), ("27", None), ("xxvi", "29")]
)
def test_one_neighbour_leaves_more_than_one_possibility(
    between: tuple[str | None, str | None],
) -> None:
    unsure = replace(BETWEEN, label_between=between)
    assert quotation(unsure, PDF, WAAL).place == "section"


def test_what_is_uncertain_is_said_once_each() -> None:
    scanned = replace(PDF, card={"ocr_confidence": 0.7})
    passage = replace(BETWEEN, repairs=(("tearns", "teams"),))
    made = quotation(passage, scanned, replace(WAAL, language="en"))
    assert len(made.caveats) == 3
    assert made.caveats[2].startswith("One word")
    assert quotation(SHORT, PDF, WAAL).caveats == ()


def test_the_title_of_a_slide_is_no_part_of_the_sentence() -> None:
    slide = Passage(
        "p",
        "d",
        "Wie helpt er nog?\nBuren helpen elkaar met klussen.",
        0,
        section=("Wie helpt er nog?",),
    )
    assert without_heading(slide) == "Buren helpen elkaar met klussen."


def test_a_passage_that_is_its_title_keeps_its_words() -> None:
    only = Passage("p", "d", "Wie helpt?", 0, section=("Wie helpt?",))
    assert without_heading(only) == "Wie helpt?"
