"""PDF file → pages of lines with words, type, rules and images, through pypdfium2.

Nothing a file holds raises: what cannot be read becomes a `Problem` with a sentence,
the rest is read all the same.
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
from kb.extract.pages_done import page_done
from kb.extract.pdf import need_of_ocr
from kb.extract.pdf.annotations import is_placeholder, page_with_annotations
from kb.extract.pdf.characters import glyphs_of
from kb.extract.pdf.graphics import graphics_of
from kb.extract.pdf.lines import lines_of
from kb.extract.pdf.nested_forms import unfolds_without_end
from kb.extract.pdf.ocr_layer import is_ocr_layer, straightened
from kb.extract.pdf.place import place_of, quarter_turns, turned_back
from kb.extract.pdf.strokes import Looks
from kb.extract.pdf.visibility import seen
from kb.extract.pdf.words import words_of
from kb.records import Extraction, Page, Problem

READER = "pdf 4"
_MOST_CHARACTERS = 400_000  # of one page
_LARGEST_PAGE = (
    144_000.0  # points: ten times 200 inch, the limit of the format
)
_TIME = 0.9  # share of the time of a file in which its pages are to be read
_THUMBNAIL = (
    120  # picture elements along a page that shows whether it is paper
)
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


def read_text_layer(
    path: Path, limits: Limits
) -> tuple[Extraction, list[int]]:
    """What the file itself holds as text, and the numbers of the pages that need OCR.

    The problems of the extraction name those pages as well.
    """
    name = path.name
    with _opened(path) as opened:
        if isinstance(opened, Problem):
            return Extraction(problems=(opened,), reader=READER), []
        count = len(opened)
        if count == 0:
            return _refused(name, "pdf_no_pages"), []
        if count > limits.max_pages:
            values = {"pages": count, "limit": limits.max_pages}
            return _refused(name, "pdf_too_many_pages", **values), []
        pages, pictures, problems = _read_pages(opened, name, limits)
        if is_placeholder(opened, _characters(pages)):
            return _refused(name, "pdf_placeholder"), []
        metadata = _metadata(opened)
    wanting = need_of_ocr.wanting(pages, pictures)
    problems += need_of_ocr.problems_of(name, wanting)
    problems += need_of_ocr.emptiness(name, pages, wanting, problems)
    numbers = sorted(
        {number for found in wanting.values() for number in found}
    )
    extraction = Extraction(
        tuple(pages),
        metadata=metadata,
        problems=tuple(problems),
        reader=READER,
    )
    return extraction, numbers


def _characters(pages: list[Page]) -> int:
    return sum(len(line.text) for page in pages for line in page.lines)


def _refused(name: str, code: str, **values: Any) -> Extraction:
    problem = Problem(name, code, values=values, severity="error")
    return Extraction(problems=(problem,), reader=READER)


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
        code = _why_closed(path, getattr(error, "err_code", None))
        yield Problem(path.name, code, severity="error")
        return
    try:
        yield document
    finally:
        document.close()


def _why_closed(path: Path, error: int | None) -> str:
    """Which problem keeps a document closed.

    pdfium repeats its last error where it has none, so the file is asked as well.
    """
    try:
        data = path.read_bytes()
    except OSError:
        return "pdf_unreadable"
    if error in _LOCKED and b"/Encrypt" in data:
        return "pdf_password"
    whole = b"%PDF-" in data[:1024] and b"%%EOF" in data[-1024:]
    empty = whole and re.search(rb"/Count\s+0\b", data)
    return "pdf_no_pages" if empty else "pdf_unreadable"


def _read_pages(
    document: Any, name: str, limits: Limits
) -> tuple[list[Page], set[int], list[Problem]]:
    """The pages; the numbers of those that are photographs; the problems met."""
    pages: list[Page] = []
    pictures: set[int] = set()
    problems: list[Problem] = []
    deadline = time.monotonic() + _TIME * limits.seconds
    for index in range(len(document)):
        if time.monotonic() > deadline:
            values = {
                "pages": len(document),
                "read": index,
                "seconds": limits.seconds,
            }
            problems.append(
                Problem(name, "pdf_out_of_time", index + 1, values)
            )
            break
        page, problem = _read_page(document, index, name)
        pages.append(page)
        page_done(index + 1, len(document))
        if problem is not None:
            problems.append(problem)
        elif need_of_ocr.lacks_text(page) and _is_photograph(document, index):
            pictures.add(page.number)
    return pages, pictures, problems


def _read_page(
    document: Any, index: int, name: str
) -> tuple[Page, Problem | None]:
    """One page, or an empty one and the problem that kept it from being read."""
    number = index + 1
    try:
        page = page_with_annotations(document, index)
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return Page(number), Problem(name, "pdf_page_unreadable", number)
    try:
        width, height = page.get_size()
        if not (0 < width <= _LARGEST_PAGE and 0 < height <= _LARGEST_PAGE):
            values = {"width": width, "height": height}
            return Page(number), Problem(name, "pdf_page_size", number, values)
        if pdfium.FPDFText_CountChars(text_page) > _MOST_CHARACTERS:
            problem = Problem(
                name, "pdf_page_too_full", number, {"limit": _MOST_CHARACTERS}
            )
            return Page(number, width, height), problem
        label = document.get_page_label(index) or None
        looks = Looks(document, page, text_page)
        return _page(page, text_page, looks, number, label), None
    finally:
        text_page.close()
        page.close()


def _page(
    page: Any, text_page: Any, looks: Looks, number: int, label: str | None
) -> Page:
    """The text and the drawings of an open page, turned upright."""
    width, height = page.get_size()
    place = place_of(page, width, height)
    turns = quarter_turns(text_page, place)
    if turns:  # a wide table printed along the long side
        place = turned_back(place, turns, width, height)
        width, height = (height, width) if turns % 2 else (width, height)
    drawn = graphics_of(page, number, place, width, height)
    runs = seen(
        list(words_of(glyphs_of(text_page, place, looks))),
        page,
        width,
        height,
        drawn.images,
        drawn.fills,
        upright=not turns,
    )
    recognised = is_ocr_layer(runs)
    lines = lines_of(straightened(runs) if recognised else runs)
    return Page(
        number,
        width,
        height,
        label,
        tuple(lines),
        tuple(drawn.rules),
        tuple(drawn.images),
        recognised=recognised,
    )


def _is_photograph(document: Any, index: int) -> bool:
    """Whether a page without text looks like a picture rather than like text on paper."""
    return not need_of_ocr.looks_like_paper(_brightness(document, index))


def _brightness(document: Any, index: int) -> list[int]:
    """Grey values of a small picture of a page; none where it cannot be drawn."""
    try:
        page = document[index]
        longest = max(*page.get_size(), 1.0)
        picture = page.render(scale=_THUMBNAIL / longest, grayscale=True)
    except (pypdfium2.PdfiumError, ValueError, MemoryError):
        return []
    try:
        found: list[int] = picture.to_numpy().reshape(-1).tolist()
        return found
    finally:
        picture.close()
        page.close()


def _metadata(document: Any) -> Mapping[str, Any]:
    """What the file says of itself, by the names of this project."""
    found: dict[str, Any] = {}
    for key, name in _METADATA.items():
        try:
            value = document.get_metadata_value(key)
        except (pypdfium2.PdfiumError, UnicodeDecodeError):
            continue
        if value and value.strip():
            found[name] = value.replace("\x00", "").strip()
    return found
