"""The report card of a document: what a reader should know before trusting its text. Figures only; the site words them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from kb.dutch.wordlist import is_word
from kb.records import Block, Extraction, Passage

_WORD = re.compile(r"[^\W\d_]{3,}")
_SAMPLE = 20_000  # words looked up at most


def report_card(
    extraction: Extraction, blocks: Sequence[Block], passages: Sequence[Passage]
) -> dict[str, Any]:
    """Counts of a document, and shares between 0 and 1; None where there is nothing to measure."""
    confidences = [
        page.confidence for page in extraction.pages if page.confidence is not None
    ]
    kinds = Counter(block.kind for block in blocks)
    body = [block for block in blocks if block.kind in ("paragraph", "list", "quote")]
    return {
        "reader": extraction.reader,
        "pages": page_count(extraction, blocks),
        "pages_without_text": _empty_pages(extraction),
        "ocr_confidence": round(sum(confidences) / len(confidences), 3)
        if confidences
        else None,
        "dictionary_share": _dictionary_share(body),
        "words": sum(len(passage.text.split()) for passage in passages),
        "passages": len(passages),
        "headings": kinds["heading"],
        "headings_in_contents": _headings_in_contents(blocks),
        "label_conflicts": _label_conflicts(blocks),
        "paragraphs_without_end": sum(
            not re.search(r"[.!?:;…][\"”’»)\]*\d¹²³]*$", b.text)
            for b in blocks
            if b.kind == "paragraph" and len(b.text) > 120
        ),
        "tables": kinds["table"],
        "footnotes": kinds["footnote"],
        "references": kinds["reference"],
        "images": sum(len(page.images) for page in extraction.pages),
        "repairs": sum(len(block.repairs) for block in blocks),
        "languages": dict(
            Counter(passage.language for passage in passages).most_common()
        ),
    }


def page_count(extraction: Extraction, blocks: Sequence[Block]) -> int:
    """Physical pages: those of the file, or, of a text, those found in it."""
    return max(
        [len(extraction.pages), *((block.page_end or block.page) for block in blocks)],
        default=0,
    )


def _empty_pages(extraction: Extraction) -> int:
    return sum(
        not any(line.text.strip() for line in page.lines) for page in extraction.pages
    )


def _dictionary_share(body: Sequence[Block]) -> float | None:
    found = [word for block in body for word in _WORD.findall(block.text)][:_SAMPLE]
    return round(sum(map(is_word, found)) / len(found), 3) if found else None


def _headings_in_contents(blocks: Sequence[Block]) -> float | None:
    """Share of the lines of the table of contents that come back as headings."""
    entries = {_letters(block.text) for block in blocks if block.kind == "toc"} - {""}
    headings = {_letters(block.text) for block in blocks if block.kind == "heading"}
    return round(len(entries & headings) / len(entries), 3) if entries else None


def _letters(text: str) -> str:
    """Letters of a title up to its leader dots."""
    return re.sub(r"[\W\d_]+", "", re.split(r"[.…]{3,}|\t", text.casefold())[0])


def _label_conflicts(blocks: Sequence[Block]) -> int:
    """Printed numbers that fall while pages rise."""
    numbers = [(b.page, int(b.label)) for b in blocks if b.label and b.label.isdigit()]
    return sum(b[1] < a[1] and b[0] > a[0] for a, b in pairwise(numbers))
