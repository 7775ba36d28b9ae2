"""What was asked for? A selection of the store's records from ids, themes and a query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from kb.errors import sentence
from kb.export.selection import Group, Selection, grouped
from kb.records import PASSAGE_KINDS, Document, Passage
from kb.store import Store

MOST = 20  # passages a theme or query brings along, best first
_SILENT = PASSAGE_KINDS[
    PASSAGE_KINDS.index("table") :
]  # kinds without an argument of the author


def documents_of(store: Store, passages: Iterable[Passage]) -> dict[str, Document]:
    """Documents of these passages, by id."""
    wanted = {p.document for p in passages}
    return {d.id: d for d in store.documents() if d.id in wanted}


def of_theme(store: Store, code: str, most: int = MOST) -> tuple[Passage, ...]:
    """The best passages of a theme that argue something, those of one document together, the most recent document first."""
    ids = [t.passage for t in store.tags(theme=code)]
    passages = [p for p in store.passages(ids=ids) if p.kind not in _SILENT][:most]
    years = {d.id: -(d.year or 0) for d in documents_of(store, passages).values()}
    return tuple(
        sorted(
            passages, key=lambda p: (years.get(p.document, 0), p.document, p.position)
        )
    )


def by_theme(
    store: Store,
    passages: Sequence[Passage],
    names: Mapping[str, str],
    language: str = "nl",
) -> tuple[Group, ...]:
    """Passages under the name of the theme they speak of most."""
    best: dict[str, str] = {}
    for tag in store.tags(passages=[p.id for p in passages]):
        best.setdefault(tag.passage, names.get(tag.theme, tag.theme))
    groups = grouped(passages, best, sentence("export_other", {}, language))
    order = {name: n for n, name in enumerate(names.values())}
    return tuple(sorted(groups, key=lambda g: order.get(g.title, len(order))))


def choose(
    store: Store,
    *,
    documents: Sequence[str] = (),
    works: Sequence[str] = (),
    passages: Sequence[str] = (),
    themes: Sequence[str] = (),
    query: str = "",
    found: Callable[[str, int], Sequence[str]] | None = None,
    theme_names: Mapping[str, str] | None = None,
    all_works: bool = False,
    quotes: bool = False,
    most: int = MOST,
    notes: Mapping[str, str] | None = None,
    title: str = "",
    language: str = "nl",
) -> Selection:
    """The selection of the store's records; everything when nothing is named.

    `found(query, most)` gives passage ids, best first; `theme_names` maps codes to names; `quotes` says that passages
    are printed. Raises UnknownDocumentError, UnknownWorkError, UnknownPassageError.
    """
    names = theme_names or {}
    chosen = [store.passage(id) for id in passages]
    groups = list(by_theme(store, chosen, names, language))
    groups += [
        Group(names.get(code, code), of_theme(store, code, most)) for code in themes
    ]
    if query and found:
        groups.append(
            Group(
                sentence("export_search", {"query": query}, language),
                tuple(store.passages(ids=found(query, most))),
            )
        )
    nothing = not (documents or works or passages or themes or query or all_works)
    if nothing and quotes:
        groups = [
            Group(name, of_theme(store, code, most)) for code, name in names.items()
        ]
    groups = [group for group in groups if group.passages]
    own = {id: store.document(id) for id in documents} | documents_of(
        store, [p for g in groups for p in g.passages]
    )
    if nothing:
        own = {d.id: d for d in store.documents()}
    cited = (
        store.works() if all_works else [store.work(id) for id in dict.fromkeys(works)]
    )
    return Selection(
        tuple(own.values()), tuple(cited), tuple(groups), dict(notes or {}), title
    )
