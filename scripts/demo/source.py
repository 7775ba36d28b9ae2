"""Read the text of a demo document: YAML front matter and a small Markdown dialect."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

DISCLAIMER = (
    "Voorbeelddocument. De organisatie, het onderzoek en de cijfers zijn verzonnen "
    "voor dit project; "
    "de genoemde gemeenten en de aangehaalde literatuur bestaan echt, de uitkomsten niet."
)
RUNNING = "Voorbeelddocument, verzonnen voor dit project"
_REFERENCES = re.compile(
    r"^(Literatuur|Bronnen|Referenties|Geraadpleegde literatuur)\b"
)
_NOTE = re.compile(r"^\[\^(\d+)\]: ")
_STARTS = {
    "- ": "item",
    "> ": "quote",
    "| ": "table",
    ": ": "caption",
    "~ ": "byline",  # who wrote a part of a collection, under its title
    "```": "bars",
}


@dataclass(frozen=True, slots=True)
class Item:
    """A block of the text. `level` counts for headings, `rows` for tables and bars."""

    # heading, paragraph, item, numbered, quote, table, caption, byline, bars, reference,
    # break
    kind: str
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A demo document: what it says of itself, its blocks, its footnotes by number.

    Its text as written.
    """

    name: str
    meta: dict[str, Any]
    items: tuple[Item, ...]
    notes: dict[str, str]
    markdown: str


def read_source(path: Path) -> Source:
    """The document written in `path`.

    Raises ValueError when its front matter is missing.
    """
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    notes: dict[str, str] = {}
    items: list[Item] = []
    for chunk in re.split(r"\n\s*\n", body.strip()):
        note = _NOTE.match(chunk)
        if note:
            notes[note.group(1)] = _joined(chunk[note.end() :])
        else:
            items += _items(chunk, in_references=_in_references(items))
    return Source(
        path.stem,
        yaml.safe_load(front),
        tuple(items),
        notes,
        body.strip() + "\n",
    )


def _in_references(items: list[Item]) -> bool:
    headings = [item for item in items if item.kind == "heading"]
    return bool(headings) and bool(_REFERENCES.match(headings[-1].text))


def _joined(text: str) -> str:
    return " ".join(text.split())


def _cells(lines: list[str]) -> tuple[tuple[str, ...], ...]:
    rows = (
        tuple(
            cell.strip()
            for cell in line.strip()
            .removeprefix("|")
            .removesuffix("|")
            .split("|")
        )
        for line in lines
    )
    return tuple(
        row for row in rows if not all(set(cell) <= {"-", ":"} for cell in row)
    )


def _items(chunk: str, in_references: bool) -> list[Item]:
    """The blocks of a chunk of text between blank lines.

    How it begins tells what it is. A list makes a block of each of its items,
    all else is one; plain text is a reference below the heading of the
    references, and a paragraph elsewhere.
    """
    heading = re.match(r"(#+) (.*)", chunk)
    if heading:
        return [Item("heading", heading.group(2), len(heading.group(1)))]
    if chunk == "\\newpage":
        return [Item("break")]
    if re.match(r"\d+\. ", chunk):
        return _each("numbered", re.split(r"\n(?=\d+\. )", chunk))
    kind = _kind_of(chunk)
    if kind == "item":
        return _each(kind, filter(None, re.split(r"(?:^|\n)- ", chunk)))
    if kind == "paragraph":
        return [Item("reference" if in_references else kind, _joined(chunk))]
    return [_marked(kind, chunk)]


def _kind_of(chunk: str) -> str:
    """What the first characters of a chunk say that it is."""
    for start, kind in _STARTS.items():
        if chunk.startswith(start):
            return kind
    return "paragraph"


def _each(kind: str, parts: Iterable[str]) -> list[Item]:
    return [Item(kind, _joined(part)) for part in parts]


def _marked(kind: str, chunk: str) -> Item:
    """A block without the marks that show its kind.

    A quote has one before each line, bars a line of them above and below, a
    caption or byline one at its begin.
    """
    lines = chunk.splitlines()
    if kind == "table":
        return Item(kind, rows=_cells(lines))
    if kind == "bars":
        return Item(kind, rows=_cells(lines[1:-1]))
    if kind == "quote":
        return Item(kind, _joined(" ".join(line[2:] for line in lines)))
    return Item(kind, _joined(chunk[2:]))
