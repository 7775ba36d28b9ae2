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


def _collection(*articles: tuple[str, str]) -> str:
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
        path.write_text(_collection(*articles), encoding="utf-8")
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
