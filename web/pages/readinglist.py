"""The reading list with what is saved on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from web.formats import LIST_FORMATS
from web.generation import Generation
from web.pages.cards import PassageCard, ThemeChip, cards
from web.pages.works import WorkRow, work_rows
from web.readinglist import Item, Items, to_query

NO_THEME = ""  # in the place of a code


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


def groups_of(
    entries: tuple[Entry, ...], codes: Iterable[str]
) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """(heading, entries) for each strongest theme, in the order of `codes`.

    What has no theme comes last, with an empty heading.
    """
    found: dict[str, list[Entry]] = {}
    names: dict[str, str] = {NO_THEME: ""}
    for entry in entries:
        best = _strongest(entry)
        code = best.code if best else NO_THEME
        found.setdefault(code, []).append(entry)
        if best:
            names[code] = f"{best.code} {best.name}"
    ordered = [code for code in (*codes, NO_THEME) if code in found]
    return tuple((names[code], tuple(found[code])) for code in ordered)


def _strongest(entry: Entry) -> ThemeChip | None:
    """The strongest theme of an entry."""
    themes = entry.passage.themes if entry.passage else ()
    return themes[0] if themes else None


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
        groups=(
            groups_of(entries, generation.frameworks.themes)
            if grouped
            else (("", entries),)
        ),
        missing=len(every) - len(entries),
        query=to_query(items),
        shared=shared,
        grouped=grouped,
        exports=LIST_FORMATS,
    )
