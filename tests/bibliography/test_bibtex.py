"""Reading .bib files, also bad ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.bibliography import bib_to_csl, bibtex
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
    assert [(p.code, p.values["line"]) for p in problems] == [
        ("bib_unreadable", 2)
    ]
    assert "Regel 2" in problem_sentence(problems[0])


def test_double_key_gets_a_new_name_and_a_literal_repeat_is_dropped() -> None:
    entries, problems = parse_bib(
        "@book{a, title={X}}\n@book{a, title={Y}}\n@book{a, title={X}}"
    )
    assert [(e.key, e.fields["title"]) for e in entries] == [
        ("a", "X"),
        ("a-2", "Y"),
    ]
    assert [p.code for p in problems] == ["bib_double_key", "bib_repeated"]


def test_double_field_keeps_the_first() -> None:
    entries, problems = parse_bib("@book{a, title={X}, title={Z}}")
    assert entries[0].fields == {"title": "X"}
    assert [p.code for p in problems] == ["bib_double_field"]


def test_forgotten_comma_does_not_swallow_the_next_field() -> None:
    entries, _ = parse_bib(
        "@article{a, title = {Een} year = {2010}, volume = 3}"
    )
    assert entries[0].fields == {"title": "Een", "year": "2010", "volume": "3"}


def test_missing_key_is_a_problem() -> None:
    entries, problems = parse_bib("@book{, title={X}}")
    assert entries[0].key
    assert [p.code for p in problems] == ["bib_no_key"]


def test_latin1_file_is_read_and_noted(tmp_path: Path) -> None:
    path = tmp_path / "sources.bib"
    path.write_bytes(
        "@book{a, title={Cliënten en coördinatie}}".encode("latin-1")
    )
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


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ('uitg # ", " # {Ede}', "Boom, Ede"),
        ('"Een " # {twee} # "{, drie}"', "Een twee{, drie}"),
        ("2014", "2014"),
        ("{met # erin}", "met # erin"),
        ('"co{\\"o}rdinatie"', 'co{\\"o}rdinatie'),
        ("onbekend", "onbekend"),
    ],
)
def test_a_value_is_what_its_pieces_join_to(written: str, value: str) -> None:
    (entry,), problems = parse_bib(
        f'@string{{uitg = "Boom"}}\n@book{{a, note = {written}}}'
    )
    assert entry.fields["note"] == value
    assert problems == []


@pytest.mark.parametrize("command", ["string", "String", "STRING"])
def test_a_string_is_one_in_any_letters(command: str) -> None:
    text = (
        f'@{command}{{uit = "Boom"}}\n@book{{a, publisher = uit # {{, Ede}}}}'
    )
    (entry,), problems = parse_bib(text)
    assert problems == []
    assert entry.fields["publisher"] == "Boom, Ede"


def test_a_string_may_be_made_of_others() -> None:
    entries, _ = parse_bib(
        '@string{v = "Wijk"} @string{w = v # {blad}} @article{a, journal = w}'
    )
    assert entries[0].fields["journal"] == "Wijkblad"


BUNDLE = """
@incollection{deel, author={Bos, A.}, title={Deel}, pages={3--9}, crossref={Bundel}}
@collection{bundel, editor={Stam, M.}, title={Bundel}, subtitle={een keuze}, year={2017},
  publisher={SWP}, pages={212}, file={bundel.pdf}, isbn={9789088501234}}
"""


def test_a_part_inherits_from_the_book_that_follows_it() -> None:
    entries, problems = parse_bib(BUNDLE)
    assert problems == []
    part = entries[0]
    assert part.parent == "bundel"
    assert part.fields == {
        "author": "Bos, A.",
        "title": "Deel",
        "pages": "3--9",
        "booktitle": "Bundel",
        "booksubtitle": "een keuze",
        "editor": "Stam, M.",
        "year": "2017",
        "publisher": "SWP",
        "isbn": "9789088501234",
    }


def test_a_date_of_its_own_keeps_that_of_the_parent_out() -> None:
    entries, _ = parse_bib(
        "@inbook{a, title={A}, date={2015-03}, crossref=b} @book{b, title={B}, year=2014}"
    )
    assert "year" not in entries[0].fields


def test_xdata_gives_its_fields_and_is_no_record() -> None:
    entries, problems = parse_bib(
        "@xdata{uit, publisher={Boom}, location={Den Haag}} @xdata{nl, langid={dutch}}"
        "@book{a, title={A}, xdata={uit, nl}, location={Utrecht}}"
    )
    assert [entry.key for entry in entries] == ["a"]
    assert entries[0].fields == {
        "title": "A",
        "publisher": "Boom",
        "location": "Utrecht",
        "langid": "dutch",
    }
    assert problems == []


def test_a_parent_that_is_not_there_is_said_and_circles_end() -> None:
    entries, problems = parse_bib("@inbook{a, title={A}, crossref={weg}}")
    assert entries[0].fields["title"] == "A"
    assert "weg" in problem_sentence(problems[0])
    entries, _ = parse_bib(
        "@book{a, crossref={b}, title={A}} @book{b, crossref={a}}"
    )
    assert [entry.key for entry in entries] == ["a", "b"]


def test_an_inherited_record_leaves_the_house_complete() -> None:
    entry = parse_bib(BUNDLE)[0][0]
    record = {**entry.fields, "ENTRYTYPE": entry.type}
    (again,), problems = parse_bib(
        bibtex([bib_to_csl(entry)], {entry.key: record})
    )
    assert problems == []
    assert bib_to_csl(again) == bib_to_csl(entry)


def test_records_without_a_key_or_with_a_comma_too_many_are_read() -> None:
    entries, problems = parse_bib(
        "@string{u = {Boom}}\n@article{\n title = {Een},\n publisher = u\n}\n"
        "@book{b, title={Twee}, , year={2014}}"
    )
    assert [dict(entry.fields) for entry in entries] == [
        {"title": "Een", "publisher": "Boom"},
        {"title": "Twee", "year": "2014"},
    ]
    assert [problem.code for problem in problems] == ["bib_no_key"]


def test_a_record_that_only_points_to_another_has_its_title() -> None:
    entries, _ = parse_bib(
        "@article{a, crossref={b}} @article{b, title={T}, journal={J}}"
    )
    assert entries[0].fields["title"] == "T"
