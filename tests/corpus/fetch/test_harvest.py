"""Harvesting a real OAI-PMH server: a small one, started here on loopback."""

from __future__ import annotations

import http.server
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

import pytest

from kb.corpus.fetch.harvest import Counts, harvest
from kb.corpus.fetch.repository import Repository
from kb.corpus.record_files import HARVEST
from kb.corpus.sources import read_corpus
from kb.errors import RepositoryAwayError, RepositoryRefusedError

pytest.importorskip("oaipmh_scythe")
PER_PAGE = 2
Fields = dict[str, list[str]]


@dataclass
class Shelf:
    """A repository: its records in order, and what was asked of it."""

    records: dict[str, Fields | None] = field(default_factory=dict)
    changed: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    busy: int = 0  # answers of "come back later" before the next page
    away_after: int | None = None  # pages
    url: str = ""

    def answer(self, query: dict[str, str]) -> tuple[int, str]:
        """Status and XML of a request."""
        self.asked.append(query)
        self.times.append(time.monotonic())
        if self.busy:
            self.busy -= 1
            return 503, ""
        if self.away_after is not None:
            if not self.away_after:
                return 500, ""
            self.away_after -= 1
        if query.get("set") == "nergens":
            return 200, _xml('<error code="badArgument">no such set</error>')
        start = 0
        token = query.get("resumptionToken", "")
        if token:
            if not token.startswith("from-"):
                error = '<error code="badResumptionToken">too late</error>'
                return 200, _xml(error)
            start = int(token.removeprefix("from-"))
        since = query.get("from", "")
        names = [
            n
            for n in self.records
            if self.changed.get(n, "2024-01-01") >= since
        ]
        if not names:
            return 200, _xml('<error code="noRecordsMatch">none</error>')
        page = names[start : start + PER_PAGE]
        more = start + PER_PAGE < len(names)
        told = f"from-{start + PER_PAGE}" if more else ""
        listed = "".join(self._record(name) for name in page)
        end = f"<resumptionToken>{told}</resumptionToken>"
        return 200, _xml(f"<ListRecords>{listed}{end}</ListRecords>")

    def _record(self, name: str) -> str:
        fields = self.records[name]
        deleted = ' status="deleted"' if fields is None else ""
        day = self.changed.get(name, "2024-01-01")
        header = (
            f"<header{deleted}><identifier>{name}</identifier>"
            f"<datestamp>{day}</datestamp></header>"
        )
        if fields is None:
            return f"<record>{header}</record>"
        lines = "".join(
            f"<dc:{key}>{escape(value)}</dc:{key}>"
            for key, values in fields.items()
            for value in values
        )
        spaces = (
            'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"'
        )
        body = f"<oai_dc:dc {spaces}>{lines}</oai_dc:dc>"
        return f"<record>{header}<metadata>{body}</metadata></record>"


def _xml(inner: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        f"<responseDate>2024-06-01</responseDate>{inner}</OAI-PMH>"
    )


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    """A repository that answers, with a few records."""
    kept = Shelf()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path.startswith("/files/"):
                self._send(200, b"%PDF-1.4 een klein bestand\n")
            elif parts.path.startswith("/moved/"):
                self._send(302, b"", ("Location", "http://192.0.2.1/x.pdf"))
            elif parts.path == "/gone.pdf":
                self._send(404, b"")
            else:
                query = {k: v[0] for k, v in parse_qs(parts.query).items()}
                status, xml = kept.answer(query)
                self._send(status, xml.encode(), ("Retry-After", "0"))

        def _send(
            self, status: int, body: bytes, *extra: tuple[str, str]
        ) -> None:
            self.send_response(status)
            for name, value in (*extra, ("Content-Length", str(len(body)))):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    kept.url = f"http://127.0.0.1:{server.server_address[1]}/oai"
    kept.records = {
        "oai:a": report("Zorg in de buurt", "Bos, Anna", "2019", kept, "a"),
        "oai:b": report("Teams zonder muren", "Smit, Jan", "2020-05", kept),
        "oai:c": report("Wachten op hulp", "Öz, Elif", "2021", kept, "c"),
        "oai:d": None,
        "oai:e": {"title": [""], "type": ["text"]},
    }
    try:
        yield kept
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def report(
    title: str, author: str, date: str, shelf: Shelf, file: str = ""
) -> Fields:
    host = shelf.url.removesuffix("/oai")
    fields = {
        "title": [title],
        "creator": [author],
        "date": [date],
        "type": ["info:eu-repo/semantics/report"],
        "identifier": [f"{host}/record/{len(title)}"],
    }
    if file:
        fields["identifier"].append(f"{host}/files/{file}.pdf")
    return fields


def fetched(shelf: Shelf, corpus: Path, **more: Any) -> Counts:
    repository = Repository(shelf.url, pause=0.01)
    try:
        return harvest(repository, corpus, **more)
    finally:
        repository.close()


def test_records_and_files_become_sources(
    shelf: Shelf, tmp_path: Path
) -> None:
    counts = fetched(shelf, tmp_path)
    assert (counts.records, counts.new, counts.files) == (5, 3, 2)
    assert len(counts.problems) == 1  # the record without a title
    corpus = read_corpus(tmp_path, 10)
    assert {s.key: s.csl["title"] for s in corpus.sources} == {
        "bos2019zorg": "Zorg in de buurt",
        "oz2021wachten": "Wachten op hulp",
    }
    without = json.loads((tmp_path / "literature.harvest.json").read_text())
    assert [one["title"] for one in without] == ["Teams zonder muren"]
    assert without[0]["issued"] == {"date-parts": [[2020, 5]]}


