"""Pages without usable text: recognised by OCRmyPDF and Tesseract where those are installed, then read as any text layer."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from kb.extract.limits import Limits
from kb.extract.pdf.need_of_ocr import NEEDS_OCR, ranges
from kb.extract.pdf.reader import read_text_layer
from kb.records import Extraction, Page, Problem

_LANGUAGE = "nld"


@cache
def missing() -> str | None:
    """The name of the program or language that OCR lacks here, or None when it can be done."""
    for program in ("ocrmypdf", "tesseract"):
        if shutil.which(program) is None:
            return program
    try:
        listed = subprocess.run(
            ["tesseract", "--list-langs"],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return "tesseract"
    return None if _LANGUAGE in listed.stdout.split() else f"tesseract-ocr-{_LANGUAGE}"


def with_ocr(
    path: Path, extraction: Extraction, pages: Sequence[int], limits: Limits
) -> Extraction:
    """`extraction` with the text of `pages` (numbers) as recognised, and a problem that says so or why not."""
    if missing() is not None:
        return extraction
    with tempfile.TemporaryDirectory(prefix="kb-ocr-") as folder:
        found = recognised(path, pages, Path(folder), limits)
        if isinstance(found, Problem):
            return replace(extraction, problems=(*extraction.problems, found))
        new = _with_confidence(found.pages, set(pages), _confidences(Path(folder)))
    merged = tuple(new.get(page.number, page) for page in extraction.pages)
    still = tuple(p for p in found.problems if p.code in NEEDS_OCR)
    kept = tuple(p for p in extraction.problems if p.code not in NEEDS_OCR)
    said = Problem(
        path.name, "pdf_ocr_used", values={"pages": len(new)}, severity="note"
    )
    return replace(extraction, pages=merged, problems=(*kept, *still, said))


def recognised(
    path: Path, pages: Sequence[int], folder: Path, limits: Limits
) -> Extraction | Problem:
    """The PDF of `path` with a new text layer on `pages`, read; or why that failed. Works in `folder`."""
    result = folder / "recognised.pdf"
    settings = folder / "words.cfg"
    settings.write_text(
        "tessedit_create_tsv 1\n", encoding="ascii"
    )  # for the confidence of each word
    command = [
        "ocrmypdf", "--quiet", "--keep-temporary-files", "--language", _LANGUAGE, "--force-ocr", "--pdf-renderer", "sandwich",
        "--tesseract-config", str(settings), "--pages", ranges(pages), "--output-type", "pdf",
        "--optimize", "0", "--jobs", str(os.cpu_count() or 1),
        str(path.resolve()), str(result),
    ]  # fmt: skip
    environment = {**os.environ, "TMPDIR": str(folder), "OMP_THREAD_LIMIT": "1"}
    try:
        said = _run(command, environment, 0.9 * limits.seconds)
    except subprocess.TimeoutExpired:
        return Problem(
            path.name,
            "pdf_ocr_failed",
            values={"reason": f"> {0.9 * limits.seconds:.0f} s"},
        )
    except OSError as error:
        return Problem(path.name, "pdf_ocr_failed", values={"reason": str(error)})
    if not result.is_file():
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        return Problem(
            path.name,
            "pdf_ocr_failed",
            values={"reason": lines[0][:160] if lines else "ocrmypdf"},
        )
    return read_text_layer(result, limits)[0]


def _run(command: Sequence[str], environment: Mapping[str, str], seconds: float) -> str:
    """What the program says on stderr; it and its children are ended after `seconds`."""
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace",
        env=dict(environment), start_new_session=True,
    ) as process:  # fmt: skip
        try:
            return process.communicate(timeout=seconds)[1]
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise


def _confidences(folder: Path) -> dict[int, float]:
    """Mean word confidence (0..1) by page number, from the tables Tesseract left."""
    found = {}
    for file in folder.rglob("*_ocr_tess.tsv"):
        rows = [
            line.split("\t")
            for line in file.read_text(encoding="utf-8", errors="replace").splitlines()
        ]
        values = [
            float(row[10])
            for row in rows
            if len(row) == 12 and row[0] == "5" and row[11].strip()
        ]
        if values and file.name[:6].isdigit():
            found[int(file.name[:6])] = round(sum(values) / len(values) / 100, 3)
    return found


def _with_confidence(
    pages: Sequence[Page], wanted: set[int], confidences: dict[int, float]
) -> dict[int, Page]:
    return {
        page.number: replace(page, confidence=confidences.get(page.number))
        for page in pages
        if page.number in wanted
    }
