"""The query tree in the words of OpenSearch."""

from __future__ import annotations

import json
from typing import Any

from kb.search.engines import Plan
from kb.search.engines.opensearch_query import MOST_LEAVES, query_of
from kb.search.query_tree import And, AtLeast, Not, Or, Term

THOUSANDS = tuple(Term("body", f"w{n}", boost=0.5) for n in range(3_000))


def leaves(query: Any) -> int:
    if isinstance(query, list):
        return sum(map(leaves, query))
    inner = query.get("bool")
    if inner is None:
        return 1
    return sum(
        leaves(part) for part in inner.values() if not isinstance(part, int)
    )


def test_thousands_of_alternatives_are_few_conditions() -> None:
    found = query_of(Plan(Or((*THOUSANDS, Term("title", "zorg")))))
    assert leaves(found) == 2
    assert len(json.dumps(found)) > 3_000


def test_a_word_said_a_thousand_times_is_asked_once() -> None:
    same = (Or((Term("body", "zorg"), Term("section", "zorg"))),) * 2_000
    found = query_of(Plan(AtLeast(7, same)))
    assert leaves(found) <= 2


def test_few_conditions_keep_their_weights() -> None:
    few = Or(THOUSANDS[: MOST_LEAVES // 2])
    assert leaves(query_of(Plan(few))) == MOST_LEAVES // 2


def test_thousands_of_excluded_documents_are_one_condition() -> None:
    gone = tuple(Not(Term("document", f"d{n}")) for n in range(3_000))
    found = query_of(Plan(And((Term("body", "zorg"), *gone))))
    assert leaves(found) == 2
