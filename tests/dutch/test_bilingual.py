"""English words in Dutch, from dictionaries as FreeDict has them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kb.dutch import bilingual

DUTCH_ENGLISH = """00-database-info
tuinhek /tœynhɛk/
1. gate, garden gate
2. fence
omheinen /ɔmhɛinə/
fence, enclose
de tuin in /də tœyn/
gate
"""


@pytest.fixture
def dictionary(tmp_path: Path) -> Path:
    (tmp_path / bilingual.DUTCH_ENGLISH).write_bytes(
        gzip.compress(DUTCH_ENGLISH.encode())
    )
    (tmp_path / bilingual.ENGLISH_DUTCH).write_bytes(
        gzip.compress(b"gate /geit/\npoort, hek\n")
    )
    return tmp_path


def test_single_words_of_both_dictionaries_are_translations(
    dictionary: Path,
) -> None:
    found = bilingual._dutch(dictionary)
    assert found["gate"] == {"tuinhek", "poort", "hek"}
    assert found["fence"] == {"tuinhek", "omheinen"}
    assert "garden gate" not in found


def test_without_a_dictionary_there_are_none(tmp_path: Path) -> None:
    assert bilingual._dutch(tmp_path) == {}


def test_a_broken_dictionary_is_none(tmp_path: Path) -> None:
    (tmp_path / bilingual.DUTCH_ENGLISH).write_bytes(b"not gzip at all")
    assert list(bilingual.pairs(tmp_path / bilingual.DUTCH_ENGLISH)) == []
