"""Records as programs and people write them, where the rule says otherwise."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kb.bibliography import parse_literature


def first(text: str) -> dict[str, Any]:
    records, _problems = parse_literature(text)
    return dict(records[0])


def of_ris(*lines: str) -> dict[str, Any]:
    return first("\r\n".join(("TY  - JOUR", *lines, "ER  - ", "")))


def of_csl(**fields: Any) -> dict[str, Any]:
    return first(json.dumps([{"id": "a", "type": "book", **fields}]))


def test_names_of_a_catalogue_of_medicine_are_people() -> None:
    record = of_ris("AU  - van der Mast KA", "AU  - Vonk P", "TI  - Stoepen")
    assert record["author"] == [
        {
            "family": "Mast",
            "given": "K. A.",
            "non-dropping-particle": "van der",
        },
        {"family": "Vonk", "given": "P."},
    ]


def test_beside_an_organisation_such_names_stay_as_they_are() -> None:
    record = of_ris("AU  - Gemeente Ede", "AU  - Vonk P", "TI  - Stoepen")
    assert record["author"][0] == {"literal": "Gemeente Ede"}


def test_markup_and_angle_brackets_are_no_part_of_a_field() -> None:
    record = of_ris(
        "TI  - Het <i>portiek</i> &amp; de stoep",
        "UR  - <https://example.org>",
    )
    assert (record["title"], record["URL"]) == (
        "Het portiek & de stoep",
        "https://example.org",
    )


@pytest.mark.parametrize(
    ("issued", "parts"),
    [
        ({"date-parts": [["2014-05-03"]]}, [[2014, 5, 3]]),
        ({"date-parts": [["3 mei 2014"]]}, [[2014, 5, 3]]),
        ("mei 2014", [[2014, 5]]),
    ],
)
def test_a_date_in_words_is_a_date(
    issued: Any, parts: list[list[int]]
) -> None:
    record = of_csl(title="Stoepen", issued=issued)
    assert record["issued"]["date-parts"] == parts


def test_the_key_that_a_program_made_for_citing_is_the_key() -> None:
    text = json.dumps(
        [{"id": "http://x.org/1", "citation-key": "vonk2014", "title": "A"}]
    )
    assert first(text)["id"] == "vonk2014"


def test_a_person_in_one_piece_is_a_person() -> None:
    record = of_csl(title="A", author=[{"literal": "Vonk, P. J."}])
    assert record["author"] == [{"family": "Vonk", "given": "P. J."}]


def test_a_stop_before_a_subtitle_is_not_printed_twice() -> None:
    record = first("@book{a, title={De stoep.}, subtitle={Een kamer}}")
    assert record["title"] == "De stoep: Een kamer"


def test_about_a_year() -> None:
    record = first("@book{a, title={De stoep}, year={c. 1990}}")
    assert record["issued"] == {"date-parts": [[1990]], "circa": True}
