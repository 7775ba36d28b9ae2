"""What was asked for? A selection of the store's records from ids, themes and a query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from kb.errors import sentence
from kb.export.draft import candidates
from kb.export.selection import Group, Selection, grouped
from kb.records import PASSAGE_KINDS, Document, Passage, Work
from kb.store import Store
from kb.store.evidence import alike

MOST = 20  # passages a theme or query brings along, best first
_SILENT = PASSAGE_KINDS[
    PASSAGE_KINDS.index("table") :
]  # kinds without an argument of the author


def documents_of(
    store: Store, passages: Iterable[Passage]
) -> dict[str, Document]:
    """Documents of these passages, by id."""
    wanted = {p.document for p in passages}
    return {d.id: d for d in store.documents() if d.id in wanted}


def of_theme(store: Store, code: str, most: int = MOST) -> tuple[Passage, ...]:
    """The best passages of a theme that can be quoted, what repeats once.

    Those of one document together, the most recent document first.
    """
    ids = [t.passage for t in store.tags(theme=code)]
    others = alike(store, ids)
    same = {id: store.passages(ids=found) for id, found in others.items()}
    argued = (p for p in store.passages(ids=ids) if p.kind not in _SILENT)
    found = candidates(argued, lambda _: False, same)
    passages = [one.passage for one in found[:most]]
    years = {
        d.id: -(d.year or 0) for d in documents_of(store, passages).values()
    }
    return tuple(
        sorted(
            passages,
            key=lambda p: (years.get(p.document, 0), p.document, p.position),
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
    """The selection of the store's records; all documents when nothing is named.

    Args:
        store: where the records are.
        documents: ids of documents.
        works: ids of works.
        passages: ids of passages; they are put under the theme they speak of most.
        themes: codes, each with its best passages.
        query: a question, with the best passages that `found` gives.
        found: gives passage ids for a question and a number, best first.
        theme_names: names of themes by code.
        all_works: besides, all works but those known from mentions only, which have no record.
        quotes: whether passages are printed, so that everything means all themes.
        most: passages that a theme or a question brings along.
        notes: the reader's own, by passage id.
        title: of the section.
        language: of headings that the reader did not give.

    Raises:
        UnknownDocumentError, UnknownWorkError, UnknownPassageError
    """
    names = theme_names or {}
    everything = not any((documents, works, passages, themes, query))
    chosen = [store.passage(id) for id in passages]
    groups = [*by_theme(store, chosen, names, language)]
    groups += _theme_groups(
        store, names if everything and quotes else themes, names, most
    )
    if query and found:
        heading = sentence("export_search", {"query": query}, language)
        groups.append(
            Group(heading, tuple(store.passages(ids=found(query, most))))
        )
    groups = [group for group in groups if group.passages]
    selection = Selection(
        documents=_documents(store, documents, groups, everything),
        works=tuple(
            _known_works(store) if all_works else _works(store, works)
        ),
        groups=tuple(groups),
        notes=dict(notes or {}),
        title=title,
    )
    return selection.told_apart_from(store.documents())


def _theme_groups(
    store: Store, codes: Iterable[str], names: Mapping[str, str], most: int
) -> list[Group]:
    """The best passages of each theme, under its name."""
    return [Group(names.get(c, c), of_theme(store, c, most)) for c in codes]


def _documents(
    store: Store, ids: Sequence[str], groups: Sequence[Group], everything: bool
) -> tuple[Document, ...]:
    """The documents asked for and those of all passages, each once."""
    if everything:
        return tuple(store.documents())
    quoted = [passage for group in groups for passage in group.passages]
    named = {id: store.document(id) for id in ids}
    return tuple((named | documents_of(store, quoted)).values())


def _works(store: Store, ids: Sequence[str]) -> list[Work]:
    return [store.work(id) for id in dict.fromkeys(ids)]


def _known_works(store: Store) -> list[Work]:
    """All works that are cited or recorded as literature, but for mere mentions.

    A document of the corpus that nobody cites is no cited work.
    """
    return [
        work
        for work in store.works()
        if work.origin != "mention"
        and (work.origin != "corpus" or work.cited_by)
    ]
