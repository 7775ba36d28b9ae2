"""Texts become tokens with their places; compounds become parts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.dutch.analysis import Analyzer, is_weightless, tokens, words
from kb.dutch.compounds import Splitter
from kb.dutch.fold import folded_word


def test_tokens_know_where_they_stand() -> None:
    text = "Cliënten, o.a. in de Wmo-werkplaats."
    assert [(text[t.start : t.end], t.folded) for t in tokens(text)][:2] == [
        ("Cliënten", "clienten"),
        ("o", "o"),
    ]
    assert [t.folded for t in tokens(text)][-2:] == ["wmo", "werkplaats"]


@given(st.text(max_size=200))
def test_quick_words_and_tokens_with_places_agree_on_composed_text(
    text: str,
) -> None:
    import unicodedata

    plain = unicodedata.normalize("NFKC", text).lower()
    if plain == text and not set("\u00ad\u200b\ufeff") & set(text):
        assert [folded_word(word) for word in words(text)] == [
            token.folded for token in tokens(text)
        ]


def test_question_and_stop_words_carry_no_weight() -> None:
    assert all(
        is_weightless(word) for word in ("hoe", "waarom", "de", "which", "x")
    )
    assert not any(
        is_weightless(word) for word in ("zorg", "2015", "7", "wmo")
    )


def test_parts_are_stems_and_include_parts_of_parts() -> None:
    analyzer = Analyzer(Splitter.of_word_list())
    assert {"schuld", "hulp"} <= set(analyzer.parts("schuldhulpverlening"))
    assert analyzer.parts("zorg") == ()
