"""Each line of SECURITY.md, and of docs/reliability.md, names tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOLD = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
RELIABILITY = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
_NAMED = re.compile(r"`((?:tests|scripts)/[\w/]+\.py)(?:::(test_\w+))?`")


def rows() -> list[list[str]]:
    """The lines of the table of attempts, a cell each part."""
    _, _, after = TOLD.partition("| who | tries |")
    table, _, _ = after.partition("\n\n")
    lines = table.splitlines()[2:]
    return [line.strip("|").split(" | ") for line in lines]


@pytest.mark.parametrize(
    ("path", "test"), sorted(set(_NAMED.findall(TOLD + RELIABILITY)))
)
def test_a_test_that_is_named_is_there(path: str, test: str) -> None:
    program = (ROOT / path).read_text(encoding="utf-8")
    assert not test or f"def {test}(" in program


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[1].strip()[:40])
def test_each_line_names_a_test_of_its_own(row: list[str]) -> None:
    assert len(row) == 4
    tests = [test for _, test in _NAMED.findall(row[3]) if test]
    assert tests


def test_nothing_else_is_named_as_a_test() -> None:
    loose = re.findall(r"`(tests/[^`]*)`", TOLD)
    named = [match[0] for match in _NAMED.finditer(TOLD)]
    assert [one for one in loose if f"`{one}`" not in named] == []
