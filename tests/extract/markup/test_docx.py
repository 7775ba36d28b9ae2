"""What is seen in a Word file is kept, what is not seen is not read."""

import io
import zipfile
from collections.abc import Callable

from kb.records import Block

Word = Callable[..., tuple[Block, ...]]


def _p(text: str, properties: str = "", run: str = "") -> str:
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def _said(blocks: tuple[Block, ...]) -> list[str]:
    return [f"{block.mark or ''} {block.text}".strip() for block in blocks]


def _numbered(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def _list(key: int, *levels: tuple[str, str, int], style: str = "") -> str:
    rows = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'{style if not at else ""}<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text, start) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{key}">{rows}</w:abstractNum>'


def _num(number: int, key: int, inner: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{key}"/>{inner}</w:num>'


def test_numbers_of_levels_count_as_word_prints_them(word: Word) -> None:
    levels = _list(
        1, ("upperRoman", "%1.", 1), ("decimal", "Lid %2 van %1:", 3)
    )
    found = word(
        _p("Toegang", _numbered(5))
        + _p("elke wijk heeft een loket", _numbered(5, 1))
        + _p("het loket is open", _numbered(5, 1))
        + _p("Kosten", _numbered(5))
        + _p("de bijdrage is laag", _numbered(5, 1)),
        numbering=levels + _num(5, 1),
    )
    assert _said(found) == [
        "I. Toegang",
        "Lid 3 van I: elke wijk heeft een loket",
        "Lid 4 van I: het loket is open",
        "II. Kosten",
        "Lid 3 van II: de bijdrage is laag",
    ]
    assert {block.kind for block in found} == {"list"}


def test_a_list_goes_on_or_begins_again_as_word_does(word: Word) -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    found = word(
        _p("eerst", _numbered(1))
        + _p("Een gewone alinea tussen de lijsten in.")
        + _p("verder", _numbered(2))
        + _p("opnieuw", _numbered(3)),
        numbering=_list(0, ("lowerLetter", "(%1)", 1))
        + _num(1, 0)
        + _num(2, 0)
        + _num(3, 0, again),
    )
    assert [block.mark for block in found] == ["(a)", None, "(b)", "(a)"]


def test_bullets_have_no_number(word: Word) -> None:
    found = word(
        _p("samen", _numbered(1)) + _p("leren", _numbered(1)),
        numbering=_list(0, ("bullet", "", 1)) + _num(1, 0),
    )
    assert [(b.kind, b.mark, b.text) for b in found] == [
        ("list", None, "samen"),
        ("list", None, "leren"),
    ]


def test_a_style_that_counts_numbers_headings_and_articles(word: Word) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="K1"><w:name w:val="heading 1"/><w:pPr>'
        f'{_numbered(1)}<w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Art"><w:name w:val="Artikel"/>'
        '<w:basedOn w:val="Basis"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Basis"><w:name w:val="Basis"/>'
        f"<w:pPr>{_numbered(2)}</w:pPr></w:style>"
    )
    found = word(
        _p("Begrippen", '<w:pStyle w:val="K1"/>')
        + _p(
            "In deze regeling is een team een groep.",
            '<w:pStyle w:val="Art"/>',
        )
        + _p("Toegang", '<w:pStyle w:val="K1"/>'),
        styles=styles,
        numbering=_list(0, ("decimal", "%1", 1))
        + _list(1, ("decimal", "Artikel %1", 7))
        + _num(1, 0)
        + _num(2, 1),
    )
    assert [(b.kind, b.mark, b.text) for b in found] == [
        ("heading", None, "1 Begrippen"),
        ("list", "Artikel 7", "In deze regeling is een team een groep."),
        ("heading", None, "2 Toegang"),
    ]


def test_hidden_struck_and_deleted_text_is_not_read(word: Word) -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Weg"><w:name w:val="Weg"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style>"
    )
    found = word(
        "<w:p>"
        "<w:r><w:t>Het team kost </w:t></w:r>"
        "<w:r><w:rPr><w:dstrike/></w:rPr><w:t>zes </w:t></w:r>"
        "<w:r><w:rPr><w:strike w:val='0'/></w:rPr><w:t>zeven </w:t></w:r>"
        "<w:r><w:rPr><w:rStyle w:val='Weg'/></w:rPr><w:t>(geheim) </w:t></w:r>"
        "<w:del><w:r><w:delText>miljard</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>ton </w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>elders</w:t></w:r></w:moveFrom>"
        "<w:r><w:t>per jaar.</w:t></w:r></w:p>"
        + "<w:p><w:r><w:t>Naam: </w:t></w:r><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        "<w:sdtContent><w:r><w:t>Kies een item</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:r><w:t>A. Vermeer</w:t></w:r></w:p>",
        styles=styles,
    )
    assert _said(found) == [
        "Het team kost zeven ton per jaar.",
        "Naam: A. Vermeer",
    ]


