"""A site that cannot start says why, and what to type instead."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from kb.cli.group import run
from kb.generations import new_generation, publish


def test_port_in_use_is_named_with_another_to_take(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(tmp_path / "index", new_generation(tmp_path / "index", "1"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code = run(
            ["serve", "--port", str(port), "--index", str(tmp_path / "index")]
        )
    said = capsys.readouterr().err
    assert (code, str(port) in said, f"--port {port + 1}" in said) == (
        1,
        True,
        True,
    )


@pytest.mark.parametrize("arguments", [["--help"], ["search", "x"]])
def test_settings_that_are_no_toml_give_a_sentence(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
) -> None:
    (tmp_path / "kb.toml").write_text("port = ", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    code = run(arguments)
    said = capsys.readouterr()
    assert code == (0 if arguments == ["--help"] else 2)
    assert "Traceback" not in said.err
    assert ("kb.toml" in said.err) == (code == 2)
