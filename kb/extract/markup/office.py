"""What pandoc leaves out of a Word or Writer file: where pages begin (as Word last laid them out), and its properties."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

from kb.extract.markup.pandoc_tree import PAGE_MARK

_RENDERED = re.compile(rb"<w:lastRenderedPageBreak\s*/>")
_PAGE_FIELD = re.compile(rb"<w:instrText[^>]*>\s*PAGE\b|w:instr=\"\s*PAGE\b")
_RESTART = re.compile(rb"<w:pgNumType\b[^>]*w:(?:start|fmt)=")
_PROPERTIES = {
    "title": "title",
    "creator": "author",
    "created": "issued",
    "creation-date": "issued",
    "language": "language",
}
_MARK = f"<w:t>{PAGE_MARK}</w:t>".encode()


def with_page_marks(path: Path) -> tuple[bytes, dict[str, Any]]:
    """The file with a mark in the text wherever Word began a page, and what its properties say.

    "numbered_pages": the printed labels are the page numbers. A file that no word processor has laid out has no pages:
    page breaks that the author typed say nothing of where the others fall, so they are not counted.
    """
    metadata: dict[str, Any] = {}
    target = io.BytesIO()
    with (
        zipfile.ZipFile(path) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as marked,
    ):
        body = source.read("word/document.xml")
        footers = [
            name
            for name in source.namelist()
            if re.match(r"word/(?:header|footer)\d*\.xml", name)
        ]
        numbered = any(
            _PAGE_FIELD.search(source.read(name)) for name in footers
        ) and not _RESTART.search(body)
        metadata["numbered_pages"] = numbered and _RENDERED.search(body) is not None
        for member in source.infolist():
            if member.filename == "word/document.xml":
                marked.writestr("word/document.xml", _RENDERED.sub(_MARK, body))
            elif not member.filename.startswith("word/media/"):
                marked.writestr(member.filename, source.read(member))
        if "docProps/core.xml" in source.namelist():
            metadata |= properties(source.read("docProps/core.xml"))
    return target.getvalue(), metadata


def odt_properties(path: Path) -> dict[str, Any]:
    """What meta.xml of an ODT file says."""
    with zipfile.ZipFile(path) as source:
        return (
            properties(source.read("meta.xml"))
            if "meta.xml" in source.namelist()
            else {}
        )


def properties(core: bytes) -> dict[str, Any]:
    """Title, author, date and language of docProps/core.xml or meta.xml, as far as it has them."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(core, parser)
    except etree.XMLSyntaxError:
        return {}
    found: dict[str, Any] = {}
    for element in root.iter():
        name = (
            _PROPERTIES.get(etree.QName(element).localname)
            if isinstance(element.tag, str)
            else None
        )
        if name and element.text and element.text.strip():
            found[name] = (
                [element.text.strip()] if name == "author" else element.text.strip()
            )
    if found.get("author") == [
        "python-docx"
    ]:  # its template says when the template was made
        del found["author"]
        found.pop("issued", None)
    return found
