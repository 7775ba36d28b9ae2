"""Work aside gives way to readers, and ends all the same."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from typing import Any

import pytest
from werkzeug.test import Client, run_wsgi_app
from werkzeug.wrappers import Response

from web.courtesy import CALM, LONGEST, Courtesy


def _seconds(courtesy: Courtesy) -> float:
    began = time.monotonic()
    courtesy.give_way()
    return time.monotonic() - began


def _never(_seconds: float) -> None:
    raise AssertionError("nobody is to be waited for")


def test_where_nobody_reads_work_goes_on_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("web.courtesy.time.sleep", _never)
    Courtesy().give_way()


def test_work_waits_for_a_reader_who_is_being_answered() -> None:
    courtesy, asked, answered = (
        Courtesy(),
        threading.Event(),
        threading.Event(),
    )

    def slow(environ: Any, start: Any) -> Iterable[bytes]:
        asked.set()
        answered.wait(LONGEST / 2)
        return Response("klaar")(environ, start)

    reader = threading.Thread(
        target=Client(courtesy.around(slow)).get, args=("/",)
    )
    reader.start()
    asked.wait(5)
    assert _seconds(courtesy) >= CALM
    reader.join()


def test_work_goes_on_though_readers_never_stop() -> None:
    courtesy = Courtesy()

    def endless(environ: Any, start: Any) -> Iterable[bytes]:
        start("200 OK", [])
        return [b""]

    run_wsgi_app(courtesy.around(endless), {})  # its answer is never closed
    assert LONGEST <= _seconds(courtesy) < 20 * LONGEST


def test_after_an_error_nobody_is_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    courtesy = Courtesy()

    def broken(environ: Any, start: Any) -> Iterable[bytes]:
        raise ValueError("stuk")

    for _ in range(3):
        with pytest.raises(ValueError, match="stuk"):
            Client(courtesy.around(broken)).get("/")
    time.sleep(CALM)
    monkeypatch.setattr("web.courtesy.time.sleep", _never)
    courtesy.give_way()
