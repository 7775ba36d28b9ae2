"""Killing the site in the middle of a decision loses at most the unfinished request."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.mark.slow
def test_what_was_answered_is_kept_after_a_kill(tmp_path: Path) -> None:
    """The same script kills two hundred times where somebody waits for it."""
    command = [sys.executable, "-m", "scripts.kill_curation", "--times", "3"]
    command += ["--port", str(free_port()), "--folder", str(tmp_path)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
