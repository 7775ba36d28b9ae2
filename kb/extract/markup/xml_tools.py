"""Reading and changing the XML of office files: no entity, no network, text kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_PRIVATE = re.compile(
    rb"\xee\x80[\x80-\x9f]"
)  # the marks of `marks`, in UTF-8


def parsed(data: bytes) -> Any:
    """The root element of some XML, without our own marks in its text.

    Raises:
        ValueError: it is no XML.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_pis=True,
    )
    try:
        return etree.fromstring(_PRIVATE.sub(b"", data), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from None


def written(root: Any) -> bytes:
    """The XML of an element, in UTF-8."""
    from lxml import etree

    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def removed(elements: Iterable[Any]) -> None:
    """Take elements out with all they hold; the text behind them stays."""
    for element in list(elements):
        parent = element.getparent()
        if parent is not None:
            _keep_tail(element, parent)
            parent.remove(element)


def unwrapped(elements: Iterable[Any]) -> None:
    """Take the tags of elements out and leave what they hold."""
    for element in list(elements):
        parent = element.getparent()
        if parent is None:
            continue
        at = parent.index(element)
        _add_text(parent, at, element.text)
        children = list(element)
        if children and element.tail:
            children[-1].tail = (children[-1].tail or "") + element.tail
        elif element.tail:
            _add_text(parent, at, element.tail)
        element.tail = None
        parent[at : at + 1] = children


def _keep_tail(element: Any, parent: Any) -> None:
    if element.tail:
        _add_text(parent, parent.index(element), element.tail)


def _add_text(parent: Any, at: int, text: str | None) -> None:
    """Add text before the child at a place."""
    if not text:
        return
    if at:
        before = parent[at - 1]
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def properties_of(root: Any) -> dict[str, Any]:
    """Title, author, date and language as docProps/core.xml, meta.xml or an OPF has them.

    Values are those of CSL; "author" is a list of names.
    """
    from lxml import etree

    found: dict[str, Any] = {}
    for element in root.iter(etree.Element):
        name = _PROPERTIES.get(etree.QName(element).localname)
        value = (element.text or "").strip()
        if not name or not value:
            continue
        if name == "author":
            found["author"] = [*found.get("author", []), value]
        else:
            found.setdefault(name, value)
    if found.get("author") == ["python-docx"]:
        # Its template says who made the template, and when.
        del found["author"]
        found.pop("issued", None)
    return found


def office_properties_of(root: Any) -> dict[str, Any]:
    """As `properties_of`, for a word processor.

    It fills in the name of an account where an EPUB declares an author.
    """
    found = properties_of(root)
    if "author" in found:
        found["account"] = found.pop("author")
    return found


_PROPERTIES = {
    "title": "title",
    "creator": "author",
    "created": "issued",
    "creation-date": "issued",
    "date": "issued",
    "language": "language",
    "publisher": "publisher",
}
