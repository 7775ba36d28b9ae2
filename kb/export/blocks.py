"""How is a section told to pandoc? Its blocks and inlines as JSON."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import Any

Ast = dict[str, Any]
_TOKEN = re.compile(r"<(/?)(\w+)(?:\s+href=\"([^\"]*)\")?[^>]*>|([^<]+)")
_MARKS = {
    "i": "Emph",
    "b": "Strong",
    "sup": "Superscript",
    "sub": "Subscript",
    "u": "Underline",
    "s": "Strikeout",
}
_PLAIN: list[Any] = ["", [], []]  # no id, no classes, no attributes
_WIDE = 12  # characters of a cell from which a column needs room to wrap


def strings(text: str) -> list[Ast]:
    """Plain text as pandoc's inlines."""
    parts = re.split(r"(\s+)", text)
    return [
        {"t": "LineBreak" if "\n" in part else "Space"}
        if part.isspace()
        else {"t": "Str", "c": part}
        for part in parts
        if part
    ]


def inlines(html: str) -> list[Ast]:
    """Inlines of the little HTML that references are stored in: italics, links and the like."""
    stack: list[tuple[str, str, list[Ast]]] = [("", "", [])]
    for closing, tag, href, text in _TOKEN.findall(html):
        if tag == "br":
            stack[-1][2].append({"t": "LineBreak"})
        elif text:
            stack[-1][2].extend(strings(unescape(text)))
        elif not closing:
            stack.append((tag, unescape(href), []))
        elif len(stack) > 1:
            name, target, inner = stack.pop()
            stack[-1][2].extend(_wrapped(name, target, inner))
    return [i for _, _, inner in stack for i in inner]


def _wrapped(name: str, target: str, inner: list[Ast]) -> list[Ast]:
    if name == "a" and target:
        return [{"t": "Link", "c": [["", [], []], inner, [target, ""]]}]
    return [{"t": _MARKS[name], "c": inner}] if name in _MARKS else inner


def para(content: list[Ast]) -> Ast:
    """A paragraph."""
    return {"t": "Para", "c": content}


def heading(level: int, text: str) -> Ast:
    """A heading, which Word takes into a table of contents."""
    return {"t": "Header", "c": [level, ["", [], []], strings(text)]}


def styled(style: str, blocks: list[Ast], name: str = "") -> Ast:
    """Blocks in a paragraph style of the DOCX."""
    return {"t": "Div", "c": [[name, [], [["custom-style", style]]], blocks]}


def table(rows: Sequence[Sequence[str]]) -> Ast:
    """A table whose first row is its heading; short rows are filled with empty cells."""
    width = max(map(len, rows))
    full = [[*row, *[""] * (width - len(row))] for row in rows]
    head = [_PLAIN, [_row(full[0])]]
    body = [_PLAIN, 0, [], [_row(row) for row in full[1:]]]
    return {
        "t": "Table",
        "c": [
            _PLAIN,
            [None, []],
            _columns(full),
            head,
            [body],
            [_PLAIN, []],
        ],
    }


def _columns(rows: Sequence[Sequence[str]]) -> list[Any]:
    """Alignment and width of each column: shares of the page by what stands in it."""
    longest = [
        max(len(cell) for cell in column) for column in zip(*rows, strict=True)
    ]
    # A long cell wraps: it takes room by the root of its length at most.
    needed = [
        min(n, _WIDE + (max(n - _WIDE, 0)) ** 0.5 * 3) + 2 for n in longest
    ]
    total = sum(needed)
    left: Ast = {"t": "AlignLeft"}
    return [
        [left, {"t": "ColWidth", "c": round(n / total, 3)}] for n in needed
    ]


def _row(cells: Sequence[str]) -> list[Any]:
    return [_PLAIN, [_cell(cell) for cell in cells]]


def _cell(text: str) -> list[Any]:
    plain = {"t": "Plain", "c": strings(" ".join(text.split()))}
    return [_PLAIN, {"t": "AlignDefault"}, 1, 1, [plain] if text else []]
