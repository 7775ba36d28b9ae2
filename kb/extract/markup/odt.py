"""A Writer file made ready for pandoc, which loses most fields and all printed numbers."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.extract.markup import marks
from kb.extract.markup.number_formats import numeral
from kb.extract.markup.prepared import Prepared
from kb.extract.markup.xml_tools import (
    office_properties_of,
    parsed,
    removed,
    unwrapped,
    written,
)

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
TEXT, STYLE, OFFICE, DRAW = (
    _NS % name for name in ("text", "style", "office", "drawing")
)
FO = _NS % "xsl-fo-compatible"
# Elements of text that pandoc reads itself; any other shows what it holds.
_KNOWN = frozenset(
    f"{TEXT}{name}"
    for name in (
        "p",
        "h",
        "span",
        "a",
        "list",
        "list-item",
        "list-header",
        "section",
        "note",
        "note-citation",
        "note-body",
        "s",
        "tab",
        "line-break",
        "bookmark",
        "soft-page-break",
        "bookmark-start",
        "bookmark-end",
        "table-of-content",
        "index-body",
        "index-title",
        "bibliography",
        "reference-mark-start",
        "reference-mark-end",
        "numbered-paragraph",
    )
)
_UNSEEN = (
    f"{OFFICE}annotation",
    f"{OFFICE}annotation-end",
    f"{TEXT}tracked-changes",
    f"{TEXT}hidden-text",
    f"{TEXT}hidden-paragraph",
    f"{TEXT}placeholder",
    f"{TEXT}sequence-decls",
    f"{TEXT}variable-decls",
    f"{TEXT}user-field-decls",
    f"{TEXT}table-of-content-source",
    f"{TEXT}illustration-index-source",
    f"{TEXT}change",
    f"{TEXT}change-start",
    f"{TEXT}change-end",
)


def prepared_odt(path: Path) -> Prepared:
    """The file at `path` made ready.

    Raises:
        OSError: it cannot be read.
        ValueError: it holds no readable document.
    """
    with zipfile.ZipFile(path) as source:
        names = set(source.namelist())
        if "content.xml" not in names:
            raise ValueError("no content part")
        root = parsed(source.read("content.xml"))
        styles = (
            parsed(source.read("styles.xml"))
            if "styles.xml" in names
            else None
        )
        meta = parsed(source.read("meta.xml")) if "meta.xml" in names else None
        turned = any(True for _ in root.iter(f"{TEXT}soft-page-break"))
        _make_ready(root, styles)
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as new:
            for member in source.infolist():
                if member.filename == "content.xml":
                    new.writestr("content.xml", written(root))
                elif not member.filename.startswith("Pictures/"):
                    new.writestr(member.filename, source.read(member))
    return Prepared(
        "odt",
        target.getvalue(),
        metadata={} if meta is None else office_properties_of(meta),
        numbered_pages=turned and _prints_page_numbers(styles),
    )


def _prints_page_numbers(styles: Any) -> bool:
    """Whether pages print their number, and count from one."""
    if styles is None:
        return False
    printed = any(True for _ in styles.iter(f"{TEXT}page-number"))
    restarts = styles.xpath(
        "//@*[local-name()='page-number' and . != 'auto' and . != '1']"
    )
    return printed and not restarts


def _make_ready(root: Any, styles: Any) -> None:
    removed(root.iter(*_UNSEEN))
    _hidden_out(root, styles)
    _boxes_out_of_line(root)
    _numbers_printed(root, styles)
    _typed_breaks_marked(root, styles)
    _pages_marked(root)
    body = root.find(f"{OFFICE}body")
    inside = body.iter(f"{TEXT}*") if body is not None else ()
    unwrapped(element for element in inside if element.tag not in _KNOWN)


def _hidden_out(root: Any, styles: Any) -> None:
    """Text and sections whose style, or whose own attribute, hides them."""
    hidden = set()
    for part in (root, styles):
        for style in part.iter(f"{STYLE}style") if part is not None else ():
            properties = style.find(f"{STYLE}text-properties")
            if (
                properties is not None
                and properties.get(f"{TEXT}display") == "none"
            ):
                hidden.add(style.get(f"{STYLE}name"))
    removed(
        element
        for element in root.iter(
            f"{TEXT}span", f"{TEXT}p", f"{TEXT}h", f"{TEXT}section"
        )
        if element.get(f"{TEXT}style-name") in hidden
        or element.get(f"{TEXT}display") == "none"
    )


def _typed_breaks_marked(root: Any, styles: Any) -> None:
    """Page breaks that the author set in a style, in a file that Writer has laid out.

    Writer marks only the breaks that it found itself; without those, typed ones say
    nothing of where the others fall.
    """
    if next(root.iter(f"{TEXT}soft-page-break"), None) is None:
        return
    breaking = set(_breaking_styles(root)) | set(_breaking_styles(styles))
    paragraphs = list(root.iter(f"{TEXT}p", f"{TEXT}h"))
    for paragraph in paragraphs[1:]:
        before = paragraph.getprevious()
        marked = before is not None and before.tag == f"{TEXT}soft-page-break"
        if paragraph.get(f"{TEXT}style-name") in breaking and not marked:
            paragraph.text = marks.PAGE + (paragraph.text or "")


def _breaking_styles(part: Any) -> Iterator[str | None]:
    for style in part.iter(f"{STYLE}style") if part is not None else ():
        properties = style.find(f"{STYLE}paragraph-properties")
        breaks = (
            properties is not None
            and properties.get(f"{FO}break-before") == "page"
        )
        if breaks or style.get(f"{STYLE}master-page-name"):
            yield style.get(f"{STYLE}name")


def _boxes_out_of_line(root: Any) -> None:
    """Text boxes after the paragraph they hang on; they head no section."""
    for box in list(root.iter(f"{DRAW}text-box")):
        hosts = list(box.iterancestors(f"{TEXT}p", f"{TEXT}h"))
        if not hosts:
            continue
        host = hosts[-1]
        blocks = list(box)
        removed(box.iterancestors(f"{DRAW}frame"))
        for place, block in enumerate(blocks, 1):
            if block.tag == f"{TEXT}h":
                block.tag = f"{TEXT}p"
            host.getparent().insert(
                host.getparent().index(host) + place, block
            )


def _pages_marked(root: Any) -> None:
    """A mark where Writer last began a page."""
    for element in list(root.iter(f"{TEXT}soft-page-break")):
        element.tail = marks.PAGE + (element.tail or "")
        outside = element.getparent().tag not in (
            f"{TEXT}p",
            f"{TEXT}h",
            f"{TEXT}span",
        )
        following = element.getnext()
        if outside and following is not None:
            element.tail = None
            _put_first(following, marks.PAGE)
        removed([element])


def _put_first(element: Any, text: str) -> None:
    """Text at the front of the first paragraph of an element."""
    paragraph = next(element.iter(f"{TEXT}p", f"{TEXT}h"), None)
    if paragraph is not None:
        paragraph.text = text + (paragraph.text or "")


# -- numbers


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a list or of the headings counts."""

    form: str = ""
    prefix: str = ""
    suffix: str = ""
    shown: int = 1  # levels that are printed, 2 for "1.2"
    start: int = 1


