"""What no list has is told of each document, and only that."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.generations import open_store
from kb.pipeline import build
from kb.pipeline.whole import linking
from kb.settings import Settings
from tests.pipeline.conftest import everything

NOTE = """# Samenwerking in Ede

## Bevindingen

De teams werken goed samen met de huisarts (Bos, 2014). Dat was eerder anders (Vos, 2015).
Ook elders helpt een vaste contactpersoon (Vos, 2015; Bos, 2014), zie artikel 2.3.2 van de Wmo 2015.

## Literatuur

Bos, A. (2014). *Teams in de wijk*. Utrecht: Ons Huis.
"""


def test_citations_with_an_entry_are_not_open(tmp_path: Path) -> None:
    settings = Settings(
        corpus_dir=tmp_path / "corpus", index_dir=tmp_path / "index", workers=1
    )
    sources = settings.corpus_dir / "sources"
    sources.mkdir(parents=True)
    (sources / "ede.md").write_text(NOTE, encoding="utf-8")
    report = build(settings)
    (told,) = [p for p in report.problems if p.code == "open_citations"]
    assert told.values == {"count": 2, "most": "Vos 2015 (2×)"}
    store = open_store(settings)
    works = {work.id: work.origin for work in store.works()}
    linked = [works[c.work] for c in store.citations() if c.work]
    store.close()
    assert linked.count("reference") == 2


@pytest.fixture
def noted(corpus: Settings) -> Settings:
    """The two reports, and a note in which one paragraph cites nothing."""
    path = corpus.corpus_dir / "sources" / "ede.md"
    alone = "De gemeente gaf elk team vaste uren om van elkaar te leren.\n\n"
    text = NOTE.replace("## Literatuur", f"{alone}## Literatuur")
    path.write_text(text, encoding="utf-8")
    return corpus


def test_a_sentence_that_cites_nothing_changes_no_link(
    noted: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(noted)
    _mend(noted, "vaste uren", "eigen uren")

    def unwanted(*given: object) -> None:
        raise AssertionError("linked once more")

    with monkeypatch.context() as patched:
        patched.setattr(linking, "_Linking", unwanted)
        assert build(noted).made
    found = everything(noted)
    build(noted, force=True)
    assert found == everything(noted)


def test_a_citation_that_is_new_is_linked(noted: Settings) -> None:
    before = build(noted).counts["citations"]
    _mend(noted, "vaste uren", "vaste uren (Terpstra, 2012)")
    assert build(noted).counts["citations"] == before + 1
    found = everything(noted)
    build(noted, force=True)
    assert found == everything(noted)


def _mend(settings: Settings, old: str, new: str) -> None:
    """Change the note."""
    path = settings.corpus_dir / "sources" / "ede.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_entries_whose_work_changed_take_the_place_of_what_stood(
    noted: Settings,
) -> None:
    before = build(noted).counts["references"]
    record = (
        "@book{bos, author={Bos, A.}, title={Teams in de wijk}, year={2014}}"
    )
    literature = noted.corpus_dir / "literature.bib"
    literature.write_text(record, encoding="utf-8")
    assert build(noted).counts["references"] == before
    store = open_store(noted)
    works = [entry.work for entry in store.references("ede")]
    store.close()
    assert works == ["bos"]
    found = everything(noted)
    build(noted, force=True)
    assert found == everything(noted)
