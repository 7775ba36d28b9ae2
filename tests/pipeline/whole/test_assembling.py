"""Of each document only what changed is written; the rest stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kb.corpus import NO_RECORD, Source
from kb.curation import State, new_event
from kb.curation.by_document import OfDocument
from kb.pipeline.document import STAGES
from kb.pipeline.document.planning import Plan
from kb.pipeline.document.products import Outline, Passages, Tags
from kb.pipeline.documents import Documents, Ready
from kb.pipeline.draft import Draft, Previous
from kb.pipeline.ledger import Ledger, Line
from kb.pipeline.whole.assembling import assemble
from kb.records import Part, Passage, Problem, Tag
from kb.settings import Settings
from kb.store import Store, sqlite_url

NAMES = [stage.name for stage in STAGES]
NO_VIEWS = OfDocument()


class Corpus:
    """Products that are kept, and drafts that are made of them one after another."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.previous: Previous | None = None
        self.stores: list[Store] = []
        self.products: dict[str, tuple[Outline, Passages, Tags]] = {}
        self.keys: dict[str, dict[str, str]] = {}
        self.decided: dict[str, OfDocument] = {}
        self.without: dict[str, tuple[str, ...]] = {}
        self.events: list[Any] = []

    def says(
        self,
        id: str,
        *texts: str,
        themes: tuple[str, ...] = (),
        parts: tuple[Part, ...] = (),
        version: str = "1",
        **outline: Any,
    ) -> None:
        """What a source says; a passage of a part begins with its id and a colon."""
        made = []
        for n, text in enumerate(texts):
            home = text.partition(": ")[0] if ": " in text else id
            made.append(Passage(f"{home}-{n}", home, text, n))
        tags = tuple(Tag(made[0].id, theme, 0.7) for theme in themes)
        told = Outline(passages=len(made), parts=parts, **outline)
        self.products[id] = told, Passages(tuple(made), parts), Tags(tags)
        self.keys[id] = {name: f"{id}-{name}-{version}" for name in NAMES}

    def draft(self) -> tuple[Draft, list[Ready], list[Problem]]:
        """A draft that goes on from the one before."""
        number = len(self.stores)
        url = sqlite_url(self.settings.corpus_dir / f"{number}.sqlite")
        before = self.previous
        store = (
            Store.derive(url, None, before.store)
            if before
            else Store.create(url)
        )
        self.stores.append(store)
        draft = Draft(self.settings, Path("/none"), store, before)
        documents = Documents(self.settings, None, State(self.events))  # type: ignore[arg-type]
        for id, products in self.products.items():
            for name, product in zip(
                ("outline", "passages", "themes"), products, strict=True
            ):
                documents.kept.put(name, self.keys[id][name], product)
        coming = [self._ready(id) for id in reversed(self.products)]
        built, problems = assemble(draft, documents, coming)
        self.previous = Previous(Path("/none"), draft.ledger, store)
        return draft, built, problems

    def _ready(self, id: str) -> Ready:
        source = Source(id, Path(f"/{id}.md"), f"{id}.md")
        decided = self.decided.get(id, NO_VIEWS)
        plan = Plan(source, self.keys[id], decided)
        return Ready(plan, without=self.without.get(id, ()))


@pytest.fixture
def corpus(settings: Settings) -> Iterator[Corpus]:
    made = Corpus(settings)
    made.says("a", "Het team kent Ede.", themes=("B1",))
    made.says("b", "De huisarts belt.", "Zij weet het.", themes=("B2",))
    yield made
    for store in made.stores:
        store.close()


def test_a_first_draft_holds_all_that_documents_say(corpus: Corpus) -> None:
    draft, built, problems = corpus.draft()
    store = draft.store
    assert store.document_ids() == ["a", "b"]
    assert [r.plan.source.key for r in built] == ["a", "b"]
    texts = [passage.text for passage in store.passages()]
    assert texts == [
        "Het team kent Ede.",
        "De huisarts belt.",
        "Zij weet het.",
    ]
    assert [(t.passage, t.theme) for t in store.tags()] == [
        ("a-0", "B1"),
        ("b-0", "B2"),
    ]
    assert draft.changed == {"a", "b"}
    assert {id: line.source for id, line in draft.ledger.lines.items()} == {
        "a": "a",
        "b": "b",
    }
    assert problems == []


def test_what_did_not_change_is_not_written(corpus: Corpus) -> None:
    first, _, _ = corpus.draft()
    for id, line in first.ledger.lines.items():
        first.ledger.lines[id] = Line(
            line.keys, line.record, f"links of {id}", line.without, id
        )
    assert corpus.previous is not None
    corpus.previous.ledger = Ledger(lines=first.ledger.lines)
    corpus.says("b", "De huisarts mailt.", themes=("B2",), version="2")
    draft, _, _ = corpus.draft()
    assert draft.changed == {"b"}
    links = {id: line.links for id, line in draft.ledger.lines.items()}
    assert links == {"a": "links of a", "b": ""}
    assert [p.text for p in draft.store.passages("b")] == [
        "De huisarts mailt."
    ]


