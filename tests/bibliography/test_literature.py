"""Literature read from files of other programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.bibliography import csl_json, parse_literature, read_literature
from kb.bibliography.csl_json import parse_csl_json
from kb.bibliography.literature import format_of
from kb.errors import NoSuchFileError, problem_sentence


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("@book{a}", "bibtex"),
        ("% uitleg\n@book{a}", "bibtex"),
        ("TY  - BOOK", "ris"),
        ("\ufeffTY  - BOOK", "ris"),
        (' [{"id": 1}]', "csl-json"),
        ("", "bibtex"),
    ],
)
def test_format_is_seen_from_the_text(text: str, kind: str) -> None:
    assert format_of(text) == kind


def test_csl_json_comes_back_as_it_went_out() -> None:
    csl = {
        "id": "w1",
        "type": "book",
        "title": "T",
        "author": [{"family": "Waal", "non-dropping-particle": "de"}],
    }
    assert parse_csl_json(csl_json([csl | {"id": "w1"}])) == ([csl], [])


def test_own_fields_go_under_custom() -> None:
    (made,) = json.loads(csl_json([{"id": "w1", "title": "T", "etal": True}]))
    assert made == {"title": "T", "id": "w1", "custom": {"etal": True}}


def test_wrong_json_is_one_problem_with_its_line() -> None:
    records, problems = parse_csl_json('[\n{"id": 1,}\n]')
    assert records == []
    assert "regel 2" in problem_sentence(problems[0])


def test_wrong_objects_are_problems_and_the_others_are_read() -> None:
    records, problems = parse_csl_json('[3, {"x": 1}, {"title": "T"}]')
    assert [(r["title"], r["type"]) for r in records] == [("T", "document")]
    assert [p.values["number"] for p in problems] == [1, 2]


def test_deep_nesting_is_a_problem() -> None:
    assert parse_csl_json("[" * 100_000)[1][0].code == "json_unreadable"


def test_file_in_latin1_is_read(tmp_path: Path) -> None:
    path = tmp_path / "lijst.ris"
    path.write_bytes("TY  - BOOK\nTI  - Coördinatie\nER  - \n".encode("latin-1"))
    records, problems = read_literature(path)
    assert records[0]["title"] == "Coördinatie"
    assert [p.code for p in problems] == ["bib_encoding"]


def test_missing_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFileError):
        read_literature(tmp_path / "weg.bib")


def test_bibtex_becomes_csl() -> None:
    assert parse_literature("@book{a, title={T}}")[0] == [
        {"id": "a", "type": "book", "title": "T"}
    ]
