"""The main content of a web page, and what the page says of itself."""

from __future__ import annotations

import re
from typing import Any

_DROPPED = (
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "form", "button", "input", "select",
    "nav", "aside", "footer", "dialog", "menu",
)  # fmt: skip
_CHROME = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation|igatie)?|menu|breadcrumbs?|kruimelpad|cookies?(?:[-_]?\w+)?|sidebar|share|social|skip-?links?|"
    r"footer|site-header|page-header|masthead|related|newsletter|advert\w*|banner|pagination|comments?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ROLES = ("navigation", "banner", "contentinfo", "complementary", "search", "dialog")
_META = {
    "citation_title": "title", "dc.title": "title", "dcterms.title": "title", "og:title": "title",
    "citation_author": "author", "author": "author", "dc.creator": "author", "dcterms.creator": "author", "article:author": "author",
    "citation_publication_date": "issued", "citation_date": "issued", "dc.date": "issued", "dcterms.issued": "issued",
    "article:published_time": "issued", "dcterms.available": "issued",
    "citation_publisher": "publisher", "dc.publisher": "publisher", "dcterms.publisher": "publisher", "og:site_name": "publisher",
    "citation_doi": "DOI", "citation_isbn": "ISBN", "dc.language": "language", "dcterms.language": "language",
}  # fmt: skip


def main_content(data: bytes, encoding: str | None) -> tuple[str, dict[str, Any]]:
    """HTML of the main content without scripts, navigation and the like, and CSL-like fields ("author" is a list of names).

    `encoding` is what the bytes are in, or None to believe the page. Raises ValueError when nothing can be parsed.
    """
    from lxml import etree, html

    parser = html.HTMLParser(
        encoding=encoding,
        remove_comments=True,
        remove_pis=True,
        no_network=True,
        huge_tree=False,
    )
    try:
        tree = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ValueError(str(error)) from None
    metadata = _metadata(tree)
    body = _main(tree)
    _prune(body)
    return html.tostring(body, encoding="unicode"), metadata


def _metadata(tree: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for element in tree.iter("meta"):
        name = (element.get("name") or element.get("property") or "").lower()
        value = " ".join((element.get("content") or "").split())
        field = _META.get(name)
        if field == "author" and value and not value.startswith("http"):
            found["author"] = [*found.get("author", []), value]
        elif field and field != "author" and value:
            found.setdefault(field, value)
    title = tree.find(".//title")
    if title is not None and title.text_content().strip():
        found.setdefault("title", " ".join(title.text_content().split()))
    if language := tree.get("lang") or tree.get(
        "{http://www.w3.org/XML/1998/namespace}lang"
    ):
        found.setdefault("language", language)
    return found


def _main(tree: Any) -> Any:
    """The one <main>, the element with that role, a single <article> with most of the text, or the whole body."""
    body = tree.find(".//body")
    body = tree if body is None else body
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = tree.findall(path)
        if len(found) == 1 and _length(found[0]) > 0.25 * _length(body):
            return found[0]
    return body


def _length(element: Any) -> int:
    return sum(len(text) for text in element.itertext())


def _prune(body: Any) -> None:
    whole = body.tag == "body"
    for element in list(body.iter()):
        if (
            element is body
            or not isinstance(element.tag, str)
            or element.getparent() is None
        ):
            continue
        if (
            element.tag in _DROPPED
            or (element.tag == "header" and whole and not _within_article(element))
            or _is_chrome(element)
        ):
            element.drop_tree()
        elif element.tag == "img":
            element.attrib.pop("src", None)


def _within_article(element: Any) -> bool:
    return any(
        parent.tag in ("article", "main", "section")
        for parent in element.iterancestors()
    )


def _is_chrome(element: Any) -> bool:
    if (
        element.get("role") in _ROLES
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
    ):
        return True
    if element.tag not in ("div", "ul", "ol", "section", "p", "span"):
        return False
    return (
        _CHROME.search(f"{element.get('class') or ''} {element.get('id') or ''}")
        is not None
    )
