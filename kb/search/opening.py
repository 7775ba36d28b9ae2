"""From a folder to an engine and the collection it finds in."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from kb.search.engines import Engine, engine_class
from kb.search.index.building import META
from kb.search.index.collection import Collection
from kb.search.index.remote import Keeper, RemoteCollection
from kb.settings import Settings


def opened(
    folder: Path, name: str, settings: Settings | None
) -> tuple[Engine, Collection | RemoteCollection]:
    """An engine and the collection it finds in."""
    adapter = engine_class(name)
    if not adapter.keeps:
        local = Collection.load(folder)
        order = local.reading_order
        return adapter.open(folder / name, order, settings), local
    remote = RemoteCollection.load(folder, META)
    engine = adapter.open(folder / name, remote.reading_order, settings)
    remote.engine = cast(Keeper, engine)
    return engine, remote


def share_words(
    collection: Collection | RemoteCollection,
    like: Collection | RemoteCollection,
) -> None:
    """Take the lexicon of a collection that has the same words, with all it has looked up."""
    both_here = isinstance(collection, Collection) and isinstance(
        like, Collection
    )
    if both_here and collection.lexicon.says(like.lexicon):
        collection.lexicon = like.lexicon
