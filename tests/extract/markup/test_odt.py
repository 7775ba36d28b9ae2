"""Numbers, fields, pages and hidden text of Writer files."""

from collections.abc import Callable

from kb.records import Block

Writer = Callable[..., tuple[Block, ...]]


def test_headings_and_nested_lists_print_their_numbers(writer: Writer) -> None:
    outline = (
        "<text:outline-style>"
        '<text:outline-level-style text:level="1" style:num-format="1"/>'
        '<text:outline-level-style text:level="2" style:num-format="1"'
        ' text:display-levels="2"/></text:outline-style>'
    )
    lists = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1"'
        ' style:num-format="I" style:num-suffix="."/><text:list-level-style-number'
        ' text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>'
        "</text:list-style>"
    )
    found = writer(
        '<text:h text:outline-level="1">Begin</text:h>'
        '<text:h text:outline-level="2">Vraag</text:h>'
        '<text:list text:style-name="L"><text:list-item><text:p>wonen</text:p>'
        "<text:list><text:list-item><text:p>huur</text:p></text:list-item>"
        "<text:list-item><text:p>koop</text:p></text:list-item></text:list>"
        "</text:list-item><text:list-item><text:p>zorg</text:p></text:list-item>"
        '</text:list><text:h text:outline-level="2">Antwoord</text:h>',
        automatic=lists,
        styles=outline,
    )
    assert [f"{b.mark or ''} {b.text}".strip() for b in found] == [
        "1 Begin",
        "1.1 Vraag",
        "I. wonen",
        "(a) huur",
        "(b) koop",
        "II. zorg",
        "1.2 Antwoord",
    ]


def test_fields_show_their_text_and_hidden_text_is_not_read(
    writer: Writer,
) -> None:
    hidden = (
        '<style:style style:name="T9" style:family="text">'
        '<style:text-properties text:display="none"/></style:style>'
    )
    found = writer(
        "<text:p>De gemeente <text:user-field-get>Oostwoud</text:user-field-get> telt "
        "<text:expression>12</text:expression> teams"
        '<text:span text:style-name="T9"> en een geheim team</text:span>.'
        "<text:hidden-text>nooit</text:hidden-text></text:p>",
        automatic=hidden,
    )
    assert [b.text for b in found] == ["De gemeente Oostwoud telt 12 teams."]


def test_a_page_begins_between_and_within_paragraphs(writer: Writer) -> None:
    found = writer(
        "<text:p>Eerst.</text:p><text:soft-page-break/><text:p>Tweede.</text:p>"
        "<text:p>Nog tweede, <text:soft-page-break/>dan derde.</text:p>"
    )
    assert [(b.page, b.page_end) for b in found] == [
        (1, None),
        (2, None),
        (2, 3),
    ]


def test_a_text_box_stands_after_its_paragraph(writer: Writer) -> None:
    found = writer(
        "<text:p>Voor <draw:frame><draw:text-box><text:h>Let op</text:h>"
        "<text:p>In het kader.</text:p></draw:text-box></draw:frame>en na.</text:p>"
    )
    assert [(b.kind, b.text) for b in found] == [
        ("paragraph", "Voor en na."),
        ("paragraph", "Let op"),
        ("paragraph", "In het kader."),
    ]


def test_a_page_break_of_a_style_counts_where_writer_laid_the_file_out(
    writer: Writer,
) -> None:
    breaking = (
        '<style:style style:name="B" style:family="paragraph">'
        '<style:paragraph-properties fo:break-before="page"/></style:style>'
    )
    body = '<text:p>Eerst.</text:p><text:p text:style-name="B">Nieuwe bladzijde.</text:p>'
    laid_out = "<text:p>Nog <text:soft-page-break/>een.</text:p>"
    assert [b.page for b in writer(body, breaking)] == [1, 1]
    assert [b.page for b in writer(body + laid_out, breaking)] == [1, 2, 2]
