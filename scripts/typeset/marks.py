"""Pieces of text that both printers need."""

from __future__ import annotations

import re
from functools import cache
from xml.sax.saxutils import escape

from scripts.typeset.layouts import Layout
from scripts.typeset.texts import Piece

_LETTERS = re.compile(r"[^\W\d_]{7,}")
TINTS = {"colour": "#1f4e79"}
RUNNING = "Bureau voor wijkonderzoek"


@cache
def _dictionary() -> object:
    import pyphen

    return pyphen.Pyphen(lang="nl_NL", left=2, right=3)


def set_text(text: str, layout: Layout) -> str:
    """`text` as XML, with the places at which a word may be broken."""
    return escape(hyphenated(text) if layout.hyphenated else text)


def hyphenated(text: str) -> str:
    """`text` with soft hyphens in its long words."""
    dictionary = _dictionary()
    return _LETTERS.sub(
        lambda found: dictionary.inserted(found.group(), "\u00ad"),  # type: ignore[attr-defined]
        text,
    )


def titled(piece: Piece, newline: str) -> str:
    """The text of a heading as XML, that of a chapter below its number."""
    text = escape(piece.text)
    if piece.mark != "opener":
        return text
    name, number, title = text.split(" ", 2)
    return f"{name} {number}{newline}{title}"


def first_sentence(text: str) -> tuple[str, str]:
    """`text` cut behind its first sentence, where a note's mark stands."""
    end = re.search(r"[.?!](?= [A-Z‘])", text)
    at = end.end() if end else len(text)
    return text[:at], text[at:]
