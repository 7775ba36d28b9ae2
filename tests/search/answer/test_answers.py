"""What is said beside the hits: corrections, wider questions, completions, likeness, reasons."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kb.errors import NoIndexError, UnknownPassageError
from kb.search import Searcher, SearchRequest, search_many
from kb.search.answer.snippets import marks, snippet
from kb.search.answer.suggestions import Completer
from kb.search.index.expressions import expressions
from kb.search.question.relaxation import wider
from kb.search.request import Suggestion
from kb.search.searcher import FEW
from kb.store import Store


def test_a_misspelled_word_is_corrected_and_still_finds(
    searcher: Searcher,
) -> None:
    result = searcher.search(SearchRequest("prevnetie"))
    assert result.did_you_mean == "preventie"
    assert result.hits[0].passage == "p5"
    assert "query_corrected" in result.reading.notes
    assert result.hits[0].explain[0].how == "spelling"


def test_nothing_found_gives_a_wider_question_that_does_find(
    searcher: Searcher,
) -> None:
    result = searcher.search(SearchRequest("preventie jaar:1990"))
    assert (result.total, result.loosened) == (0, "preventie")
    assert searcher.search(SearchRequest("preventie")).total > 0
    assert result.searched_documents == 2


def test_an_exact_phrase_with_few_passages_offers_the_same_words_without_quotes(
    searcher: Searcher,
) -> None:
    strict = searcher.search(SearchRequest('"individuele hulp"'))
    assert 0 < strict.total < FEW
    assert strict.loosened == "individuele hulp"
    assert searcher.search(SearchRequest(strict.loosened)).total > strict.total
    assert searcher.search(SearchRequest("individuele")).loosened is None


def test_wider_questions_lose_filters_first_then_operators() -> None:
    assert list(wider('"hoge werkdruk" EN team jaar:2014'))[:2] == [
        '"hoge werkdruk" EN team',
        "hoge werkdruk team",
    ]


def test_reading_says_back_what_was_asked(searcher: Searcher) -> None:
    reading = searcher.search(
        SearchRequest(
            'hoe zit het met preventie -loket "individuele hulp" jaar:2016'
        )
    ).reading
    assert reading.words == ("preventie",)
    assert reading.phrases == ("individuele hulp",)
    assert reading.excluded == ("loket",)
    assert {"hoe", "het"} <= set(reading.ignored)
    assert reading.filters == {"year": ("2016",)}


def test_not_too_many_of_one_document_on_the_first_page(
    searcher: Searcher,
) -> None:
    hits = searcher.search(
        SearchRequest(
            "werkdruk team hulp schulden",
            per_page=4,
            per_document=2,
            collapse=False,
        )
    ).hits
    assert (
        max(
            sum(hit.document == other.document for hit in hits)
            for other in hits
        )
        == 2
    )


def test_pages_do_not_overlap_and_hold_all(searcher: Searcher) -> None:
    pages = [
        searcher.search(
            SearchRequest(
                "werkdruk hulp", per_page=2, page=page, collapse=False
            )
        )
        for page in range(1, 6)
    ]
    found = [hit.passage for page in pages for hit in page.hits]
    assert len(found) == len(set(found)) == pages[0].total


def test_hit_under_a_heading_that_was_asked_says_so(
    searcher: Searcher,
) -> None:
    matches = {
        match.field
        for hit in searcher.search(SearchRequest("aanbevelingen")).hits
        for match in hit.explain
    }
    assert "section" in matches


def test_similar_passages_are_the_likest_first(searcher: Searcher) -> None:
    found = searcher.similar("p1", 3)
    assert found[0] == ("p7", 1.0)
    assert all(0 < likeness <= 1 for _, likeness in found)
    with pytest.raises(UnknownPassageError):
        searcher.similar("nergens")


def test_completions_hold_titles_authors_and_places(
    searcher: Searcher,
) -> None:
    assert ("document", "bakker2014") in {
        (s.kind, s.value) for s in searcher.suggest("zorg", 8)
    }
    assert searcher.suggest("bak", 8) == [
        Suggestion("author", "Bakker, Anna", "Bakker, Anna")
    ]
    assert searcher.suggest("zwo", 8)[0].kind == "municipality"
    assert searcher.suggest("", 8) == []


def test_expressions_leave_out_names_and_loose_ends() -> None:
    assert set(
        expressions("Volgens Karin Smit is er hulp bij schulden in de wijk.")
    ) == {"hulp bij schulden"}


def test_weightier_completions_come_first() -> None:
    completer = Completer(
        [
            (Suggestion("phrase", "wijkteam doet", "x"), 3.0),
            (Suggestion("theme", "Nabijheid in de wijk", "B1"), 0.0),
        ]
    )
    assert [s.kind for s in completer.complete("wijk", 5)] == [
        "theme",
        "phrase",
    ]


def test_snippet_is_made_of_whole_sentences() -> None:
    text = (
        "Eerst komt er iets anders. " * 8
        + "Dan gaat het over preventie. Daarna niet meer. "
        + "Het slot is lang. " * 12
    )
    found = snippet(
        text, marks(text, {"preventie": (1.0, "exact", "preventie")}), 120
    )
    assert "over preventie" in found.text
    assert found.text[0].isupper()
    assert found.text.endswith(".")
    assert [found.text[a:b] for a, b in found.marks] == ["preventie"]


def test_a_place_that_is_asked_comes_first(searcher: Searcher) -> None:
    assert (
        searcher.search(SearchRequest("hulp bij schulden Utrecht"))
        .hits[0]
        .passage
        == "p4"
    )
    assert (
        searcher.search(SearchRequest("hulp bij schulden Zwolle"))
        .hits[0]
        .passage
        == "p0"
    )


def test_warming_up_changes_no_answer(searcher: Searcher) -> None:
    before = search_many(searcher, ["werkdruk"])
    searcher.warm()
    assert search_many(searcher, ["werkdruk"]) == before


def test_threads_get_the_same_answers(searcher: Searcher) -> None:
    queries = [
        "werkdruk",
        "hulp bij schulden",
        '"individuele hulp"',
        "prevnetie",
        "team NIET druk",
    ] * 6
    alone = search_many(searcher, queries)
    with ThreadPoolExecutor(4) as pool:
        together = list(
            pool.map(lambda query: search_many(searcher, [query])[0], queries)
        )
    assert together == alone


def test_a_folder_without_an_index_is_said_to_be_none(
    tmp_path: Path, store: Store
) -> None:
    with pytest.raises(NoIndexError):
        Searcher.open(tmp_path, store)
