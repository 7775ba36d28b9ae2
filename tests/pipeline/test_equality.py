"""An index that went on from the last one is the index that is built from nothing."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies as st

from kb.curation.works import field_of
from kb.generations import current
from kb.pipeline import build
from kb.records import Citation
from kb.settings import Settings
from kb.store import Store
from kb.uploads import receive
from tests.pipeline.conftest import Here, everything, record_of, text_of

KEYS = "abcd"
FRAMEWORK = """key: eigen
name: {{nl: Eigen, en: Own}}
source: eigen werk
themes:
  - code: X1
    name: {{nl: {word}, en: {word}}}
    definition: {{nl: Over {word}., en: On {word}.}}
    cues: {{core: [{word}]}}
"""

HANDED_IN = (
    "Het loket sluit eerder dan wie een baan heeft vrij kan krijgen (Bos, 2014).",
    "Volgens Terpstra (2012) kent een vaste wijkverpleegkundige elke straat bij naam.",
    "Jongeren die geen huis vinden, slapen maanden achtereen bij een oom of tante.",
)

keys = st.sampled_from(KEYS)
numbers = st.lists(st.integers(0, 7), min_size=1, max_size=4)
entries = st.lists(st.integers(0, 3), max_size=3)


@dataclass(frozen=True)
class Write:
    """A report comes, or changes."""

    key: str
    sentences: list[int]
    entries: list[int]

    def apply(self, settings: Settings) -> Settings:
        path = settings.corpus_dir / "sources" / f"{self.key}.txt"
        path.write_text(
            text_of(self.sentences, self.entries), encoding="utf-8"
        )
        return settings


@dataclass(frozen=True)
class Remove:
    """A report goes, unless it is the last one."""

    key: str

    def apply(self, settings: Settings) -> Settings:
        folder = settings.corpus_dir / "sources"
        if len(list(folder.iterdir())) > 1:
            (folder / f"{self.key}.txt").unlink(missing_ok=True)
        return settings


@dataclass(frozen=True)
class Rename:
    """A report gets another name, in the place of what was called so."""

    key: str
    other: str

    def apply(self, settings: Settings) -> Settings:
        path = settings.corpus_dir / "sources" / f"{self.key}.txt"
        if path.exists():
            path.replace(path.with_stem(self.other))
        return settings


@dataclass(frozen=True)
class Record:
    """The record of one report is all that sources.bib holds."""

    key: str
    year: int

    def apply(self, settings: Settings) -> Settings:
        bib = settings.corpus_dir / "sources.bib"
        bib.write_text(record_of(self.key, self.year), encoding="utf-8")
        return settings


@dataclass(frozen=True)
class Literature:
    """A work of the field, or none."""

    title: str

    def apply(self, settings: Settings) -> Settings:
        work = f"@book{{terp, author={{Terpstra, C.}}, title={{{self.title}}}, year=2012}}\n"
        path = settings.corpus_dir / "literature.bib"
        path.write_text(work if self.title else "", encoding="utf-8")
        return settings


@dataclass(frozen=True)
class Setting:
    """A convention of citing, or an engine."""

    conventions: str
    engine: str

    def apply(self, settings: Settings) -> Settings:
        return replace(
            settings, conventions=self.conventions, engine=self.engine
        )


@dataclass(frozen=True)
class Decide:
    """A curator decides on a passage of a report, or on its document."""

    kind: str
    field: str
    after: Any
    at: int = 0

    def apply(self, settings: Settings) -> Settings:
        from kb.curation import FILE, new_event, write_events
        from kb.generations import open_store

        store = open_store(settings)
        target, field, words = self._of(store)
        store.close()
        if not target:
            return settings
        event = new_event(
            self.kind,
            target,
            self.after,
            field=field,
            words=words,
        )
        write_events(settings.corpus_dir / FILE, [event])
        return settings

    def _of(self, store: Store) -> tuple[str, str, str]:
        """Target, field and words of the decision; "" where there is nothing."""
        if self.kind in ("heading", "label", "record", "withdraw"):
            ids = store.document_ids()
            return ids[self.at % len(ids)], self.field, ""
        if self.kind == "citation":
            found = store.citations() or [Citation("", "", 0, 0)]
            citation = found[self.at % len(found)]
            return citation.passage, field_of(citation), ""
        if self.kind in ("merge", "work"):
            works = [work.id for work in store.works()] or [""]
            return works[self.at % len(works)], "", ""
        if self.kind == "apart":
            entries = [entry.id for entry in store.references()] or [""]
            return entries[self.at % len(entries)], "", ""
        passages = store.passages()
        passage = passages[self.at % len(passages)]
        return passage.id, self.field, passage.text


decisions = st.one_of(
    st.builds(
        Decide,
        st.just("theme"),
        st.sampled_from(["B1", "B7", "K3"]),
        st.sampled_from(["evidence", "mention", "none", None]),
        st.integers(0, 5),
    ),
    st.builds(
        Decide,
        st.just("kind"),
        st.just(""),
        st.sampled_from(["finding", "policy", None]),
        st.integers(0, 5),
    ),
    st.builds(
        Decide,
        st.just("text"),
        st.just(""),
        st.sampled_from(
            ["Volgens Terpstra (2012) is de buurt sterk genoeg.", None]
        ),
        st.integers(0, 5),
    ),
    st.builds(
        Decide,
        st.sampled_from(["join", "out"]),
        st.just(""),
        st.sampled_from([True, None]),
        st.integers(0, 5),
    ),
    st.builds(Decide, st.just("part"), st.just(""), st.just((40,))),
    st.builds(
        Decide,
        st.sampled_from(["citation", "merge"]),
        st.just(""),
        st.sampled_from(["ooms-2014-het", "terpstra-2012-eigen", None]),
        st.integers(0, 9),
    ),
    st.builds(
        Decide,
        st.sampled_from(["apart", "withdraw"]),
        st.just(""),
        st.sampled_from([True, None, None]),
        st.integers(0, 5),
    ),
    st.builds(
        Decide,
        st.just("record"),
        st.just("title"),
        st.sampled_from(["Een andere titel", None]),
        st.integers(0, 2),
    ),
    st.builds(
        Decide,
        st.just("work"),
        st.just(""),
        st.sampled_from([{"type": "book", "title": "Het vak, herzien"}, None]),
        st.integers(0, 5),
    ),
    st.builds(
        Decide,
        st.just("heading"),
        st.just("1 Bevindingen"),
        st.sampled_from(["1 Uitkomsten", None]),
    ),
    st.builds(
        Decide, st.just("label"), st.just("1"), st.sampled_from(["iv", None])
    ),
)


Change = Write | Remove | Rename | Record | Literature | Setting | Decide
changes = st.one_of(
    st.builds(Write, keys, numbers, entries),
    st.builds(Write, keys, numbers, entries),
    st.builds(Remove, keys),
    st.builds(Rename, keys, keys),
    st.builds(Record, keys, st.integers(2010, 2012)),
    st.builds(
        Literature, st.sampled_from(["", "Eigen kracht bezien", "Iets anders"])
    ),
    st.builds(
        Setting,
        st.sampled_from(["nl", "nl-ea"]),
        st.sampled_from(["whoosh", "tantivy"]),
    ),
    decisions,
    decisions,
)


def _answers(settings: Settings) -> list[object]:
    """What search says of a few questions."""
    from kb.cli.search import searcher_of
    from kb.search import SearchRequest

    searcher = searcher_of(settings)
    found: list[object] = []
    for query in (
        "wijkteams",
        "vakkennis specialisten",
        '"eigen kracht"',
        "jaar:2010..2012",
    ):
        results = searcher.search(SearchRequest(query))
        found.append(
            [(hit.passage, round(hit.score, 6)) for hit in results.hits]
        )
    return found


@pytest.mark.slow
# Without shrinking: a failing example is short, and each build takes a second.
@hypothesis.settings(
    max_examples=8,
    derandomize=True,
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
)
@hypothesis.given(
    steps=st.lists(
        st.lists(changes, min_size=1, max_size=3), min_size=1, max_size=4
    )
)
# A record of no file says so, and changes nothing else.
@hypothesis.example(steps=[[Record("d", 2011)]])
def test_going_on_gives_what_building_from_nothing_gives(
    steps: list[list[Change]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        settings = Settings(
            corpus_dir=root / "corpus", index_dir=root / "index", workers=1
        )
        (settings.corpus_dir / "sources").mkdir(parents=True)
        settings = Write("a", [0, 1, 3], [0, 1]).apply(settings)
        build(settings, executor=Here())
        for step in steps:
            for change in step:
                settings = change.apply(settings)
            build(settings, executor=Here())
        fresh = replace(settings, index_dir=root / "fresh")
        _share_formatted(settings, fresh)
        build(fresh, executor=Here())
        assert everything(settings) == everything(fresh)
        assert _answers(settings) == _answers(fresh)


@pytest.mark.slow
@hypothesis.settings(
    max_examples=3,
    derandomize=True,
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
)
@hypothesis.given(
    told=st.lists(st.sampled_from(HANDED_IN), min_size=1, unique=True),
    listed=entries,
    title=st.sampled_from(["", "Ede"]),
)
def test_what_is_handed_in_stands_as_a_full_build_has_it(
    told: list[str], listed: list[int], title: str
) -> None:
    """The new document beside all groups of the search index, its works among all works."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        settings = Settings(
            corpus_dir=root / "corpus",
            index_dir=root / "index",
            workers=1,
            engine="tantivy",
        )
        (settings.corpus_dir / "sources").mkdir(parents=True)
        for at in range(7):  # one beside them is no more than a group
            Write(f"r{at}", [at, at + 1], [at % 4]).apply(settings)
        build(settings, executor=Here())
        body = "\n\n".join(told)
        text = text_of([], listed).replace("1 Bevindingen\n", body, 1)
        sent = io.BytesIO(f"1 Bevindingen\n\n{text}".encode())
        record = {"title": title}
        taken = receive(settings, sent, "nieuw.txt", record, "Ans")
        build(settings, executor=Here())
        index = current(settings.index_dir) / "engine" / "tantivy"
        beside = json.loads((index / "patched.json").read_text())
        # Not where others say the same as it: their groups are written anew, maybe its own.
        assert set(beside) <= {taken.key}
        fresh = replace(settings, index_dir=root / "fresh")
        _share_formatted(settings, fresh)
        build(fresh, executor=Here())
        assert everything(settings) == everything(fresh)
        assert _answers(settings) == _answers(fresh)


def _share_formatted(settings: Settings, fresh: Settings) -> None:
    """Formatting is remembered by contents and costs most of the time: let it be shared."""
    (fresh.index_dir / "cache").mkdir(parents=True)
    for path in (settings.index_dir / "cache").glob("*.json"):
        shutil.copy(path, fresh.index_dir / "cache")


@pytest.mark.slow
def test_a_framework_that_changes_changes_tags_alone(
    corpus: Settings, sources: Path
) -> None:
    frameworks = corpus.corpus_dir / "frameworks"
    frameworks.mkdir()
    for word in ("specialisten", "preventie"):
        text = FRAMEWORK.format(word=word)
        (frameworks / "eigen.yaml").write_text(text, encoding="utf-8")
        report = build(corpus, executor=Here())
    assert report.made == 2
    fresh = replace(corpus, index_dir=corpus.index_dir / "fresh")
    build(fresh, executor=Here())
    assert everything(corpus) == everything(fresh)
