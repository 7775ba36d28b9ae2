"""Conformance: every engine finds, counts and orders what a plain loop over the entries does."""

from __future__ import annotations

import errno
import json
import resource
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.errors import SettingError
from kb.search.engines import (
    TOKENS,
    Engine,
    Entry,
    Plan,
    ReadingOrder,
    choose,
    engine_class,
    tantivy_files,
)
from kb.search.engines.tantivy_files import GROUPS
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
from tests.servers import ENGINES, ready

WORDS = ("zorg", "wijk", "team", "hulp", "van", "schuld")
PER_DOCUMENT = 10
NEWEST = (4, 2, 0, 5, 1, 3)  # numbers of the documents, newest first


def entry(row: int) -> Entry:
    """A passage that differs from most others."""
    return Entry(
        place=row % PER_DOCUMENT,
        body=" ".join(
            WORDS[(row * 7 + i * (row % 5 + 1)) % len(WORDS)]
            for i in range(3 + row % 6)
        ),
        parts=" ".join(WORDS[(row + i) % len(WORDS)] for i in range(row % 3)),
        section=WORDS[row % 2],
        title=WORDS[2 + row % 3],
        theme=tuple(f"B{n}" for n in range(1, 4) if row % (n + 1) == 0),
        kind=("finding", "text", "respondent_quote")[row % 3],
        municipality=("Wijk bij Duurstede", "'s-Hertogenbosch")[row % 2 :][:1]
        if row % 4 == 0
        else (),
        figures="yes" if row % 7 == 0 else "",
    )


