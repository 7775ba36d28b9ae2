"""The server of `kb serve` under readers that never finish, and at its end."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

import pytest

from kb.settings import Settings
from web.proxy import largest_body

KB = "from kb.cli import main; main()"
HALF_OPEN = 150
PATIENCE = 30.0  # seconds for a start on a busy machine


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _status(
    port: int, path: str, headers: dict[str, str] | None = None
) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers=headers or {})
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.fixture
def server(settings: Settings) -> Iterator[tuple[subprocess.Popen[str], int]]:
    port = _free_port()
    places = {
        "KB_CORPUS_DIR": str(settings.corpus_dir),
        "KB_INDEX_DIR": str(settings.index_dir),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", KB, "serve", "--port", str(port)],
        env={**os.environ, **places},
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            _status(port, "/healthz")
            break
        except OSError:
            time.sleep(0.1)
    yield process, port
    process.kill()
    process.wait()
    assert process.stderr is not None
    process.stderr.close()


@pytest.mark.slow
def test_half_open_requests_keep_nobody_out(
    server: tuple[subprocess.Popen[str], int],
) -> None:
    _process, port = server
    held = [
        socket.create_connection(("127.0.0.1", port)) for _ in range(HALF_OPEN)
    ]
    try:
        for connection in held:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: kb\r\nX-Slow: ")
        began = time.monotonic()
        assert _status(port, "/over") == 200
        assert time.monotonic() - began < 5
    finally:
        for connection in held:
            connection.close()


@pytest.mark.slow
def test_too_large_headers_and_bodies_are_refused(
    server: tuple[subprocess.Popen[str], int],
) -> None:
    _process, port = server
    assert _status(port, "/over", {"Cookie": "a=" + "x" * 40_000}) == 431
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest("POST", "/leeslijst/")
    connection.putheader("Content-Length", str(10**9))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


@pytest.mark.slow
def test_a_long_reading_list_gets_through(
    server: tuple[subprocess.Popen[str], int],
) -> None:
    _process, port = server
    note = urlencode({"doe": "voegtoe", "n": "x" * 400_000})
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/leeslijst/", note, kind)
    assert connection.getresponse().status != 413
    connection.close()


def test_the_server_lets_through_what_a_curator_may_hand_in(
    settings: Settings,
) -> None:
    curated = replace(settings, curation=True)
    assert largest_body(curated) > curated.upload_mb * 1_000_000
    assert largest_body(settings) < 2_000_000


@pytest.mark.slow
def test_the_site_ends_in_order_when_told_to(
    server: tuple[subprocess.Popen[str], int],
) -> None:
    process, port = server
    assert _status(port, "/") == 200
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=PATIENCE) == 0
    assert process.stderr is not None
    assert "Traceback" not in process.stderr.read()