def test_results_of_fields_are_read_and_their_codes_are_not(
    word: Word,
) -> None:
    def part(inner: str) -> str:
        return f"<w:r>{inner}</w:r>"

    found = word(
        "<w:p>"
        + part("<w:t>Zie figuur </w:t>")
        + part('<w:fldChar w:fldCharType="begin"/>')
        + part("<w:instrText> REF _Ref1 \\h </w:instrText>")
        + part('<w:fldChar w:fldCharType="separate"/>')
        + part("<w:t>12</w:t>")
        + part('<w:fldChar w:fldCharType="end"/>')
        + part("<w:t> op bladzijde </w:t>")
        + f'<w:fldSimple w:instr="PAGEREF x">{part("<w:t>34</w:t>")}</w:fldSimple>'
        + part("<w:t>.</w:t>")
        + "</w:p>"
    )
    assert _said(found) == ["Zie figuur 12 op bladzijde 34."]


def test_a_drawn_text_box_is_read_once_and_heads_no_section(
    word: Word,
) -> None:
    box = "<w:txbxContent>" + _p("Wist u dat?", '<w:pStyle w:val="Kop3"/>')
    box += (
        _p("Een op de vijf bewoners kent het team van naam.")
        + "</w:txbxContent>"
    )
    found = word(
        "<w:p><w:r><w:t>Het team werkt </w:t></w:r><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>in de hele wijk.</w:t></w:r></w:p>",
        styles='<w:style w:type="paragraph" w:styleId="Kop3"><w:name w:val="heading 3"/>'
        '<w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>',
    )
    assert [(b.kind, b.text) for b in found] == [
        ("paragraph", "Het team werkt in de hele wijk."),
        ("paragraph", "Wist u dat?"),
        ("paragraph", "Een op de vijf bewoners kent het team van naam."),
    ]


def test_files_inserted_whole_are_read_in_their_place(word: Word) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            'relationships"><Relationship Id="d" Type="http://schemas.openxmlformats.'
            'org/officeDocument/2006/relationships/officeDocument" Target="word/'
            'document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/document.xml",
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/'
            f'2006/main"><w:body>{_p("Uit een ander stuk.")}</w:body></w:document>',
        )
    found = word(
        _p("Voor.")
        + '<w:altChunk r:id="c0"/><w:altChunk r:id="c1"/>'
        + _p("Na."),
        chunks={
            "stuk.docx": inner.getvalue(),
            "brief.html": b"<html><body><h2>Brief</h2><p>Geachte raad.</p></body></html>",
        },
    )
    assert [(b.kind, b.text) for b in found] == [
        ("paragraph", "Voor."),
        ("paragraph", "Uit een ander stuk."),
        ("heading", "Brief"),
        ("paragraph", "Geachte raad."),
        ("paragraph", "Na."),
    ]


def test_a_cell_that_runs_down_fills_its_places(word: Word) -> None:
    def row(*cells: tuple[str, str]) -> str:
        inner = (
            f"<w:tc><w:tcPr>{span}</w:tcPr>{_p(t)}</w:tc>" for t, span in cells
        )
        return f"<w:tr>{''.join(inner)}</w:tr>"

    found = word(
        "<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/><w:gridCol/></w:tblGrid>"
        + row(("Wijk", ""), ("Team", '<w:gridSpan w:val="2"/>'))
        + row(("Zuid", '<w:vMerge w:val="restart"/>'), ("A", ""), ("3", ""))
        + row(("", "<w:vMerge/>"), ("B", ""), ("4", ""))
        + "</w:tbl>"
    )
    assert found[0].rows == (
        ("Wijk", "Team", "Team"),
        ("Zuid", "A", "3"),
        ("Zuid", "B", "4"),
    )


def test_short_bold_paragraphs_are_ranked_by_their_size(word: Word) -> None:
    found = word(
        _p("Samen", run='<w:b/><w:sz w:val="36"/>')
        + _p("De aanpak", run='<w:b/><w:sz w:val="24"/>')
        + _p("Gewone tekst van de aanpak.")
        + _p("Vet " * 30, run="<w:b/>")
    )
    assert [block.level for block in found] == [1, 2, None, 1]


def test_our_own_marks_in_a_file_do_nothing(word: Word) -> None:
    found = word(
        _p("\ue0057\ue006 en \ue001x\ue002 gewoon \ue0030\ue004 tekst")
    )
    assert _said(found) == ["7 en x gewoon 0 tekst"]


def test_white_and_tiny_type_is_not_read_but_on_a_ground_of_its_own(
    word: Word,
) -> None:
    white = '<w:color w:val="FFFFFF"/>'
    ground = '<w:shd w:val="clear" w:fill="003366"/>'
    found = word(
        _p("Te zien.")
        + _p("Wit op wit.", run=white)
        + _p("Te klein.", run='<w:sz w:val="2"/>')
        + _p("Wit op blauw.", ground, white)
    )
    assert _said(found) == ["Te zien.", "Wit op blauw."]
