"""Which document does gold mean?

It is named by its citekey or by how its file name begins; the longest name wins.
"""

from __future__ import annotations

from collections.abc import Iterable

from kb.records import Passage
from kb.store import Store


def keys_named(store: Store, names: Iterable[str]) -> dict[str, str]:
    """Gold's name of a document → its citekey; names without a document are left out."""
    wanted = set(names)
    found: dict[str, str] = {}
    for document in store.documents():
        file = document.source.rsplit("/", 1)[-1]
        fitting = [n for n in wanted if n == document.id or file.startswith(n)]
        if fitting:
            found[max(fitting, key=len)] = document.id
    return found


def passages_named(store: Store, names: Iterable[str]) -> dict[str, list[Passage]]:
    """The passages of each document that gold names, in reading order."""
    keys = keys_named(store, names)
    return {name: store.passages(key) for name, key in keys.items()}
