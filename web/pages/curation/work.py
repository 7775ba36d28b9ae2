"""A work as a form: its record, its entries, and the works that it may be one with."""

from __future__ import annotations

from collections.abc import Sequence
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
Field = tuple[str, str, str]  # name, label, value


@dataclass(frozen=True, slots=True)
class WorkForm:
    """All that the form of a work shows."""

    work: Work
    fields: tuple[Field, ...]
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
    return WorkForm(
        work=work,
        fields=fields_of(work, FIELDS),
        entries=tuple(store.references(work=id)),
        others=others_than(generation, work, query),
        query=query,
        version=state.version(id),
        decided=len(state.history(id)),
    )


def fields_of(work: Work, names: Sequence[str]) -> tuple[Field, ...]:
    """Fields of the record of a work, as a form shows them."""
    told = labels()
    return tuple(
        (name, told[name], shown(name, work.csl.get(name))) for name in names
    )


def others_than(
    generation: Generation, work: Work, query: str
) -> tuple[tuple[Work, str], ...]:
    """The works that a curator looks for, or those that look like this one, as cited."""
    if query:
        rows = works_page(generation, query, 1, str).rows[:FOUND]
        found = [row.work for row in rows if row.work.id != work.id]
    else:
        found = candidates(work, generation.store.works())
    strings = formatted(generation, [other.id for other in found])
    return tuple(
        (other, _line(other, strings[other.id].reference))
        for other in found
        if other.id in strings
    )


def _line(work: Work, reference: str) -> str:
    return reference or str(work.csl.get("title", work.id))
