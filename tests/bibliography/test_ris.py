"""RIS out and back in."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.bibliography import bibtex, csl_json
from kb.bibliography.bibtex_names import names_of
from kb.bibliography.csl_to_ris import ris
from kb.bibliography.ris_to_csl import parse_ris

REPORT = {
    "id": "w1",
    "type": "report",
    "title": "Voortgang",
    "author": names_of("de Waal, Vincent and {Movisie}")[0],
    "publisher": "HU",
    "publisher-place": "Utrecht",
    "issued": {"date-parts": [[2013, 6]]},
    "URL": "https://x.nl",
    "language": "nl-NL",
    "keyword": "wijk, team",
}


def test_report_in_ris() -> None:
    text = ris([REPORT | {"id": "w1"}])
    assert text.splitlines() == [
        "TY  - RPRT",
        "ID  - w1",
        "AU  - de Waal, Vincent",
        "AU  - Movisie",
        "TI  - Voortgang",
        "PB  - HU",
        "CY  - Utrecht",
        "LA  - nl-NL",
        "DA  - 2013/06/",
        "PY  - 2013",
        "UR  - https://x.nl",
        "KW  - wijk",
        "KW  - team",
        "ER  - ",
    ]


WORKS: list[dict[str, Any]] = [
    REPORT,
    {
        "type": "book",
        "title": "B",
        "editor": names_of("Jansen, E. and de Waal, V.")[0],
        "ISBN": "9789088691300",
        "edition": "2",
    },
    {
        "type": "chapter",
        "title": "H",
        "container-title": "B",
        "page": "12-25",
        "editor": names_of("van 't Hof, P.")[0],
        "author": names_of("Bos, A.")[0],
    },
    {
        "type": "article-journal",
        "title": "A",
        "container-title": "J",
        "volume": "1",
        "issue": "2",
        "page": "4",
        "DOI": "10.1/x",
        "ISSN": "1876-8830",
    },
    {
        "type": "speech",
        "title": "S",
        "genre": "Oratie",
        "event-title": "Universiteit",
        "event-place": "Utrecht",
    },
    {
        "type": "webpage",
        "title": "W",
        "URL": "https://x.nl",
        "accessed": {"date-parts": [[2016, 3, 1]]},
    },
    {
        "type": "book",
        "title": "V",
        "translator": names_of("de Wit, A.")[0],
        "original-date": {"date-parts": [[1995]]},
    },
]


@pytest.mark.parametrize(
    "csl", WORKS, ids=lambda c: f"{c['type']}-{c['title'][:1]}"
)
def test_work_is_read_back_as_it_was(csl: dict[str, Any]) -> None:
    found, problems = parse_ris(ris([csl | {"id": "w1"}]))
    assert problems == []
    assert found == [{"id": "w1", **csl}]


def test_broken_record_is_a_problem_and_the_others_are_read() -> None:
    text = (
        "TY  - BOOK\nTI  - Een\nER  - \n\nTY  - \nER  -\n\nTY - JOUR\nT1 - Twee\nvervolg "
        "van de titel\nJF - Blad\nY1 - 2015/06/18/\nER -\n"
    )
    found, problems = parse_ris(text, "lijst.ris")
    assert [c["title"] for c in found if c.get("title")] == [
        "Een",
        "Twee vervolg van de titel",
    ]
    assert found[-1]["container-title"] == "Blad"
    assert found[-1]["issued"] == {"date-parts": [[2015, 6, 18]]}
    assert all(p.code == "ris_unreadable" for p in problems)


def test_line_breaks_in_fields_do_not_make_new_tags() -> None:
    text = ris(
        [{"id": "w1", "type": "book", "title": "Een\nER  - \nTY  - JOUR"}]
    )
    assert text.count("\nER  - ") == 1


@given(st.text(alphabet="TYAUER  -\nabc/01;\ufeff", max_size=200))
def test_no_text_makes_the_reader_fall(text: str) -> None:
    found, problems = parse_ris(text)
    assert isinstance(found, list)
    assert isinstance(problems, list)


def test_an_open_author_list_makes_nobody_called_et_al() -> None:
    authors = names_of("Teekman, C.")[0]
    text = ris(
        [
            {
                "id": "e",
                "title": "E",
                "author": authors,
                "custom": {"etal": True},
            }
        ]
    )
    assert [line for line in text.splitlines() if line.startswith("AU")] == [
        "AU  - Teekman, C."
    ]


def test_empty_selection_is_an_empty_file() -> None:
    assert ris([]) == ""


def _read(*lines: str) -> dict[str, Any]:
    (csl,), problems = parse_ris(
        "\n".join(["TY  - JOUR", "TI  - T", *lines, "ER  - "])
    )
    assert problems == []
    return csl


def test_what_stands_between_records_belongs_to_none() -> None:
    found, problems = parse_ris(
        "Provider: x\nTY  - BOOK\nTI  - Een\nKW  - wijk\nER  - \n\nRecord 2 van 2\n\n"
        "TY  - BOOK\nTI  - Twee\nER  - \nEinde van de lijst\n"
    )
    assert problems == []
    assert [(c["title"], c.get("keyword")) for c in found] == [
        ("Een", "wijk"),
        ("Twee", None),
    ]


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        (["PY  - 2014", "DA  - 17.01.2014"], [2014, 1, 17]),
        (["PY  - 2015", "DA  - May 17"], [2015, 5, 17]),
        (["Y1  - 2015/06//"], [2015, 6]),
        (
            ["PY  - 2015", "DA  - 2016/02/01/"],
            [2015],
        ),  # the day it went online
    ],
)
def test_dates_as_programs_write_them(
    lines: list[str], parts: list[int]
) -> None:
    assert _read(*lines)["issued"] == {"date-parts": [parts]}


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("SN  - 1876-8830 (electronic)", "ISSN", "1876-8830"),
        ("SN  - 978-90-8850-123-4", "ISBN", "978-90-8850-123-4"),
        ("DO  - https://doi.org/10.1234/ab", "DOI", "10.1234/ab"),
        ("SP  - 33-48", "page", "33-48"),
        ("PY  - in druk", "status", "in press"),
        ("M3  - doi: 10.1234/ab", "DOI", "10.1234/ab"),
    ],
)
def test_numbers_are_told_by_their_shape(
    line: str, field: str, value: str
) -> None:
    assert _read(line)[field] == value


def test_editors_of_an_edited_book_are_no_authors() -> None:
    found, _ = parse_ris("TY  - EDBOOK\nAU  - Bos, A.\nTI  - T\nER  - ")
    assert "author" not in found[0]
    assert found[0]["editor"] == [{"family": "Bos", "given": "A."}]


def test_notes_of_the_reader_are_not_exported() -> None:
    csl = _read("N1  - nog navragen")
    assert csl["annote"] == "nog navragen"
    assert "navragen" not in ris([csl]) + csl_json([csl]) + bibtex([csl])
