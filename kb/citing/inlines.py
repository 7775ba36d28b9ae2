"""What do these inlines of pandoc say? As plain text and as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

_TAGS = {
    "Emph": "i",
    "Strong": "b",
    "Superscript": "sup",
    "Subscript": "sub",
    "SmallCaps": "span",
    "Underline": "u",
    "Strikeout": "s",
}
_QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}


def text_of(inlines: Sequence[dict[str, Any]]) -> str:
    """Plain text, without markup."""
    return "".join(_text(i) for i in inlines)


def _text(inline: dict[str, Any]) -> str:
    kind, content = str(inline["t"]), _content(inline)
    if kind == "Str":
        return str(content)
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind == "Quoted":
        left, right = _QUOTES[content[0]["t"]]
        return left + text_of(content[1]) + right
    if kind in ("Code", "Math", "RawInline"):
        return "" if kind == "RawInline" else str(content[1])
    return text_of(_inner(kind, content))


def _content(inline: dict[str, Any]) -> Any:
    return inline.get("c")


def html_of(inlines: Sequence[dict[str, Any]]) -> str:
    """HTML: italics as <i>, addresses as links; all text escaped."""
    return "".join(_html(i) for i in inlines)


def _html(inline: dict[str, Any]) -> str:
    kind, content = str(inline["t"]), _content(inline)
    if kind in _TAGS:
        return f"<{_TAGS[kind]}>{html_of(content)}</{_TAGS[kind]}>"
    if kind == "Link":
        target = str(content[2][0])
        inner = html_of(content[1])
        return (
            f'<a href="{escape(target)}">{inner}</a>'
            if target.startswith(("https://", "http://"))
            else inner
        )
    if kind == "Quoted":
        left, right = _QUOTES[content[0]["t"]]
        return left + html_of(content[1]) + right
    if kind in ("Span", "Cite", "Note"):
        return html_of(_inner(kind, content))
    return escape(_text(inline), quote=False)


def _inner(kind: str, content: Any) -> list[dict[str, Any]]:
    """Inlines inside a span, link, note or the like."""
    if kind in ("Span", "Link", "Image", "Cite"):
        return list(content[1])
    if kind == "Note":
        return [i for block in content for i in inlines_of(block)]
    return list(content) if isinstance(content, list) else []


def inlines_of(block: dict[str, Any]) -> list[dict[str, Any]]:
    """Inlines of a paragraph, or of all paragraphs of a Div in turn."""
    if block["t"] in ("Para", "Plain"):
        return list(block["c"])
    if block["t"] == "Div":
        found: list[dict[str, Any]] = []
        for inner in block["c"][1]:
            found += [*([{"t": "Space"}] if found else []), *inlines_of(inner)]
        return found
    return []
