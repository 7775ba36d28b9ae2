"""An index that is let go of is gone at once, with all that it remembered."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.search import Searcher
from kb.search.remembering import remembered
from kb.search.request import SearchRequest
from kb.store import Store


class Counting:
    """Says how often it was asked."""

    def __init__(self, most: int) -> None:
        self.asked = 0
        self.doubled = remembered(self._doubled, most)

    def _doubled(self, number: int) -> int:
        self.asked += 1
        return 2 * number


@pytest.fixture
def no_search_for_circles() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_the_last_answers_are_remembered_and_no_more() -> None:
    counting = Counting(most=2)
    assert [counting.doubled(n) for n in (1, 2, 1, 2)] == [2, 4, 2, 4]
    assert counting.asked == 2
    counting.doubled(3)
    assert counting.doubled(1) == 2
    assert counting.asked == 4


def test_what_one_remembers_another_does_not() -> None:
    first, second = Counting(most=2), Counting(most=2)
    first.doubled(1)
    second.doubled(1)
    assert (first.asked, second.asked) == (1, 1)


@pytest.mark.usefixtures("no_search_for_circles")
def test_an_index_that_was_asked_all_kinds_of_things_goes_when_it_is_let_go(
    index: Path, store: Store
) -> None:
    searcher = Searcher.open(index, store)
    for question in ("vakkennis", "vakkenis", "wat is een wijkteam?", "xqzv"):
        searcher.search(SearchRequest(question))
    searcher.suggest("vak")
    parts = (searcher, searcher.collection, searcher.completer)
    left = [weakref.ref(part) for part in parts]
    searcher.close()
    del searcher, parts
    assert [ref() for ref in left] == [None, None, None]
