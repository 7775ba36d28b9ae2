"""Pandoc, in its sandbox: it reads no other file and no network, with memory bounded."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from kb.extract.limits import Limits

# What pandoc is told of each format. "smart" would change quotation marks, dollar signs
# stand for money, and fancy lists would read "A. Jansen" as an item.
FORMATS = {
    "docx": "docx",
    "odt": "odt",
    "html": "html-smart-tex_math_dollars",
    "markdown": "markdown-smart-tex_math_dollars-fancy_lists-yaml_metadata_block"
    "+lists_without_preceding_blankline",
}
OUT_OF_MEMORY = (251, -9)  # exit codes of pandoc's run time and of the system
_LEAST_MEMORY, _MOST_MEMORY = 256, 1536  # megabytes
# The collector looks at what lives on only from so much of it: a tenth of the time of a
# report of 220 paragraphs.
_COLLECTS = "-O128m"
_LEAST_SECONDS = 5.0
_SHARE = 0.8  # of the seconds of a worker


def pandoc_path() -> str:
    """The pandoc that the wheel brings, or the one on the path.

    Raises:
        OSError: when there is none.
    """
    import pypandoc

    bundled = Path(pypandoc.__file__).parent / "files" / "pandoc"
    for candidate in (bundled, bundled.with_suffix(".exe")):
        if candidate.is_file():
            return str(candidate)
    return str(pypandoc.get_pandoc_path())


def pandoc_tree(data: bytes, kind: str, limits: Limits) -> dict[str, Any]:
    """Pandoc's JSON tree of a file.

    Args:
        data: the file.
        kind: one of FORMATS.
        limits: bounds of time and memory.

    Raises:
        subprocess.TimeoutExpired: pandoc took too long.
        subprocess.CalledProcessError: pandoc failed; see OUT_OF_MEMORY.
        ValueError: pandoc said something that is no JSON.
    """
    memory = max(_LEAST_MEMORY, min(limits.memory_mb, _MOST_MEMORY))
    done = subprocess.run(
        [
            *(pandoc_path(), "+RTS", f"-M{memory}m", _COLLECTS, "-RTS"),
            "--sandbox",
            *("--from", FORMATS[kind], "--to", "json"),
        ],
        input=data,
        capture_output=True,
        timeout=max(_LEAST_SECONDS, _SHARE * limits.seconds),
        check=True,
    )
    tree: dict[str, Any] = json.loads(done.stdout)
    return tree
