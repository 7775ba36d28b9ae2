"""What a curator types stands on every page as text, never as a script or a link that runs."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask

from kb.curation import FILE
from kb.generations import open_store
from kb.settings import Settings
from tests.web.curation_site import (
    Person,
    built,
    passages,
    person,
    token_in,
)
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
    form = {
        "csrf": token_in(ans.page("/redactie/toevoegen")),
        "bestand": (BytesIO(b"leeg"), f"{NASTY}.exe"),
    }
    answer = ans.client.post("/redactie/toevoegen/bestand", data=form)
    assert answer.status_code in (400, 415)
    assert harmless(answer.get_data(as_text=True))


def written(app: Flask) -> list[str]:
    """The addresses of curators that take a form."""
    rules = (
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("curation.") and rule.methods
    )
    return [
        re.sub("<[^>]*>", "a", rule.rule)
        for rule in rules
        if "POST" in (rule.methods or ())
    ]


@pytest.mark.parametrize("csrf", [None, "", "raad"])
def test_no_address_of_curators_takes_a_form_without_its_token(
    app: Flask,
    ans: Person,
    caplog: pytest.LogCaptureFixture,
    csrf: str | None,
) -> None:
    """Whatever is added later too: the addresses are those of the site itself."""
    found = written(app)
    assert len(found) > 5
    form = {"doel": "a", "doe": '["out", "", "1"]'}
    form |= {} if csrf is None else {"csrf": csrf}
    for address in found:
        with caplog.at_level(logging.WARNING):
            caplog.clear()
            assert ans.client.post(address, data=form).status_code == 403
        told = [getattr(record, "fields", {}) for record in caplog.records]
        assert [fields.get("status") for fields in told] == [403], address
    assert ans.events() == []


def test_every_form_on_the_pages_of_curators_has_a_token(
    ans: Person, settings: Settings
) -> None:
    seen = 0
    queues = ["/redactie/rij/twijfel", "/redactie/rij/onbekend"]
    others = ["/redactie/toevoegen", "/redactie/blind", *queues]
    for address in (*addresses(settings), *others):
        answer = ans.client.get(address)
        page = answer.get_data(as_text=True)
        for form in re.findall(r"<form.*?</form>", page, re.S):
            head = form.split(">", 1)[0]
            if 'method="post"' in head and "/redactie/" in head:
                seen += 1
                assert token_in(form), (address, head)
    assert seen > 10


@pytest.mark.parametrize("name", ["", "Ans"])
def test_a_gigabyte_is_refused_before_it_is_read(
    app: Flask,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    name: str,
) -> None:
    """By its announced length: nothing of it is taken in or kept."""
    one = person(app, settings, name)
    token = token_in(one.page("/redactie/toevoegen")) if name else "x"
    part = b'--b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n'
    with caplog.at_level(logging.WARNING):
        answer = one.client.post(
            "/redactie/toevoegen/bestand",
            input_stream=BytesIO(part + token.encode() + b"\r\n"),
            content_length=1_000_000_000,
            content_type="multipart/form-data; boundary=b",
        )
    assert answer.status_code in (403, 413)
    assert "<h1" in answer.get_data(as_text=True)
    assert any(record.getMessage() == "refused" for record in caplog.records)
    assert one.events() == []
    assert not list(settings.corpus_dir.rglob("*.part"))
