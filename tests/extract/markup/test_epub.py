"""An EPUB is read as one text: notes of other files, printed pages, nothing hidden."""

import zipfile
from pathlib import Path

import pytest

from kb.extract import extract
from kb.extract.limits import Limits
from kb.records import Block

_PAGE = (
    '<html xmlns="http://www.w3.org/1999/xhtml" '
    'xmlns:epub="http://www.idpf.org/2007/ops"><body>{}</body></html>'
)
_NAV = (
    '<nav epub:type="page-list"><ol><li><a href="een.xhtml#p8">8</a></li><li><a '
    'href="twee.xhtml#p9">9</a></li></ol></nav>'
)
_NCX = (
    '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><pageList>'
    '<pageTarget value="8"><navLabel><text>8</text></navLabel><content '
    'src="een.xhtml#p8"/></pageTarget>'
    '<pageTarget value="9"><navLabel><text>9</text></navLabel><content '
    'src="twee.xhtml#p9"/></pageTarget>'
    "</pageList></ncx>"
)


def _book(
    folder: Path, chapters: dict[str, str], nav: str = "", ncx: str = ""
) -> tuple[Block, ...]:
    path = folder / "boek.epub"
    names = list(chapters)
    items = "".join(
        f'<item id="{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>'
        for n in names
    )
    items += '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
    items += (
        '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        if ncx
        else ""
    )
    spine = "".join(f'<itemref idref="{n}"/>' for n in ["nav", *names])
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="o/boek.opf"/></rootfiles></container>',
        )
        archive.writestr(
            "o/boek.opf",
            '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
            'xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>Samen</dc:title><dc:creator>A. Vermeer</dc:creator></metadata>"
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
        )
        archive.writestr(
            "o/nav.xhtml", _PAGE.format(nav or "<nav><ol/></nav>")
        )
        if ncx:
            archive.writestr("o/toc.ncx", ncx)
        for name, body in chapters.items():
            archive.writestr(f"o/{name}.xhtml", _PAGE.format(body))
    found = extract(path, Limits(seconds=60))
    assert found.metadata["author"] == ["A. Vermeer"]
    return found.blocks or ()


_CHAPTERS = {
    "een": '<h1>Een</h1><p id="p8">Tekst van de eerste bladzijde.</p>',
    "twee": '<h1>Twee</h1><p>Slot van acht. <a id="p9"></a>Begin van negen.</p><p>Ook negen.</p>',
}


@pytest.mark.parametrize(("nav", "ncx"), [(_NAV, ""), ("", _NCX)])
def test_pages_that_the_book_lists_are_printed_labels(
    tmp_path: Path, nav: str, ncx: str
) -> None:
    found = _book(tmp_path, _CHAPTERS, nav, ncx)
    paragraphs = [b for b in found if b.kind == "paragraph"]
    assert [(b.text, b.label, b.label_end) for b in paragraphs] == [
        ("Tekst van de eerste bladzijde.", "8", None),
        ("Slot van acht. Begin van negen.", "8", "9"),
        ("Ook negen.", "9", None),
    ]


def test_notes_of_another_file_stand_after_their_paragraph(
    tmp_path: Path,
) -> None:
    found = _book(
        tmp_path,
        {
            "een": (
                '<p>De kosten stegen.<sup><a href="noten.xhtml#n3">3</a></sup> En '
                "weer.</p><p>Daarna.</p>"
            ),
            "noten": '<h1>Noten</h1><ol><li id="n3"><p>3. Bron: de begroting.</p></li></ol>',
        },
    )
    assert [(b.kind, b.mark, b.text) for b in found][:3] == [
        ("paragraph", None, "De kosten stegen. En weer."),
        ("footnote", "3", "Bron: de begroting."),
        ("paragraph", None, "Daarna."),
    ]


def test_what_a_book_hides_is_not_read(tmp_path: Path) -> None:
    found = _book(
        tmp_path, {"een": '<p style="display:none">weg</p><p>Blijft.</p>'}
    )
    assert [b.text for b in found] == ["Blijft."]
