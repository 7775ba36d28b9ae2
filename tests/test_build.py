"""From a folder of documents to a generation.

What is wrong with one source never costs another.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from kb.errors import (
    BuildRunningError,
    DamagedIndexError,
    EmptyCorpusError,
    KbError,
    NoCorpusError,
    problem_sentence,
)
from kb.generations import current, open_store
from kb.pipeline import build, order
from kb.pipeline.lock import only_builder
from kb.settings import Settings

REPORT = """# Wijkteams in Voorbeeldstad

## 1 Bevindingen

De generalisten in het wijkteam merken dat hun vakkennis verwatert: wie alles doet, houdt zijn
specialisme niet bij. Volgens Hilhorst
en Van der Lans (2016) is dat de prijs van breed werken, en vraagt het om intervisie met
specialisten.

## 2 Aanbevelingen

Geef het team tijd om te leren en laat een gedragswetenschapper wekelijks aanschuiven, zodat
expertise niet verloren gaat.

## Literatuur

Hilhorst, P., & Van der Lans, J. (2016). *Nabij is beter 2*. Den Haag: Movisie.
"""
BIB = """@techreport{bos2016, author={Bos, Anna}, title={Wijkteams in Voorbeeldstad},
institution={Voorbeeldinstituut}, year={2016},
file={bos.md}}\n"""


@pytest.fixture
def corpus(settings: Settings) -> Settings:
    (settings.corpus_dir / "sources" / "bos.md").write_text(
        REPORT, encoding="utf-8"
    )
    (settings.corpus_dir / "sources.bib").write_text(BIB, encoding="utf-8")
    return replace(settings, seconds_per_file=60)


@pytest.mark.slow
def test_document_becomes_passages_tags_citations_and_an_index(
    corpus: Settings,
) -> None:
    report = build(corpus)
    store = open_store(corpus)
    assert [d.id for d in store.documents()] == ["bos2016"]
    passage = next(p for p in store.passages() if "verwatert" in p.text)
    assert passage.section[-1].endswith("Bevindingen")
    assert {"B7", "K3"} & {t.theme for t in store.tags([passage.id])}
    citation = next(c for c in store.citations([passage.id]) if c.year == 2016)
    assert (
        store.work(citation.work or "")
        .csl["title"]
        .startswith("Nabij is beter")
    )
    assert store.formatted([citation.work or ""])[
        citation.work or ""
    ].reference.startswith("Hilhorst")
    assert (report.counts["documents"], report.unchanged) == (1, False)


@pytest.mark.slow
def test_unchanged_corpus_is_not_built_again_and_a_changed_record_is(
    corpus: Settings,
) -> None:
    first = build(corpus)
    assert build(corpus).unchanged
    assert current(corpus.index_dir).name == first.generation
    (corpus.corpus_dir / "sources.bib").write_text(
        BIB.replace("2016},", "2017},"), encoding="utf-8"
    )
    again = build(corpus)
    assert not again.unchanged
    assert open_store(corpus).document("bos2016").year == 2017


def _truncated(path: Path) -> None:
    _encrypted(path, password="")
    path.write_bytes(path.read_bytes()[:300])


def _encrypted(path: Path, password: str = "geheim") -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(
            path,
            encryption=pikepdf.Encryption(owner="eigenaar", user=password),
        )


def _latin1(path: Path) -> None:
    path.write_bytes(
        (
            "Eén cliënt vertelt dat het wijkteam dichtbij is en dat zij er altijd terecht "
            "kan.\n"
        ).encode("latin-1")
    )


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _greek(path: Path) -> None:
    path.write_text(
        "In deze wijk kennen bewoners het team en het team de bewoners.\n",
        encoding="utf-8",
    )


def _huge(path: Path) -> None:
    with path.open("wb") as handle:
        handle.truncate(300 * 1024 * 1024)


BAD: dict[str, Callable[[Path], None]] = {
    "afgekapt.pdf": _truncated,
    "leeg.txt": _empty,
    "latijn.txt": _latin1,
    "Γειτονιά.txt": _greek,
    "geheim.pdf": _encrypted,
    "enorm.txt": _huge,
}


@pytest.mark.slow
def test_bad_files_get_one_sentence_each_and_the_rest_is_built(
    corpus: Settings,
) -> None:
    for name, make in BAD.items():
        make(corpus.corpus_dir / "sources" / name)
    report = build(corpus)
    store = open_store(corpus)
    built = {d.source for d in store.documents()}
    assert built == {"bos.md", "latijn.txt", "Γειτονιά.txt"}
    said = [problem_sentence(p) for p in report.problems]
    for name in ("afgekapt.pdf", "leeg.txt", "geheim.pdf", "enorm.txt"):
        errors = [
            p
            for p in report.problems
            if p.severity == "error"
            and name.split(".")[0] in p.document + str(dict(p.values))
        ]
        assert len(errors) == 1, (name, said)
    assert any("Eén cliënt" in p.text for p in store.passages())


def test_missing_and_empty_corpus_are_told_apart(settings: Settings) -> None:
    with pytest.raises(EmptyCorpusError):
        build(settings)
    with pytest.raises(NoCorpusError):
        build(replace(settings, corpus_dir=settings.corpus_dir / "weg"))


def test_second_builder_is_told_who_is_building(corpus: Settings) -> None:
    with (
        only_builder(corpus.index_dir),
        pytest.raises(BuildRunningError, match=str(os.getpid())),
        only_builder(corpus.index_dir),
    ):
        pass


@pytest.mark.slow
def test_build_that_dies_leaves_the_old_generation(
    corpus: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build(corpus)

    def fail(*_: object) -> str:
        raise OSError("schijf vol")

    monkeypatch.setattr(order, "index", fail)
    with pytest.raises(OSError, match="schijf vol"):
        build(corpus, force=True)
    assert current(corpus.index_dir).name == first.generation


@pytest.mark.slow
def test_corpus_that_fell_to_pieces_leaves_the_old_generation(
    corpus: Settings,
) -> None:
    first = build(corpus)
    _empty(corpus.corpus_dir / "sources" / "bos.md")
    report = build(corpus)
    assert report.counts["documents"] == 0
    assert current(corpus.index_dir).name == first.generation


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["records", "engine"])
def test_damaged_index_is_told_and_built_anew(
    corpus: Settings, damage: str
) -> None:
    first = build(corpus)
    folder = current(corpus.index_dir)
    if damage == "records":
        with (folder / "records.sqlite").open("r+b") as handle:
            handle.write(b"\x07" * 9000)
        with pytest.raises(DamagedIndexError, match="kb build"):
            open_store(corpus).documents()
    else:
        shutil.rmtree(folder / "engine")
    again = build(corpus)
    assert (again.unchanged, again.generation == first.generation) == (
        False,
        False,
    )
    assert open_store(corpus).document("bos2016").year == 2016


def test_unknown_style_is_refused_before_anything_is_read(
    corpus: Settings,
) -> None:
    with pytest.raises(KbError, match="apaa"):
        build(replace(corpus, style="apaa"))
    assert not (corpus.index_dir / "current").exists()
