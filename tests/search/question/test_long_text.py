"""Of a pasted text the words that say most are searched."""

from __future__ import annotations

from kb.search import Searcher, SearchRequest
from kb.search.question.long_text import LONG

STORY = (
    "Wij zijn met zes mensen in een team en merken dat het niet meevalt. De werkdruk is hoog, en "
    "dan komt er ook nog preventie bij, waar niemand aan toekomt. Gisteren zei een collega dat de "
    "caseload van dertig gezinnen te groot is (zij heeft gelijk). Wat zeggen anderen hierover: is "
    "het elders ook zo, en wat doen zij er dan aan, behalve klagen over de koffie?"
)


def test_the_telling_words_of_a_story_are_chosen_and_said_back(
    searcher: Searcher,
) -> None:
    results = searcher.search(SearchRequest(STORY))
    assert "query_long" in results.reading.notes
    assert {"werkdruk", "preventie", "caseload", "gezinnen"} <= set(
        results.reading.words
    )
    assert len(results.reading.words) <= LONG
    assert "koffie" in results.reading.ignored
    assert results.hits[0].passage in {"p1", "p7"}


def test_a_text_is_cut_at_a_word(searcher: Searcher) -> None:
    results = searcher.search(SearchRequest("werkdruk en preventie " * 800))
    assert "query_cut" in results.reading.notes
    assert set(results.reading.words) <= {"werkdruk", "preventie"}


def test_a_short_question_keeps_all_its_words(searcher: Searcher) -> None:
    results = searcher.search(
        SearchRequest("werkdruk preventie caseload gezinnen")
    )
    assert results.reading.words == (
        "werkdruk",
        "preventie",
        "caseload",
        "gezinnen",
    )
    assert "query_long" not in results.reading.notes


def test_a_question_for_a_definition_says_when_there_is_none(
    searcher: Searcher,
) -> None:
    without = searcher.search(SearchRequest("wat is preventie?"))
    assert without.hits
    assert "query_no_definition" in without.reading.notes
    other = searcher.search(SearchRequest("wat is een eigen netwerk?"))
    assert "query_no_definition" in other.reading.notes
    defined = searcher.search(SearchRequest("wat is zelfredzaamheid?"))
    assert "query_no_definition" not in defined.reading.notes


def test_words_of_the_field_tell_more_than_equally_rare_ones_of_everyday(
    searcher: Searcher,
) -> None:
    everyday = {"weken", "acht", "laat", "lang", "ruimte", "gang", "agenda"}
    field = {"caseload", "preventie", "mantelzorgers", "zelfredzaamheid"}
    others = "schulden werkdruk wijkteam professionals medewerkers netwerk"
    text = " ".join((*sorted(everyday), *sorted(field), others))
    words = set(searcher.search(SearchRequest(text)).reading.words)
    assert field <= words
    assert not everyday <= words
    assert "acht" not in words
