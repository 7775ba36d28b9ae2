"""OpenSearch in bad moments: each ends in a sentence, and nothing is lost."""

from __future__ import annotations

import http.server
import logging
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kb.errors import (
    EngineAwayError,
    EngineDeniedError,
    EngineError,
    EngineFullError,
    EngineIndexGoneError,
    EngineUntrustedError,
    SettingError,
)
from kb.search.engines import Entry, Plan, ReadingOrder, engine_class
from kb.search.engines.opensearch_client import Client
from kb.search.engines.opensearch_index import Written, prefix_of
from kb.search.query_tree import Phrase, Term
from kb.settings import Settings, load
from scripts.opensearch_nodes import Cluster, NoNodesError, cluster

ORDER = ReadingOrder(["boek"], np.array([0, 3]), np.array([0]))
TEXTS = ("zorg in de wijk", "hulp bij schulden", "zorg voor schulden")
SECRET = "Zeer#geheim/1"
NOWHERE = Settings(opensearch_url="http://127.0.0.1:9", opensearch_retries=1)
real = [pytest.mark.system, pytest.mark.slow]


def entries_of(_document: str) -> list[Entry]:
    return [
        Entry(place, text, "", "", "boek", (), "text", ())
        for place, text in enumerate(TEXTS)
    ]


@pytest.fixture
def here(opensearch: str, tmp_path: Path) -> Settings:
    """A cluster, and an index folder of this test alone."""
    return replace(
        load(), opensearch_url=opensearch, index_dir=tmp_path / "index"
    )


def build(folder: Path, settings: Settings, **more: Any) -> None:
    engine_class("opensearch").build(
        folder, ["boek"], entries_of, settings=settings, **more
    )


def indexes(settings: Settings) -> dict[str, Any]:
    client = Client(settings)
    found: dict[str, Any] = client.ask(
        "GET", f"/{prefix_of(settings)}-*/_alias"
    )
    client.close()
    return found


def test_engine_that_is_away_is_said_and_not_waited_for_long(
    tmp_path: Path,
) -> None:
    with pytest.raises(EngineAwayError) as told:
        build(tmp_path, NOWHERE)
    assert "niet bereikbaar" in told.value.sentence("nl")
    assert not (tmp_path / "index.json").exists()


def test_address_that_is_none_is_refused() -> None:
    settings = Settings(opensearch_url="kb:geheim@zoek")
    with pytest.raises(SettingError) as told:
        Client(settings)
    assert "geheim" not in str(told.value)


@contextmanager
def answering(
    status: int, certificate: tuple[Path, Path] | None = None
) -> Iterator[str]:
    """A server that answers everything with one status, over TLS with a certificate."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_PUT = do_POST = do_DELETE = do_GET

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme = "http" if certificate is None else "https"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"{scheme}://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_wrong_password_is_said_and_never_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with answering(401) as url, caplog.at_level(logging.DEBUG):
        settings = Settings(
            opensearch_url=url,
            opensearch_user="kb",
            opensearch_password=SECRET,
        )
        with pytest.raises(EngineDeniedError) as told:
            build(tmp_path, settings)
    assert SECRET not in f"{told.value} {caplog.text} {settings}"


def test_key_is_sent_in_the_place_of_a_password_and_never_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with answering(403) as url, caplog.at_level(logging.DEBUG):
        settings = Settings(opensearch_url=url, opensearch_api_key=SECRET)
        with pytest.raises(EngineDeniedError) as told:
            build(tmp_path, settings)
    assert SECRET not in f"{told.value} {caplog.text} {settings}"


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate of our own for 127.0.0.1, and its key."""
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    made = subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes"),
            *("-subj", "/CN=127.0.0.1", "-days", "2"),
            *("-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", str(key), "-out", str(cert)),
        ],
        check=False,
        capture_output=True,
    )
    if made.returncode:
        pytest.skip("openssl made no certificate")
    return cert, key


def test_certificate_is_trusted_only_when_its_issuer_is(
    tmp_path: Path, certificate: tuple[Path, Path]
) -> None:
    with answering(401, certificate) as url:
        with pytest.raises(EngineUntrustedError):
            build(tmp_path / "one", Settings(opensearch_url=url))
        trusting = Settings(
            opensearch_url=url, opensearch_ca=str(certificate[0])
        )
        with pytest.raises(EngineDeniedError):  # TLS stands; 401 is heard
            build(tmp_path / "two", trusting)


