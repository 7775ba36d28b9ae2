"""PDF file → pages of lines, with OCR for pages that are only an image.

`reader` reads what the file itself holds; `ocr` adds the text of pages that `text_layer` found wanting.
"""

from __future__ import annotations

from pathlib import Path

from kb.extract.limits import Limits
from kb.extract.pdf.reader import read_text_layer
from kb.records import Extraction

__all__ = ["read_pdf"]


def read_pdf(path: Path, limits: Limits | None = None) -> Extraction:
    """Everything the file says, page by page; scanned pages by OCR where that is installed."""
    limits = limits or Limits()
    extraction, wanting = read_text_layer(path, limits)
    if not wanting or not limits.ocr:
        return extraction
    from kb.extract.pdf.ocr import with_ocr

    return with_ocr(path, extraction, wanting, limits)
