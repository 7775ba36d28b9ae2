"""Tokens are spaCy's, although each run of signs is handed to it once and alone."""

from __future__ import annotations

import re

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.themes.cues.words import words_of

RUNS = (
    "wijkteam",
    "wijkteams,",
    "(Jansen",
    "2015).",
    "d.w.z.",
    "bijv.",
    "thema's",
    "‘eigen",
    "kracht’",
    "sociaal-emotionele",
    "en/of",
    "hulp;",
    "Wmo:2015",
    "€",
    "10%",
    "wie?",
    "helpt…",
    "•",
    "--",
    "www.wijk.nl",
)
SPACES = (" ", "  ", "\n", " \n", "\t")
_WORD = re.compile(r"[^\W_](?:[^\s/().,;:]*[^\W_])?")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(RUNS), st.sampled_from(SPACES)), max_size=15
    )
)
def test_words_stand_where_spacy_puts_them_in_the_whole_text(
    pieces: list[tuple[str, str]],
) -> None:
    text = "".join(run + space for run, space in pieces)
    told = [
        (token.idx + word.start(), token.idx + word.end())
        for token in spacy.blank("nl").tokenizer(text)
        for word in _WORD.finditer(token.text)
    ]
    assert [(word.start, word.end) for word in words_of(text)] == told


def test_white_space_between_words_changes_no_sentence() -> None:
    loose, tight = "Zij helpt.\n\n  Hij niet.", "Zij helpt. Hij niet."
    numbers = [[w.sentence for w in words_of(text)] for text in (loose, tight)]
    assert numbers[0] == numbers[1] == [0, 0, 1, 1]
