"""Pandoc's tree to blocks: https://hackage.haskell.org/package/pandoc-types gives its nodes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.records import Block

PAGE_MARK = "\ue000"  # a private character that `word` puts where a page begins
_WITH_ATTRIBUTES = ("Span", "Link", "Image", "Code")
_QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}
_SPACES = ("Space", "SoftBreak", "LineBreak")


@dataclass(slots=True)
class Reading:
    """Where the walk through the tree is: page, printed label, notes not yet placed, blocks so far."""

    numbered: bool = False
    page: int = 1
    label: str | None = None
    notes: list[list[Any]] = field(default_factory=list)
    count: int = 0
    blocks: list[Block] = field(default_factory=list)

    def add(self, kind: str, text: str, **values: Any) -> None:
        """A block of `text`, with the pages its marks tell; then the notes it held."""
        first, text = self._turn(text)
        if text or values.get("rows"):
            page_end = self.page if self.page != first else None
            label, label_end = (
                self._label(first),
                self._label(self.page) if page_end else None,
            )
            self.blocks.append(
                Block(
                    kind,
                    text,
                    page=first,
                    page_end=page_end,
                    label=label,
                    label_end=label_end,
                    **values,
                )
            )
        notes, self.notes = self.notes, []
        for note in notes:
            self.count += 1
            self._add_note(note, str(self.count))

    def _turn(self, text: str) -> tuple[int, str]:
        opening = len(text) - len(text.lstrip(PAGE_MARK + " "))
        self.page += text[:opening].count(PAGE_MARK)
        first = self.page
        self.page += text[opening:].count(PAGE_MARK)
        return first, re.sub(r"\s+", " ", text.replace(PAGE_MARK, "")).strip()

    def _label(self, page: int) -> str | None:
        return str(page) if self.numbered else self.label

    def _add_note(self, note: list[Any], mark: str) -> None:
        text = " ".join(
            inline_text(b["c"], self) for b in note if b["t"] in ("Para", "Plain")
        )
        self.add("footnote", text, mark=mark)


def blocks_of_tree(
    tree: dict[str, Any], numbered_pages: bool = False
) -> tuple[Block, ...]:
    """The blocks of a pandoc tree. With `numbered_pages` the printed label of a page is its number."""
    reading = Reading(numbered=numbered_pages)
    title = tree.get("meta", {}).get("title")
    if title is not None:
        reading.add("heading", _meta_text(title), level=0)
    _walk(tree.get("blocks", []), reading)
    return tuple(reading.blocks)


def metadata_of_tree(tree: dict[str, Any]) -> dict[str, Any]:
    """Title, author (a list of names) and date that the document's own header gives."""
    meta = tree.get("meta", {})
    found: dict[str, Any] = {}
    for name, key in (
        ("title", "title"),
        ("date", "issued"),
        ("lang", "language"),
        ("publisher", "publisher"),
        ("subtitle", "subtitle"),
    ):
        if name in meta and (text := _meta_text(meta[name])):
            found[key] = text
    authors = meta.get("author") or meta.get("creator")
    if authors is not None:
        values = authors["c"] if authors["t"] == "MetaList" else [authors]
        found["author"] = [text for value in values if (text := _meta_text(value))]
    return found


def _meta_text(value: dict[str, Any]) -> str:
    kind: str = value["t"]
    content: Any = value.get("c")
    if kind == "MetaString":
        return str(content)
    if kind == "MetaInlines":
        return re.sub(r"\s+", " ", inline_text(content, Reading())).strip()
    if kind == "MetaBlocks":
        return " ".join(
            inline_text(b["c"], Reading())
            for b in content
            if b["t"] in ("Para", "Plain")
        ).strip()
    if kind == "MetaList":
        return ", ".join(filter(None, map(_meta_text, content)))
    return ""


# -- inlines


def inline_text(inlines: Sequence[Any], reading: Reading) -> str:
    """The text of inline nodes; notes are put aside in `reading`, page marks kept."""
    return "".join(_pieces(inlines, reading))


def _pieces(inlines: Sequence[Any], reading: Reading) -> Iterator[str]:
    for node in inlines:
        kind, content = node["t"], node.get("c")
        if kind == "Str":
            yield content
        elif kind in _SPACES:
            yield " "
        elif kind == "Quoted":
            opening, closing = _QUOTES[content[0]["t"]]
            yield opening + inline_text(content[1], reading) + closing
        elif kind == "Note":
            reading.notes.append(content)
        elif kind in ("Code", "Math"):
            yield content[1]
        elif kind == "Cite":
            yield inline_text(content[1], reading)
        elif kind in _WITH_ATTRIBUTES:
            yield _span(kind, content, reading)
        elif kind not in ("RawInline",):
            yield inline_text(content, reading)


