"""PDF file → pages of lines, with OCR for pages that are only an image.

`reader` reads what the file itself holds; `ocr` adds the text of pages that `need_of_ocr` found
wanting. What cannot be read or recognised is not quoted: its lines are left out.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kb.extract.limits import Limits
from kb.extract.pdf.need_of_ocr import GARBLED, is_garbled
from kb.extract.pdf.reader import read_text_layer
from kb.records import Extraction

__all__ = ["read_pdf"]


def read_pdf(path: Path, limits: Limits | None = None) -> Extraction:
    """Everything the file says, page by page.

    Scanned pages by OCR where that is installed.
    """
    limits = limits or Limits()
    extraction, wanting = read_text_layer(path, limits)
    if not wanting:
        return extraction
    from kb.extract.pdf.ocr import with_ocr

    return _without_ciphers(with_ocr(path, extraction, wanting, limits))


def _without_ciphers(extraction: Extraction) -> Extraction:
    """`extraction` without the lines of pages whose characters make no words."""
    if not any(problem.code == GARBLED for problem in extraction.problems):
        return extraction
    pages = [
        replace(page, lines=()) if is_garbled(page) else page
        for page in extraction.pages
    ]
    return replace(extraction, pages=tuple(pages))
