"""What a scan misread is mended where its context is sure, and only on scanned pages."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from kb.extract.pdf.ocr_layer import straightened
from kb.extract.pdf.words import Run
from kb.records import Block, Word
from kb.structure.layout.blocks.recognised import (
    Manner,
    figured,
    manner_of,
    mended,
    quoted,
)

SINGLE = Manner("‘", "’", "’")


def run(text: str, x: float, base: float) -> Run:
    width = 5.0 * len(text)
    word = Word(text, x, base - 8, x + width, base + 2, 10.0)
    return Run(word, base, invisible=True)


def line(text: str, x: float, base: float) -> list[Run]:
    runs = []
    for word in text.split():
        runs.append(run(word, x, base))
        x += 5.0 * len(word) + 3
    return runs


def read(lines: Sequence[tuple[str, float]]) -> list[str]:
    """The words of lines (text, left edge) as they come out of the layer of a scan."""
    runs = [
        one
        for at, (text, x) in enumerate(lines)
        for one in line(text, x, 100.0 + 14 * at)
    ]
    return [one.word.text for one in straightened(runs)]


def test_signs_before_a_capital_at_the_head_of_a_line_are_one_bullet() -> None:
    words = read(
        [
            ("Wij kochten die dag in de winkel", 50),
            ("«_ Brood", 54),
            ("__Melk", 54),
            ("e Kaas", 64),
        ]
    )
    assert words[7:] == ["•", "Brood", "•", "Melk", "•", "Kaas"]


def test_a_letter_at_the_margin_is_no_bullet() -> None:
    assert read([("e Groep", 50), ("De tweede groep", 50)])[0] == "e"


def test_marks_follow_the_manner_of_the_scanned_pages_and_what_was_read_is_kept() -> (
    None
):
    blocks = [
        Block("paragraph", "‘Kom’, zei ze. ‘Nu meteen.’ De buren keken.", 1),
        Block(
            "paragraph",
            "lemand riep ‘wacht” en de kat van oma's buurman ging.",
            1,
        ),
        Block("paragraph", "Hij zei “ja” en de pagina was nooit gescand.", 2),
    ]
    found = mended(blocks, {1})
    assert found[1].text.startswith("Iemand riep ‘wacht’ en")
    assert found[1].raw == blocks[1].text
    assert found[2] == blocks[2]


def test_a_document_of_both_marks_has_no_manner() -> None:
    assert manner_of(["‘Ja’, zei “hij”."]).opening == ""


def test_a_quotation_that_ends_in_another_paragraph_keeps_its_mark() -> None:
    assert quoted("en dat was alles.’", SINGLE) == "en dat was alles.’"


@given(st.text(st.sampled_from("ab .‘’“”\"'"), max_size=40))
def test_marks_are_changed_or_dropped_and_letters_never(text: str) -> None:
    def letters(of: str) -> str:
        return "".join(c for c in of if c.isalnum())

    assert letters(quoted(text, SINGLE)) == letters(text)


@given(st.integers(1000, 2999))
def test_figures_stay_figures(year: int) -> None:
    assert figured(f"In {year} was het zo.") == f"In {year} was het zo."