def _span(kind: str, content: Any, reading: Reading) -> str:
    identifier, classes, pairs = content[0]
    attributes = dict(pairs)
    if kind == "Image":
        return ""
    if (
        attributes.get("epub:type") == "pagebreak"
        or attributes.get("role") == "doc-pagebreak"
        or "pagebreak" in classes
    ):
        label = (
            attributes.get("title")
            or attributes.get("aria-label")
            or re.sub(r"\D", "", identifier)
        )
        reading.label = label or reading.label
        return PAGE_MARK
    return inline_text(content[1], reading)


# -- blocks


def _walk(nodes: Sequence[Any], reading: Reading) -> None:
    for node in nodes:
        kind, content = node["t"], node.get("c")
        if kind == "Header":
            reading.add("heading", inline_text(content[2], reading), level=content[0])
        elif kind in ("Para", "Plain"):
            reading.add(*_paragraph(content, reading))
        elif kind == "LineBlock":
            reading.add(
                "paragraph", " ".join(inline_text(line, reading) for line in content)
            )
        elif kind == "CodeBlock":
            reading.add("paragraph", content[1])
        elif kind == "BlockQuote":
            _quote(content, reading)
        elif kind in ("BulletList", "OrderedList"):
            _list(kind, content, reading)
        elif kind == "DefinitionList":
            _definitions(content, reading)
        elif kind == "Table":
            _table(content, reading)
        elif kind == "Figure":
            _figure(content, reading)
        elif kind == "Div":
            _walk(content[1], reading)


def _paragraph(inlines: Sequence[Any], reading: Reading) -> tuple[str, str]:
    """A line of a table of contents is a link to a heading; anything else is a paragraph."""
    solid = [node for node in inlines if node["t"] not in _SPACES]
    links = [
        node
        for node in solid
        if node["t"] == "Link" and str(node["c"][2][0]).startswith("#_Toc")
    ]
    text = inline_text(inlines, reading)
    return ("toc" if links and len(links) == len(solid) else "paragraph"), text


def _quote(nodes: Sequence[Any], reading: Reading) -> None:
    start = len(reading.blocks)
    _walk(nodes, reading)
    _rename(reading, start, {"paragraph": "quote"})


def _rename(reading: Reading, start: int, names: dict[str, str]) -> None:
    from dataclasses import replace

    reading.blocks[start:] = [
        replace(b, kind=names.get(b.kind, b.kind)) for b in reading.blocks[start:]
    ]


def _list(kind: str, content: Any, reading: Reading) -> None:
    items = content if kind == "BulletList" else content[1]
    number = content[0][0] if kind == "OrderedList" else 0
    for item in items:
        start = len(reading.blocks)
        _walk(item, reading)
        _rename(reading, start, {"paragraph": "list"})
        if (
            kind == "OrderedList"
            and start < len(reading.blocks)
            and reading.blocks[start].kind == "list"
        ):
            _number(reading, start, f"{number}. ")
        number += 1


def _number(reading: Reading, at: int, mark: str) -> None:
    from dataclasses import replace

    reading.blocks[at] = replace(
        reading.blocks[at], text=mark + reading.blocks[at].text
    )


def _definitions(content: Any, reading: Reading) -> None:
    for term, definitions in content:
        name = inline_text(term, reading)
        for definition in definitions:
            texts = [
                inline_text(b["c"], reading)
                for b in definition
                if b["t"] in ("Para", "Plain")
            ]
            reading.add("paragraph", f"{name}: {' '.join(texts)}")


def _table(content: Any, reading: Reading) -> None:
    _, caption, _, head, bodies, foot = content
    if caption[1]:
        reading.add(
            "caption",
            " ".join(
                inline_text(b["c"], reading)
                for b in caption[1]
                if b["t"] in ("Para", "Plain")
            ),
        )
    rows = [
        *head[1],
        *(row for body in bodies for row in (*body[2], *body[3])),
        *foot[1],
    ]
    cells = [tuple(_cell(cell, reading) for cell in row[1]) for row in rows]
    filled = tuple(row for row in cells if any(row))
    if len(filled) and max(len(row) for row in filled) == 1:
        for row in filled:  # a table of one column is a box around text
            reading.add("paragraph", row[0])
        return
    clean = tuple(tuple(cell.replace(PAGE_MARK, "") for cell in row) for row in filled)
    reading.add("table", "\n".join(" | ".join(row) for row in filled), rows=clean)


def _cell(cell: Any, reading: Reading) -> str:
    holder = Reading(numbered=reading.numbered)
    _walk(cell[4], holder)
    turned = PAGE_MARK * (holder.page - 1)
    return turned + " ".join(
        block.text for block in holder.blocks if block.kind != "footnote"
    )


def _figure(content: Any, reading: Reading) -> None:
    _, caption, body = content
    _walk([b for b in body if b["t"] not in ("Plain", "Para")], reading)
    if caption[1]:
        reading.add(
            "caption",
            " ".join(
                inline_text(b["c"], reading)
                for b in caption[1]
                if b["t"] in ("Para", "Plain")
            ),
        )