def _levels(parent: Any, kind: str) -> dict[int, _Level]:
    found = {}
    for element in parent.iter(f"{TEXT}{kind}"):
        found[_number(element.get(f"{TEXT}level"), 1)] = _Level(
            form=element.get(f"{STYLE}num-format", ""),
            prefix=element.get(f"{STYLE}num-prefix", ""),
            suffix=element.get(f"{STYLE}num-suffix", ""),
            shown=_number(element.get(f"{TEXT}display-levels"), 1),
            start=_number(element.get(f"{TEXT}start-value"), 1),
        )
    return found


def _number(text: str | None, default: int) -> int:
    return min(int(text), 30_000) if text and text.isdecimal() else default


class _Counter:
    """Counts along one list or the headings of a document."""

    def __init__(self, levels: Mapping[int, _Level]) -> None:
        self.levels = levels
        self.counts: dict[int, int] = {}

    def next_label(self, depth: int, start: int | None = None) -> str | None:
        """What is printed before the next item; None where nothing is."""
        level = self.levels.get(depth)
        first = start if start is not None else level.start if level else 1
        again = start is None and depth in self.counts
        self.counts[depth] = self.counts[depth] + 1 if again else first
        for deeper in [at for at in self.counts if at > depth]:
            del self.counts[deeper]
        if level is None or not level.form:
            return None
        shown = range(max(1, depth - level.shown + 1), depth + 1)
        numerals = [
            numeral(self.counts.get(at, 1), self.levels.get(at, level).form)
            for at in shown
        ]
        return level.prefix + ".".join(filter(None, numerals)) + level.suffix


