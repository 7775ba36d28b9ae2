"""A Word file made ready for pandoc: what is seen is kept, what is not seen goes out.

Kept: text boxes of every kind (after the paragraph they hang on), the results of fields,
files inserted whole (altChunk), numbers of lists and headings, and the places where Word
last began a page. Out: hidden and deleted text, prompts of empty form fields.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kb.extract.markup import marks
from kb.extract.markup.docx_numbering import (
    Numbering,
    W,
    numbering_of,
    styles_of,
    value,
)
from kb.extract.markup.docx_text import DocumentPart, run_of
from kb.extract.markup.prepared import Prepared
from kb.extract.markup.xml_tools import (
    office_properties_of,
    parsed,
    removed,
    written,
)

_BODY = re.compile(r"word/document\d*\.xml")
_NOTES = frozenset(("word/footnotes.xml", "word/endnotes.xml"))
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PAGE_FIELD = re.compile(rb"<w:instrText[^>]*>\s*PAGE\b|w:instr=\"\s*PAGE\b")
_RESTART = re.compile(rb"<w:pgNumType\b[^>]*w:(?:start|fmt)=")
_HEADER = re.compile(r"word/(?:header|footer)\d*\.xml")
_DEEPEST_INSERT = 3


def prepared_docx(path: Path) -> Prepared:
    """The file at `path` made ready.

    Raises:
        OSError: it cannot be read.
        ValueError: it holds no readable document.
    """
    with zipfile.ZipFile(path) as source:
        return _prepared(source, 0)


def _prepared(source: zipfile.ZipFile, depth: int) -> Prepared:
    names = set(source.namelist())

    def part(name: str) -> Any:
        return parsed(source.read(name)) if name in names else None

    name = next(filter(_BODY.fullmatch, sorted(names)), None)
    if name is None:
        raise ValueError("no document part")
    body = source.read(name)
    styles = styles_of(part("word/styles.xml"))
    document = DocumentPart(
        parsed(body), styles, numbering_of(part("word/numbering.xml"))
    )
    inserts = tuple(_inserts(source, name, document.root, depth))
    document.make_ready()
    changed = {name: written(document.root)}
    for other in names & _NOTES:
        notes = DocumentPart(part(other), styles, Numbering({}, {}))
        notes.make_ready()
        changed[other] = written(notes.root)
    if "word/styles.xml" in names:
        changed["word/styles.xml"] = _without_numbers(
            part("word/styles.xml"), document
        )
    core = part("docProps/core.xml")
    return Prepared(
        "docx",
        _rewritten(source, changed),
        metadata={} if core is None else office_properties_of(core),
        numbered_pages=_prints_page_numbers(source, body),
        inserts=inserts,
    )


def _prints_page_numbers(source: zipfile.ZipFile, body: bytes) -> bool:
    """Whether the printed labels are the numbers of pages that Word laid out.

    Page breaks that an author typed say nothing of where the others fall, so a file that
    no word processor has laid out has no pages.
    """
    if b"lastRenderedPageBreak" not in body or _RESTART.search(body):
        return False
    edges = filter(_HEADER.match, source.namelist())
    return any(_PAGE_FIELD.search(source.read(name)) for name in edges)


def _rewritten(source: zipfile.ZipFile, changed: Mapping[str, bytes]) -> bytes:
    """The zip file with some members changed, and without its pictures."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as new:
        for member in source.infolist():
            name = member.filename
            if not name.startswith(("word/media/", "word/embeddings/")):
                new.writestr(name, changed.get(name) or source.read(member))
    return target.getvalue()


def _without_numbers(styles: Any, document: DocumentPart) -> bytes:
    """Styles that count print their number in the text now, so pandoc must not count."""
    for style in styles.iter(f"{W}style"):
        number = value(style, "w:pPr/w:numPr/w:numId")
        if number is not None and document.is_numbered(
            style.get(f"{W}styleId", "")
        ):
            removed(style.iter(f"{W}numPr"))
    return written(styles)


# -- files inserted whole


def _inserts(
    source: zipfile.ZipFile, body: str, root: Any, depth: int
) -> Iterator[Prepared]:
    """The files that altChunk elements name; each element becomes a marked paragraph."""
    targets = _targets(source, body)
    place = 0
    for chunk in list(root.iter(f"{W}altChunk")):
        target = targets.get(chunk.get(f"{_R}id", ""), "")
        insert = _insert(source, target, depth)
        if insert is None:
            removed([chunk])
            continue
        chunk.getparent().replace(
            chunk, _paragraph(root, marks.inserted(place))
        )
        place += 1
        yield insert


def _targets(source: zipfile.ZipFile, body: str) -> dict[str, str]:
    """Where the relations of the document point to, by their id."""
    name = f"word/_rels/{posixpath.basename(body)}.rels"
    if name not in source.namelist():
        return {}
    return {
        element.get("Id", ""): posixpath.normpath(
            posixpath.join("word", element.get("Target", ""))
        ).lstrip("/")
        for element in parsed(source.read(name))
        if element.get("TargetMode") != "External"
    }


def _insert(source: zipfile.ZipFile, name: str, depth: int) -> Prepared | None:
    """An inserted file made ready by what it is; None for what cannot be read."""
    if name not in source.namelist() or depth >= _DEEPEST_INSERT:
        return None
    data = source.read(name)
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as inner:
                return _prepared(inner, depth + 1)
        except (zipfile.BadZipFile, ValueError):
            return None
    if b"<" in data[:2000] and name.lower().endswith(
        ("htm", "html", "xhtml", "xml")
    ):
        from kb.extract.markup.web_page import prepared_fragment

        return prepared_fragment(data)
    if name.lower().endswith(".txt"):
        from kb.extract.markup.markdown import prepared_text

        return prepared_text(data)
    return None


def _paragraph(root: Any, text: str) -> Any:
    paragraph = root.makeelement(f"{W}p")
    paragraph.append(run_of(root, text))
    return paragraph
