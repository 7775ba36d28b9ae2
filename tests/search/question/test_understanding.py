"""From a request to a planned question."""

from __future__ import annotations

from kb.search import Searcher, SearchRequest
from kb.search.query_tree import Node
from kb.search.question.understanding import Understanding


def understanding(searcher: Searcher, asked: list[Node]) -> Understanding:
    """One that finds nothing, and tells what it was to look for."""

    def held(tree: Node) -> bool:
        asked.append(tree)
        return False

    return Understanding(
        searcher.implied, searcher.expander, searcher.themes, held
    )


def test_passages_are_looked_for_only_where_words_do_not_tell(
    searcher: Searcher,
) -> None:
    asked: list[Node] = []
    known = understanding(searcher, asked)
    assert known.of(SearchRequest("werkdruk")).reading.absent == ()
    assert known.of(SearchRequest("qzxv")).reading.absent == ("qzxv",)
    assert asked == []
    question = known.of(SearchRequest("werkdruk caseloadhulp"))
    assert question.reading.absent == ("caseloadhulp",)
    assert len(asked) == 1


def test_what_a_reader_chose_stands_before_what_the_question_says(
    searcher: Searcher,
) -> None:
    known = understanding(searcher, [])
    said = known.of(SearchRequest("werkdruk na 2015"))
    assert said.filters == {"year": ("2016..2200",)}
    chosen = SearchRequest("werkdruk na 2015", filters={"year": ("2014",)})
    assert known.of(chosen).filters == {"year": ("2014",)}


def test_a_name_alone_may_ask_for_an_author(searcher: Searcher) -> None:
    known = understanding(searcher, [])
    assert known.asks_author(SearchRequest("Bakker"))
    assert not known.asks_author(SearchRequest("Bakker over werkdruk"))
    assert not known.asks_author(SearchRequest("Bakker", as_words=("author",)))
    question = known.of_author(SearchRequest(" Bakker "))
    assert question.filters == {"author": ("Bakker",)}
    assert [one.words for one in question.reading.implied] == ["Bakker"]
