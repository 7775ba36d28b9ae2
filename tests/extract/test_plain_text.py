"""Plain text is read in whatever encoding it has, page by page."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extract.limits import Limits
from kb.extract.plain_text import clean, decode, pages_of, read_text

DUTCH = (
    "De cliënt kreeg één privécafé in ’s-Hertogenbosch; de coördinatie was geëvalueerd "
    "door de wijkteams in de gemeente. "
) * 5


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"]
)
def test_dutch_letters_survive_every_usual_encoding(encoding: str) -> None:
    assert decode(DUTCH.encode(encoding))[0] == DUTCH


def test_latin_1_is_read_as_its_windows_cousin() -> None:
    text = DUTCH.replace("’", "'")
    assert decode(text.encode("latin-1"))[0] == text


def test_utf_8_cut_in_the_middle_of_its_last_letter_is_still_utf_8() -> None:
    text, encoding = decode("Een tekst over de cliënté".encode()[:-1])
    assert (text, encoding) == ("Een tekst over de cliënt", "utf-8")


def test_mojibake_is_mended() -> None:
    broken = "De cliënt zei: ‘prima’".encode().decode("cp1252", "replace")
    assert "cliënt" in clean(broken)


def test_line_breaks_of_every_system_are_one() -> None:
    assert clean("een\r\ntwee\rdrie\x0bvier\n") == "een\ntwee\ndrie\nvier\n"


def test_each_form_feed_begins_a_page_and_blank_lines_are_kept() -> None:
    pages = pages_of("een\n\n twee\fdrie\f\n", Limits())
    assert [[line.text for line in page.lines] for page in pages] == [
        ["een", "", " twee"],
        ["drie"],
    ]


def test_a_line_of_a_million_characters_is_read_in_pieces_that_end_at_spaces(
    tmp_path: Path,
) -> None:
    path = tmp_path / "lang.txt"
    path.write_text("woord " * 2000, encoding="utf-8")
    found = read_text(path, Limits(max_line=500))
    lines = [line.text for line in found.pages[0].lines]
    assert max(map(len, lines)) <= 500
    assert " ".join(lines).split() == ["woord"] * 2000
    assert [p.code for p in found.problems] == ["text_long_line"]


@given(st.text(max_size=300))
def test_reading_never_fails_on_any_text(text: str) -> None:
    decoded, _ = decode(text.encode("utf-8", "surrogatepass"))
    pages_of(clean(decoded), Limits())


@given(st.binary(max_size=200))
def test_decoding_never_fails_on_any_bytes(data: bytes) -> None:
    assert isinstance(decode(data)[0], str)
