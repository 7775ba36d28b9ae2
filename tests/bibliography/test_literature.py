"""Literature read from files of other programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.bibliography import (
    bibtex,
    csl_json,
    parse_literature,
    read_literature,
    ris,
)
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


def test_open_list_of_editors_is_no_person() -> None:
    editors = [{"family": "Stam"}, {"literal": "others"}]
    (made,) = json.loads(
        csl_json([{"id": "a", "title": "T", "editor": editors}])
    )
    assert made["editor"] == [{"family": "Stam"}]
