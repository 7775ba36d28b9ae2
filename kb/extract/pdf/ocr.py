"""Pages without usable text.

Recognised by OCRmyPDF and Tesseract where those are installed, then read as any text
layer.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from kb.extract.limits import Limits
from kb.extract.pages_done import page_done
from kb.extract.pdf.need_of_ocr import NEEDS_OCR, is_garbled, ranges
from kb.extract.pdf.reader import read_text_layer
from kb.records import Extraction, Page, Problem

_LANGUAGE = "nld"
_TURNS = "osd"  # what Tesseract needs to see how a page lies
_RECOGNISED = (
    "*_ocr_tess.tsv"  # what OCRmyPDF leaves of each page that is done
)
_BETWEEN = 2.0  # seconds between two looks at how far it is
_TIME = 0.9  # share of the time of a file
_LEAST_CONFIDENCE = (
    0.4  # of a page; sensible Dutch gives 0.85 and more, noise less than this
)
_FEWEST_WORDS = 8  # on which a recognised page is judged
_MAY_PRINT = 1 << 2  # permission bit of a locked file
_WORD_LEVEL = "5"  # of the tables that Tesseract writes
_LONGEST_REASON = 160  # characters


@cache
def _languages() -> frozenset[str]:
    """What Tesseract can read here; nothing where it cannot be asked."""
    command = ["tesseract", "--list-langs"]
    try:
        listed = subprocess.run(
            command, capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset(listed.stdout.split())


@cache
def missing() -> str | None:
    """The name of the program or language that OCR lacks here, or None when it can be done."""
    for program in ("ocrmypdf", "tesseract"):
        if shutil.which(program) is None:
            return program
    return None if _LANGUAGE in _languages() else f"tesseract-ocr-{_LANGUAGE}"


def with_ocr(
    path: Path, extraction: Extraction, pages: Sequence[int], limits: Limits
) -> Extraction:
    """`extraction` with the text of `pages` (numbers) as recognised.

    A problem says so, or why it could not be done.
    """
    if not limits.ocr:
        return _with_problem(extraction, Problem(path.name, "ocr_off"))
    if missing() is not None:
        values = {"program": missing()}
        return _with_problem(
            extraction, Problem(path.name, "ocr_missing", None, values)
        )
    with tempfile.TemporaryDirectory(prefix="kb-ocr-") as folder:
        found = recognised(path, pages, Path(folder), limits)
        if isinstance(found, Problem):
            return _with_problem(extraction, found)
        confidences = _confidences(Path(folder))
    new = {
        page.number: replace(page, confidence=confidences.get(page.number))
        for page in found.pages
        if page.number in set(pages)
    }
    return _merged(path.name, extraction, new)


def _with_problem(extraction: Extraction, problem: Problem) -> Extraction:
    return replace(extraction, problems=(*extraction.problems, problem))


def _merged(
    name: str, extraction: Extraction, new: Mapping[int, Page]
) -> Extraction:
    """`extraction` with recognised pages.

    Those that make no words are left empty and named.
    """
    refused = [number for number, page in new.items() if _is_gibberish(page)]
    read = {
        number: replace(page, lines=()) if number in refused else page
        for number, page in new.items()
    }
    problems = [p for p in extraction.problems if p.code not in NEEDS_OCR]
    if len(new) > len(refused):
        values: dict[str, object] = {"pages": len(new) - len(refused)}
        problems.append(
            Problem(name, "pdf_ocr_used", None, values, severity="note")
        )
    if refused:
        values = {"pages": ranges(refused), "count": len(refused)}
        problems.append(Problem(name, "pdf_ocr_gibberish", None, values))
    pages = tuple(read.get(page.number, page) for page in extraction.pages)
    return replace(extraction, pages=pages, problems=tuple(problems))


def _is_gibberish(page: Page) -> bool:
    """Whether what was recognised on a page is no text.

    A drawing, handwriting, a page askew.
    """
    if page.confidence is not None and page.confidence < _LEAST_CONFIDENCE:
        return True
    return is_garbled(page, fewest=_FEWEST_WORDS)


def recognised(
    path: Path, pages: Sequence[int], folder: Path, limits: Limits
) -> Extraction | Problem:
    """The PDF of `path` with a new text layer on `pages`, read; or why that failed.

    Args:
        folder: where to work; Tesseract leaves its tables there.
    """
    source = _unlocked(path, folder)
    if source is None:
        return Problem(path.name, "pdf_ocr_locked")
    result = folder / "recognised.pdf"
    settings = folder / "words.cfg"  # asks for the confidence of each word
    settings.write_text("tessedit_create_tsv 1\n", encoding="ascii")
    command = [
        "ocrmypdf",
        "--quiet",
        "--keep-temporary-files",
        "--force-ocr",
        "--language",
        _LANGUAGE,
        "--pdf-renderer",
        "sandwich",
        "--tesseract-config",
        str(settings),
        "--pages",
        ranges(pages),
        "--output-type",
        "pdf",
        "--optimize",
        "0",
        "--jobs",
        str(os.cpu_count() or 1),
        *(["--rotate-pages"] if _TURNS in _languages() else []),
        str(source),
        str(result),
    ]
    environment = {
        **os.environ,
        "TMPDIR": str(folder),
        "OMP_THREAD_LIMIT": "1",
    }
    patience = _TIME * limits.seconds

    def told() -> None:
        page_done(len(list(folder.rglob(_RECOGNISED))), len(pages))

    try:
        said = _run(command, environment, patience, told)
    except subprocess.TimeoutExpired:
        return _failed(path, f"> {patience:.0f} s")
    except OSError as error:
        return _failed(path, str(error))
    if result.is_file():
        return read_text_layer(result, limits)[0]
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    reason = lines[0].replace(str(source), path.name) if lines else "ocrmypdf"
    return _failed(path, reason[:_LONGEST_REASON])


def _failed(path: Path, reason: str) -> Problem:
    return Problem(path.name, "pdf_ocr_failed", values={"reason": reason})


def _unlocked(path: Path, folder: Path) -> Path | None:
    """`path`, or a copy without lock where its maker allows printing.

    None where not.
    """
    document = pypdfium2.PdfDocument(path)
    try:
        if pdfium.FPDF_GetSecurityHandlerRevision(document) < 0:
            return path.resolve()
        if not pdfium.FPDF_GetDocPermissions(document) & _MAY_PRINT:
            return None
        document.save(
            folder / "unlocked.pdf", flags=pdfium.FPDF_REMOVE_SECURITY
        )
    finally:
        document.close()
    return folder / "unlocked.pdf"


def _run(
    command: Sequence[str],
    environment: Mapping[str, str],
    seconds: float,
    told: Callable[[], None] = lambda: None,
) -> str:
    """What the program says on stderr.

    It and its children are ended after `seconds`; meanwhile `told` is called now and then.
    """
    ends = time.monotonic() + seconds
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        env=dict(environment),
        start_new_session=True,
    ) as process:
        while True:
            left = max(0.0, ends - time.monotonic())
            try:
                return process.communicate(timeout=min(left, _BETWEEN))[1]
            except subprocess.TimeoutExpired:
                if left <= _BETWEEN:
                    os.killpg(process.pid, signal.SIGKILL)
                    raise
            told()


def _confidences(folder: Path) -> dict[int, float]:
    """Mean word confidence (0..1) by page number, from the tables Tesseract left."""
    found = {}
    for file in folder.rglob(_RECOGNISED):
        text = file.read_text(encoding="utf-8", errors="replace")
        rows = [line.split("\t") for line in text.splitlines()]
        words = [row for row in rows if len(row) == 12 and row[11].strip()]
        values = [float(row[10]) for row in words if row[0] == _WORD_LEVEL]
        number = file.name[:6]
        if values and number.isdecimal():
            found[int(number)] = round(sum(values) / len(values) / 100, 3)
    return found
