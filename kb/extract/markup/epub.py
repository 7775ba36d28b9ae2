"""An EPUB made ready for pandoc: its chapters one after the other as one page of HTML.

Pandoc reads EPUB itself, but not notes in another file of the book, nor what is hidden.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

from kb.extract.markup.html_text import make_ready
from kb.extract.markup.prepared import Prepared
from kb.extract.markup.web_page import html_of, is_unseen, parsed_html
from kb.extract.markup.xml_tools import parsed, properties_of
from kb.extract.plain_text import decode_page

_CONTAINER = "META-INF/container.xml"
_TYPES = ("epub:type", "type")
_MOST_CHAPTERS = 2000


def prepared_epub(path: Path) -> Prepared | None:
    """The book at `path` made ready; None when it has no chapter.

    Raises:
        OSError: it cannot be read.
        ValueError: it holds no book.
    """
    with zipfile.ZipFile(path) as source:
        package_name = _package_name(source)
        package = parsed(source.read(package_name))
        folder = posixpath.dirname(package_name)
        pages = _listed_pages(source, package, folder)
        chapters = list(_chapters(source, package, folder))
    for name, page in chapters:
        _mark_listed_pages(page, pages.get(name, {}))
    metadata = [
        e
        for e in package
        if isinstance(e.tag, str) and e.tag.endswith("metadata")
    ]
    book = _bound(chapters)
    if book is None:
        return None
    notes = make_ready(book)
    return Prepared(
        "html",
        html_of(book),
        metadata=properties_of(metadata[0]) if metadata else {},
        notes=tuple(notes),
    )


def _package_name(source: zipfile.ZipFile) -> str:
    names = source.namelist()
    if _CONTAINER in names:
        for element in parsed(source.read(_CONTAINER)).iter("{*}rootfile"):
            if element.get("full-path") in names:
                return str(element.get("full-path"))
    found = next((name for name in names if name.endswith(".opf")), None)
    if found is None:
        raise ValueError("no package")
    return found


def _listed_pages(
    source: zipfile.ZipFile, package: Any, folder: str
) -> dict[str, dict[str, str]]:
    """The labels of printed pages by file and place, as the book lists them.

    EPUB 3 does so in its navigation, EPUB 2 in its NCX.
    """
    found: dict[str, dict[str, str]] = {}
    for item in package.iter("{*}item"):
        name = posixpath.normpath(
            posixpath.join(folder, unquote(item.get("href", "")))
        )
        navigates = "nav" in (item.get("properties") or "").split()
        if name not in source.namelist() or not (
            navigates or name.endswith(".ncx")
        ):
            continue
        root = parsed(source.read(name))
        for label, address in _page_links(root):
            target, place = urldefrag(address)
            path = posixpath.join(posixpath.dirname(name), unquote(target))
            found.setdefault(posixpath.normpath(path), {})[place] = label
    return found


def _page_links(root: Any) -> Iterator[tuple[str, str]]:
    """(label, address) of each page that a navigation or an NCX lists."""
    for nav in root.iter("{*}nav"):
        if any("page-list" in value for value in nav.attrib.values()):
            for link in nav.iter("{*}a"):
                yield "".join(link.itertext()).strip(), link.get("href", "")
    for target in root.iter("{*}pageTarget"):
        texts = [t.strip() for t in target.itertext() if t.strip()]
        for content in target.iter("{*}content"):
            yield (
                target.get("value") or " ".join(texts),
                content.get("src", ""),
            )


def _mark_listed_pages(page: Any, labels: Mapping[str, str]) -> None:
    """Places that the book lists as the beginning of a printed page."""
    for element in list(page.iter()) if labels else ():
        if not isinstance(element.tag, str) or element.get("id") not in labels:
            continue
        if "pagebreak" in (
            element.get("epub:type") or element.get("role") or ""
        ):
            continue
        span = element.makeelement("span")
        span.set("class", "pagebreak")
        span.set("title", labels[element.get("id")])
        span.tail, element.text = element.text, None
        element.insert(0, span)


def _chapters(
    source: zipfile.ZipFile, package: Any, folder: str
) -> Iterator[tuple[str, Any]]:
    """The files of the book in reading order, by name; the navigation left out."""
    items = {e.get("id"): e for e in package.iter("{*}item")}
    names = set(source.namelist())
    for reference in list(package.iter("{*}itemref"))[:_MOST_CHAPTERS]:
        item = items.get(reference.get("idref"))
        if item is None or "nav" in (item.get("properties") or "").split():
            continue
        name = posixpath.normpath(
            posixpath.join(folder, unquote(item.get("href", "")))
        )
        if name in names:
            page = parsed_html(decode_page(source.read(name)))
            if page is not None:
                yield name, page


def _bound(chapters: list[tuple[str, Any]]) -> Any:
    """All chapters in one body, with addresses that hold within it."""
    numbers = {name: at for at, (name, _) in enumerate(chapters)}
    book = None
    for name, page in chapters:
        body = page.find(".//body")
        if body is None:
            continue
        _readdress(body, name, numbers)
        _pages_marked(body)
        _unseen_out(body)
        if book is None:
            book = body.makeelement("body")
        body.tag = "div"
        book.append(body)
    return book


def _unseen_out(body: Any) -> None:
    for element in list(body.iter("script", "style", "nav")):
        element.drop_tree()
    for element in list(body.iter()):
        if isinstance(element.tag, str) and is_unseen(element):
            element.drop_tree()


def _readdress(body: Any, name: str, numbers: Mapping[str, int]) -> None:
    """Names and addresses made unique to their chapter."""
    for element in body.iter():
        if isinstance(element.tag, str) and element.get("id"):
            element.set("id", f"c{numbers[name]}-{element.get('id')}")
    for link in body.iter("a"):
        target, fragment = urldefrag(link.get("href") or "")
        whole = posixpath.normpath(
            posixpath.join(posixpath.dirname(name), unquote(target))
        )
        chapter = numbers.get(whole if target else name)
        if fragment and chapter is not None:
            link.set("href", f"#c{chapter}-{fragment}")


def _pages_marked(body: Any) -> None:
    """Places where a printed page begins, as spans that the tree keeps."""
    for element in list(body.iter()):
        if not isinstance(element.tag, str):
            continue
        said = " ".join(element.get(name) or "" for name in (*_TYPES, "role"))
        if "pagebreak" not in said:
            continue
        label = (
            element.get("title")
            or element.get("aria-label")
            or element.text_content()
        )
        block = element.tag in ("div", "p", "hr", "section") and not len(
            element
        )
        span = element.makeelement("span")
        span.set("class", "pagebreak")
        span.set("title", label.strip())
        if element.get("id"):
            span.set("id", element.get("id"))
        for name in (*_TYPES, "role"):
            element.attrib.pop(name, None)
        element.text = None
        if block:
            element.tag = "p"
            element.append(span)
        else:
            span.tail = element.tail
            element.getparent().replace(element, span)
