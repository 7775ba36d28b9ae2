"""Do two engines give the same passages? `python -m scripts.compare_engines STORE ONE OTHER`.

STORE is a SQLite file of records, ONE and OTHER index folders that were built from it, such as
`scripts/benchmark.py search` leaves in its folder. Questions are those of the benchmark.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from kb.search import Searcher, SearchRequest
from kb.store import Store, sqlite_url
from scripts.synthetic import questions

TOP = 10


def main(arguments: Sequence[str]) -> int:
    """Print the mean overlap of the first ten hits, and how many questions differ at all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("one", type=Path)
    parser.add_argument("other", type=Path)
    parser.add_argument("--queries", type=int, default=200)
    given = parser.parse_args(arguments)
    store = Store(sqlite_url(given.store))
    opened = [Searcher.open(path, store) for path in (given.one, given.other)]
    shares, differ = [], 0
    for _, query in questions(store, given.queries):
        one, other = (_first(searcher, query) for searcher in opened)
        shares.append(_share(one, other))
        differ += one != other
    told = {
        "questions": len(shares),
        "overlap": round(sum(shares) / len(shares), 4),
        "least": min(shares),
        "in_another_order_or_other": differ,
    }
    print(json.dumps(told))
    return 0


def _first(searcher: Searcher, query: str) -> list[str]:
    request = SearchRequest(query, per_page=TOP, facets=False, snippets=False)
    return [hit.passage for hit in searcher.search(request).hits]


def _share(one: Sequence[str], other: Sequence[str]) -> float:
    """The part of the first that the second has too; 1.0 where both found nothing."""
    return len(set(one) & set(other)) / len(one) if one else float(not other)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
