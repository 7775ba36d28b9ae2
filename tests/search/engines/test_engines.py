"""Conformance: every engine finds, counts and orders what a plain loop over the entries does."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.errors import SettingError
from kb.search.engines import Engine, Entry, Plan, choose, engine_class
from kb.search.query_tree import (
    And,
    AtLeast,
    Every,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Term,
)

WORDS = ("zorg", "wijk", "team", "hulp", "van", "schuld")
ENTRIES = [
    Entry(
        row=row,
        body=" ".join(
            WORDS[(row * 7 + i * (row % 5 + 1)) % len(WORDS)]
            for i in range(3 + row % 6)
        ),
        parts=" ".join(WORDS[(row + i) % len(WORDS)] for i in range(row % 3)),
        head=WORDS[row % 2],
        theme=tuple(f"B{n}" for n in range(1, 4) if row % (n + 1) == 0),
        kind=("finding", "text", "respondent_quote")[row % 3],
        document=f"boek {row // 10}",
        municipality=(("Wijk bij Duurstede", "'s-Hertogenbosch")[row % 2],)
        if row % 4 == 0
        else (),
        by_year=39 - row if row < 40 else row,
    )
    for row in range(60)
]


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Engine:
    folder = tmp_path_factory.mktemp(request.param)
    adapter = engine_class(request.param)
    adapter.build(folder, ENTRIES, len(ENTRIES))
    return adapter.open(folder)


def holds(entry: Entry, node: Node) -> bool:
    match node:
        case Nothing():
            return False
        case Every():
            return True
        case Not(part):
            return not holds(entry, part)
        case And(parts):
            return all(holds(entry, part) for part in parts)
        case Or(parts):
            return any(holds(entry, part) for part in parts)
        case AtLeast(least, parts):
            return sum(holds(entry, part) for part in parts) >= least
        case Term(field, text):
            return text in values_of(entry, field)
        case Phrase(field, words):
            held, many = values_of(entry, field), len(words)
            starts = range(len(held))
            return any(tuple(held[i : i + many]) == words for i in starts)
    raise AssertionError(node)


def values_of(entry: Entry, field: str) -> list[str]:
    value = getattr(entry, field)
    if field in ("body", "parts", "head"):
        return str(value).split(" ")
    return [value] if isinstance(value, str) else list(value)


def rows_of(plan: Plan) -> list[int]:
    def passes(entry: Entry) -> bool:
        have = {
            "theme": entry.theme,
            "kind": (entry.kind,),
            "document": (entry.document,),
            "municipality": entry.municipality,
        }
        return all(
            set(values) & set(have[name]) for name, values in plan.filters.items()
        )

    return [entry.row for entry in ENTRIES if holds(entry, plan.tree) and passes(entry)]


terms = st.builds(
    Term,
    st.sampled_from(["body", "parts", "head"]),
    st.sampled_from([*WORDS, "nergens"]),
    boost=st.sampled_from([1.0, 0.3]),
)
phrases = st.builds(
    lambda words: Phrase("body", tuple(words)),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=3),
)
values = st.sampled_from(
    [
        Term("theme", "B1"),
        Term("document", "boek 2"),
        Term("municipality", "Wijk bij Duurstede"),
    ]
)
leaves = st.one_of(terms, terms, phrases, values, st.just(Every()), st.just(Nothing()))
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Or(tuple(parts))),
        st.builds(
            lambda least, parts: AtLeast(min(least, len(parts)), tuple(parts)),
            st.integers(1, 3),
            st.lists(inner, min_size=1, max_size=4),
        ),
        st.lists(st.one_of(inner, inner.map(Not)), min_size=1, max_size=3).map(
            lambda parts: And(tuple(parts))
        ),
    ),
    max_leaves=8,
)
filters = st.dictionaries(
    st.sampled_from(["theme", "kind"]),
    st.lists(
        st.sampled_from(["B1", "B2", "finding", "respondent_quote"]), max_size=2
    ).map(tuple),
    max_size=2,
)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(tree=trees, wanted=filters)
def test_engine_finds_what_a_plain_loop_finds(
    engine: Engine, tree: Any, wanted: dict[str, tuple[str, ...]]
) -> None:
    plan = Plan(tree, wanted)
    expected = rows_of(plan)
    total, counts = engine.count(plan, ("kind", "theme", "municipality", "document"))
    assert total == len(expected)
    assert engine.ordered(plan, "page", 100).tolist() == expected
    assert engine.ordered(plan, "year", 100).tolist() == sorted(
        expected, key=lambda row: ENTRIES[row].by_year
    )
    assert sorted(engine.best(plan, 100).tolist()) == expected
    assert counts["kind"] == Counter(ENTRIES[row].kind for row in expected)
    assert counts["theme"] == Counter(
        theme for row in expected for theme in ENTRIES[row].theme
    )
    assert counts["municipality"] == Counter(
        place for row in expected for place in ENTRIES[row].municipality
    )


def test_limit_is_kept_and_rarer_words_weigh_more(engine: Engine) -> None:
    assert len(engine.best(Plan(Term("body", "zorg")), 3)) == 3
    boosted = Or((Term("body", "zorg", boost=0.01), Term("body", "schuld", boost=5.0)))
    assert "schuld" in ENTRIES[int(engine.best(Plan(boosted), 1)[0])].body.split()


def test_phrase_with_slop_allows_words_between(engine: Engine) -> None:
    near = [
        e.row
        for e in ENTRIES
        if any(
            a == "zorg" and "team" in e.body.split()[i + 1 : i + 3]
            for i, a in enumerate(e.body.split())
        )
    ]
    found = engine.ordered(
        Plan(Phrase("body", ("zorg", "team"), slop=1)), "page", 100
    ).tolist()
    assert set(near) <= set(found)


def test_auto_takes_whoosh_for_small_and_tantivy_for_large_collections() -> None:
    assert (choose(100), choose(1_000_000)) == ("whoosh", "tantivy")


def test_unknown_engine_is_refused() -> None:
    with pytest.raises(SettingError):
        engine_class("lucene")


def test_an_index_can_be_empty(tmp_path: Path) -> None:
    for name in ("whoosh", "tantivy"):
        adapter = engine_class(name)
        adapter.build(tmp_path / name, [], 0)
        opened = adapter.open(tmp_path / name)
        assert opened.count(Plan(Every()), ("kind",)) == (0, {"kind": {}})
        assert opened.best(Plan(Term("body", "zorg")), 5).tolist() == []
        opened.close()


def test_alternatives_are_counted_side_by_side_without_boosts() -> None:
    from kb.search.engines.tantivy_engine import unweighted

    a, b = Term("body", "zorg", boost=0.3), Term("body", "hulp")
    plain = unweighted(And((Or((a, Or((b, Term("body", "zorg"))))), Not(Or((a,))))))
    zorg = Term("body", "zorg")
    assert plain == And((Or((zorg, b)), Not(Or((zorg,)))))
