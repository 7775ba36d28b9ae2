"""What the database gives and counts is what one finds by hand, for any corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.passages.statements import SILENT, states
from kb.records import Citation, Document, Passage, Similar, Tag
from kb.store import Store, counts, evidence, sqlite_url
from kb.store.evidence import Evidence, EvidenceRow

THEMES = ("B1", "B7", "K3")
KINDS = ("finding", "text", "caption", "table", "contents")
PLACES = ((), ("Ede",), ("Ede", "Assen"))
WORKS = ("w1", "w2", "w3")
TEXTS = (
    "Het wijkteam van Ede sprak met de huisarts, en dat hielp.",
    "De kosten zijn gestegen, zeggen zij. " + "Er is overleg gevoerd. " * 6,
    "Foto 1",
)


@dataclass(frozen=True)
class Corpus:
    """Records of a small corpus, as lists to count in."""

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    tags: tuple[Tag, ...]
    citations: tuple[Citation, ...]
    similar: tuple[Similar, ...] = ()

    def passage(self, id: str) -> Passage:
        return next(p for p in self.passages if p.id == id)

    def document_of(self, id: str) -> Document:
        wanted = self.passage(id).document
        return next(d for d in self.documents if d.id == wanted)

    def evidence(self, without: set[str]) -> list[Tag]:
        return [
            tag
            for tag in self.tags
            if tag.evidence and tag.passage not in without
        ]


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    documents, passages, tags, citations = [], [], [], []
    similar = []
    for d in range(draw(st.integers(0, 3))):
        place = draw(st.sampled_from(PLACES))
        title = draw(st.sampled_from(("Wijkteams in Ede", "Verslag")))
        year = draw(st.sampled_from((None, 2015, 2016)))
        id = f"d{d}"
        documents.append(
            Document(id, f"{id}.md", title, year=year, municipalities=place)
        )
        for n in range(draw(st.integers(0, 4))):
            passage = Passage(
                f"{id}-{n}",
                id,
                draw(st.sampled_from(TEXTS)),
                n,
                kind=draw(st.sampled_from(KINDS)),
                municipalities=draw(st.sampled_from(PLACES)),
            )
            passages.append(passage)
            for theme in draw(st.sets(st.sampled_from(THEMES))):
                score = draw(st.sampled_from((0.2, 0.4, 0.65, 0.9)))
                shown = score >= 0.6
                tags.append(Tag(passage.id, theme, score, evidence=shown))
            works = draw(st.lists(st.sampled_from((None, *WORKS)), max_size=4))
            citations += [
                Citation(passage.id, "x", at, at + 1, work=work)
                for at, work in enumerate(works)
            ]
            group = draw(st.sampled_from((None, "g1", "g2")))
            if group:
                similar.append(Similar(passage.id, group, 1.0))
    return Corpus(
        tuple(documents),
        tuple(passages),
        tuple(tags),
        tuple(citations),
        tuple(similar),
    )


@contextmanager
def stored(corpus: Corpus, factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = factory.mktemp("store")
    store = Store.create(sqlite_url(folder / "records.sqlite"))
    for records in (
        corpus.documents,
        corpus.passages,
        corpus.tags,
        corpus.citations,
        corpus.similar,
    ):
        store.add(list(records))
    yield store
    store.close()


few = settings(max_examples=40, deadline=None)


@few
@given(corpus=corpora(), left_out=st.integers(0, 3))
def test_evidence_is_counted_by_theme_and_what_it_stands_in(
    corpus: Corpus, left_out: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    without = {p.id for p in corpus.passages[:left_out]}
    meant = corpus.evidence(without)
    by_document = Counter(
        (corpus.passage(t.passage).document, t.theme) for t in meant
    )
    by_year = Counter(
        (year, t.theme)
        for t in meant
        if (year := corpus.document_of(t.passage).year) is not None
    )
    together = Counter(
        (a.theme, b.theme)
        for a, b in permutations(meant, 2)
        if a.passage == b.passage
    )
    with stored(corpus, tmp_path_factory) as store:
        assert counts.passages_per_theme(store, without) == Counter(
            t.theme for t in meant
        )
        assert counts.themes_per_document(store, without) == by_document
        assert counts.themes_per_year(store, without) == by_year
        assert counts.themes_together(store, without) == together


@few
@given(corpus=corpora())
def test_passages_are_counted_where_they_may_state_something(
    corpus: Corpus, tmp_path_factory: pytest.TempPathFactory
) -> None:
    stating = [p for p in corpus.passages if p.kind not in SILENT]
    by_year = Counter(
        year
        for p in stating
        if (year := corpus.document_of(p.id).year) is not None
    )
    places = Counter(
        place
        for p in stating
        for place in p.municipalities
        or _only_place_in_title(corpus.document_of(p.id))
    )
    with stored(corpus, tmp_path_factory) as store:
        assert counts.passages_per_year(store) == by_year
        assert counts.passages_per_kind(store) == Counter(
            p.kind for p in stating
        )
        assert counts.stating_per_document(store) == Counter(
            p.document for p in stating
        )
        assert counts.passages_per_document(store) == Counter(
            p.document for p in corpus.passages
        )
        assert evidence.passages_per_municipality(store) == places
        assert counts.totals(store) == {
            "documents": len(corpus.documents),
            "passages": len(corpus.passages),
            "tags": len(corpus.evidence(set())),
            "works": 0,
            "citations": len(corpus.citations),
        }


def _only_place_in_title(document: Document) -> tuple[str, ...]:
    places = document.municipalities
    named = len(places) == 1 and places[0] in document.title
    return places if named else ()


@few
@given(corpus=corpora(), limit=st.integers(1, 4))
def test_works_are_counted_where_they_are_cited(
    corpus: Corpus, limit: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cited = {
        p.id: {
            c.work for c in corpus.citations if c.passage == p.id and c.work
        }
        for p in corpus.passages
    }
    pairs = Counter(
        pair
        for works in cited.values()
        for pair in combinations(sorted(works), 2)
    )
    ranked = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    with_first = sorted(
        (
            (b if a == "w1" else a, n)
            for (a, b), n in pairs.items()
            if "w1" in (a, b)
        ),
        key=lambda item: (-item[1], item[0]),
    )
    mentions = Counter(
        (corpus.passage(c.passage).document, c.work)
        for c in corpus.citations
        if c.work
    )
    with stored(corpus, tmp_path_factory) as store:
        assert counts.pairs_cited_together(store, limit) == [
            (a, b, n) for (a, b), n in ranked[:limit]
        ]
        assert counts.cited_together(store, "w1", limit) == with_first[:limit]
        assert counts.mentions_per_document(store) == mentions
        assert counts.mentions_per_document(store, ["w2"]) == {
            key: n for key, n in mentions.items() if key[1] == "w2"
        }


@few
@given(corpus=corpora())
def test_themes_of_a_document_stand_in_reading_order(
    corpus: Corpus, tmp_path_factory: pytest.TempPathFactory
) -> None:
    told = [
        (corpus.passage(t.passage).position, -t.score, t.theme, t.passage)
        for t in corpus.evidence(set())
        if corpus.passage(t.passage).document == "d0"
    ]
    with stored(corpus, tmp_path_factory) as store:
        assert counts.theme_positions(store, "d0") == [
            (position, theme, passage, -falling)
            for position, falling, theme, passage in sorted(told)
        ]


@few
@given(corpus=corpora(), least=st.sampled_from((None, 0.3)))
def test_rows_of_evidence_hold_what_they_can_be_narrowed_by(
    corpus: Corpus,
    least: float | None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    expected = {
        EvidenceRow(
            p.id,
            p.kind,
            p.document,
            (document := corpus.document_of(p.id)).year,
            p.municipalities or _only_place_in_title(document),
            "kosten" in p.text.lower(),
            tag.evidence,
        )
        for tag in corpus.tags
        for p in (corpus.passage(tag.passage),)
        if tag.theme == "B7"
        and (tag.evidence or (least is not None and tag.score >= least))
    }
    with stored(corpus, tmp_path_factory) as store:
        rows = evidence.evidence_rows(store, "B7", ["kosten"], least)
        assert len(rows) == len(expected)
        assert set(rows) == expected
        shown, every = evidence.evidence_twice(store, "B7", ["kosten"], 0.3)
        assert shown == evidence.evidence_rows(store, "B7", ["kosten"])
        assert every == evidence.evidence_rows(store, "B7", ["kosten"], 0.3)
        assert rows == _best_first(corpus, rows)
        left_out = {row.passage for row in rows[:1]}
        rest = [row for row in rows if row.passage not in left_out]
        assert evidence.evidence_rows(
            store, "B7", ["kosten"], least, left_out
        ) == _best_first(corpus, rest)


def _best_first(
    corpus: Corpus, rows: Sequence[EvidenceRow]
) -> list[EvidenceRow]:
    """By score, kind and length, in reading order where alike; documents alternate."""
    score = {t.passage: t.score for t in corpus.tags if t.theme == "B7"}

    def worth(row: EvidenceRow) -> float:
        short = len(corpus.passage(row.passage).text) < evidence.SHORT
        kind = evidence.WORTH.get(row.kind, 0.0)
        return (
            score[row.passage] + kind + (evidence.SHORT_WORTH if short else 0)
        )

    read = sorted(
        rows, key=lambda row: (-score[row.passage], row.document, row.passage)
    )
    by_worth = sorted(read, key=lambda row: -worth(row))
    seen = Counter[str]()
    ranked = []
    for row in by_worth:
        ranked.append((worth(row) - evidence.AGAIN * seen[row.document], row))
        seen[row.document] += 1
    return [row for _, row in sorted(ranked, key=lambda pair: -pair[0])]


@few
@given(
    corpus=corpora(),
    kind=st.sampled_from((None, *KINDS)),
    year=st.sampled_from((None, 2015)),
    place=st.sampled_from((None, "Ede")),
    critical=st.booleans(),
)
def test_rows_are_narrowed_by_all_that_is_asked(
    corpus: Corpus,
    kind: str | None,
    year: int | None,
    place: str | None,
    critical: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    also = {t.passage for t in corpus.tags if t.theme == "K3"}
    asked = Evidence("B7", "K3", kind, "d0", year, place, critical)
    with stored(corpus, tmp_path_factory) as store:
        rows = evidence.evidence_rows(store, "B7", ["kosten"])
    found = evidence.narrowed(rows, asked, also)
    assert found == [
        row
        for row in rows
        if row.passage in also
        and row.document == "d0"
        and (kind is None or row.kind == kind)
        and (year is None or row.year == year)
        and (place is None or place in row.municipalities)
        and (row.critical or not critical)
    ]
    for facet in ("kind", "document", "year"):
        values = Counter(getattr(row, facet) for row in rows)
        del values[None]
        assert dict(evidence.counted(rows, facet)) == values
    places = Counter(place for row in rows for place in row.municipalities)
    assert dict(evidence.counted(rows, "municipality")) == places


@few
@given(corpus=corpora())
def test_what_says_the_same_is_named_in_both_directions(
    corpus: Corpus, tmp_path_factory: pytest.TempPathFactory
) -> None:
    group_of = {s.passage: s.group for s in corpus.similar}
    with stored(corpus, tmp_path_factory) as store:
        found = evidence.alike(store, list(group_of)[:2])
    asked = {group_of[id] for id in list(group_of)[:2]}
    assert found == {
        id: tuple(
            sorted(
                o
                for o, other in group_of.items()
                if other == group and o != id
            )
        )
        for id, group in group_of.items()
        if group in asked
    }


@few
@given(corpus=corpora())
def test_tagged_passages_that_state_nothing_are_silent(
    corpus: Corpus, tmp_path_factory: pytest.TempPathFactory
) -> None:
    tagged = {t.passage for t in corpus.tags}
    with stored(corpus, tmp_path_factory) as store:
        assert evidence.silent_passages(store) == {
            p.id
            for p in corpus.passages
            if p.id in tagged and not states(p.kind, p.text)
        }
        assert evidence.tables_of(store, ["d0", "d1"]) == [
            p
            for p in corpus.passages
            if p.kind == "table" and p.document in ("d0", "d1")
        ]


@few
@given(corpus=corpora(), before=st.integers(0, 2), after=st.integers(0, 2))
def test_each_record_is_found_among_others_with_its_neighbours(
    corpus: Corpus,
    before: int,
    after: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with stored(corpus, tmp_path_factory) as store:
        for document in corpus.documents:
            assert store.document(document.id) == document
        for passage in corpus.passages:
            assert store.passage(passage.id) == passage
            own = [
                p for p in corpus.passages if p.document == passage.document
            ]
            at = own.index(passage)
            assert store.neighbours(passage, before, after) == (
                own[max(0, at - before) : at],
                own[at + 1 : at + 1 + after],
            )
            usual = (own[max(0, at - 1) : at], own[at + 1 : at + 2])
            assert store.neighbours(passage) == usual
        ids = [p.id for p in reversed(corpus.passages)]
        assert store.passages(ids=ids) == list(reversed(corpus.passages))
        tags = sorted(
            corpus.tags, key=lambda t: (-t.score, t.passage, t.theme)
        )
        assert store.tags(ids, shown=False) == tags
