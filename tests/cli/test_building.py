"""What a build says of its outcome."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.cli.build import show
from kb.pipeline import BuildReport
from kb.records import Problem

COUNTS = {
    "documents": 1,
    "passages": 1,
    "tags": 0,
    "citations": 0,
    "works": 2,
}
NOTE = Problem("bos2016", "file_empty", severity="note")


def test_a_build_that_made_nothing_is_not_said_to_be_built(
    capsys: pytest.CaptureFixture[str],
) -> None:
    nothing = dict.fromkeys(COUNTS, 0)
    warned = Problem("scan", "ocr_off")
    show(BuildReport("", nothing, (warned,)), Path("index"), False)
    told = capsys.readouterr().err
    assert "ocr = true" in told
    assert "Gebouwd" not in told


@pytest.mark.parametrize(
    ("notes", "words"),
    [(1, "1 kleine opmerking;"), (2, "2 kleine opmerkingen;")],
)
def test_what_is_not_shown_is_counted_in_words(
    capsys: pytest.CaptureFixture[str], notes: int, words: str
) -> None:
    show(BuildReport("g1", COUNTS, (NOTE,) * notes), Path("index"), False)
    told = capsys.readouterr().err
    assert words in told
    assert "1 document, 1 passage," in told
