"""The training passages are valid: themes exist, nothing stands twice, lengths fit."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from kb.errors import InputFileError, NoSuchFileError
from kb.themes import load_frameworks
from kb.themes.labelled import documents_of, read_own

FOLDER = Path(__file__).parents[2] / "scripts/training/passages"
ROWS = read_own(FOLDER)
CODES = tuple(
    [f"B{number}" for number in range(1, 11)]
    + [f"K{number}" for number in range(1, 8)]
)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def test_themes_of_the_passages_exist() -> None:
    named = {code for row in ROWS for code in (*row.evidence, *row.ignore)}
    assert named == set(CODES)
    assert named <= set(load_frameworks().themes)


def test_a_theme_is_evidence_or_mention_and_named_once() -> None:
    for row in ROWS:
        assert (
            max(Counter((*row.evidence, *row.ignore)).values(), default=1) == 1
        ), row.pid


def test_ids_and_texts_stand_once() -> None:
    assert len({row.pid for row in ROWS}) == len(ROWS)
    assert len({" ".join(words(row.text)) for row in ROWS}) == len(ROWS)


def test_passages_have_the_length_of_paragraphs() -> None:
    """Most as reports have them; parties and blogs say it in a sentence or two."""
    lengths = {row.pid: len(row.text.split()) for row in ROWS}
    assert [
        pid for pid, words in lengths.items() if not 15 <= words <= 180
    ] == []
    assert sum(words >= 40 for words in lengths.values()) > 0.9 * len(ROWS)


def test_no_eight_words_stand_in_two_passages() -> None:
    seen: dict[tuple[str, ...], str] = {}
    shared = []
    for row in ROWS:
        text = words(row.text)
        for at in range(len(text) - 7):
            if seen.setdefault(tuple(text[at : at + 8]), row.pid) != row.pid:
                shared.append((row.pid, " ".join(text[at : at + 8])))
    assert shared == []


def test_about_a_third_carries_no_evidence() -> None:
    assert 0.25 < sum(not row.evidence for row in ROWS) / len(ROWS) < 0.40


def test_passages_of_a_document_stand_together_in_order_under_titles() -> None:
    documents = documents_of(ROWS)
    assert [
        passage.id for passages in documents.values() for passage in passages
    ] == [row.pid for row in ROWS]
    assert all(4 <= len(passages) <= 30 for passages in documents.values())
    assert all(
        passage.section[0]
        for passages in documents.values()
        for passage in passages
    )


LINE = '{"pid":"a:1","doc":"a","text":"De drempel is laag.","evidence":["B1"]}'


def test_line_that_is_no_passage_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(LINE + '\n{"pid":1}\n', encoding="utf-8")
    with pytest.raises(InputFileError, match="2"):
        read_own(tmp_path)


def test_folder_without_passages_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFileError, match="jsonl"):
        read_own(tmp_path)
