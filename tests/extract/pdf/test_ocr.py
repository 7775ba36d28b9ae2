"""A page that is only an image is recognised where OCRmyPDF and Tesseract are
installed, and said to need it elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from kb.extract.limits import Limits
from kb.extract.pdf import ocr, read_pdf


def scan(folder: Path) -> Path:
    """One page of text, printed and scanned: only an image."""
    canvas = Canvas(str(folder / "bron.pdf"), pagesize=A4)
    canvas.setFont("Times-Roman", 14)
    for at, text in enumerate(
        [
            "Het wijkteam helpt bewoners",
            "met vragen over zorg en werk.",
            "De gemeente betaalt de hulp.",
        ]
        * 4
    ):
        canvas.drawString(72, 760 - 24 * at, text)
    canvas.save()
    document = pypdfium2.PdfDocument(folder / "bron.pdf")
    picture: Image.Image = document[0].render(scale=200 / 72).to_pil()
    document.close()
    canvas = Canvas(str(folder / "scan.pdf"), pagesize=A4)
    canvas.drawImage(ImageReader(picture), 0, 0, *A4)
    canvas.save()
    return folder / "scan.pdf"


def test_a_scan_with_ocr_switched_off_warns_that_it_is_off(
    tmp_path: Path,
) -> None:
    extraction = read_pdf(scan(tmp_path), Limits(ocr=False))
    told = [(p.code, p.severity) for p in extraction.problems]
    assert ("ocr_off", "warning") in told


def test_without_the_programs_the_problem_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ocr.missing.cache_clear()
    try:
        extraction = read_pdf(scan(tmp_path), Limits())
    finally:
        monkeypatch.undo()
        ocr.missing.cache_clear()
    codes = [problem.code for problem in extraction.problems]
    assert codes == ["pdf_no_text_layer", "ocr_missing"]
    assert extraction.problems[1].values == {"program": "ocrmypdf"}
    assert extraction.pages[0].lines == ()


@pytest.mark.system
@pytest.mark.slow
@pytest.mark.skipif(
    ocr.missing() is not None, reason=f"OCR needs {ocr.missing()}"
)
def test_a_scanned_page_is_recognised_with_its_confidence(
    tmp_path: Path,
) -> None:
    extraction = read_pdf(scan(tmp_path), Limits())
    (page,) = extraction.pages
    assert page.lines[0].text == "Het wijkteam helpt bewoners"
    assert page.confidence is not None
    assert 0.7 < page.confidence <= 1
    assert [problem.code for problem in extraction.problems] == [
        "pdf_ocr_used"
    ]


def test_long_recognition_is_asked_how_far_it_is_and_ended_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ocr, "_BETWEEN", 0.1)
    asked: list[float] = []
    sleeps = [sys.executable, "-c", "import time; time.sleep(0.6)"]
    ocr._run(sleeps, os.environ, 20, lambda: asked.append(time.monotonic()))
    assert len(asked) >= 2
    hangs = [sys.executable, "-c", "import time; time.sleep(60)"]
    began = time.monotonic()
    with pytest.raises(subprocess.TimeoutExpired):
        ocr._run(hangs, os.environ, 0.5)
    assert time.monotonic() - began < 20
