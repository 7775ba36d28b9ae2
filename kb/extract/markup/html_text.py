"""HTML of which the text is known, made ready for pandoc.

Paragraphs that are only parted by empty lines become paragraphs, marks of notes lead to
their notes, and items with a number of their own keep it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from kb.datafiles import words
from kb.extract.markup import marks
from kb.extract.markup.number_formats import numeral
from kb.extract.markup.prepared import Note

_INLINE = words("kb.extract.markup", "web_page.toml", "inline")
_BREAKABLE = (
    "p",
    "div",
    "td",
    "th",
    "li",
    "section",
    "article",
    "main",
    "body",
    "center",
)
_MARK = re.compile(r"\W{0,2}(\d{1,3}|[*†‡a-z])\W{0,2}$")
_BACK = re.compile(r"[↩↑⇑^\ufe0e\ufe0f]+|terug|back", re.IGNORECASE)
_NOTE_WORD = re.compile(
    r"foot-?note|note-?ref|voetnoot|eindnoot|endnote", re.IGNORECASE
)
_EPUB_TYPE = ("epub:type", "type", "{http://www.idpf.org/2007/ops}type")


def make_ready(content: Any) -> list[Note]:
    """Change a tree of HTML in place; the notes that were set apart are returned."""
    notes = list(_notes_apart(content))
    for item in list(content.iter("ol")):
        _number_items(item)
    for grid in list(content.iter("table")):
        if _is_layout(grid):
            _open_up(grid)
        else:
            _fill_spans(grid)
    for element in list(content.iter(*_BREAKABLE)):
        _break_up(element)
    for image in content.iter("img"):
        image.attrib.pop("src", None)
    for word_break in list(content.iter("wbr")):
        word_break.drop_tag()
    return notes


# -- notes


def _notes_apart(content: Any) -> Iterator[Note]:
    """Each note once, its mark replaced by ours; lists of notes that are empty then go."""
    targets = {
        e.get("id") or e.get("name"): e for e in content.iter() if _has_name(e)
    }
    found: dict[str, int] = {}
    for link in list(content.iter("a")):
        name = (link.get("href") or "").removeprefix("#")
        target = targets.get(name)
        if (
            target is None
            or link.getparent() is None
            or not _is_note_mark(link)
        ):
            continue
        mark = _MARK.match(link.text_content().strip())
        if mark is None or _holds(target, link):
            continue
        if name not in found:
            note = _note(_whole_note(target), mark.group(1))
            if not note.text:
                continue
            found[name] = len(found)
            yield note
        _replace_mark(link, marks.note(found[name]))


def _has_name(element: Any) -> bool:
    return isinstance(element.tag, str) and bool(
        element.get("id") or element.get("name")
    )


def _is_note_mark(link: Any) -> bool:
    """A link within the page that says so, or that is raised."""
    if not (link.get("href") or "").startswith("#"):
        return False
    said = " ".join(
        [link.get("class") or "", link.get("role") or "", *_types(link)]
    )
    if _NOTE_WORD.search(said):
        return True
    raised = link.getparent().tag == "sup" or link.find(".//sup") is not None
    return raised


def _types(element: Any) -> list[str]:
    return [element.get(name) or "" for name in _EPUB_TYPE]


def _holds(element: Any, inner: Any) -> bool:
    return any(parent is element for parent in inner.iterancestors())


def _whole_note(target: Any) -> Any:
    """The element that holds a note: an anchor at its front stands for its paragraph."""
    if target.tag in ("a", "span", "sup") and target.getparent() is not None:
        return _whole_note(target.getparent())
    return target


def _note(element: Any, mark: str) -> Note:
    """The text of a note without its own mark and the way back; it goes out of the tree."""
    for link in list(element.iter("a")):
        text = link.text_content().strip()
        inside = (link.get("href") or "").startswith("#")
        if inside and (_BACK.fullmatch(text) or _MARK.match(text)):
            link.drop_tree()
    text = re.sub(r"\s+", " ", element.text_content()).strip()
    text = re.sub(rf"^\W?{re.escape(mark)}[\].):]?\s+", "", text)
    text = re.sub(r"[↩↑⇑]\ufe0e?\s*$", "", text).strip()
    parent = element.getparent()
    if parent is not None:
        element.drop_tree()
        _drop_if_empty(parent)
    return Note(mark, text)


def _drop_if_empty(element: Any) -> None:
    lists = ("ol", "ul", "dl", "section", "aside", "div")
    if element.tag in lists and not element.text_content().strip():
        parent = element.getparent()
        if parent is not None:
            element.drop_tree()


def _replace_mark(link: Any, text: str) -> None:
    """Our mark in place of a link, and of the raised type that holds nothing else."""
    outer = link
    parent = link.getparent()
    if (
        parent.tag == "sup"
        and parent.text_content().strip() == link.text_content().strip()
    ):
        outer = parent
    outer.tail = text + (outer.tail or "")
    outer.drop_tree()


# -- numbers


def _number_items(items: Any) -> None:
    """Numbers of items that do not simply count up, put before their text."""
    odd = items.get("reversed") is not None or any(
        item.get("value") for item in items.iterchildren("li")
    )
    if not odd:
        return
    rows = list(items.iterchildren("li"))
    step = -1 if items.get("reversed") is not None else 1
    start = items.get("start") or ""
    number = (
        int(start) if start.isdecimal() else (len(rows) if step < 0 else 1)
    )
    for item in rows:
        own = item.get("value") or ""
        number = int(own) if own.isdecimal() else number
        label = f"{numeral(number, items.get('type') or '1')}."
        item.text = marks.numbered(label) + (item.text or "").lstrip()
        number += step


# -- tables

_PARTS = (
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "colgroup",
    "col",
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LONG_CELL = (
    120  # words of a cell from which a table without head cells is a layout
)
_MOST_SPAN = 1000


def _is_layout(grid: Any) -> bool:
    """Whether a table only places text on the page."""
    if grid.get("role") in ("presentation", "none"):
        return True
    if any(True for _ in grid.iter("th")) or grid.find("caption") is not None:
        return False
    if any(inner is not grid for inner in grid.iter("table", *_HEADINGS)):
        return True
    return any(
        len(c.text_content().split()) > _LONG_CELL for c in grid.iter("td")
    )


def _open_up(grid: Any) -> None:
    """A table that places text as plain divisions; tables within it stay tables."""
    own = [
        e
        for e in grid.iter(*_PARTS)
        if next(e.iterancestors("table"), grid) is grid
    ]
    for element in own:
        element.tag = "div"


def _fill_spans(grid: Any) -> None:
    """A copy of a cell at each place it spans, for pandoc loses spans out of the head."""
    held: dict[int, tuple[int, Any]] = {}
    for row in grid.iter("tr"):
        column = 0
        for cell in list(row.iterchildren("td", "th")):
            column = _put_held(row, cell, column, held)
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            for place in range(across):
                if place:
                    cell.addnext(deepcopy(cell))
                if down > 1:
                    held[column] = (down - 1, cell)
                column += 1
        _put_held(row, None, column, held)


def _span(cell: Any, name: str) -> int:
    value = (cell.attrib.pop(name, "") or "").strip()
    return (
        min(int(value), _MOST_SPAN) if value.isdecimal() and int(value) else 1
    )


def _put_held(
    row: Any, cell: Any, column: int, held: dict[int, tuple[int, Any]]
) -> int:
    """Copies of cells from above before `cell`, or at the end; the column after them."""
    while column in held:
        left, above = held.pop(column)
        if left > 1:
            held[column] = (left - 1, above)
        copy = deepcopy(above)
        copy.tail = None
        if cell is None:
            row.append(copy)
        else:
            cell.addprevious(copy)
        column += 1
    return column


# -- paragraphs


def _break_up(element: Any) -> None:
    """Make paragraphs of text within an element that only empty lines part."""
    ends = [
        child for child in element.iterchildren("br") if _ends_paragraph(child)
    ]
    if not ends:
        return
    for line_break in ends:
        line_break.set("data-ends", "")
        line_break.getnext().set("data-ends", "")
    pieces = list(_pieces(element))
    for child in list(element):
        element.remove(child)
    element.text = None
    if element.tag == "p":
        element.tag = "div"
    for piece in pieces:
        element.append(piece)


def _ends_paragraph(line_break: Any) -> bool:
    """Whether another line break follows with nothing between."""
    following = line_break.getnext()
    if (line_break.tail or "").strip() or following is None:
        return False
    return bool(following.tag == "br")


def _pieces(element: Any) -> Iterator[Any]:
    """The content of an element: blocks as they are, text between them in paragraphs."""
    paragraph = element.makeelement("p")
    paragraph.text = element.text
    for child in list(element):
        tail, child.tail = child.tail, None
        if (
            child.tag == "br"
            and _is_full(paragraph)
            and not _follows_break(child)
        ) or child.tag in _INLINE:
            _add(paragraph, child, tail)
        else:
            if _is_full(paragraph):
                yield paragraph
            if child.tag != "br":
                yield child
            paragraph = element.makeelement("p")
            paragraph.text = tail
    if _is_full(paragraph):
        yield paragraph


def _follows_break(line_break: Any) -> bool:
    """Whether a line break ends a paragraph: another stands beside it."""
    return line_break.get("data-ends") is not None


def _add(paragraph: Any, child: Any, tail: str | None) -> None:
    paragraph.append(child)
    child.tail = tail


def _is_full(paragraph: Any) -> bool:
    return bool(paragraph.text_content().strip())