ENTRIES = [entry(row) for row in range(60)]
DOCUMENTS = [f"boek {number}" for number in range(60 // PER_DOCUMENT)]
ORDER = ReadingOrder(
    DOCUMENTS, np.arange(0, 61, PER_DOCUMENT), np.array(NEWEST)
)


def entries_of(document: str) -> list[Entry]:
    first = int(document.removeprefix("boek ")) * PER_DOCUMENT
    return ENTRIES[first : first + PER_DOCUMENT]


def other_entries_of(document: str) -> list[Entry]:
    return [
        e._replace(body="iets anders van toen")
        for e in entries_of(document)[:7]
    ]


@pytest.fixture(scope="module", params=ENGINES)
def name(request: pytest.FixtureRequest) -> str:
    return ready(request)


@pytest.fixture(scope="module", params=["anew", "gone on", "patched"])
def engine(
    request: pytest.FixtureRequest,
    name: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Engine:
    adapter, folder = engine_class(name), tmp_path_factory.mktemp(name)
    if request.param == "anew":
        adapter.build(folder / "new", DOCUMENTS, entries_of)
        return adapter.open(folder / "new", ORDER)
    stale = {"boek 1", "boek 4"}
    before = [*DOCUMENTS[:4], "boek 3 bis", "boek 4"]

    def before_of(document: str) -> list[Entry]:
        known = document in DOCUMENTS and document not in stale
        return entries_of(document) if known else other_entries_of("boek 4")

    adapter.build(folder / "old", before, before_of)
    adapter.build(
        folder / "new",
        DOCUMENTS,
        entries_of,
        folder / "old",
        stale,
        patch=request.param == "patched",
    )
    return adapter.open(folder / "new", ORDER)


def holds(row: int, node: Node) -> bool:
    match node:
        case Nothing():
            return False
        case Every():
            return True
        case Not(part):
            return not holds(row, part)
        case And(parts):
            return all(holds(row, part) for part in parts)
        case Or(parts):
            return any(holds(row, part) for part in parts)
        case AtLeast(least, parts):
            return sum(holds(row, part) for part in parts) >= least
        case Term(field, text):
            return text in values_of(row, field)
        case Phrase(field, words):
            held, many = values_of(row, field), len(words)
            starts = range(len(held))
            return any(tuple(held[i : i + many]) == words for i in starts)
    raise AssertionError(node)


def values_of(row: int, field: str) -> list[str]:
    if field == "document":
        return [DOCUMENTS[row // PER_DOCUMENT]]
    value = getattr(ENTRIES[row], field)
    if field in TOKENS:
        return str(value).split(" ")
    return [value] if isinstance(value, str) else list(value)


def rows_of(plan: Plan) -> list[int]:
    def passes(row: int) -> bool:
        return all(
            set(values) & set(values_of(row, name))
            for name, values in plan.filters.items()
        )

    return [row for row in range(60) if holds(row, plan.tree) and passes(row)]


terms = st.builds(
    Term,
    st.sampled_from(TOKENS),
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
        Term("figures", "yes"),
        Term("municipality", "Wijk bij Duurstede"),
    ]
)
leaves = st.one_of(
    terms, terms, phrases, values, st.just(Every()), st.just(Nothing())
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(
            lambda parts: Or(tuple(parts))
        ),
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
        st.sampled_from(["B1", "B2", "finding", "respondent_quote"]),
        max_size=2,
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
    total, counts = engine.count(
        plan, ("kind", "theme", "municipality", "document")
    )
    assert total == len(expected)
    assert engine.ordered(plan, "page", 100).tolist() == expected
    assert engine.ordered(plan, "year", 100).tolist() == sorted(
        expected, key=lambda row: NEWEST.index(row // PER_DOCUMENT)
    )
    for limit in (1, 3, 7):
        for order in ("page", "year"):
            whole = engine.ordered(plan, order, 100).tolist()
            few = engine.ordered(plan, order, limit).tolist()
            assert few == whole[:limit]
    assert sorted(engine.best(plan, 100).tolist()) == expected
    few, in_all = engine.best_and_total(plan, 3)
    assert few.tolist() == engine.best(plan, 3).tolist()
    assert in_all == len(expected)
    assert counts["kind"] == Counter(ENTRIES[row].kind for row in expected)
    assert counts["theme"] == Counter(
        theme for row in expected for theme in ENTRIES[row].theme
    )
    assert counts["municipality"] == Counter(
        place for row in expected for place in ENTRIES[row].municipality
    )


def test_limit_is_kept_and_rarer_words_weigh_more(engine: Engine) -> None:
    assert len(engine.best(Plan(Term("body", "zorg")), 3)) == 3
    boosted = Or(
        (Term("body", "zorg", boost=0.01), Term("body", "schuld", boost=5.0))
    )
    assert (
        "schuld" in ENTRIES[int(engine.best(Plan(boosted), 1)[0])].body.split()
    )


def test_phrase_with_slop_allows_words_between(engine: Engine) -> None:
    near = [
        row
        for row, e in enumerate(ENTRIES)
        if any(
            a == "zorg" and "team" in e.body.split()[i + 1 : i + 3]
            for i, a in enumerate(e.body.split())
        )
    ]
    found = engine.ordered(
        Plan(Phrase("body", ("zorg", "team"), slop=1)), "page", 100
    ).tolist()
    assert set(near) <= set(found)


def test_auto_takes_whoosh_for_small_and_tantivy_for_large_collections() -> (
    None
):
    assert (choose(100), choose(1_000_000)) == ("whoosh", "tantivy")


Texts = dict[str, list[str]]
texts = st.dictionaries(
    st.sampled_from([f"boek {n}" for n in range(12)]),
    st.lists(
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join),
        max_size=4,
    ),
    max_size=8,
)


def built(
    name: str,
    told: Texts,
    folder: Path,
    before: Texts | None = None,
    patch: bool = False,
) -> tuple[Engine, list[list[int]]]:
    """An engine with these passages, and what it finds and counts for every word."""

    def passages(document: str) -> list[Entry]:
        return [
            Entry(place, text, "", "wijk", "zorg", ("B1",), "text", ())
            for place, text in enumerate(told[document])
        ]

    documents = sorted(told)
    starts = np.cumsum([0, *(len(told[document]) for document in documents)])
    adapter = engine_class(name)
    old = None if before is None else folder.with_name("before")
    differing = (
        () if before is None else [d for d in told if told[d] != before.get(d)]
    )
    adapter.build(folder, documents, passages, old, differing, patch=patch)
    newest = np.arange(len(documents))[::-1]
    engine = adapter.open(folder, ReadingOrder(documents, starts, newest))
    plans = [Plan(Term("body", word)) for word in WORDS]
    plans.append(Plan(Or(tuple(Term("body", word) for word in WORDS))))
    found = [engine.best(plan, 3).tolist() for plan in plans]
    found += [engine.ordered(plan, "year", 4).tolist() for plan in plans]
    found += [[engine.count(plan, ())[0]] for plan in plans]
    return engine, found


def sure(name: str, found: list[list[int]], patch: bool = False) -> list[Any]:
    """What must be equal: all, but for which passages OpenSearch or a patch holds for the best.

    Its nodes keep what was deleted for up to half a minute, in case another needs it, and
    count it in their statistics of words meanwhile; kb orders candidates by its own.
    """
    if name != "opensearch" and not patch:
        return found
    plans = len(WORDS) + 1
    return [*map(len, found[:plans]), *found[plans:]]


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(before=texts, after=texts, later=texts, patch=st.booleans())
def test_an_index_that_went_on_answers_as_one_made_anew(
    name: str,
    tmp_path_factory: pytest.TempPathFactory,
    before: Texts,
    after: Texts,
    later: Texts,
    patch: bool,
) -> None:
    folder = tmp_path_factory.mktemp(name)
    was, found = built(name, before, folder / "before")
    went_on, after_change = built(name, after, folder / "after", before, patch)
    (folder / "before").rename(folder / "first")
    (folder / "after").rename(folder / "before")
    again, after_both = built(name, later, folder / "later", after)
    anew, expected = built(name, after, folder / "anew")
    assert sure(name, after_change, patch) == sure(name, expected, patch)
    other, expected = built(name, later, folder / "anew again")
    assert sure(name, after_both) == sure(name, expected)
    # What it began with is as it was: a reader may still have it open.
    order = ReadingOrder(
        sorted(before),
        np.cumsum([0, *(len(before[d]) for d in sorted(before))]),
        np.arange(len(before))[::-1],
    )
    reopened = engine_class(name).open(folder / "first", order)
    plans = [Plan(Term("body", word)) for word in WORDS]
    assert [reopened.best(plan, 3).tolist() for plan in plans] == found[
        : len(plans)
    ]
    for engine in (was, went_on, again, anew, other, reopened):
        engine.close()


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(texts, min_size=2, max_size=4))
def test_new_documents_beside_many_are_found_as_in_an_index_made_anew(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Texts]
) -> None:
    """Scores too: nothing that counts is deleted where documents only come in."""
    folder = tmp_path_factory.mktemp("beside")
    many = {f"aan {n}": ["zorg van het team", "wijk"] for n in range(40)}
    last = many
    built("tantivy", last, folder / "before")[0].close()
    for number, step in enumerate(steps):
        told = {**many, **step}
        went_on, found = built("tantivy", told, folder / f"{number}", last)
        anew, expected = built("tantivy", told, folder / f"{number} anew")
        assert found == expected
        beside = json.loads((folder / f"{number}/patched.json").read_text())
        assert beside.keys() <= step.keys()
        assert beside or number or not step
        for engine in (went_on, anew):
            engine.close()
        (folder / "before").rename(folder / f"{number} before")
        (folder / f"{number}").rename(folder / "before")
        last = told


def test_a_patch_grows_until_it_is_folded_back_and_is_never_counted_twice(
    tmp_path: Path,
) -> None:
    told = {f"boek {n}": ["zorg in de wijk", "hulp"] for n in range(30)}
    built("tantivy", told, tmp_path / "before")
    for step in range(12):
        before, told = told, {**told, f"boek {step}": [f"schuld {step}"]}
        folder = tmp_path / f"{step}"
        engine, _ = built("tantivy", told, folder, before, patch=True)
        count, _ = engine.count(Plan(Term("body", "schuld")), ())
        assert count == step + 1
        assert engine.count(Plan(Term("body", "hulp")), ())[0] == 29 - step
        patched = json.loads((folder / "patched.json").read_text())
        assert len(patched) <= len(told) / GROUPS
        engine.close()
        (tmp_path / "before").rename(tmp_path / f"{step} before")
        folder.rename(tmp_path / "before")


def _segments(folder: Path) -> set[str]:
    meta = json.loads((folder / "meta.json").read_text())
    return {segment["segment_id"] for segment in meta["segments"]}


def test_one_changed_document_writes_one_of_many_segments_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tantivy would merge from eight on, and what is deleted would go on counting."""
    monkeypatch.setattr(tantivy_files, "DOCUMENTS_A_GROUP", 2)
    before = {f"boek {n}": ["zorg in de wijk", "hulp"] for n in range(40)}
    told = {**before, "boek 7": ["schuld van het team", "hulp", "wijk"]}
    built("tantivy", before, tmp_path / "before")[0].close()
    engine, found = built("tantivy", told, tmp_path / "after", before)
    anew, expected = built("tantivy", told, tmp_path / "anew")
    assert found == expected
    first, then = _segments(tmp_path / "before"), _segments(tmp_path / "after")
    assert len(first) > 8
    assert len(first - then) == len(then - first) == 1
    engine.close()
    anew.close()


def test_deleting_from_one_of_many_segments_leaves_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tantivy_files, "DOCUMENTS_A_GROUP", 2)
    before = {f"boek {n}": ["zorg in de wijk", "hulp"] for n in range(40)}
    told = {**before, "boek 7": ["schuld"]}
    first, _ = built("tantivy", before, tmp_path / "before")
    engine, _ = built("tantivy", told, tmp_path / "after", before, patch=True)
    zorg, schuld = Plan(Term("body", "zorg")), Plan(Term("body", "schuld"))
    assert engine.count(zorg, ())[0] == 39
    assert engine.count(schuld, ())[0] == 1
    assert first.count(zorg, ())[0] == 40
    (tmp_path / "before").rename(tmp_path / "first")
    (tmp_path / "after").rename(tmp_path / "before")
    again, found = built("tantivy", told, tmp_path / "again", told)
    anew, expected = built("tantivy", told, tmp_path / "anew")
    assert found == expected
    for opened in (first, engine, again, anew):
        opened.close()


def test_a_missing_segment_has_all_made_anew(tmp_path: Path) -> None:
    told = {f"boek {n}": ["zorg in de wijk"] for n in range(12)}
    built("tantivy", told, tmp_path / "before")[0].close()
    next((tmp_path / "before").glob("*.idx")).unlink()
    engine, found = built("tantivy", told, tmp_path / "after", told)
    anew, expected = built("tantivy", told, tmp_path / "anew")
    assert found == expected
    engine.close()
    anew.close()


def test_equal_passages_come_in_reading_order_however_many_there_are(
    name: str, tmp_path: Path
) -> None:
    told = {f"boek {n:02}": ["zorg in de wijk"] * 40 for n in range(30)}
    engine, _ = built(name, told, tmp_path / "new")
    assert engine.best(Plan(Term("body", "wijk")), 500).tolist() == list(
        range(500)
    )
    engine.close()


def test_an_index_that_cannot_be_read_is_made_anew(
    name: str, tmp_path: Path
) -> None:
    built(name, {"boek 1": ["zorg"]}, tmp_path / "before")[0].close()
    for path in (tmp_path / "before").iterdir():
        half = path.read_bytes()[: path.stat().st_size // 2]
        path.unlink()  # cutting short a file that is still mapped ends the process
        path.write_bytes(half)
    told = {"boek 1": ["zorg"], "boek 2": ["zorg en wijk"]}
    engine, _ = built(name, told, tmp_path / "after", {"boek 1": ["zorg"]})
    assert engine.ordered(Plan(Term("body", "zorg")), "page", 9).tolist() == [
        0,
        1,
    ]
    engine.close()


def test_unknown_engine_is_refused() -> None:
    with pytest.raises(SettingError):
        engine_class("lucene")


def test_an_index_can_be_empty(name: str, tmp_path: Path) -> None:
    adapter = engine_class(name)
    adapter.build(tmp_path / name, [], entries_of)
    order = ReadingOrder([], np.zeros(1, np.int64), np.zeros(0, np.int64))
    opened = adapter.open(tmp_path / name, order)
    assert opened.count(Plan(Every()), ("kind",)) == (0, {"kind": {}})
    assert opened.best(Plan(Term("body", "zorg")), 5).tolist() == []
    opened.close()


def test_alternatives_are_counted_side_by_side_without_boosts() -> None:
    from kb.search.query_tree import unweighted

    a, b = Term("body", "zorg", boost=0.3), Term("body", "hulp")
    plain = unweighted(
        And((Or((a, Or((b, Term("body", "zorg"))))), Not(Or((a,)))))
    )
    zorg = Term("body", "zorg")
    assert plain == And((Or((zorg, b)), Not(Or((zorg,)))))


def test_a_disk_that_takes_no_more_is_said_by_the_system(
    name: str, tmp_path: Path
) -> None:
    """A file may not grow beyond a limit, as on a full disk; in a process of its own."""
    if engine_class(name).keeps:
        pytest.skip(
            "its files are the server's: test_opensearch fills that up"
        )
    program = (
        "import pathlib, sys\n"
        "from kb.search.engines import Entry, engine_class\n"
        "def entries_of(document):\n"
        "    for n in range(900):\n"
        "        body = ' '.join(f'w{n * i}' for i in range(40))\n"
        "        yield Entry(n, body, '', '', '', (), 'text', ())\n"
        "try:\n"
        f"    engine_class({name!r}).build(pathlib.Path(sys.argv[1]), ['d'], entries_of)\n"
        "except OSError as error:\n"
        "    sys.exit(error.errno)\n"
    )

    def with_little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    ended = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "index")],
        preexec_fn=with_little_room,
        check=False,
        capture_output=True,
    )
    assert ended.returncode == errno.EFBIG, ended.stderr
