"""The reading list with what is saved on it."""

from __future__ import annotations

from dataclasses import dataclass

from web.formats import LIST_FORMATS
from web.generation import Generation
from web.pages.cards import PassageCard, cards
from web.pages.works import WorkRow, work_rows
from web.readinglist import Items, to_query


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
    if not grouped:
        return (("", entries),)
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        best = (
            entry.passage.themes[0] if entry.passage and entry.passage.themes else None
        )
        found.setdefault(f"{best.code} {best.name}" if best else "", []).append(entry)
    return tuple(
        (name, tuple(members))
        for name, members in sorted(found.items(), key=lambda item: item[0] or "\uffff")
    )


def list_page(
    generation: Generation, items: Items, shared: bool, grouped: bool
) -> ListPage:
    """`items` with their records."""
    passages = {
        c.passage.id: c
        for c in cards(
            generation,
            generation.store.passages(ids=[i.id for i in items if i.kind == "p"]),
        )
    }
    works = {
        r.work.id: r
        for r in work_rows(
            generation, generation.store.works([i.id for i in items if i.kind == "w"])
        )
    }
    every = [
        Entry(
            i.key,
            i.note,
            passages.get(i.id) if i.kind == "p" else None,
            works.get(i.id) if i.kind == "w" else None,
        )
        for i in items
    ]
    entries = tuple(e for e in every if e.passage or e.work)
    return ListPage(
        entries,
        _groups(entries, grouped),
        len(every) - len(entries),
        to_query(items),
        shared,
        grouped,
        LIST_FORMATS,
    )
