"""Works known from mentions only are marked, with what a reader can do about them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from markupsafe import Markup

from kb.records import Work
from web.pages.works import WorkRow, _record_to_complete

MENTIONED = Work(
    "duinstra2019",
    {
        "id": "duinstra2019",
        "type": "document",
        "author": [{"family": "Duinstra", "given": "F."}],
        "issued": {"date-parts": [[2019]]},
    },
    origin="mention",
)


def test_the_record_to_complete_has_what_the_mentions_say_and_a_gap() -> None:
    record = _record_to_complete(MENTIONED)
    assert "author = {Duinstra, F.}" in record
    assert "title = {…}" in record
    assert "year = {2019}" in record


@pytest.mark.parametrize(
    ("changes", "provisional"),
    [
        ({}, True),
        ({"origin": "reference"}, False),
        (
            {
                "csl": {
                    "type": "legislation",
                    "custom": {"identifier": "stb:1"},
                }
            },
            False,
        ),
    ],
)
def test_what_is_known_by_its_number_is_no_gap(
    changes: dict[str, object], provisional: bool
) -> None:
    work = replace(MENTIONED, **changes)  # type: ignore[arg-type]
    assert WorkRow(work, Markup(""), "").provisional is provisional