def test_what_the_corpus_has_already_is_not_taken_twice(
    shelf: Shelf, tmp_path: Path
) -> None:
    shelf.records = {
        "oai:doi": {"title": ["Anders"], "identifier": ["doi:10.5555/AB.1"]},
        "oai:isbn": {"title": ["Boek"], "identifier": ["ISBN 90-70000-34-2"]},
        "oai:title": {"title": ["Werken in de wijk!"], "date": ["2016"]},
        "oai:urn": {"title": ["U"], "identifier": ["urn:nbn:nl:ui:13-abc"]},
        "oai:urn2": {"title": ["V"], "identifier": ["URN:NBN:nl:ui:13-abc"]},
        "oai:year": {"title": ["Werken in de wijk"], "date": ["2019"]},
    }
    (tmp_path / "literature.bib").write_text(
        "@book{x, title={Een}, doi={10.5555/ab.1}}\n"
        "@book{y, title={Twee}, isbn={978-90-70000-34-9}}\n"
        "@report{z, title={Werken in de wijk}, year={2016}}\n",
        encoding="utf-8",
    )
    counts = fetched(shelf, tmp_path)
    assert (counts.known, counts.new) == (4, 2)


def test_a_harvest_that_breaks_off_goes_on_from_there(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import kb.corpus.fetch.repository as module

    monkeypatch.setattr(module, "RETRIES", 0)
    shelf.away_after = 1
    with pytest.raises(RepositoryAwayError, match="kept"):
        fetched(shelf, tmp_path)
    assert len(json.loads((tmp_path / HARVEST).read_text())) == 1
    shelf.away_after = None
    shelf.asked.clear()
    counts = fetched(shelf, tmp_path)
    assert shelf.asked[0]["resumptionToken"] == "from-2"
    assert (counts.records, counts.new) == (3, 1)
    assert len(json.loads((tmp_path / HARVEST).read_text())) == 2


def test_a_token_that_is_too_old_begins_anew_without_doubles(
    shelf: Shelf, tmp_path: Path
) -> None:
    from kb.corpus.fetch.harvest import STATE

    fetched(shelf, tmp_path)
    before = (tmp_path / HARVEST).read_bytes()
    state = json.loads((tmp_path / STATE).read_text())
    for place in state["places"].values():
        place["token"] = "verlopen"
    (tmp_path / STATE).write_text(json.dumps(state))
    counts = fetched(shelf, tmp_path)
    assert (counts.new, counts.files) == (0, 0)
    assert (tmp_path / HARVEST).read_bytes() == before


def test_a_later_harvest_asks_only_for_what_changed(
    shelf: Shelf, tmp_path: Path
) -> None:
    fetched(shelf, tmp_path)
    shelf.asked.clear()
    shelf.changed = {"oai:a": "2024-05-05", "oai:c": "2024-05-06"}
    for name in ("oai:b", "oai:d", "oai:e"):
        shelf.changed[name] = "2023-01-01"
    changed = report("Zorg om de hoek", "Bos, Anna", "2019", shelf, "a")
    shelf.records |= {"oai:a": changed, "oai:c": None}
    counts = fetched(shelf, tmp_path)
    assert shelf.asked[0]["from"] == "2024-01-01"
    assert (counts.new, counts.changed, counts.deleted) == (0, 1, 1)
    assert counts.files == 0  # it is there already
    kept = json.loads((tmp_path / HARVEST).read_text())
    assert [(one["id"], one["title"]) for one in kept] == [
        ("bos2019zorg", "Zorg om de hoek")
    ]
    shelf.changed = dict.fromkeys(shelf.records, "2020-01-01")
    assert fetched(shelf, tmp_path).records == 0  # nothing changed: no error


def test_requests_are_slow_and_a_busy_server_is_asked_again(
    shelf: Shelf, tmp_path: Path
) -> None:
    shelf.busy = 2
    repository = Repository(shelf.url, pause=0.2)
    harvest(repository, tmp_path)
    repository.close()
    gaps = [b - a for a, b in zip(shelf.times, shelf.times[1:], strict=False)]
    assert min(gaps) > 0.15
    assert len(shelf.times) == 5  # twice busy, three pages


def test_a_file_is_fetched_from_the_repository_itself_only(
    shelf: Shelf, tmp_path: Path
) -> None:
    host = shelf.url.removesuffix("/oai")
    shelf.records = {
        "oai:x": {
            "title": ["Elders"],
            "identifier": [
                "http://192.0.2.1/geheim.pdf",
                f"{host}/moved/x.pdf",
                f"{host}/gone.pdf",
                "file:///etc/passwd.txt",
            ],
        }
    }
    counts = fetched(shelf, tmp_path)
    assert (counts.new, counts.files, len(counts.problems)) == (1, 0, 3)
    assert not list((tmp_path / "sources").rglob("*.*"))


def test_a_file_that_is_too_large_is_left(
    shelf: Shelf, tmp_path: Path
) -> None:
    counts = fetched(shelf, tmp_path, most_mb=0)
    assert (counts.new, counts.files) == (3, 0)
    assert not list((tmp_path / "sources").rglob("*.*"))


def test_a_set_that_is_not_there_is_said(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(RepositoryRefusedError, match="no such set"):
        fetched(shelf, tmp_path, set_="nergens")
