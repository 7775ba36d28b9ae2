"""The text of one part of a Word file, on its way to be read: the steps, one by one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from kb.extract.markup import marks
from kb.extract.markup.docx_numbering import Numbering, Style, W, is_on, value
from kb.extract.markup.xml_tools import removed, unwrapped

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_HEADING_STYLE = re.compile(
    r"(?:heading|kop) ?\d|title|titel|subtitle|ondertitel"
)
_CONTENTS_STYLE = re.compile(r"(?:toc|inhopg) ?\d")
_LONGEST_HEADING = 14  # words
_TOO_SMALL = 3  # half points
_MOST_SPAN = 200  # columns


class DocumentPart:
    """One part of a Word file (its body, its notes) on its way to be read."""

    def __init__(
        self, root: Any, styles: Mapping[str, Style], numbering: Numbering
    ) -> None:
        self.root = root
        self.styles = styles
        self.numbering = numbering

    def make_ready(self) -> None:
        """All steps in the order in which each may lean on the one before."""
        for step in _STEPS:
            step(self)

    def is_numbered(self, style: str) -> bool:
        """Whether paragraphs of a style print a number by that style."""
        number, level = self._number_of_style(style)
        return number is not None and self.numbering.is_numbered(number, level)

    def _number_of_style(self, name: str) -> tuple[str | None, int]:
        style = self.styles.get(name, Style())
        if style.number is None:
            return None, 0
        tied = self.numbering.level_of_style(style.number, name)
        return style.number, tied if tied is not None else int(
            style.level or 0
        )

    def _style(self, paragraph: Any) -> Style:
        return self.styles.get(
            value(paragraph, "w:pPr/w:pStyle") or "", Style()
        )

    # -- steps

    def unseen_out(self) -> None:
        """Deleted and hidden text, and prompts of fields that nobody filled in."""
        removed(self.root.iter(f"{W}del", f"{W}moveFrom"))
        unwrapped(self.root.iter(f"{W}ins", f"{W}moveTo"))
        removed(filter(_is_prompt, self.root.iter(f"{W}sdt")))
        removed(filter(self._is_unseen, self.root.iter(f"{W}r")))

    def _is_unseen(self, run: Any) -> bool:
        """Whether a run is hidden or struck out, by itself or by its style."""
        character = self.styles.get(
            value(run, "w:rPr/w:rStyle") or "", Style()
        )
        paragraph = next(run.iterancestors(f"{W}p"), None)
        above = self._style(paragraph) if paragraph is not None else Style()
        hidden = (is_on(run, "w:rPr/w:vanish"), character.hidden, above.hidden)
        struck = (
            is_on(run, "w:rPr/w:strike"),
            is_on(run, "w:rPr/w:dstrike"),
            character.struck,
            above.struck,
        )
        return _first_said(hidden) or _first_said(struck) or _is_invisible(run)

    def fields_shown(self) -> None:
        """Fields as their last result."""
        unwrapped(self.root.iter(f"{W}fldSimple"))
        removed(
            self.root.iter(f"{W}fldChar", f"{W}instrText", f"{W}delInstrText")
        )

    def boxes_out_of_line(self) -> None:
        """Text boxes after the paragraph they hang on; they head no section."""
        for choice in list(self.root.iter(f"{_MC}AlternateContent")):
            _choose(choice)
        for box in list(self.root.iter(f"{W}txbxContent")):
            host = next(box.iterancestors(f"{W}p"), None)
            if host is None:
                continue
            for place, block in enumerate(list(box)):
                removed(block.iter(f"{W}pStyle"))
                host.getparent().insert(
                    host.getparent().index(host) + 1 + place, block
                )
        for tag in (f"{W}pict", f"{W}drawing", f"{W}object"):
            removed(self.root.iter(tag))

    def spans_filled(self) -> None:
        """A copy of a cell in each column and row it spans; pandoc goes by widths."""
        for grid in self.root.iter(f"{W}tbl"):
            above: list[Any] = []
            for row in grid.iterchildren(f"{W}tr"):
                for cell in list(row.iterchildren(f"{W}tc")):
                    _widen(cell)
                cells = list(row.iterchildren(f"{W}tc"))
                for column, cell in enumerate(cells):
                    if _goes_down(cell) and column < len(above):
                        cells[column] = _put_copy(cell, above[column])
                above = cells

    def pages_marked(self) -> None:
        """A mark where Word last began a page."""
        for element in list(self.root.iter(f"{W}lastRenderedPageBreak")):
            piece = self.root.makeelement(f"{W}t")
            piece.text = marks.PAGE
            element.getparent().replace(element, piece)

    def numbers_printed(self) -> None:
        """The printed number before each paragraph that has one."""
        for paragraph in self.root.iter(f"{W}p"):
            number, level = self._number(paragraph)
            if number is None or not (
                label := self.numbering.next_label(number, level)
            ):
                continue
            removed(paragraph.iter(f"{W}numPr"))
            heads = self._style(paragraph).outline is not None
            text = f"{label} " if heads else marks.numbered(label)
            _put_first(paragraph, run_of(self.root, text))

    def _number(self, paragraph: Any) -> tuple[str | None, int]:
        """The list and level of a paragraph, its own or those of its style."""
        style = value(paragraph, "w:pPr/w:pStyle") or ""
        of_style, level = self._number_of_style(style)
        own = value(paragraph, "w:pPr/w:numPr/w:numId")
        own_level = value(paragraph, "w:pPr/w:numPr/w:ilvl")
        number = own if own is not None else of_style
        if number is None or number == "0" or not _text_of(paragraph).strip():
            return None, 0
        return number, int(
            own_level
        ) if own_level and own_level.isdecimal() else level

    def contents_marked(self) -> None:
        """Lines of a table of contents, told by their style."""
        for paragraph in self.root.iter(f"{W}p"):
            if _CONTENTS_STYLE.fullmatch(self._style(paragraph).name):
                _put_first(paragraph, run_of(self.root, marks.CONTENTS))

    def headings_marked(self) -> None:
        """Short paragraphs set in bold, ranked by the size of their type."""
        found = [
            p for p in self.root.iter(f"{W}p") if self._is_set_as_heading(p)
        ]
        sizes = {id(p): _size(p) for p in found}
        ranks = {
            size: at
            for at, size in enumerate(sorted(set(sizes.values()))[::-1], 1)
        }
        for paragraph in found:
            mark = marks.heading(ranks[sizes[id(paragraph)]])
            _put_first(paragraph, run_of(self.root, mark))

    def _is_set_as_heading(self, paragraph: Any) -> bool:
        if _HEADING_STYLE.match(self._style(paragraph).name):
            return False
        runs = [
            run for run in paragraph.iter(f"{W}r") if _text_of(run).strip()
        ]
        bold = bool(runs) and all(is_on(run, "w:rPr/w:b") for run in runs)
        in_table = next(paragraph.iterancestors(f"{W}tc"), None) is not None
        short = len(_text_of(paragraph).split()) <= _LONGEST_HEADING
        return bold and short and not in_table


_STEPS: tuple[Callable[[DocumentPart], None], ...] = (
    DocumentPart.unseen_out,
    DocumentPart.fields_shown,
    DocumentPart.boxes_out_of_line,
    DocumentPart.spans_filled,
    DocumentPart.headings_marked,
    DocumentPart.numbers_printed,
    DocumentPart.contents_marked,
    DocumentPart.pages_marked,
)


def _first_said(values: tuple[bool | None, ...]) -> bool:
    return next((value for value in values if value is not None), False)


def _is_invisible(run: Any) -> bool:
    """White type on the white of the page, or type too small to see."""
    size = value(run, "w:rPr/w:sz") or ""
    if size.isdecimal() and int(size) <= _TOO_SMALL:
        return True
    if (value(run, "w:rPr/w:color") or "").upper() != "FFFFFF":
        return False
    shaded = run.find(f"{W}rPr/{W}shd") is not None
    marked = run.find(f"{W}rPr/{W}highlight") is not None
    return not (
        shaded or marked or any(map(_is_coloured, run.iterancestors()))
    )


def _is_coloured(element: Any) -> bool:
    """Whether a paragraph, cell or box may have a ground of its own."""
    if element.tag in (f"{W}txbxContent", f"{W}tbl"):
        return True
    return element.find(f"{W}pPr/{W}shd") is not None


def _is_prompt(field: Any) -> bool:
    return field.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _choose(choice: Any) -> None:
    """Of the forms of one drawing the first that holds text, else the first."""
    forms = [form for form in choice if form.tag.startswith(_MC)]
    said = [
        form for form in forms if form.find(f".//{W}txbxContent") is not None
    ]
    kept = next(iter(said or forms), None)
    removed(form for form in forms if form is not kept)
    unwrapped([kept, choice] if kept is not None else [choice])


def _widen(cell: Any) -> None:
    """One cell for each column that a cell spans."""
    span = value(cell, "w:tcPr/w:gridSpan")
    removed(cell.iterfind(f"{W}tcPr/{W}gridSpan"))
    for _ in range(
        min(int(span), _MOST_SPAN) - 1 if span and span.isdecimal() else 0
    ):
        cell.addnext(deepcopy(cell))


def _goes_down(cell: Any) -> bool:
    """Whether a cell is the lower part of one that began above."""
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    return (
        merged is not None and merged.get(f"{W}val", "continue") == "continue"
    )


def _put_copy(cell: Any, above: Any) -> Any:
    copy = deepcopy(above)
    removed(copy.iterfind(f"{W}tcPr/{W}vMerge"))
    cell.getparent().replace(cell, copy)
    return copy


def _text_of(element: Any) -> str:
    return "".join(piece.text or "" for piece in element.iter(f"{W}t"))


def _size(paragraph: Any) -> int:
    """The size of the type of a paragraph in half points; 0 when only its style has it."""
    sizes = (value(run, "w:rPr/w:sz") for run in paragraph.iter(f"{W}r"))
    return max(
        (int(size) for size in sizes if size and size.isdecimal()), default=0
    )


def _put_first(paragraph: Any, run: Any) -> None:
    """A run before all text of a paragraph, behind its properties."""
    properties = paragraph.find(f"{W}pPr")
    paragraph.insert(0 if properties is None else 1, deepcopy(run))


def run_of(root: Any, text: str) -> Any:
    run = root.makeelement(f"{W}r")
    piece = root.makeelement(f"{W}t")
    piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    piece.text = text
    run.append(piece)
    return run
