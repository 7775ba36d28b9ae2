"""What a curator types stands on every page as text, never as a script or a link that runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from kb.curation import FILE
from kb.generations import open_store
from kb.settings import Settings
from tests.web.curation_site import Person, built, passages, person
from web import create_app

NASTY = (
    "</script></title><script>alert(1)</script><img src=x onerror=alert(1)>"
)
RUNS = "javascript:alert(1)"
FIELDS = ("title", "author", "container-title", "publisher", "URL", "DOI")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return built(tmp_path_factory.mktemp("intruders"))


@pytest.fixture
def settings(library: Settings) -> Iterator[Settings]:
    yield library
    (library.corpus_dir / FILE).unlink(missing_ok=True)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    yield made
    made.extensions["kb_generation"].close()


@pytest.fixture
def ans(app: Flask, settings: Settings) -> Person:
    return person(app, settings, "Ans")


def addresses(settings: Settings) -> list[str]:
    """Pages and files on which a record, a heading or a text stands."""
    store = open_store(settings)
    work = store.references()[0].work
    store.close()
    first = passages(settings)[0]
    return [
        "/",
        "/documenten/",
        "/documenten/a",
        f"/passages/{first.id}",
        f"/werken/{work}",
        "/werken/",
        "/zoeken?q=wijkteams",
        "/documenten.atom",
        "/redactie/",
        "/redactie/logboek",
        "/redactie/document/a",
        f"/redactie/werk/{work}",
        "/redactie/geschiedenis/a",
        f"/redactie/geschiedenis/{first.id}",
    ]


def harmless(page: str) -> bool:
    """Whether nothing of what was typed is markup, or a link that runs."""
    runs = re.search(
        r"""(?:href|src|action)=["']?\s*javascript:""", page, re.I
    )
    return (
        "<script>alert" not in page and "<img src=x" not in page and not runs
    )


def test_scripts_in_records_headings_and_works_are_text(
    ans: Person, settings: Settings
) -> None:
    form = {f"r:{field}": NASTY for field in FIELDS}
    form |= {"r:URL": RUNS, "r:DOI": RUNS}
    ans.decide("/redactie/document/a", "a", '["record"]', nota=NASTY, **form)
    ans.decide(
        "/redactie/document/a",
        "a",
        json.dumps(["heading", "1 Bevindingen", NASTY]),
    )
    ans.decide("/redactie/document/a", "a", json.dumps(["label", "1", NASTY]))
    store = open_store(settings)
    work = store.references()[0].work
    store.close()
    assert work is not None
    ans.decide(f"/redactie/werk/{work}", work, '["work"]', **form)
    kinds = {event.kind for event in ans.events()}
    assert kinds == {"record", "heading", "label", "work"}
    for address in addresses(settings):
        assert harmless(ans.page(address)), address


def test_a_name_with_a_script_is_text_in_the_list_of_uploads(
    ans: Person, tmp_path: Path
) -> None:
    from io import BytesIO

    from tests.web.curation_site import token_in

    form = {
        "csrf": token_in(ans.page("/redactie/toevoegen")),
        "bestand": (BytesIO(b"leeg"), f"{NASTY}.exe"),
    }
    answer = ans.client.post("/redactie/toevoegen/bestand", data=form)
    assert answer.status_code in (400, 415)
    assert harmless(answer.get_data(as_text=True))
