"""Literature read from files of other programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kb.bibliography import (
    bib_to_csl,
    bibtex,
    csl_json,
    parse_bib,
    parse_literature,
    read_literature,
    ris,
)
from kb.bibliography.csl_fields import year_of
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
    path.write_bytes(
        "TY  - BOOK\nTI  - Coördinatie\nER  - \n".encode("latin-1")
    )
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


def test_an_odd_field_costs_only_itself() -> None:
    records, problems = parse_csl_json(
        json.dumps(
            [
                {"title": "Een", "author": "Jan Vos"},
                {
                    "title": "Twee",
                    "author": [{"family": 5}],
                    "issued": {"date-parts": 3},
                },
                {
                    "title": ["Drie"],
                    "author": ["Bos, T.", {"literal": "et al."}],
                },
            ]
        )
    )
    assert [r.get("author") for r in records] == [
        [{"family": "Vos", "given": "Jan"}],
        None,
        [{"family": "Bos", "given": "T."}],
    ]
    assert records[2]["title"] == "Drie"
    assert records[2]["custom"] == {"etal": True}
    assert [p.code for p in problems] == ["csl_fields_left_out"]
    assert "author" in problem_sentence(problems[0])


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["family", "given", "literal", "date-parts", "raw", "x"]
            ),
            inner,
        )
    ),
    max_leaves=6,
)


@given(
    st.dictionaries(
        st.sampled_from(
            ["title", "author", "editor", "issued", "type", "id", "ISBN"]
        ),
        JSON,
    )
)
def test_whatever_a_record_holds_it_can_be_exported(
    row: dict[str, Any],
) -> None:
    records, problems = parse_csl_json(json.dumps([{"title": "T"}, row]))
    assert records[0]["title"] == "T"
    assert len(records) + len(problems) >= 2
    assert ris(records)
    assert bibtex(records)
    assert json.loads(csl_json(records))


def test_private_fields_stay_in_the_house() -> None:
    record = {
        "id": "a",
        "type": "book",
        "title": "T",
        "annote": "geheim",
        "file": "/x.pdf",
    }
    made = csl_json([record]) + bibtex([record]) + ris([record])
    assert "geheim" not in made
    assert "x.pdf" not in made
    kept = {
        "ENTRYTYPE": "book",
        "title": "T",
        "file": "x.pdf",
        "annotation": "geheim",
    }
    assert "geheim" not in bibtex([record], {"a": kept})


SECRET = "wachtwoord bij Kees"
FIELD_NAMES = st.sampled_from(
    [
        "file",
        "annote",
        "annotation",
        "comment",
        "owner",
        "note",
        "readstatus",
        "groups",
        "mendeley-tags",
        "bdsk-file-1",
        "x-notes",
        "notes",
        "private",
    ]
)


@given(st.sets(FIELD_NAMES, min_size=1), st.booleans())
def test_no_format_tells_what_the_keeper_noted(
    names: set[str], through_bib: bool
) -> None:
    fields = "".join(f", {name} = {{{SECRET}}}" for name in names)
    (entry,), _ = parse_bib(f"@book{{a, title = {{T}}{fields}}}")
    csl = bib_to_csl(entry)
    kept = {**entry.fields, "ENTRYTYPE": entry.type}
    records = {"a": kept} if through_bib else {}
    for made in (bibtex([csl], records), ris([csl]), csl_json([csl])):
        assert SECRET not in made
        assert "T" in made


def test_a_note_of_publication_leaves_with_the_record() -> None:
    note = "Geraadpleegd op 3 mei 2016"
    record = {"id": "a", "type": "book", "title": "T", "note": note}
    assert note in bibtex([record])
    assert note in csl_json([record])


OTHERS_SAID = st.sampled_from(
    ["others", "et al.", "e.a.", "et al", "en anderen", "and others", "e. a."]
)


@given(OTHERS_SAID, st.sampled_from(["bib", "bibtext", "ris", "json", "text"]))
def test_nobody_is_called_et_al_in_any_format(said: str, kind: str) -> None:
    # Only behind "and" the word is no name.
    assume(said != "others" or kind not in ("bibtext", "text"))
    person = {"family": "Prins", "given": "J."}
    text = {
        "bib": f"@book{{a, author = {{Prins, J. and {said}}}, title = {{T}}}}",
        "bibtext": f"@book{{a, author = {{Prins, J. {said}}}, title = {{T}}}}",
        "ris": f"TY  - BOOK\nAU  - Prins, J.\nAU  - {said}\nTI  - T\nER  - ",
        "json": json.dumps(
            [{"title": "T", "author": [person, {"literal": said}]}]
        ),
        "text": json.dumps([{"title": "T", "author": f"Prins, J., {said}"}]),
    }[kind]
    (record,), problems = parse_literature(text)
    assert problems == []
    assert record["author"] == [person]
    assert record["custom"]["etal"] is True
    for written in (bibtex([record]), ris([record]), csl_json([record])):
        (again,), _ = parse_literature(written)
        assert again["author"] == [person]


@pytest.mark.parametrize(
    ("given", "year"),
    [
        ({"issued": "2013"}, 2013),
        ({"issued": 2013}, 2013),
        ({"year": 2013}, 2013),
        ({"date": "mei 2013"}, 2013),
        ({"issued": [2013, 5]}, 2013),
        ({"issued": {"date-parts": [2013, 5]}}, 2013),
        ({"issued": {"date-parts": [[[2013, 5]]]}}, 2013),
        ({"issued": {"date-parts": [["2013", "05", None]]}}, 2013),
        ({"issued": {"date-parts": [[2013.0, 0]]}}, 2013),
        ({"issued": {"date-parts": "2013-05"}}, 2013),
        ({"issued": {"year": 2013, "month": 5}}, 2013),
        ({"issued": {"literal": "circa 2013"}}, 2013),
        ({"issued": None}, None),
        ({"issued": {"date-parts": [[]]}}, None),
    ],
)
def test_a_year_is_read_however_it_was_nested(
    given: dict[str, Any], year: int | None
) -> None:
    (record,), problems = parse_literature(
        json.dumps([{"title": "T"} | given])
    )
    assert year_of(record) == year
    assert problems == []


def test_names_of_other_programs_are_read() -> None:
    rows = [
        {"title": "A", "author": [{"firstName": "Ina", "lastName": "Prins"}]},
        {"title": "B", "author": [{"name": "Prins, Ina"}, None]},
        {"title": "C", "author": {"given": "Ina", "family": "Prins"}},
    ]
    records, problems = parse_literature(json.dumps(rows))
    assert problems == []
    person = {"family": "Prins", "given": "Ina"}
    assert [record["author"] for record in records] == [[person]] * 3


def test_records_under_their_keys_and_odd_types() -> None:
    rows = {"k1": {"title": "A", "type": "Book"}, "k2": {"title": "<i>B</i>"}}
    records, _problems = parse_literature(json.dumps(rows))
    assert [(r["id"], r["type"], r["title"]) for r in records] == [
        ("k1", "book", "A"),
        ("k2", "document", "B"),
    ]


def test_keys_that_come_twice_are_told_apart() -> None:
    row = '{"id": "x", "title": "T"}'
    records, _problems = parse_literature(f"[{row}, {row}]")
    assert [record["id"] for record in records] == ["x", "x-2"]


def test_a_file_of_another_kind_is_said_so() -> None:
    records, problems = parse_literature("%0 Book\n%T Titel", "lijst.ris")
    assert records == []
    assert [problem.code for problem in problems] == ["no_records"]


def test_open_list_of_editors_is_no_person() -> None:
    editors = [{"family": "Stam"}, {"literal": "others"}]
    (made,) = json.loads(
        csl_json([{"id": "a", "title": "T", "editor": editors}])
    )
    assert made["editor"] == [{"family": "Stam"}]
