"""Pandoc's tree to blocks: https://hackage.haskell.org/package/pandoc-types has its nodes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kb.extract.characters import visible
from kb.extract.markup import marks
from kb.extract.markup.inlines import (
    Inlines,
    is_strong,
    links_of,
    plain_words,
    run_in_title,
)
from kb.extract.markup.number_formats import numeral
from kb.extract.markup.prepared import Note
from kb.extract.markup.table_grid import grid_of
from kb.records import Block

_DELIMITERS = {"OneParen": "{})", "TwoParens": "({})"}  # else "{}."
_TEXT = ("Para", "Plain")
RUN_IN = (
    9  # the rank of a title that stands in bold at the front of its paragraph
)


@dataclass(slots=True)
class Walk:
    """A walk through a tree: where it is, notes not yet placed, and blocks so far.

    `numbered` says that the printed label of a page is its number; `set_apart` are notes
    and `inserts` blocks that the text points to with the marks of `marks`.
    """

    numbered: bool = False
    set_apart: Sequence[Note] = ()
    page: int = 1
    labels: dict[int, str | None] = field(default_factory=dict)  # by page
    blocks: list[Block] = field(default_factory=list)
    inserts: list[Sequence[Block]] = field(default_factory=list)
    _notes: list[Any] = field(default_factory=list)
    _ahead: list[str | None] = field(
        default_factory=list
    )  # labels of pages to come
    _count: int = 0

    def through(self, tree: dict[str, Any]) -> None:
        """Make blocks of a whole tree; its title is a heading of level 0."""
        title = tree.get("meta", {}).get("title")
        if title is not None:
            self._add("heading", _meta_text(title), level=0)
        self._blocks(tree.get("blocks", []))

    # -- one block

    def _add(self, kind: str, text: str, **values: Any) -> None:
        """A block with the pages its marks tell; then the notes it held."""
        raw = _clean(self._printed(text))
        places, text = marks.notes_of(text)
        first, text = self._turned(text)
        if text or values.get("rows"):
            page_end = self.page if self.page != first else None
            label_end = self._label(self.page) if page_end else None
            label = self._label(first)
            self.blocks.append(
                Block(
                    kind,
                    text,
                    page=first,
                    label=label,
                    page_end=page_end,
                    label_end=label_end,
                    label_origin="none" if label is None else "printed",
                    raw=raw if raw != text else None,
                    **values,
                )
            )
        self._place_notes(places)

    def _turned(self, text: str) -> tuple[int, str]:
        """The page on which a text begins, and the text; page marks in it are passed."""
        opening = len(text) - len(text.lstrip(marks.PAGE + " "))
        self._turn(text[:opening].count(marks.PAGE))
        first = self.page
        self._turn(text[opening:].count(marks.PAGE))
        return first, _clean(text)

    def _printed(self, text: str) -> str:
        """A text with the marks of its notes, which are numbered as they come."""
        first = self._count + 1
        own = map(str, range(first, first + len(self._notes)))
        return marks.printed(text, own, [note.mark for note in self.set_apart])

    def _turn(self, pages: int) -> None:
        for _ in range(pages):
            self.page += 1
            self.labels[self.page] = (
                self._ahead.pop(0) if self._ahead else None
            )

    def _label(self, page: int) -> str | None:
        return str(page) if self.numbered else self.labels.get(page)

    def _place_notes(self, places: Sequence[int]) -> None:
        found, self._notes = self._notes, []
        for nodes in found:
            self._count += 1
            self._add("footnote", self._text_of(nodes), mark=str(self._count))
        for place in places:
            if place < len(self.set_apart):
                note = self.set_apart[place]
                self._add("footnote", note.text, mark=note.mark)

    # -- inlines

    def _text(self, inlines: Sequence[Any]) -> str:
        """The text of inline nodes; notes are put aside, page marks kept."""
        found = Inlines()
        text = found.text(inlines)
        self._notes += found.notes
        self._ahead += found.labels
        return text

    def _text_of(self, nodes: Sequence[Any]) -> str:
        """The text of the paragraphs among some blocks."""
        return " ".join(
            self._text(node["c"]) for node in nodes if node["t"] in _TEXT
        )

    # -- blocks

    def _blocks(self, nodes: Sequence[Any]) -> None:
        for node in nodes:
            step = _STEPS.get(node["t"])
            if step is not None:
                step(self, node.get("c"))

    def _header(self, content: Any) -> None:
        self._add("heading", self._text(content[2]), level=content[0])

    def _paragraph(self, inlines: Sequence[Any]) -> None:
        """A paragraph; its marks and links may tell that it is something else."""
        text = self._text(inlines)
        place = marks.insert_of(text)
        if place is not None and place < len(self.inserts):
            self._insert(self.inserts[place])
            return
        number, rest = marks.number_of(text)
        rank = marks.rank_of(rest.lstrip()) or (
            1 if is_strong(inlines) else None
        )
        if rest.startswith(marks.CONTENTS) or links_of(inlines, "#_Toc"):
            self._add("toc", f"{number or ''} {rest}")
        elif number is not None and rank is None:
            self._add("list", rest, mark=number)
        elif rank is None and (title := run_in_title(inlines)):
            held, self._notes = self._notes, []  # of what follows the title
            self._add("paragraph", title, level=RUN_IN)
            self._notes = held
            self._add("paragraph", Inlines().text(inlines[1:]))
        else:
            self._add("paragraph", f"{number or ''} {rest}", level=rank)

    def _insert(self, blocks: Sequence[Block]) -> None:
        """Blocks of another file, on the page where it stands."""
        label = self._label(self.page)
        self.blocks += [
            replace(b, page=self.page, label=label) for b in blocks
        ]

    def _lines(self, lines: Sequence[Any]) -> None:
        self._add("paragraph", " ".join(map(self._text, lines)))

    def _code(self, content: Any) -> None:
        self._add("paragraph", content[1])

    def _quote(self, nodes: Sequence[Any]) -> None:
        self._renamed(nodes, "quote")

    def _renamed(self, nodes: Sequence[Any], kind: str) -> int:
        """Blocks of which the paragraphs are of another kind; where they begin."""
        start = len(self.blocks)
        self._blocks(nodes)
        self.blocks[start:] = [
            replace(block, kind=kind, level=None)
            if block.kind == "paragraph"
            else block
            for block in self.blocks[start:]
        ]
        return start

    def _bullets(self, items: Sequence[Any]) -> None:
        for item in items:
            self._renamed(item, "list")

    def _ordered(self, content: Any) -> None:
        """An ordered list with its numbers as printed."""
        (number, style, delimiter), items = content
        pattern = _DELIMITERS.get(delimiter["t"], "{}.")
        for item in items:
            start = self._renamed(item, "list")
            self._number(start, pattern.format(numeral(number, style["t"])))
            number += 1

    def _number(self, at: int, label: str) -> None:
        """The number of an item, where it does not print one of its own."""
        if at < len(self.blocks):
            block = self.blocks[at]
            if block.kind == "list" and block.mark is None:
                self.blocks[at] = replace(block, mark=label)

    def _definitions(self, content: Any) -> None:
        for term, definitions in content:
            name = self._text(term)
            for definition in definitions:
                self._add("paragraph", f"{name}: {self._text_of(definition)}")

    def _table(self, content: Any) -> None:
        self._caption(content[1])
        grid = grid_of(content)
        rows = tuple(tuple(map(self._cell, row)) for row in grid)
        rows = tuple(row for row in rows if any(row))
        if rows and max(map(len, rows)) == 1:
            for row in rows:  # a table of one column is a box around text
                self._add("paragraph", row[0])
            return
        text = "\n".join(" | ".join(row) for row in rows)
        places, _ = marks.notes_of(text)
        clean = tuple(tuple(map(_clean_cell, row)) for row in rows)
        self._add("table", marks.notes_of(text)[1], rows=clean)
        self._place_notes(places)

    def _cell(self, nodes: Sequence[Any]) -> str:
        """The text of a cell; its notes follow the table.

        A few plain words, as nearly all cells hold, need no walk of their own: 180,000
        cells took 5.5 processor seconds with one, 3.2 without.
        """
        if not nodes:
            return ""
        words = plain_words(nodes[0]["c"]) if _is_text(nodes) else None
        if words is not None:
            return _clean(words)
        holder = Walk(numbered=self.numbered)
        holder._blocks(nodes)
        self._notes += holder._notes
        self._ahead += holder.labels.values()
        turned = marks.PAGE * (holder.page - 1)
        notes = [block for block in holder.blocks if block.kind == "footnote"]
        self._notes += [
            [{"t": "Para", "c": _plain(note.text)}] for note in notes
        ]
        return turned + " ".join(
            b.text for b in holder.blocks if b not in notes
        )

    def _figure(self, content: Any) -> None:
        _, caption, body = content
        self._blocks([node for node in body if node["t"] not in _TEXT])
        self._caption(caption)

    def _caption(self, caption: Any) -> None:
        if caption[1]:
            self._add("caption", self._text_of(caption[1]))

    def _division(self, content: Any) -> None:
        self._blocks(content[1])


_STEPS: dict[str, Callable[[Walk, Any], None]] = {
    "Header": Walk._header,
    "Para": Walk._paragraph,
    "Plain": Walk._paragraph,
    "LineBlock": Walk._lines,
    "CodeBlock": Walk._code,
    "BlockQuote": Walk._quote,
    "BulletList": Walk._bullets,
    "OrderedList": Walk._ordered,
    "DefinitionList": Walk._definitions,
    "Table": Walk._table,
    "Figure": Walk._figure,
    "Div": Walk._division,
}


def _is_text(nodes: Sequence[Any]) -> bool:
    return len(nodes) == 1 and nodes[0]["t"] in _TEXT


def _plain(text: str) -> list[dict[str, str]]:
    return [{"t": "Str", "c": text}]


def _clean_cell(cell: str) -> str:
    return marks.without(marks.notes_of(cell)[1])


# -- metadata

_META = {
    "title": "title",
    "date": "issued",
    "lang": "language",
    "publisher": "publisher",
    "subtitle": "subtitle",
}


def metadata_of_tree(tree: dict[str, Any]) -> dict[str, Any]:
    """Title, authors (a list of names) and date that the document's own header gives."""
    meta = tree.get("meta", {})
    found: dict[str, Any] = {}
    for name, key in _META.items():
        if name in meta and (text := _meta_text(meta[name])):
            found[key] = text
    authors = meta.get("author") or meta.get("creator")
    if authors is not None:
        values = authors["c"] if authors["t"] == "MetaList" else [authors]
        found["author"] = [
            text for value in values if (text := _meta_text(value))
        ]
    return found


def _meta_text(value: dict[str, Any]) -> str:
    kind, content = value["t"], value.get("c")
    if kind == "MetaString":
        return visible(str(content))
    if kind == "MetaInlines":
        text = visible(marks.without(Inlines().text(content or ())))
        return re.sub(r"\s+", " ", text).strip()
    if kind == "MetaBlocks":
        texts = (
            Inlines().text(b["c"]) for b in content or () if b["t"] in _TEXT
        )
        return visible(" ".join(texts)).strip()
    if kind == "MetaList":
        return ", ".join(filter(None, map(_meta_text, content or ())))
    return ""


def _clean(text: str) -> str:
    """A text without our marks and signs that nobody sees, each gap one space."""
    return re.sub(r"\s+", " ", visible(marks.without(text))).strip()
