"""The key that signs what a browser carries; a file of the corpus, made when first asked for."""

from __future__ import annotations

import secrets
from pathlib import Path

from filelock import FileLock

from kb.whole_files import PRIVATE, write_whole

FILE = "curators.key"
_BYTES = 32


def secret_key(corpus_dir: Path) -> bytes:
    """The key of a corpus, the same for every process of its site. Raises OSError."""
    path = corpus_dir / FILE
    with FileLock(path.with_name(f".{FILE}.lock")):
        if not path.is_file() or len(path.read_bytes()) < _BYTES:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, secrets.token_bytes(_BYTES), PRIVATE)
        return path.read_bytes()
