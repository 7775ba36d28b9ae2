"""The report card of a document: what a reader should know before trusting its text.

Figures only; the site words them. What needs the file is told apart from what needs the
passages, so that passages are made once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from kb.dutch.fold import letters
from kb.dutch.wordlist import is_word
from kb.records import Block, Extraction, Passage

_WORD = re.compile(r"[^\W\d_]{3,}")
_SAMPLE = 20_000  # words looked up at most
_ENDED = re.compile(r"[.!?:;…][\"”’»)\]*\d¹²³]*$")
_LONG = 120  # characters of a paragraph that should end as a sentence does
_LEADERS = re.compile(r"[.…]{3,}|\t")


def report_card(
    extraction: Extraction,
    blocks: Sequence[Block],
    passages: Sequence[Passage],
) -> dict[str, Any]:
    """Both halves of the card together."""
    return reading_card(extraction, blocks) | passage_card(passages)


def reading_card(
    extraction: Extraction, blocks: Sequence[Block]
) -> dict[str, Any]:
    """Counts of a file and its layout, and shares between 0 and 1.

    A value is None where there is nothing to measure.
    """
    kinds = Counter(block.kind for block in blocks)
    body = [
        block
        for block in blocks
        if block.kind in ("paragraph", "list", "quote")
    ]
    return {
        "reader": extraction.reader,
        "pages": page_count(extraction, blocks),
        "pages_without_text": _empty_pages(extraction),
        "ocr_confidence": _confidence(extraction),
        "dictionary_share": _dictionary_share(body),
        "headings": kinds["heading"],
        "headings_in_contents": _headings_in_contents(blocks),
        "label_conflicts": _label_conflicts(blocks),
        "paragraphs_without_end": sum(map(_lacks_end, blocks)),
        "tables": kinds["table"],
        "footnotes": kinds["footnote"],
        "references": kinds["reference"],
        "images": sum(len(page.images) for page in extraction.pages),
    }


def passage_card(passages: Sequence[Passage]) -> dict[str, Any]:
    """Counts of what can be quoted: words, passages, repairs, languages by passages."""
    languages = Counter(passage.language for passage in passages)
    return {
        "words": sum(len(passage.text.split()) for passage in passages),
        "passages": len(passages),
        "repairs": sum(len(passage.repairs) for passage in passages),
        "languages": dict(languages.most_common()),
    }


def page_count(extraction: Extraction, blocks: Sequence[Block]) -> int:
    """Physical pages: those of the file, or, of a text, those found in it."""
    last = max((block.page_end or block.page for block in blocks), default=0)
    return max(len(extraction.pages), last)


def _empty_pages(extraction: Extraction) -> int:
    return sum(
        not any(line.text.strip() for line in page.lines)
        for page in extraction.pages
    )


def _confidence(extraction: Extraction) -> float | None:
    """The mean confidence of the OCR of its pages."""
    known = [
        page.confidence
        for page in extraction.pages
        if page.confidence is not None
    ]
    return round(sum(known) / len(known), 3) if known else None


def _dictionary_share(body: Sequence[Block]) -> float | None:
    """Share of the words of the body that the word list knows."""
    found = [word for block in body for word in _WORD.findall(block.text)][
        :_SAMPLE
    ]
    return round(sum(map(is_word, found)) / len(found), 3) if found else None


def _headings_in_contents(blocks: Sequence[Block]) -> float | None:
    """Share of the lines of the table of contents that come back as headings."""
    entries = {
        _title(block.text) for block in blocks if block.kind == "toc"
    } - {""}
    headings = {
        _title(block.text) for block in blocks if block.kind == "heading"
    }
    return (
        round(len(entries & headings) / len(entries), 3) if entries else None
    )


def _title(text: str) -> str:
    """The letters of a title up to its leader dots, without numbers."""
    return re.sub(r"\d", "", letters(_LEADERS.split(text)[0]))


def _lacks_end(block: Block) -> bool:
    long = block.kind == "paragraph" and len(block.text) > _LONG
    return long and _ENDED.search(block.text) is None


def _label_conflicts(blocks: Sequence[Block]) -> int:
    """Printed numbers that fall while pages rise."""
    numbers = [
        (b.page, int(b.label))
        for b in blocks
        if b.label and b.label.isdecimal()
    ]
    return sum(b[1] < a[1] and b[0] > a[0] for a, b in pairwise(numbers))
