"""Inline nodes of pandoc's tree to text; what is struck out is not read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.datafiles import words
from kb.extract.markup import marks

_QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}
_SPACES = ("Space", "SoftBreak", "LineBreak")
_SILENT = ("RawInline", "Image", "Strikeout")
_RUN_IN_WORDS, _RUN_IN_REST = (
    6,
    10,
)  # of a run-in title at most, of its text at least
_WITH_ATTRIBUTES = ("Span", "Link")


@dataclass(slots=True)
class Inlines:
    """Reads inline nodes; notes they hold and page labels they tell are kept."""

    notes: list[Any] = field(default_factory=list)
    labels: list[str | None] = field(
        default_factory=list
    )  # of the pages it marks

    def text(self, nodes: Sequence[Any]) -> str:
        """The text of some nodes, page marks included."""
        return "".join(map(self._text, nodes))

    def _text(self, node: Any) -> str:
        kind, content = node["t"], node.get("c")
        if kind == "Str":
            return str(content)
        if kind in _SPACES:
            return " "
        if kind in _SILENT:
            return ""
        if kind == "Note":
            self.notes.append(content)
            return marks.NOTED
        if kind == "Quoted":
            opening, closing = _QUOTES[content[0]["t"]]
            return opening + self.text(content[1]) + closing
        if kind in ("Code", "Math"):
            return str(content[1])
        if kind == "Cite":
            return self.text(content[1])
        if kind in _WITH_ATTRIBUTES:
            return self._span(content)
        return self.text(content)

    def _span(self, content: Any) -> str:
        """A span or link; one that marks a page gives the label printed there."""
        identifier, classes, pairs = content[0]
        attributes = dict(pairs)
        roles = (attributes.get("epub:type"), attributes.get("role"), *classes)
        if {"pagebreak", "doc-pagebreak"}.isdisjoint(roles):
            return self.text(content[1])
        named = attributes.get("title") or attributes.get("aria-label")
        self.labels.append(named or re.sub(r"\D", "", identifier) or None)
        return marks.PAGE


def plain_words(nodes: Sequence[Any]) -> str | None:
    """The text of nodes that are nothing but words and spaces, without marks; else None.

    >>> plain_words([{"t": "Str", "c": "brood"}, {"t": "Space"}])
    'brood '
    >>> plain_words([{"t": "Strong", "c": []}]) is None
    True
    """
    found = []
    for node in nodes:
        if node["t"] == "Str":
            found.append(str(node["c"]))
        elif node["t"] in _SPACES:
            found.append(" ")
        else:
            return None
    text = "".join(found)
    return None if marks.ANY.search(text) else text


def _solid(nodes: Sequence[Any]) -> list[Any]:
    return [node for node in nodes if node["t"] not in _SPACES]


def is_strong(nodes: Sequence[Any]) -> bool:
    """Whether all of a paragraph is set in bold."""
    solid = _solid(nodes)
    return bool(solid) and all(node["t"] == "Strong" for node in solid)


def run_in_title(nodes: Sequence[Any]) -> str | None:
    """The title that stands in bold, with a stop, at the front of its paragraph.

    A bold first sentence is none: it has a verb, or is long.
    """
    if len(nodes) < 3 or nodes[0]["t"] != "Strong":
        return None
    text = marks.without(Inlines().text(nodes[0]["c"])).strip()
    words_held = text.rstrip(".").split()
    if not text.endswith(".") or not 1 <= len(words_held) <= _RUN_IN_WORDS:
        return None
    verbs = words("kb.dutch", "unfinished.toml", "verbs")
    stated = not verbs.isdisjoint(word.lower() for word in words_held)
    rest = Inlines().text(nodes[1:]).strip()
    long_enough = len(rest.split()) >= _RUN_IN_REST and rest[:1].isupper()
    return (
        text.rstrip(".")
        if long_enough and text[0].isupper() and not stated
        else None
    )


def links_of(nodes: Sequence[Any], prefix: str) -> bool:
    """Whether a paragraph is nothing but links to places that begin with `prefix`."""
    solid = _solid(nodes)
    return bool(solid) and all(
        node["t"] == "Link" and str(node["c"][2][0]).startswith(prefix)
        for node in solid
    )
