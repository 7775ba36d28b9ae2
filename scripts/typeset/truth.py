"""What a reader should find in a printed report, in the form that the measure reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2

from scripts.typeset.layouts import Layout
from scripts.typeset.marks import RUNNING, first_sentence
from scripts.typeset.texts import Piece

_PROBE = 24  # letters by which the page of a block is found


def truth(pieces: list[Piece], layout: Layout, pdf: Path) -> dict[str, Any]:
    """Blocks in reading order, and what is no part of the text."""
    texts = _page_texts(pdf)
    blocks = list(_placed(_blocks(pieces, layout), texts))
    running = [pieces[0].text, RUNNING, f"{RUNNING} 2024 - 2028"]
    if layout.furniture == "none":
        running = []
    numbers = [f"{n}" for n in range(1, len(texts) + 1)] if running else []
    noise = [p.text for p in pieces if p.kind in ("quote", "margin")]
    return {
        "name": pdf.stem,
        "layout": f"{layout.engine}, {layout.genre}, {layout.columns} columns",
        "pages": len(texts),
        "language": "nl",
        "blocks": blocks,
        "furniture": [
            {"text": text, "page": None} for text in running + numbers
        ],
        "noise": [{"text": text, "page": None} for text in noise],
    }


def _blocks(pieces: list[Piece], layout: Layout) -> Iterator[dict[str, Any]]:
    notes = 0
    for piece in pieces:
        if piece.kind == "box":
            yield from _blocks(piece.inside, layout)
        elif piece.kind not in ("quote", "margin"):
            if piece.lead:
                yield {"kind": "heading", "text": piece.lead, "level": 3}
            block: dict[str, Any] = {"kind": piece.kind, "text": piece.text}
            if piece.kind == "heading":
                block["level"] = piece.level
                if _shouts(layout, piece):
                    # small capitals may be written as small letters
                    block["alt"] = [piece.text]
                    block["text"] = piece.text.upper()
            if piece.kind == "list" and any(map(str.isalnum, piece.mark[:2])):
                block["text"] = f"{piece.mark} {piece.text}".removeprefix("o ")
            if piece.rows:
                block["rows"] = piece.rows
            if piece.note:
                notes += 1
                before, after = first_sentence(piece.text)
                block["alt"] = [f"{before}{notes}{after}"]
            yield block
            if piece.note:
                yield {"kind": "footnote", "text": piece.note, "n": notes}


def _shouts(layout: Layout, piece: Piece) -> bool:
    """Whether a heading is printed in capitals, small or large."""
    if piece.level in layout.capitals:
        return True
    if layout.engine == "office" and piece.level > 2:
        return False
    return layout.heading in ("capitals", "small caps", "small")


def _page_texts(pdf: Path) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [
        _letters(page.get_textpage().get_text_range()) for page in document
    ]


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _placed(
    blocks: Iterator[dict[str, Any]], texts: list[str]
) -> Iterator[dict[str, Any]]:
    """Blocks with the page on which their first letters stand."""
    at = 0
    for block in blocks:
        probe = _letters(block["text"])[:_PROBE]
        found = next(
            (n for n in range(at, len(texts)) if probe in texts[n]), at
        )
        at = found if block["kind"] != "footnote" else at
        yield {**block, "page": found + 1}