def _numbers_printed(root: Any, styles: Any) -> None:
    lists: dict[str, dict[int, _Level]] = {}
    outline: dict[int, _Level] = {}
    for part in (styles, root):
        if part is None:
            continue
        for style in part.iter(f"{TEXT}list-style"):
            name = style.get(f"{STYLE}name", "")
            lists[name] = _levels(style, "list-level-style-number")
        for style in part.iter(f"{TEXT}outline-style"):
            outline = _levels(style, "outline-level-style")
    _number_headings(root, _Counter(outline))
    _number_lists(root, lists)


def _number_headings(root: Any, counter: _Counter) -> None:
    for heading in root.iter(f"{TEXT}h"):
        if heading.get(f"{TEXT}is-list-header") == "true":
            continue
        depth = _number(heading.get(f"{TEXT}outline-level"), 1)
        in_list = next(heading.iterancestors(f"{TEXT}list"), None) is not None
        label = None if in_list else counter.next_label(depth)
        if label:
            heading.text = f"{label.strip()} {heading.text or ''}"


def _number_lists(
    root: Any, lists: Mapping[str, Mapping[int, _Level]]
) -> None:
    """The printed number before the first paragraph of each item of a numbered list."""
    kept: dict[str, _Counter] = defaultdict(lambda: _Counter({}))
    for outer in root.iter(f"{TEXT}list"):
        if next(outer.iterancestors(f"{TEXT}list"), None) is not None:
            continue
        name = outer.get(f"{TEXT}style-name", "")
        goes_on = (
            outer.get(f"{TEXT}continue-numbering") == "true"
            or outer.get(f"{TEXT}continue-list") is not None
        )
        if not goes_on:
            kept[name] = _Counter(lists.get(name, {}))
        _number_items(outer, 1, kept[name], lists)


def _number_items(
    items: Any,
    depth: int,
    counter: _Counter,
    lists: Mapping[str, Mapping[int, _Level]],
) -> None:
    own = lists.get(items.get(f"{TEXT}style-name", ""))
    if own and depth > 1:
        counter.levels = {**counter.levels, depth: own.get(depth, _Level())}
    for item in items.iterchildren(f"{TEXT}list-item"):
        first = next(item.iterchildren(f"{TEXT}p", f"{TEXT}h"), None)
        if first is not None:
            start = item.get(f"{TEXT}start-value")
            label = counter.next_label(
                depth, _number(start, 1) if start else None
            )
            if label:
                heads = first.tag == f"{TEXT}h"
                text = (
                    f"{label.strip()} "
                    if heads
                    else marks.numbered(label.strip())
                )
                first.text = text + (first.text or "")
        for inner in item.iterchildren(f"{TEXT}list"):
            _number_items(inner, depth + 1, counter, lists)