@pytest.mark.system
@pytest.mark.slow
class TestWithARealCluster:
    """What a real server is driven into."""

    def test_index_that_is_gone_is_named(
        self, here: Settings, tmp_path: Path
    ) -> None:
        build(tmp_path / "one", here)
        written = Written.load(tmp_path / "one")
        assert written is not None
        Client(here).ask("DELETE", f"/{written.index}")
        with pytest.raises(EngineIndexGoneError):
            engine_class("opensearch").open(tmp_path / "one", ORDER, here)

    def test_half_an_index_is_not_opened(
        self, here: Settings, tmp_path: Path
    ) -> None:
        build(tmp_path / "one", here)
        written = Written.load(tmp_path / "one")
        assert written is not None
        replace(written, documents={"boek": 4}).save(tmp_path / "one")
        with pytest.raises(EngineIndexGoneError):
            engine_class("opensearch").open(tmp_path / "one", ORDER, here)

    def test_mapping_of_another_version_is_not_read_nor_gone_on_from(
        self, here: Settings, tmp_path: Path
    ) -> None:
        build(tmp_path / "one", here)
        written = Written.load(tmp_path / "one")
        assert written is not None
        replace(written, mapping=0).save(tmp_path / "one")
        with pytest.raises(EngineIndexGoneError):
            engine_class("opensearch").open(tmp_path / "one", ORDER, here)
        build(tmp_path / "two", here, previous=tmp_path / "one")
        opened = engine_class("opensearch").open(tmp_path / "two", ORDER, here)
        assert opened.best(Plan(Term("body", "hulp")), 5).tolist() == [1]
        opened.close()

    def test_disk_that_fills_up_leaves_the_index_before(
        self, here: Settings, tmp_path: Path
    ) -> None:
        build(tmp_path / "one", here)
        before = set(indexes(here))
        client = Client(here)

        def until_full(document: str) -> Iterator[Entry]:
            (fresh,) = set(indexes(here)) - before
            block = {"index.blocks.read_only_allow_delete": True}
            client.ask("PUT", f"/{fresh}/_settings", block)
            yield from entries_of(document)

        with pytest.raises(EngineFullError):
            engine_class("opensearch").build(
                tmp_path / "two",
                ["boek"],
                until_full,
                tmp_path / "one",
                ["boek"],
                here,
            )
        client.close()
        assert set(indexes(here)) == before
        opened = engine_class("opensearch").open(tmp_path / "one", ORDER, here)
        assert opened.count(Plan(Term("body", "zorg")), ())[0] == 2
        opened.close()

    def test_alias_follows_the_generation_and_old_indexes_go(
        self, here: Settings, tmp_path: Path
    ) -> None:
        adapter = engine_class("opensearch")
        folders = [tmp_path / name for name in ("one", "two", "three")]
        for previous, folder in zip((None, *folders), folders, strict=False):
            build(folder, here, previous=previous)
        named = [Written.load(folder) for folder in folders]
        names = [one.index for one in named if one is not None]
        # An alias that was swapped half names two: the next time it names one.
        swap = [
            {"add": {"index": name, "alias": prefix_of(here)}}
            for name in names[:2]
        ]
        client = Client(here)
        client.ask("POST", "/_aliases", {"actions": swap})
        client.close()
        adapter.published(folders[2], [folders[1]], here)
        found = indexes(here)
        assert set(found) == set(names[1:])
        assert not found[names[1]]["aliases"]
        assert set(found[names[2]]["aliases"]) == {prefix_of(here)}

    def test_words_of_a_phrase_keep_their_order_and_gaps_count_one_by_one(
        self, here: Settings, tmp_path: Path
    ) -> None:
        texts = ("a x b x c", "a x x b c", "b a c", "a b c")

        def told(_document: str) -> Iterator[Entry]:
            for place, text in enumerate(texts):
                yield Entry(place, text, "", "", "", (), "text", ())

        adapter = engine_class("opensearch")
        adapter.build(tmp_path / "one", ["boek"], told, settings=here)
        order = ReadingOrder(["boek"], np.array([0, 4]), np.array([0]))
        opened = adapter.open(tmp_path / "one", order, here)
        loose = Plan(Phrase("body", ("a", "b", "c"), slop=1))
        assert opened.ordered(loose, "page", 9).tolist() == [0, 3]
        opened.close()


@pytest.fixture(scope="module")
def two_nodes() -> Iterator[Cluster]:
    """Two data nodes and a manager."""
    try:
        with cluster(2) as started:
            yield started
    except NoNodesError as reason:
        pytest.skip(str(reason))


@pytest.mark.system
@pytest.mark.slow
def test_a_node_killed_under_load_fails_no_search(
    two_nodes: Cluster, tmp_path: Path
) -> None:
    from scripts.kill_a_node import searches_while_killing

    settings = Settings(
        opensearch_url=two_nodes.urls,
        opensearch_replicas=1,
        index_dir=tmp_path / "index",
    )
    told = searches_while_killing(two_nodes, settings, tmp_path, 300)
    assert told["failed"] == 0
    assert told["searches"] == 300
    two_nodes.start(two_nodes.data[-1])


def test_every_sentence_of_the_engine_names_where() -> None:
    for kind in EngineError.__subclasses__():
        for spoken in ("nl", "en"):
            said = kind(where="http://zoek:9200", detail="x").sentence(spoken)
            assert "http://zoek:9200" in said
