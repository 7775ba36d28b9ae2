"""How does a literature section look? Quotations under headings with author, year and
page, and the reference list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path
from typing import Any

from kb.citing import Quotation, bibliography, quotation
from kb.citing.pandoc import api_version, run, run_to_file
from kb.errors import sentence
from kb.export.reference_doc import reference_doc
from kb.export.selection import Selection
from kb.records import Document, Formatted

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
        if text:
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
    return {"t": "Para", "c": content}


def heading(level: int, text: str) -> Ast:
    return {"t": "Header", "c": [level, ["", [], []], strings(text)]}


def styled(style: str, blocks: list[Ast], name: str = "") -> Ast:
    """Blocks in a paragraph style of the DOCX."""
    return {"t": "Div", "c": [[name, [], [["custom-style", style]]], blocks]}


def listed(
    selection: Selection, style: str, language: str, conventions: str
) -> list[Formatted]:
    """Works of the selection as one reading list, with letters where two share author and year."""
    items = selection.items()
    return bibliography(
        items, style, language, conventions, seconds=30 + 0.2 * len(items)
    )


def _quotes(
    selection: Selection, forms: dict[str, Formatted]
) -> Iterator[tuple[str, list[Quotation]]]:
    documents: dict[str, Document] = {d.id: d for d in selection.documents}
    for group in selection.groups:
        yield (
            group.title,
            [
                quotation(p, documents[p.document], forms[p.document])
                for p in group.passages
                if p.document in documents
            ],
        )


def _quote_blocks(quote: Quotation, note: str, language: str) -> list[Ast]:
    blocks = inlines(re.sub(r"</?(?:p|blockquote)>", "", quote.html))
    shown = (
        [{"t": "BlockQuote", "c": [para(blocks)]}]
        if quote.block
        else [para(blocks)]
    )
    if note.strip():
        shown.append(
            para(
                [
                    {
                        "t": "Strong",
                        "c": strings(sentence("export_note", {}, language)),
                    },
                    {"t": "Space"},
                    *strings(note.strip()),
                ]
            )
        )
    return shown


def blocks_of(
    selection: Selection,
    style: str = "apa",
    language: str = "nl",
    conventions: str = "nl",
) -> list[Ast]:
    """The section as pandoc's blocks: title, a heading for each group with its
    quotations, the reference list."""
    forms = listed(selection, style, language, conventions)
    by_id = {f.work: f for f in forms}
    blocks = [
        heading(1, selection.title or sentence("export_title", {}, language))
    ]
    for title, quotes in _quotes(selection, by_id):
        if (
            title != selection.title
        ):  # a section on one theme has its name once
            blocks.append(heading(2, title))
        for quote in quotes:
            blocks += _quote_blocks(
                quote, selection.notes.get(quote.passage, ""), language
            )
    blocks.append(heading(2, sentence("export_literature", {}, language)))
    return [
        *blocks,
        styled(
            "Bibliography",
            [para(inlines(f.reference_html)) for f in forms if f.reference],
            "refs",
        ),
    ]


def _document(blocks: Sequence[Ast], title: str, language: str) -> str:
    meta = {
        "lang": {
            "t": "MetaString",
            "c": "nl-NL" if language == "nl" else "en-US",
        },
        "pagetitle": {"t": "MetaString", "c": title},
    }
    return json.dumps(
        {
            "pandoc-api-version": api_version(),
            "meta": meta,
            "blocks": list(blocks),
        }
    )


def markdown(
    selection: Selection,
    style: str = "apa",
    language: str = "nl",
    conventions: str = "nl",
) -> str:
    """The section as Markdown. Raises PandocError, UnknownStyleError."""
    blocks = [
        b
        for block in blocks_of(selection, style, language, conventions)
        for b in (block["c"][1] if block["t"] == "Div" else [block])
    ]
    return run(
        ["-f", "json", "-t", "gfm", "--wrap=none"],
        _document(blocks, selection.title, language),
    )


def docx(
    selection: Selection,
    style: str = "apa",
    language: str = "nl",
    conventions: str = "nl",
) -> bytes:
    """The section as a Word document on A4, block quotations indented, references with a
    hanging indent. Raises PandocError."""
    text = _document(
        blocks_of(selection, style, language, conventions),
        selection.title,
        language,
    )

    def arguments(folder: Path) -> list[str]:
        (folder / "reference.docx").write_bytes(reference_doc())
        return ["-f", "json", "-t", "docx", "--reference-doc=reference.docx"]

    return run_to_file(arguments, text, "section.docx")


def apa(
    selection: Selection,
    style: str = "apa",
    language: str = "nl",
    conventions: str = "nl",
) -> str:
    """The reference list as plain text, a reference a line.

    Raises PandocError, UnknownStyleError.
    """
    return "".join(
        f"{f.reference}\n"
        for f in listed(selection, style, language, conventions)
        if f.reference
    )
