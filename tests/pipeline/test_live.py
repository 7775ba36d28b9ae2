"""A decision shows at once, and as the next build will have it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kb.curation import FILE, Event, Log, new_event
from kb.curation.works import field_of
from kb.generations import current, open_store
from kb.pipeline import build
from kb.pipeline.ledger import Ledger
from kb.pipeline.live import LiveIndex, LiveRecords
from kb.settings import Settings
from kb.store import Store
from tests.pipeline.conftest import Here
from tests.pipeline.test_collections import ARTICLES, collection_of


class Site:
    """The records as a site with curators follows them."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.log = Log(settings.corpus_dir / FILE)
        self.live = LiveRecords(settings, current(settings.index_dir))

    def decide(self, *events: Event) -> Store:
        self.log.add(events)
        found = self.live.follow(self.log.follow())
        assert found is not None
        return found

    def undo(self, event: Event) -> Store:
        return self.decide(self.log.state.undoing(event.id, "Ans"))


@pytest.fixture
def site(corpus: Settings, sources: Any) -> Iterator[Site]:
    build(corpus, executor=Here())
    made = Site(corpus)
    yield made
    made.live.close()


def said(store: Store) -> dict[str, Any]:
    """All that readers see of passages, links and records."""
    return {
        "documents": [(d.id, d.title, d.year) for d in store.documents()],
        "passages": store.passages(),
        "tags": store.tags(shown=False),
        "citations": sorted(
            (c.passage, c.start, c.surface, c.work, c.reference)
            for c in store.citations()
        ),
        "references": store.references(),
        "works": store.works(),
        "formatted": sorted(
            (f.work, f.language, f.reference)
            for work in [d.id for d in store.documents()]
            for f in store.formatted([work]).values()
        ),
    }


def rebuilt(settings: Settings) -> dict[str, Any]:
    build(settings, executor=Here())
    store = open_store(settings)
    found = said(store)
    store.close()
    return found


def decision(site: Site, kind: str) -> Event:
    """A decision of a kind on something that the small corpus has."""
    store = open_store(site.settings)
    passages, documents = store.passages(), store.document_ids()
    citation = store.citations()[0]
    works = [work.id for work in store.works() if work.id != citation.work]
    tags = store.tags(shown=False)
    entry = store.references()[0]
    store.close()
    first = passages[0]
    section = first.section[0] if first.section else ""
    what: dict[str, tuple[str, str, Any]] = {
        "theme": (first.id, "K5", "evidence"),
        "reject": (tags[0].passage, tags[0].theme, "none"),
        "kind": (first.id, "", "policy"),
        "join": (first.id, "", True),
        "part": (first.id, "", [30]),
        "out": (first.id, "", True),
        "heading": (first.document, section, "1 Uitkomsten"),
        "label": (first.document, "1", "vii"),
        "withdraw": (documents[-1], "", True),
        "record": (documents[0], "title", "Een andere titel"),
        "citation": (citation.passage, field_of(citation), works[0]),
        "unlink": (citation.passage, field_of(citation), ""),
        "merge": (citation.work or "", "", works[0]),
        "work": (works[0], "", {"type": "book", "title": "Herzien"}),
        "apart": (entry.id, "", True),
    }
    target, field, after = what[kind]
    names = {"reject": "theme", "unlink": "citation"}
    words = next((p.text for p in passages if p.id == target), "")
    before = None
    if kind == "record":
        before = "Rapport a"
    if kind in ("citation", "unlink"):
        before = citation.work
    return new_event(
        names.get(kind, kind),
        target,
        after,
        by="Ans",
        field=field,
        words=words,
        before=before,
    )


KINDS = (
    "theme",
    "reject",
    "kind",
    "join",
    "part",
    "out",
    "heading",
    "label",
    "withdraw",
    "record",
    "citation",
    "unlink",
    "merge",
    "work",
    "apart",
)


