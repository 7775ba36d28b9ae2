"""The figures of the shared typeset and real PDFs, where they lie beside the project.

Nothing printed is lost on the way.
"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from kb.extract.limits import Limits
from kb.extract.pdf import read_pdf
from kb.records import Block, Extraction
from kb.structure import blocks_of

SHARED = Path(__file__).resolve().parents[4] / "shared"
pytestmark = [pytest.mark.shared, pytest.mark.slow]


def measure() -> Any:
    spec = importlib.util.spec_from_file_location(
        "measure", SHARED / "pdfbed" / "measure.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalpha())


def lost(extraction: Extraction, blocks: tuple[Block, ...]) -> list[str]:
    """Lines of more than twelve letters that no block holds."""
    kept = "".join(letters(block.raw or block.text) for block in blocks)
    lines = (line.text for page in extraction.pages for line in page.lines)
    return [
        text
        for text in lines
        if len(letters(text)) > 12 and letters(text) not in kept
    ]


def mean_scores(folder: Path, names: list[str]) -> dict[str, float]:
    scorer = measure()
    scores = []
    for name in names:
        extraction = read_pdf(folder / f"{name}.pdf", Limits(ocr=False))
        blocks = blocks_of(extraction)
        assert len(lost(extraction, blocks)) <= 1
        truth = json.loads(
            (folder / f"{name}.json").read_text(encoding="utf-8")
        )
        scores.append(
            scorer.score(
                truth,
                [
                    {"kind": b.kind, "text": b.text, "page": b.page}
                    for b in blocks
                ],
            )
        )
    means: dict[str, float] = scorer.mean(scores)
    return means


def test_typeset_pdfs_reach_their_figures() -> None:
    found = mean_scores(
        SHARED / "pdfbed",
        ["L1a", "L2a", "L3a", "L4a", "L5a", "L7a", "L8a", "L9a"],
    )
    assert found["cer"] <= 0.008
    assert (
        max(found["furn"], found["noise"] - 0.04, found["toc"] - 0.01) <= 0.01
    )
    assert found["par"] >= 0.94
    assert (
        min(
            found["hF"] - 0.06,
            found["list"] - 0.02,
            found["fn"],
            found["ref"] - 0.03,
        )
        >= 0.90
    )
    assert (found["cap"], found["page"]) == (1.0, 1.0)


def test_a_scan_with_a_text_layer_reaches_its_figures() -> None:
    found = mean_scores(SHARED / "pdfbed", ["L10a"])
    assert found["cer"] <= 0.02
    assert found["par"] >= 0.50


def test_real_pdfs_reach_their_figures() -> None:
    names = [
        "vng_mantelzorg",
        "vng_vertrouwen",
        "jeugd_hervormingsagenda",
        "jeugd_casusbeschrijvingen",
        "cm_toegankelijkheid",
    ]
    found = mean_scores(SHARED / "pdfs", names)
    assert found["cer"] <= 0.12
    assert found["par"] >= 0.78
    assert found["furn"] <= 0.03
    assert found["hF"] >= 0.82


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("wassenaar_scan_tabel_2025", "pdf_no_text_layer"),
        ("kamerbrief_garbled", "pdf_garbled"),
    ],
)
def test_a_scan_and_unusable_fonts_ask_for_ocr(name: str, code: str) -> None:
    assert [
        p.code
        for p in read_pdf(
            SHARED / "pdfs" / f"{name}.pdf", Limits(ocr=False)
        ).problems
    ] == [code, "ocr_off"]
