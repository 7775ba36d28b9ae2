"""Lists of names typed where one name was wanted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.bibliography.literature import parse_literature
from kb.bibliography.name_lists import cut_names, is_editorial
from kb.bibliography.names import inverted

THREE = ["Smit, A.", "Prins, Jan", "Kuiper, K. de"]


@pytest.mark.parametrize(
    "written",
    [
        "Smit, A.; Prins, Jan; Kuiper, K. de",
        "Smit, A., Prins, Jan, Kuiper, K. de",
        "Smit, A., Prins, Jan & Kuiper, K. de",
        "Smit, A., Prins, Jan, and Kuiper, K. de",
        "Smit, A. en Prins, Jan en Kuiper, K. de",
    ],
)
def test_inverted_names_are_cut_however_they_are_joined(written: str) -> None:
    assert cut_names(written) == THREE


@pytest.mark.parametrize(
    "written",
    [
        "Ministerie van Landbouw, Natuur en Visserij",
        "Inspectie Werk & Inkomen",
        "Prins, Jr., Jan",
        "Zorg en Zekerheid",
    ],
)
def test_one_name_stays_one(written: str) -> None:
    assert cut_names(written) == [written]


def test_organisations_beside_persons_are_cut() -> None:
    assert cut_names("Prins, J. & Gemeente Zeewolde") == [
        "Prins, J.",
        "Gemeente Zeewolde",
    ]


def test_further_authors_stand_apart() -> None:
    assert cut_names("Prins, J. et al.") == ["Prins, J.", "et al."]
    assert cut_names("J. Prins e.a.") == ["J. Prins", "e.a."]


def test_editors_are_told_by_their_role() -> None:
    assert is_editorial("Prins, J. & Smit, A. (red.)")
    assert is_editorial("Smit, A. (Eds.)")
    assert not is_editorial("Smit, A.")


@pytest.mark.parametrize(
    "text",
    [
        "@book{a, author={Smit, A. and Prins, J. (red.)}, title={T}}",
        "TY  - BOOK\nAU  - Smit, A.\nAU  - Prins, J. (red.)\nTI  - T\nER  - ",
    ],
)
def test_authors_called_editors_are_editors(text: str) -> None:
    (record,), _problems = parse_literature(text)
    assert "author" not in record
    assert [inverted(n) for n in record["editor"]] == ["Smit, A.", "Prins, J."]


@given(st.text(max_size=60))
def test_any_text_is_cut_without_losing_its_letters(text: str) -> None:
    kept = "".join(cut_names(text))
    lost = set(text) - set(kept)
    assert all(not char.isalnum() or char in "andeu" for char in lost)
