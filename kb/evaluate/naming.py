"""Which document does gold mean?

It is named by its citekey or by how its file name begins; the longest name wins.
"""

from __future__ import annotations

from collections.abc import Iterable

from kb.records import Passage
from kb.store import Store


def keys_named(
    store: Store, names: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """Gold's name of a document → its citekey, and those of the parts it holds.

    Names without a document are left out.
    """
    wanted = set(names)
    found: dict[str, tuple[str, ...]] = {}
    for document in store.documents():
        file = document.source.rsplit("/", 1)[-1]
        fitting = [n for n in wanted if n == document.id or file.startswith(n)]
        if fitting:
            name = max(fitting, key=len)
            found[name] = (*found.get(name, ()), document.id)
    return found


def passages_named(
    store: Store, names: Iterable[str]
) -> dict[str, list[Passage]]:
    """The passages of each document that gold names, in reading order."""
    return {
        name: [passage for key in keys for passage in store.passages(key)]
        for name, keys in keys_named(store, names).items()
    }
