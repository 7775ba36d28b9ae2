"""A site that cannot start says why, and what to type instead."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest

from kb.cli.group import run
from kb.generations import new_generation, publish


def _two_in_a_row() -> tuple[socket.socket, socket.socket]:
    """Sockets that listen on a port and on the next."""
    while True:
        one, other = socket.socket(), socket.socket()
        one.bind(("127.0.0.1", 0))
        try:
            other.bind(("127.0.0.1", one.getsockname()[1] + 1))
        except (OSError, OverflowError):
            one.close()
            other.close()
            continue
        one.listen()
        other.listen()
        return one, other


def test_port_in_use_is_named_with_a_free_one_to_take(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(tmp_path / "index", new_generation(tmp_path / "index", "1"))
    one, other = _two_in_a_row()
    with one, other:
        port = one.getsockname()[1]
        code = run(
            ["serve", "--port", str(port), "--index", str(tmp_path / "index")]
        )
    said = capsys.readouterr().err
    assert code == 1
    assert str(port) in said
    (advised,) = re.findall(r"--port (\d+)", said)
    assert int(advised) > port + 1


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


def test_threads_are_told_to_share_one_heap_before_there_are_any(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def server(*given: object) -> None:
        done.append("server")
        raise SystemExit(0)

    name = "kb.search.index.memory.share_one_heap"
    monkeypatch.setattr(name, lambda: done.append("heap"))
    monkeypatch.setattr("web.proxy.create_server", server)
    publish(tmp_path / "index", new_generation(tmp_path / "index", "1"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    index = str(tmp_path / "index")
    with pytest.raises(SystemExit):
        run(["serve", "--port", str(port), "--index", index])
    assert done == ["heap", "server"]
