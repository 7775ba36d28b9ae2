"""Faults put in by program are programs, of one fault each, in what runs."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from scripts.reliability.mutants import mutants

PROGRAM = '''
LIMIT = 4


class Shelf:
    """A docstring is no fault."""

    def room(self, books: list[str] = []) -> int:
        """Nor is this."""
        if not books:
            return LIMIT
        for book in books:
            with open(book, encoding="utf-8"):
                self.note(book, f"{book} is here")
        return LIMIT - len(books)
'''


def changes() -> set[tuple[str, str]]:
    return {(one.before, one.after) for one in mutants(PROGRAM)}


def test_what_decides_is_changed() -> None:
    assert changes() >= {
        ("not books", "(books)"),
        ("LIMIT - len(books)", "(LIMIT + len(books))"),
        ("LIMIT - len(books)", "(None)"),
        ('open(book, encoding="utf-8")', "(open(book))"),
        ('"utf-8"', "('XXutf-8XX')"),
        ('self.note(book, f"{book} is here")', "(None)"),
    }


def test_words_and_constants_of_a_module_are_let_be() -> None:
    before = {text for text, _ in changes()}
    assert not any("docstring" in text or "Nor" in text for text in before)
    assert "4" not in before
    assert "[]" not in before


def test_the_lines_are_those_of_the_statement_alone() -> None:
    lines = {one.before: list(one.lines) for one in mutants(PROGRAM)}
    assert lines["not books"] == [10]
    assert lines["LIMIT - len(books)"] == [15]


@pytest.mark.parametrize("name", ["errors.py", "generations.py"])
def test_every_mutant_is_another_program(name: str) -> None:
    program = (Path(__file__).parents[1] / "kb" / name).read_text("utf-8")
    whole = ast.dump(ast.parse(program))
    for mutant in mutants(program):
        assert ast.dump(ast.parse(mutant.program)) != whole
