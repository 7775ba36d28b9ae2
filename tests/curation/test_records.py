"""Records as curators want them, and as they type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.curation import new_event
from kb.curation.records import recorded, shown, typed
from kb.records import Document

REPORT = Document(
    "d",
    "d.pdf",
    "Wijkteams",
    ("Boer, Anna",),
    2015,
    csl={
        "id": "d",
        "type": "report",
        "title": "Wijkteams",
        "author": [{"family": "Boer", "given": "Anna"}],
        "issued": {"date-parts": [[2015]]},
    },
    found=("title", "author"),
)


def decided(field: str, text: str) -> Document:
    after = typed(field, text)
    return recorded(REPORT, [new_event("record", "d", after, field=field)])


def test_what_was_typed_is_what_the_document_says() -> None:
    assert decided("issued", "2016-03").year == 2016
    assert (
        decided("title", " Wijkteams in  beeld ").title == "Wijkteams in beeld"
    )
    assert decided("author", "Vos, Bo; Gemeente Ede").authors == (
        "Bo Vos",
        "Gemeente Ede",
    )
    assert decided("keyword", "jeugd, wijk").keywords == ("jeugd", "wijk")
    assert decided("title", "X").found == ("author",)


def test_an_emptied_field_is_gone_and_a_document_always_has_a_title() -> None:
    assert "author" not in decided("author", "").csl
    assert decided("title", "").title == "Wijkteams"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("author", "Boer, Anna; Gemeente Zwolle"),
        ("issued", "2016-05-03"),
        ("issued", "2016"),
        ("title", "Over de drempel"),
    ],
)
def test_what_is_shown_reads_back(field: str, text: str) -> None:
    assert shown(field, typed(field, text)) == text


@given(st.sampled_from(["author", "issued", "title", "type"]), st.text())
def test_whatever_is_typed_makes_a_document(field: str, text: str) -> None:
    document = decided(field, text)
    assert document.title
    assert typed(field, shown(field, document.csl.get(field))) is not None
