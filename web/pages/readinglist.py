"""The reading list with what is saved on it."""

from __future__ import annotations

from dataclasses import dataclass

from web.formats import LIST_FORMATS
from web.generation import Generation
from web.pages.cards import PassageCard, cards
from web.pages.works import WorkRow, work_rows
from web.readinglist import Item, Items, to_query


@dataclass(frozen=True, slots=True)
class Entry:
    """A saved passage or work, in the reader's order.

    Both None when it no longer exists.
    """

    key: str
    note: str
    passage: PassageCard | None
    work: WorkRow | None


@dataclass(frozen=True, slots=True)
class ListPage:
    """All that the reading-list template shows.

    `shared` when the list came in the address.
    """

    entries: tuple[Entry, ...]
    groups: tuple[tuple[str, tuple[Entry, ...]], ...]
    missing: int
    query: str
    shared: bool
    grouped: bool
    exports: tuple[tuple[str, str], ...]


def _groups(
    entries: tuple[Entry, ...], grouped: bool
) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """(heading, entries): one group without heading, or one for each strongest theme."""
    if not grouped:
        return (("", entries),)
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(_strongest(entry), []).append(entry)
    last = "\uffff"  # what has no theme
    names = sorted(found, key=lambda name: name or last)
    return tuple((name, tuple(found[name])) for name in names)


def _strongest(entry: Entry) -> str:
    """The strongest theme of an entry, "" where it has none."""
    if entry.passage is None or not entry.passage.themes:
        return ""
    best = entry.passage.themes[0]
    return f"{best.code} {best.name}"


def list_page(
    generation: Generation, items: Items, shared: bool, grouped: bool
) -> ListPage:
    """`items` with their records."""
    passage_ids = [item.id for item in items if item.kind == "p"]
    work_ids = [item.id for item in items if item.kind == "w"]
    made = cards(generation, generation.store.passages(ids=passage_ids))
    rows = work_rows(generation, generation.store.works(work_ids))
    passages = {card.passage.id: card for card in made}
    works = {row.work.id: row for row in rows}

    def entry(item: Item) -> Entry:
        if item.kind == "p":
            return Entry(item.key, item.note, passages.get(item.id), None)
        return Entry(item.key, item.note, None, works.get(item.id))

    every = [entry(item) for item in items]
    entries = tuple(e for e in every if e.passage or e.work)
    return ListPage(
        entries=entries,
        groups=_groups(entries, grouped),
        missing=len(every) - len(entries),
        query=to_query(items),
        shared=shared,
        grouped=grouped,
        exports=LIST_FORMATS,
    )
