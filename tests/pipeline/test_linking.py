"""What no list has is told of each document, and only that."""

from __future__ import annotations

from pathlib import Path

from kb.generations import open_store
from kb.pipeline import build
from kb.settings import Settings

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
