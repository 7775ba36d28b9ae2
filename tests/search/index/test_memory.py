"""Memory of many threads stays together, and what is freed is given back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

# Threads that each take and free memory; then the heaps that glibc has.
PROGRAM = """
import ctypes, threading
from kb.search.index.memory import give_back, share_one_heap

{call}
library = ctypes.CDLL(None)
library.malloc.restype = ctypes.c_void_p
together = threading.Barrier(8)

def take():
    together.wait()
    for _ in range(200):
        held = [library.malloc(5_000) for _ in range(200)]
        for one in held:
            library.free(ctypes.c_void_p(one))
    together.wait()

threads = [threading.Thread(target=take) for _ in range(8)]
for one in threads:
    one.start()
for one in threads:
    one.join()
give_back()
library.malloc_stats()
"""


def _heaps(call: str) -> int:
    """How many heaps eight threads have."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(call=call)],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stderr.count("Arena ")


@pytest.mark.skipif(
    sys.platform != "linux" or Path("/etc/alpine-release").exists(),
    reason="heaps by thread are a matter of glibc",
)
def test_threads_share_one_heap() -> None:
    assert _heaps("") > 1
    assert _heaps("share_one_heap()") == 1
