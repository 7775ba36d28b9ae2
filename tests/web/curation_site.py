"""A site with curators, for tests: log in, press what a page shows, read the log."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kb.curation import FILE, Event, read_log
from kb.curators import Accounts
from kb.generations import open_store
from kb.pipeline import build
from kb.records import Passage
from kb.settings import Settings
from tests.pipeline.conftest import Here, record_of, text_of

PASSWORD = "een rustige ochtend"


def built(root: Path) -> Settings:
    """Two reports, built, on a site where curators may log in."""
    made = Settings(
        corpus_dir=root / "corpus",
        index_dir=root / "index",
        workers=1,
        curation=True,
    )
    sources = made.corpus_dir / "sources"
    sources.mkdir(parents=True)
    (sources / "a.txt").write_text(text_of([0, 1, 2], [0, 1]))
    (sources / "b.txt").write_text(text_of([3, 4, 6], [1, 2]))
    records = record_of("a", 2016) + record_of("b", 2018)
    (made.corpus_dir / "sources.bib").write_text(records)
    build(made, executor=Here())
    return made


def passages(settings: Settings) -> list[Passage]:
    """The passages of the last build, in order."""
    store = open_store(settings)
    found = store.passages()
    store.close()
    return found


def token_in(page: str) -> str:
    """The token of the forms on a page."""
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found, page[:500]
    return found.group(1)


@dataclass
class Person:
    """A browser with a curator behind it."""

    client: FlaskClient
    settings: Settings

    def page(self, address: str, status: int = 200) -> str:
        """A page as the person sees it."""
        answer = self.client.get(address)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.get_data(as_text=True)

    def log_in(self, name: str, password: str = PASSWORD) -> TestResponse:
        """Fill in the log-in form."""
        token = token_in(self.page("/redactie/inloggen"))
        form = {"csrf": token, "naam": name, "wachtwoord": password}
        return self.client.post("/redactie/inloggen", data=form)

    def seen(self, address: str, target: str) -> dict[str, str]:
        """The hidden fields of the first form on a page about a target."""
        for form in re.findall(r"<form.*?</form>", self.page(address), re.S):
            fields = dict(
                re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)
            )
            if unescape(fields.get("doel", "")) == target:
                return {k: unescape(v) for k, v in fields.items()}
        raise AssertionError(f"no form on {target} at {address}")

    def decide(
        self, address: str, target: str, doe: str, **more: Any
    ) -> TestResponse:
        """Press a button of the page at an address."""
        form = {**self.seen(address, target), "doe": doe, **more}
        return self.client.post("/redactie/besluit", data=form)

    def events(self) -> list[Event]:
        """All decisions of the corpus."""
        return read_log(self.settings.corpus_dir / FILE).state.events


def person(app: Flask, settings: Settings, name: str = "") -> Person:
    """Somebody at the site; logged in where a name is given."""
    made = Person(app.test_client(), settings)
    if name:
        accounts = Accounts(settings.corpus_dir)
        if accounts.find(name) is None:
            accounts.choose_password(accounts.add(name), PASSWORD)
        assert made.log_in(name).status_code == 303
    return made
