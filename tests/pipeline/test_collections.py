"""Articles of a collection come and go with their volume, and passages move between them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.generations import open_store
from kb.pipeline import build
from kb.settings import Settings
from tests.pipeline.conftest import Here, everything

TEXT = "Wie aanbelt zonder aanleiding, hoort wat er speelt. Dat kost tijd en levert rust op."
MORE = "Wie langer blijft zitten, hoort ook waarom. Dat vraagt geduld van een heel team."
ARTICLES = (
    ("Aanbellen zonder aanleiding", "Fenna Hofstra"),
    ("De vraag na de vraag", "Kofi Mensah en Lotte de Wilde"),
    ("Blijven zitten", "Ruud van Pelt"),
)


def collection_of(*articles: tuple[str, str]) -> str:
    parts = ["# Klein werk\n"]
    for title, people in articles:
        parts.append(f"# {title}\n")
        if people:
            parts.append(f"{people}\n")
        parts += [
            f"{title}: {TEXT}\n",
            f"{MORE} {title}.\n",
            f"{TEXT} {title} nog eens.\n",
        ]
        parts += [
            "## Literatuur\n",
            "Vos, K. de (2014). *Werken in de wijk*. Utrecht: Movisie.\n",
        ]
    return "\n".join(parts)


@pytest.mark.slow
def test_passages_go_with_their_article_and_back(settings: Settings) -> None:
    path = settings.corpus_dir / "sources" / "klein.md"
    without_people = (ARTICLES[1][0], "")
    versions = (
        ARTICLES,
        (ARTICLES[0], without_people, ARTICLES[2]),
        ARTICLES[:2],
        ARTICLES,
    )
    seen = []
    for number, articles in enumerate(versions):
        path.write_text(collection_of(*articles), encoding="utf-8")
        build(settings, executor=Here())
        fresh = replace(
            settings, index_dir=settings.index_dir / f"fresh{number}"
        )
        build(fresh, executor=Here())
        assert everything(settings) == everything(fresh)
        store = open_store(settings)
        seen.append(store.document_ids())
        store.close()
    assert len(seen[0]) == 4
    assert seen[1] != seen[0] == seen[3]
    assert len(seen[2]) == 3


RECORDS = """@periodical{{blad, title={{Buurtblad}}, date={{2019}}, file={{{files}}}}}
@article{{lift, author={{Prins, Ada}}, title={{De lift}}, crossref={{blad}}{pages}}}
"""
PAGES = """De lift

{text} De lift staat stil.

{text} Niemand belt.

Het plein

{text} Het plein is leeg.

{text} Iemand veegt.
"""


@pytest.mark.parametrize("pages", ["", ", pages={1-1}"])
def test_a_part_by_record_is_a_document_everywhere(
    settings: Settings, pages: str
) -> None:
    sources = settings.corpus_dir / "sources"
    text = PAGES.format(text=TEXT).replace("\n\nDe", "\n\nDe")
    marked = "\n".join(
        f"# {line}" if line in ("De lift", "Het plein") else line
        for line in text.splitlines()
    )
    (sources / "blad.md").write_text(marked, encoding="utf-8")
    (settings.corpus_dir / "sources.bib").write_text(
        RECORDS.format(files="blad.md", pages=pages), encoding="utf-8"
    )
    build(settings, executor=Here())
    store = open_store(settings)
    part = store.document("lift")
    passages = store.passages(document="lift")
    store.close()
    assert (part.volume, part.authors, part.year) == (
        "blad",
        ("Ada Prins",),
        2019,
    )
    assert part.csl["container-title"] == "Buurtblad"
    assert "De lift staat stil." in passages[0].text
    assert not any("plein" in passage.text for passage in passages)


def test_several_files_of_a_record_are_one_document(
    settings: Settings,
) -> None:
    sources = settings.corpus_dir / "sources"
    first = [f"Zin {n} van het rapport gaat over de straat." for n in range(9)]
    second = [
        f"Straat {n} in de bijlage telt veel bewoners." for n in range(9)
    ]
    (sources / "a.txt").write_text("\n\n".join(first), encoding="utf-8")
    (sources / "b.txt").write_text("\n\n".join(second), encoding="utf-8")
    (sources / "a.md").write_text("\n\n".join(first), encoding="utf-8")
    (settings.corpus_dir / "sources.bib").write_text(
        "@techreport{r, title={R}, year={2019}, file={a.txt;a.md;b.txt}}",
        encoding="utf-8",
    )
    build(settings, executor=Here())
    store = open_store(settings)
    document = store.document("r")
    passages = store.passages(document="r")
    problems = [problem.code for problem in store.problems(document="r")]
    store.close()
    assert document.card["files"] == [["a.txt", 1], ["b.txt", 1]]
    assert (document.source, document.pages) == ("a.txt", 2)
    files = [document.file_at(passage.page) for passage in passages]
    assert set(files) == {("a.txt", 1), ("b.txt", 1)}
    text = " ".join(passage.text for passage in passages)
    assert all(text.count(sentence) == 1 for sentence in first + second)
    assert "file_is_copy" in problems
