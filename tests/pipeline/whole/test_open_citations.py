"""Citations without an entry are told by document; decisions and texts change the key of links."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kb.curation import new_event
from kb.pipeline.document.products import Mentions
from kb.pipeline.draft import Draft, Previous
from kb.pipeline.kept import Kept
from kb.pipeline.ledger import Ledger, Line
from kb.pipeline.whole.linking import (
    _give_back,
    _key,
    _literature,
    _name_of,
    literature_files,
    open_citations,
)
from kb.records import Citation, Document, Passage, Reference
from kb.settings import Settings
from kb.store import Store, sqlite_url


def cited(passage: str, *authors: str, **more: object) -> Citation:
    return Citation(passage, "aldaar", 0, 6, authors, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("citation", "name"),
    [
        (cited("p", "Bos", "Kok", year=2014), "Bos 2014"),
        (cited("p", "Bos"), "Bos"),
        (cited("p", title="Wet zorg", year=2015), "Wet zorg 2015"),
        (cited("p", year=2015), "aldaar 2015"),
    ],
)
def test_an_open_citation_is_called_by_who_or_what_it_names(
    citation: Citation, name: str
) -> None:
    assert _name_of(citation) == name


def test_open_citations_are_counted_by_document_the_most_cited_first() -> None:
    home = {"p1": "a", "p2": "a", "p3": "b"}
    names = ["Bos", "Kok", "Kok", "Smit", "Vos", "Vos"]
    of_a = [cited("p1", name, year=2014) for name in names]
    found = list(open_citations(home, [*of_a, cited("p3", "Bol")]))
    assert [(p.document, p.code, p.severity) for p in found] == [
        ("a", "open_citations", "note"),
        ("b", "open_citations", "note"),
    ]
    assert found[0].values == {
        "count": 6,
        "most": "Kok 2014 (2×), Vos 2014 (2×), Bos 2014",
    }
    assert found[1].values == {"count": 1, "most": "Bol"}
    assert list(open_citations(home, [])) == []


def test_files_of_literature_are_read_in_their_order(tmp_path: Path) -> None:
    assert literature_files(tmp_path) == []
    record = "@book{bos, author={Bos, A.}, title={Teams}, year={2014}}"
    (tmp_path / "literature.bib").write_text(record)
    (tmp_path / "literature.ris").mkdir()
    later = '[{"id": "kok", "type": "book", "title": "Buurt"}]'
    (tmp_path / "literature.json").write_text(later)
    (tmp_path / "literature.harvest.json").write_text("[{")
    names = [path.name for path in literature_files(tmp_path)]
    assert names == [
        "literature.bib",
        "literature.json",
        "literature.harvest.json",
    ]
    records, problems = _literature(tmp_path)
    assert [record["id"] for record in records] == ["bos", "kok"]
    assert len(problems) == 1


@pytest.fixture
def draft(settings: Settings) -> Draft:
    store = Store.create(sqlite_url(settings.corpus_dir / "draft.sqlite"))
    store.add([Document("a", "a.txt", "Verslag", card={"words": 9})])
    lines = {"a": Line({"mentions": "m1"}, source="a")}
    folder = settings.index_dir
    return Draft(settings, folder, store, ledger=Ledger(lines=lines))


def test_the_key_of_links_changes_with_what_decides_a_link(
    draft: Draft, tmp_path: Path
) -> None:
    kept = Kept(tmp_path)
    store, lines = draft.store, draft.ledger.lines

    def key(*given: object) -> str:
        literature = [{"id": "bos"}] if "literature" in given else []
        event = new_event("merge", "w1", "w2")
        return _key(
            draft, kept, literature, [event] if "event" in given else []
        )

    def changed(**more: object) -> None:
        (document,) = store.documents()
        store.put_all([replace(document, **more)])  # type: ignore[arg-type]

    first = key()
    changed(card={"words": 10}, fingerprint="f")
    lines["a"] = replace(lines["a"], keys={"mentions": "m1", "read": "r2"})
    assert key() == first
    seen = [first, key("literature"), key("event")]
    kept.put("mentions", "m1", Mentions())
    seen.append(key())
    kept.put("mentions", "m2", Mentions())
    lines["a"] = replace(lines["a"], keys={"mentions": "m2"})
    assert key() == seen[-1]  # it says the same
    kept.put("mentions", "m2", Mentions((Reference("r", "a", "Bol"),)))
    seen.append(key())
    lines["a"] = replace(lines["a"], without=("mentions",))
    seen.append(key())
    lines["a"] = replace(lines["a"], source="b")
    seen.append(key())
    changed(title="Anders")
    seen.append(key())
    lines["b"] = lines["a"]
    seen.append(key())
    assert len(set(seen)) == len(seen)
    store.close()


def test_links_that_went_with_passages_are_given_back(
    draft: Draft, tmp_path: Path
) -> None:
    before = Store.create(sqlite_url(tmp_path / "before.sqlite"))
    for store in (before, draft.store):
        store.add(Passage(f"{id}1", id, "Bol zei het.", 0) for id in "ab")
    for id in "ab":
        before.add([Reference(f"r{id}", id, "Bol (2014).")])
        before.add([Citation(f"{id}1", "Bol", 0, 3, work="w1")])
    ledger = Ledger(lines={id: Line(links=f"l{id}") for id in "ab"})
    previous = Previous(tmp_path, ledger, before)
    draft.ledger.lines = {"a": Line(links="la"), "b": Line()}
    _give_back(draft, previous)
    assert {id: line.links for id, line in draft.ledger.lines.items()} == {
        "a": "la",
        "b": "lb",
    }
    assert [r.id for r in draft.store.references()] == ["rb"]
    assert [c.passage for c in draft.store.citations()] == ["b1"]
    before.close()
    draft.store.close()
