"""Whoosh keeps its schema and segments as pickles, which can run any code when opened.

From here on it gets what its own indexes hold and nothing else, so that an index that
somebody made to harm is refused like a damaged one.
"""

from __future__ import annotations

import io
import pickle
from types import SimpleNamespace
from typing import IO, Any

from whoosh import columns, formats, index
from whoosh.codec import whoosh3
from whoosh.filedb import structfile

# What the pickles of an index of ours name; none of these runs what is handed to it.
_NAMED = frozenset(
    {
        "_codecs.encode",
        "builtins.int",
        "collections.defaultdict",
        "re._compile",
        "whoosh.analysis.tokenizers.RegexTokenizer",
        "whoosh.codec.whoosh3.W3Codec",
        "whoosh.codec.whoosh3.W3Segment",
        "whoosh.fields.Schema",
        "whoosh.fields.TEXT",
        "whoosh.formats.Frequency",
        "whoosh.formats.Positions",
    }
)


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if f"{module}.{name}" not in _NAMED:
            raise ValueError(f"{module}.{name} in a search index")
        return super().find_class(module, name)


def _load(file: IO[bytes]) -> Any:
    return _Unpickler(file).load()


def _loads(pickled: bytes) -> Any:
    return _load(io.BytesIO(pickled))


def guard() -> None:
    """Let Whoosh read its pickles so; modules hold names of their own for the functions."""
    for module in (columns, formats, whoosh3):
        module.loads = _loads
    structfile.load = _load
    index.pickle = SimpleNamespace(
        loads=_loads,
        dumps=pickle.dumps,
        PicklingError=pickle.PicklingError,
    )