# What the next build makes anew: themes of other words, works that nothing lists any more.
FOLLOWS = {
    "join": {"tags"},
    "part": {"tags"},
    "out": {"tags"},
    "withdraw": {"works", "formatted"},
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_what_shows_at_once_is_what_the_next_build_gives(
    site: Site, kind: str
) -> None:
    event = decision(site, kind)
    at_once = said(site.decide(event))
    built = rebuilt(site.settings)
    for name in built.keys() - FOLLOWS.get(kind, set()):
        assert at_once[name] == built[name], name


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_taken_back_is_as_it_was(site: Site, kind: str) -> None:
    store = open_store(site.settings)
    before = said(store)
    store.close()
    event = decision(site, kind)
    changed = said(site.decide(event))
    assert changed != before
    now = said(site.undo(event))
    for name in set(before) - {"formatted"}:
        assert now[name] == before[name], name


def test_the_generation_itself_stays_as_it_was(site: Site) -> None:
    site.decide(decision(site, "theme"))
    store = open_store(site.settings)
    assert all(tag.origin != "curator" for tag in store.tags(shown=False))
    store.close()


def test_a_site_that_starts_anew_goes_on_where_the_last_one_was(
    site: Site,
) -> None:
    seen = said(site.decide(decision(site, "theme")))
    other = Site(site.settings)
    found = other.live.follow(other.log.follow())
    assert found is not None
    assert said(found) == seen
    other.live.close()


def test_without_decisions_there_is_no_copy(site: Site) -> None:
    assert site.live.follow(site.log.follow()) is None
    assert not (site.settings.index_dir / "live").exists()


def test_after_a_build_the_generation_has_them_itself(site: Site) -> None:
    site.decide(decision(site, "theme"))
    build(site.settings, executor=Here())
    fresh = LiveRecords(site.settings, current(site.settings.index_dir))
    assert fresh.follow(site.log.follow()) is None


IN_SEARCH = ("theme", "reject", "kind", "out", "heading", "withdraw", "record")


# What the next build finds anew: near-duplicates, and themes beside what is not shown.
ANEW = {
    "withdraw": {"names.json", "search.json", "column.group.npy"},
    "out": {
        "names.json",
        "theme_scores.npy",
        "themes.starts.npy",
        "themes.words.npy",
    },
}


def arrays(index: Path) -> dict[str, bytes]:
    """What search knows of passages and words: all files but those of the engine."""
    found = [path for path in index.iterdir() if path.is_file()]
    return {path.name: path.read_bytes() for path in found}


@pytest.mark.parametrize("kind", IN_SEARCH)
def test_search_follows_as_the_next_build_has_it(
    site: Site, kind: str
) -> None:
    follows = LiveIndex(site.settings, current(site.settings.index_dir))
    earlier = new_event("theme", passage_that(site), "evidence", field="V1")
    site.decide(earlier)
    assert follows.follow() is not None
    event = decision(site, kind)
    site.decide(event)
    index = follows.follow()
    assert index is not None
    made = arrays(index)
    assert follows.follow() == index
    build(site.settings, executor=Here())
    built = arrays(current(site.settings.index_dir) / "engine")
    for name in built.keys() - ANEW.get(kind, set()):
        assert made[name] == built[name], name


def passage_that(site: Site) -> str:
    """A passage that no other decision here is on."""
    store = open_store(site.settings)
    last = store.passages(store.document_ids()[-1])[-1].id
    store.close()
    return last


def test_search_waits_where_its_index_is_of_another_version(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.decide(decision(site, "theme"))
    name = "kb.pipeline.live.searching.index_version"
    monkeypatch.setattr(name, lambda: "another")
    follows = LiveIndex(site.settings, current(site.settings.index_dir))
    assert follows.follow() is None


def test_indexes_that_nobody_reads_go(site: Site) -> None:
    follows = LiveIndex(site.settings, current(site.settings.index_dir))
    first = passage_that(site)
    found = []
    for kind in ("policy", "method", "policy", "method"):
        site.decide(new_event("kind", first, kind))
        found.append(follows.follow())
    there = [path for path in found if path is not None and path.is_dir()]
    assert there == found[-2:]


def test_a_decision_on_a_part_holds_where_another_version_built_the_index(
    corpus: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = corpus.corpus_dir / "sources" / "klein.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(collection_of(*ARTICLES), encoding="utf-8")
    build(corpus, executor=Here())
    monkeypatch.setattr(Ledger, "load", lambda _: None)
    site = Site(corpus)
    store = open_store(corpus)
    part = next(d.id for d in store.documents() if d.volume)
    passage = store.passages(part)[0].id
    store.close()
    live = site.decide(new_event("theme", passage, "evidence", field="K5"))
    assert "K5" in {tag.theme for tag in live.tags(document=part)}
    site.live.close()


@pytest.mark.parametrize("view", ["rejected", "confirmed"])
def test_a_part_of_a_collection_is_refused_at_once_and_back(
    corpus: Settings, view: str
) -> None:
    path = corpus.corpus_dir / "sources" / "klein.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(collection_of(*ARTICLES), encoding="utf-8")
    build(corpus, executor=Here())
    site = Site(corpus)
    store = open_store(corpus)
    part, before = next(d for d in store.documents() if d.volume), said(store)
    store.close()
    event = new_event("volume", part.volume or "", view, field=part.id)
    at_once = said(site.decide(event))
    gone = {id for id, _, _ in before["documents"]} - {
        id for id, _, _ in at_once["documents"]
    }
    assert gone == ({part.id} if view == "rejected" else set())
    assert said(site.undo(event))["passages"] == before["passages"]
    site.live.close()
    site.log.add([new_event("volume", part.volume or "", view, field=part.id)])
    built = rebuilt(corpus)
    assert at_once["documents"] == built["documents"]
    assert at_once["passages"] == built["passages"]
