"""The process behind it: limits and errors become sentences."""

from __future__ import annotations

import pytest

from kb.citing import PandocError
from kb.citing.pandoc import run


def test_refusal_is_one_sentence() -> None:
    with pytest.raises(PandocError) as caught:
        run(["-f", "geenformaat", "-t", "json"], "x")
    assert "geenformaat" in caught.value.sentence("nl")
    assert "Traceback" not in caught.value.sentence("nl")


def test_time_limit_is_kept() -> None:
    with pytest.raises(PandocError):
        run(
            ["-f", "markdown", "-t", "json"],
            "woord " * 2_000_000,
            seconds=0.05,
        )


def test_missing_binary_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "kb.citing.pandoc.binary", lambda: "/bestaat/niet/pandoc"
    )
    with pytest.raises(PandocError):
        run(["--version"], "")
