"""Words become lines."""

from __future__ import annotations

import pytest

from kb.extract.pdf.lines import lines_of
from kb.extract.pdf.words import Run
from kb.records import Word


def _run(text: str, x0: float, x1: float) -> Run:
    word = Word(text=text, x0=x0, x1=x1, top=90.0, bottom=100.0, size=10.0)
    return Run(word, base=98.0)


@pytest.mark.parametrize("sign", ["•", "►", "➢"])
def test_a_sign_far_from_its_item_is_on_its_line(sign: str) -> None:
    (line,) = lines_of([_run(sign, 50, 56), _run("appels", 78, 110)])
    assert line.text == f"{sign} appels"


def test_a_word_that_far_from_the_next_ends_its_line() -> None:
    lines = lines_of([_run("peren", 30, 56), _run("appels", 78, 110)])
    assert [line.text for line in lines] == ["peren", "appels"]
