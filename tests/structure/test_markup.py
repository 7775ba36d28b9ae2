"""What a marked-up document leaves unsaid is told from its words."""

from kb.records import Block
from kb.structure.markup import marked_blocks

TEXT = (
    "De medewerkers van de wijkteams geven aan dat de samenwerking met de huisartsen in "
    "het afgelopen jaar beter is geworden."
)


def test_paragraphs_under_a_heading_for_literature_are_references() -> None:
    blocks = [
        Block("heading", "Literatuur", level=1),
        Block("list", "1. Vermeer, A. (2014). Samen."),
        Block("heading", "Bijlage", level=1),
        Block("paragraph", TEXT),
    ]
    assert [(b.kind, b.text) for b in marked_blocks(blocks)][1:] == [
        ("reference", "Vermeer, A. (2014). Samen."),
        ("heading", "Bijlage"),
        ("paragraph", TEXT),
    ]


def test_captions_quotations_and_typed_bullets_are_named() -> None:
    blocks = [
        Block("heading", "Kop", level=1),
        Block("paragraph", "Tabel 2. Meldingen per wijk"),
        Block(
            "paragraph",
            "“Wij zien elkaar nu elke week en dat helpt” (teamleider)",
        ),
        Block("paragraph", "• samenwerken"),
        Block(
            "paragraph",
            "Tabel 2 laat zien dat het aantal meldingen stijgt in de wijk.",
        ),
    ]
    assert [b.kind for b in marked_blocks(blocks)] == [
        "heading",
        "caption",
        "quote",
        "list",
        "paragraph",
    ]


def test_a_document_without_marked_headings_gets_those_that_were_typed() -> (
    None
):
    blocks = [
        Block("paragraph", "Samen in de wijk"),
        Block("paragraph", "1.2 Eigen kracht"),
        Block("paragraph", TEXT),
    ]
    found = marked_blocks(blocks, {"title": "Samen in de wijk"})
    assert [(b.kind, b.level) for b in found] == [
        ("heading", 0),
        ("heading", 2),
        ("paragraph", None),
    ]
