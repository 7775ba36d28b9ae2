"""Works that are cited and in no list: one after another, until they are known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from kb.curation.queues import count_unknown
from kb.pipeline import build
from kb.settings import Settings
from tests.pipeline.conftest import Here, record_of
from tests.web.curation_site import Person, person
from web import create_app
from web.generation import generation

QUEUE = "/redactie/rij/onbekend"
NAMES = ("Hendriks", "Postma", "Verbeek", "Wolters", "Zeldenrust")
CITED = "\n\n".join(
    f"Wie in de wijk werkt kent de bewoners beter ({name}, 201{at}). "
    f"Dat zag ook {name} (201{at}) in een andere gemeente."
    for at, name in enumerate(NAMES)
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(
        corpus_dir=tmp_path / "corpus",
        index_dir=tmp_path / "index",
        workers=1,
        curation=True,
    )
    sources = made.corpus_dir / "sources"
    sources.mkdir(parents=True)
    (sources / "a.md").write_text(f"# Bevindingen\n\n{CITED}\n")
    (sources / "wonen.md").write_text("# Wonen\n\nHuren werd duurder.\n")
    records = record_of("a", 2016) + record_of("wonen", 2011)
    (made.corpus_dir / "sources.bib").write_text(records)
    build(made, executor=Here())
    return made


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    yield made
    made.extensions["kb_generation"].close()


@pytest.fixture
def ans(app: Flask, settings: Settings) -> Person:
    return person(app, settings, "Ans")


def asked(page: str) -> str:
    """The work that the queue asks for."""
    found: list[str] = re.findall(r'name="doel" value="([^"]+)"', page)
    return found[0]


def unknown(app: Flask) -> int:
    with app.test_request_context():
        return count_unknown(generation().store)


def test_five_in_a_row_are_filled_in_or_found_without_leaving_the_queue(
    app: Flask, ans: Person
) -> None:
    assert unknown(app) == len(NAMES)
    for at in range(4):
        work = asked(ans.page(QUEUE))
        answer = ans.decide(
            QUEUE, work, '["work"]', **{"r:title": f"Het vak van {at}"}
        )
        assert answer.location == QUEUE
        assert unknown(app) == len(NAMES) - at - 1
        assert f"Het vak van {at}" in ans.page(f"/werken/{work}")
    last = asked(ans.page(QUEUE))
    found = ans.page(f"{QUEUE}?zoek=vak")
    assert asked(found) == last
    assert "Het vak van 2" in found
    other = re.findall(r"merge&#34;, &#34;&#34;, &#34;([^&]+)&", found)[0]
    merge = f'["merge", "", "{other}"]'
    assert ans.decide(f"{QUEUE}?zoek=vak", last, merge).location == QUEUE
    assert unknown(app) == 0
    assert "Hier wacht niets meer" in ans.page(QUEUE)
    assert [e.kind for e in ans.events()] == ["work"] * 4 + ["merge"]


def test_a_work_without_anything_that_tells_which_is_not_taken(
    app: Flask, ans: Person
) -> None:
    work = asked(ans.page(QUEUE))
    answer = ans.decide(QUEUE, work, '["work"]', **{"r:author": "Postma"})
    assert answer.status_code == 400
    assert "de titel ontbreekt" in answer.get_data(as_text=True)
    assert unknown(app) == len(NAMES)


def test_who_passes_one_over_goes_on_behind_it(ans: Person) -> None:
    first = asked(ans.page(QUEUE))
    second = asked(ans.page(f"{QUEUE}?over=1"))
    assert first != second
    page = f"{QUEUE}?over=1"
    answer = ans.decide(page, second, '["work"]', **{"r:title": "Gevonden"})
    assert answer.location == page
    assert asked(ans.page(page)) not in (first, second)
