"""Reading .bib files, also bad ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.bibliography.bibtex import decode, parse_bib, read_bib
from kb.errors import NoSuchFileError, problem_sentence


def test_entry_keeps_its_fields_as_written() -> None:
    entries, problems = parse_bib(
        "@Book{waal2013,\n Title = {De {Wmo} en \\'e\\'en wijk},\n month = feb,\n year = 2013,\n}"
    )
    assert problems == []
    assert entries[0].key == "waal2013"
    assert entries[0].type == "book"
    assert entries[0].fields == {
        "title": "De {Wmo} en \\'e\\'en wijk",
        "month": "feb",
        "year": "2013",
    }


def test_string_names_are_filled_in() -> None:
    entries, _ = parse_bib('@string{mv = "Movisie"}\n@book{a, publisher = mv}')
    assert entries[0].fields["publisher"] == "Movisie"


def test_entry_with_an_open_brace_is_a_problem_and_the_next_is_read() -> None:
    entries, problems = parse_bib(
        "@book{a, title={Goed}}\n@book{b, title={Open, year=2011\n\n@book{c, title={Ook goed}}"
    )
    assert [e.key for e in entries] == ["a", "c"]
    assert [(p.code, p.values["line"]) for p in problems] == [("bib_unreadable", 2)]
    assert "Regel 2" in problem_sentence(problems[0])


def test_double_key_gets_a_new_name_and_a_literal_repeat_is_dropped() -> None:
    entries, problems = parse_bib(
        "@book{a, title={X}}\n@book{a, title={Y}}\n@book{a, title={X}}"
    )
    assert [(e.key, e.fields["title"]) for e in entries] == [("a", "X"), ("a-2", "Y")]
    assert [p.code for p in problems] == ["bib_double_key", "bib_repeated"]


def test_double_field_keeps_the_first() -> None:
    entries, problems = parse_bib("@book{a, title={X}, title={Z}}")
    assert entries[0].fields == {"title": "X"}
    assert [p.code for p in problems] == ["bib_double_field"]


def test_forgotten_comma_does_not_swallow_the_next_field() -> None:
    entries, _ = parse_bib("@article{a, title = {Een} year = {2010}, volume = 3}")
    assert entries[0].fields == {"title": "Een", "year": "2010", "volume": "3"}


def test_missing_key_is_a_problem() -> None:
    entries, problems = parse_bib("@book{, title={X}}")
    assert entries[0].key
    assert [p.code for p in problems] == ["bib_no_key"]


def test_latin1_file_is_read_and_noted(tmp_path: Path) -> None:
    path = tmp_path / "sources.bib"
    path.write_bytes("@book{a, title={Cliënten en coördinatie}}".encode("latin-1"))
    entries, problems = read_bib(path)
    assert entries[0].fields["title"] == "Cliënten en coördinatie"
    assert [p.code for p in problems] == ["bib_encoding"]


def test_bytes_that_no_western_encoding_has_are_read_all_the_same() -> None:
    assert decode(b"\x81\xe9") == ("\x81é", "latin-1")
    assert decode("ï".encode("utf-16")) == ("ï", "utf-16")


def test_missing_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFileError):
        read_bib(tmp_path / "geen.bib")


@given(st.text(alphabet='@{}",=# \nabcßé\\%', max_size=200))
def test_no_text_makes_the_reader_fall(text: str) -> None:
    entries, problems = parse_bib("@book{ok, title={X}}\n" + text)
    assert len(entries) + len(problems) >= 1


@pytest.mark.slow
def test_fifty_thousand_entries_are_read() -> None:
    text = "".join(
        f"@techreport{{k{i}, author={{de Waal, V.}}, title={{T{i}}}, year={{2013}}}}\n"
        for i in range(50_000)
    )
    entries, problems = parse_bib(text)
    assert (len(entries), problems) == (50_000, [])
