"""Stage "read": from a file to blocks, and what the file says of itself."""

from __future__ import annotations

from pathlib import Path

from kb.extract.limits import Limits
from kb.pipeline.document.products import FileRead

NEEDS_OCR = ("pdf_no_text_layer", "pdf_garbled")
OCR_PATIENCE = 10  # times the seconds of an ordinary file


def read(path: Path, limits: Limits) -> FileRead:
    """Read one file in this process; what is wrong with it stands in `problems`."""
    from kb.extract import extract
    from kb.passages.card import reading_card
    from kb.structure import blocks_of
    from kb.structure.metadata import found_metadata

    extraction = extract(path, limits)
    blocks = blocks_of(extraction)
    return FileRead(
        blocks,
        found_metadata(blocks, extraction),
        extraction.problems,
        reading_card(extraction, blocks),
    )


def wants_ocr(found: FileRead) -> bool:
    """Whether this is a scan that says nothing before it is recognised."""
    return any(problem.code in NEEDS_OCR for problem in found.problems)