def test_a_document_that_is_gone_is_forgotten(corpus: Corpus) -> None:
    corpus.draft()
    del corpus.products["a"]
    draft, _, _ = corpus.draft()
    assert draft.store.document_ids() == ["b"]
    assert draft.changed == {"a"}
    assert [t.theme for t in draft.store.tags()] == ["B2"]


def test_other_themes_are_written_without_the_passages(
    corpus: Corpus,
) -> None:
    corpus.draft()
    corpus.says("a", "Het team kent Ede.", themes=("B7",))
    corpus.keys["a"]["themes"] = "a-themes-2"
    draft, _, _ = corpus.draft()
    assert draft.changed == {"a"}
    assert [t.theme for t in draft.store.tags(["a-0"])] == ["B7"]
    assert [t.theme for t in draft.store.tags(["b-0"])] == ["B2"]


def test_a_stage_that_fails_now_takes_its_product_along(
    corpus: Corpus,
) -> None:
    corpus.draft()
    corpus.without["a"] = ("themes",)
    draft, _, _ = corpus.draft()
    assert draft.changed == {"a"}
    assert [t.theme for t in draft.store.tags()] == ["B2"]
    assert draft.ledger.lines["a"].without == ("themes",)
    again, _, _ = corpus.draft()
    assert again.changed == set()


def test_views_of_curators_stand_for_those_of_the_program(
    corpus: Corpus,
) -> None:
    corpus.draft()
    view = new_event("theme", "a-0", "evidence", field="B3", by="Ans")
    corpus.decided["a"] = OfDocument(themes=(view,))
    draft, _, _ = corpus.draft()
    assert draft.changed == {"a"}
    tags = draft.store.tags(["a-0"], shown=False)
    assert {(t.theme, t.origin) for t in tags} == {
        ("B1", "rules"),
        ("B3", "curator"),
    }
    assert draft.ledger.lines["a"].views
    again, _, _ = corpus.draft()
    assert again.changed == set()


def test_words_of_curators_stand_for_those_of_the_file(
    corpus: Corpus,
) -> None:
    corpus.draft()
    text = new_event("text", "a-0", "Het team kent Zwolle.", by="Ans")
    corpus.decided["a"] = OfDocument(edits=(text,))
    draft, _, _ = corpus.draft()
    assert draft.changed == {"a"}
    texts = [p.text for p in draft.store.passages("a")]
    assert texts == ["Het team kent Zwolle."]


def test_a_record_that_a_curator_typed_is_a_record(corpus: Corpus) -> None:
    told = (Problem("", NO_RECORD, severity="note"),)
    corpus.says("a", "Het team kent Ede.", problems=told)
    _, _, problems = corpus.draft()
    assert [(p.document, p.code) for p in problems] == [("a", NO_RECORD)]
    title = new_event("record", "a", "Buurtwerk", field="title", by="Ans")
    corpus.events = [title]
    draft, _, problems = corpus.draft()
    assert problems == []
    assert draft.store.document("a").title == "Buurtwerk"
    assert draft.changed == {"a"}


def test_parts_of_a_collection_are_documents_with_their_own_passages(
    corpus: Corpus,
) -> None:
    parts = (Part("v-1", "Eerste deel", "Eerste deel"),)
    texts = ("Vooraf.", "v-1: Het deel.", "v-1: Nog meer.")
    corpus.says("v", *texts, parts=parts)
    draft, built, _ = corpus.draft()
    assert draft.store.document_ids() == ["a", "b", "v", "v-1"]
    assert [p.text for p in draft.store.passages("v")] == ["Vooraf."]
    assert len(draft.store.passages("v-1")) == 2
    assert draft.store.document("v-1").volume == "v"
    assert draft.ledger.lines["v-1"].source == "v"
    assert [r.plan.source.key for r in built] == ["a", "b", "v"]
    corpus.says("v", "Vooraf.", "Het deel.", version="2")
    later, _, _ = corpus.draft()
    assert later.store.document_ids() == ["a", "b", "v"]
    assert later.changed == {"v", "v-1"}
    assert len(later.store.passages("v")) == 2


def test_a_document_without_passages_is_none(corpus: Corpus) -> None:
    corpus.says("leeg")
    draft, built, problems = corpus.draft()
    assert draft.store.document_ids() == ["a", "b"]
    assert len(built) == 2
    assert [p.code for p in problems] == ["no_passages"]


def test_a_document_is_about_the_places_it_names_and_is_titled_by(
    corpus: Corpus,
) -> None:
    corpus.says(
        "a",
        "Het team kent de buurt.",
        metadata={"title": "Wijkteams in Zwolle"},
        municipalities=("Ede",),
        card={"pages": 4, "languages": {"nl": 2}},
    )
    draft, _, _ = corpus.draft()
    found = draft.store.document("a")
    assert found.municipalities == ("Ede", "Zwolle")
    assert (found.pages, found.language, found.title) == (
        4,
        "nl",
        "Wijkteams in Zwolle",
    )
