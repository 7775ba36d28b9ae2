"""Word and Writer files of which only the parts under test are written."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.extract import extract
from kb.extract.limits import Limits
from kb.records import Block

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OPEN = "urn:oasis:names:tc:opendocument:xmlns:{0}:1.0"
_ODT_SPACES = " ".join(
    f'xmlns:{prefix}="{_OPEN.format(name)}"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    )
)
_PARTS = {
    "styles": "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles",
    "numbering": "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering",
    "footnotes": "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes",
}
_CHUNK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"


@pytest.fixture
def word(tmp_path: Path) -> Callable[..., tuple[Block, ...]]:
    """The blocks of a Word file with this body and these other parts."""

    def make(
        body: str, chunks: dict[str, bytes] | None = None, **parts: str
    ) -> tuple[Block, ...]:
        path = tmp_path / "stuk.docx"
        relations = [
            f'<Relationship Id="{name}" Type="{_PARTS[name]}" Target="{name}.xml"/>'
            for name in parts
        ] + [
            f'<Relationship Id="c{at}" Type="{_CHUNK}" Target="{name}"/>'
            for at, name in enumerate(chunks or {})
        ]
        spaces = "http://schemas.openxmlformats.org/package/2006/relationships"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(
                "_rels/.rels",
                f'<Relationships xmlns="{spaces}"><Relationship Id="d" Type="http://'
                "schemas.openxmlformats.org/officeDocument/2006/relationships/office"
                'Document" Target="word/document.xml"/></Relationships>',
            )
            archive.writestr(
                "word/_rels/document.xml.rels",
                f'<Relationships xmlns="{spaces}">{"".join(relations)}</Relationships>',
            )
            archive.writestr(
                "word/document.xml",
                f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
            )
            for name, content in parts.items():
                archive.writestr(
                    f"word/{name}.xml",
                    f"<w:{name} {_SPACES}>{content}</w:{name}>",
                )
            for name, data in (chunks or {}).items():
                archive.writestr(f"word/{name}", data)
        return _blocks(path)

    return make


@pytest.fixture
def writer(tmp_path: Path) -> Callable[..., tuple[Block, ...]]:
    """The blocks of a Writer file with this body, automatic styles and styles."""

    def make(
        body: str, automatic: str = "", styles: str = ""
    ) -> tuple[Block, ...]:
        path = tmp_path / "stuk.odt"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(
                "mimetype", "application/vnd.oasis.opendocument.text"
            )
            archive.writestr(
                "content.xml",
                f"<office:document-content {_ODT_SPACES}><office:automatic-styles>"
                f"{automatic}</office:automatic-styles><office:body><office:text>{body}"
                "</office:text></office:body></office:document-content>",
            )
            archive.writestr(
                "styles.xml",
                f"<office:document-styles {_ODT_SPACES}><office:styles>{styles}"
                "</office:styles></office:document-styles>",
            )
        return _blocks(path)

    return make


def _blocks(path: Path) -> tuple[Block, ...]:
    found = extract(path, Limits(seconds=60))
    assert not [
        problem for problem in found.problems if problem.severity == "error"
    ]
    return found.blocks or ()
