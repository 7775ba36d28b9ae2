"""A work as a form: its record, its entries, and the works that it may be one with."""

from __future__ import annotations

from dataclasses import dataclass

from kb.curation import State
from kb.curation.queues import candidates
from kb.curation.records import FIELDS, shown
from kb.records import Reference, Work
from web.citation_strings import formatted
from web.generation import Generation
from web.pages.curation.document import labels
from web.pages.works import works_page

FOUND = 12


@dataclass(frozen=True, slots=True)
class WorkForm:
    """All that the form of a work shows."""

    work: Work
    fields: tuple[tuple[str, str, str], ...]  # name, label, value
    entries: tuple[Reference, ...]
    others: tuple[tuple[Work, str], ...]
    query: str
    version: str
    decided: int


def work_form(
    generation: Generation, state: State, id: str, query: str
) -> WorkForm:
    """The form of a work. Raises UnknownWorkError."""
    store = generation.store
    work = store.work(id)
    others = _others(generation, work, query)
    strings = formatted(generation, [other.id for other in others])
    names = labels()
    return WorkForm(
        work=work,
        fields=tuple(
            (name, names[name], shown(name, work.csl.get(name)))
            for name in FIELDS
        ),
        entries=tuple(store.references(work=id)),
        others=tuple(
            (other, _line(other, strings[other.id].reference))
            for other in others
            if other.id in strings
        ),
        query=query,
        version=state.version(id),
        decided=len(state.history(id)),
    )


def _others(generation: Generation, work: Work, query: str) -> list[Work]:
    """The works that a curator looks for, or those that look like this one."""
    if not query:
        return candidates(work, generation.store.works())
    rows = works_page(generation, query, 1, str).rows[:FOUND]
    return [row.work for row in rows if row.work.id != work.id]


def _line(work: Work, reference: str) -> str:
    return reference or str(work.csl.get("title", work.id))
