"""Nothing that cannot be seen comes into a text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extract.characters import visible
from kb.extract.plain_text import decode


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("zelf\u00adredzaam", "zelfredzaam"),
        ("zelf\u00ad\nredzaam", "zelf\u00ad\nredzaam"),
        ("wijk\u200bteam\ufeff", "wijkteam"),
        ("cafe\u0301", "café"),
        ("links\u202e rechts", "links rechts"),
        ("10\u00a0000\u202feuro", "10 000 euro"),
        ("a\x07b\tc\nd", "ab\tc\nd"),
        ("jeugd\u2011team", "jeugd-team"),
    ],
)
def test_each_unseen_sign_goes(written: str, read: str) -> None:
    assert visible(written) == read


@given(st.text(max_size=60))
def test_it_is_done_once(text: str) -> None:
    once = visible(text)
    assert visible(once) == once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac_roman"])
@pytest.mark.parametrize(
    "text",
    [
        "De cliënt en de coördinator spraken één keer over de financiën.",
        "Het café heeft geïnvesteerd in reünies; de première was chaotisch – zei één.",
        "Beëindiging van de maïs, naïef, geëist.",
    ],
)
def test_a_western_encoding_is_told_by_the_letters_it_makes(
    text: str, encoding: str
) -> None:
    data = text.encode(encoding, "ignore")
    assert decode(data)[0] == data.decode(encoding)
