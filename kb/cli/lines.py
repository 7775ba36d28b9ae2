"""JSON lines on standard output: one object a line, UTF-8, nothing else."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import Any

import msgspec


def write_lines(objects: Iterable[Any]) -> None:
    """Write records or mappings as JSON lines."""
    encode = msgspec.json.Encoder().encode
    out = sys.stdout.buffer
    try:
        for item in objects:
            out.write(encode(item) + b"\n")
        out.flush()
    except BrokenPipeError:  # `| head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
