"""PDF file → pages of lines with words, type, rules and images, through pypdfium2.

Nothing a file holds raises: what cannot be read becomes a `Problem` with a sentence, the rest is read all the same.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from kb.extract.limits import Limits
from kb.extract.pdf import text_layer
from kb.extract.pdf.forms import unfolds_without_end
from kb.extract.pdf.glyphs import (
    glyphs_of,
    lines_of,
    place_of,
    quarter_turns,
    turned_back,
    words_of,
)
from kb.extract.pdf.graphics import graphics_of
from kb.extract.pdf.ocr_layer import is_ocr_layer, straightened
from kb.records import Extraction, Page, Problem

READER = "pdf 1"
_MOST_CHARACTERS = 400_000  # of one page
_LARGEST_PAGE = 14_400.0  # points: 200 inch, the limit of the format
_LOCKED = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
_METADATA = {
    "Title": "title",
    "Author": "author",
    "Subject": "subject",
    "Keywords": "keywords",
    "CreationDate": "created",
    "Creator": "creator",
    "Producer": "producer",
}


def read_text_layer(path: Path, limits: Limits) -> tuple[Extraction, list[int]]:
    """What the file itself holds as text, and the numbers of the pages that need OCR, which its problems name."""
    name = path.name
    with _opened(path) as opened:
        if isinstance(opened, Problem):
            return Extraction(problems=(opened,), reader=READER), []
        count = len(opened)
        if count == 0:
            return _refused(name, "pdf_no_pages"), []
        if count > limits.max_pages:
            return _refused(
                name, "pdf_too_many_pages", pages=count, limit=limits.max_pages
            ), []
        pages, pictures, problems = _read_pages(opened, name, limits)
        metadata = _metadata(opened)
    wanting = text_layer.wanting(pages, pictures)
    problems += [
        *text_layer.problems_of(name, wanting),
        *text_layer.emptiness(name, pages, wanting, problems),
    ]
    numbers = sorted({number for found in wanting.values() for number in found})
    return Extraction(
        tuple(pages), metadata=metadata, problems=tuple(problems), reader=READER
    ), numbers


def _refused(name: str, code: str, **values: Any) -> Extraction:
    return Extraction(
        problems=(Problem(name, code, values=values, severity="error"),), reader=READER
    )


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """The open document, or the problem that says why it cannot be opened."""
    try:
        endless = unfolds_without_end(path.read_bytes())
    except OSError:
        endless = False
    if endless:
        yield Problem(path.name, "pdf_endless_forms", severity="error")
        return
    try:
        document = pypdfium2.PdfDocument(path)
    except (pypdfium2.PdfiumError, OSError, ValueError) as error:
        yield Problem(
            path.name,
            _why_closed(path, getattr(error, "err_code", None)),
            severity="error",
        )
        return
    try:
        yield document
    finally:
        document.close()


def _why_closed(path: Path, error: int | None) -> str:
    """Which problem keeps a document closed. pdfium repeats its last error where it has none, so the file is asked as well."""
    try:
        data = path.read_bytes()
    except OSError:
        return "pdf_unreadable"
    if error in _LOCKED and b"/Encrypt" in data:
        return "pdf_password"
    whole = b"%PDF-" in data[:1024] and b"%%EOF" in data[-1024:]
    return (
        "pdf_no_pages"
        if whole and re.search(rb"/Count\s+0\b", data)
        else "pdf_unreadable"
    )


def _read_pages(
    document: Any, name: str, limits: Limits
) -> tuple[list[Page], set[int], list[Problem]]:
    """The pages; the numbers of those that are photographs; the problems met."""
    pages: list[Page] = []
    pictures: set[int] = set()
    problems: list[Problem] = []
    deadline = time.monotonic() + 0.9 * limits.seconds
    for index in range(len(document)):
        if time.monotonic() > deadline:
            problems.append(
                Problem(
                    name,
                    "pdf_out_of_time",
                    index + 1,
                    {"pages": len(document), "read": index, "seconds": limits.seconds},
                )
            )
            break
        page, problem = _read_page(document, index, name)
        pages.append(page)
        if problem is not None:
            problems.append(problem)
        elif text_layer.lacks_text(page) and not text_layer.looks_like_paper(
            _brightness(document, index)
        ):
            pictures.add(page.number)
    return pages, pictures, problems


def _read_page(document: Any, index: int, name: str) -> tuple[Page, Problem | None]:
    number = index + 1
    try:
        page = document[index]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return Page(number), Problem(name, "pdf_page_unreadable", number)
    try:
        width, height = page.get_size()
        if not (0 < width <= _LARGEST_PAGE * 10 and 0 < height <= _LARGEST_PAGE * 10):
            return Page(number), Problem(
                name, "pdf_page_size", number, {"width": width, "height": height}
            )
        if pdfium.FPDFText_CountChars(text_page) > _MOST_CHARACTERS:
            return Page(number, width, height), Problem(
                name, "pdf_page_too_full", number, {"limit": _MOST_CHARACTERS}
            )
        place = place_of(page, width, height)
        turns = quarter_turns(text_page, place)
        if turns:  # a wide table printed along the long side
            place = turned_back(place, turns, width, height)
            width, height = (height, width) if turns % 2 else (width, height)
        runs = list(words_of(glyphs_of(text_page, place)))
        lines = lines_of(straightened(runs) if is_ocr_layer(runs) else runs)
        rules, images = graphics_of(page, number, place, width, height)
        label = document.get_page_label(index) or None
        return Page(
            number, width, height, label, tuple(lines), tuple(rules), tuple(images)
        ), None
    finally:
        text_page.close()
        page.close()


def _brightness(document: Any, index: int) -> list[int]:
    """Grey values of a small picture of a page; none where it cannot be drawn."""
    try:
        page = document[index]
        width, height = page.get_size()
        picture = page.render(scale=120 / max(width, height, 1.0), grayscale=True)
    except (pypdfium2.PdfiumError, ValueError, MemoryError):
        return []
    try:
        return [
            value
            for row in picture.to_numpy().reshape(picture.height, -1).tolist()
            for value in row
        ]
    finally:
        picture.close()
        page.close()


def _metadata(document: Any) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for key, name in _METADATA.items():
        try:
            value = document.get_metadata_value(key)
        except (pypdfium2.PdfiumError, UnicodeDecodeError):
            continue
        if value and value.strip():
            found[name] = value.replace("\x00", "").strip()
    return found
