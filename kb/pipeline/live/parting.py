"""Decisions on works that are taken back: first all as it was built, then what still holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kb.curation import Event, State
from kb.curation.works import apart_id
from kb.records import Citation, Reference, Work
from kb.store import Store

KINDS = ("merge", "apart", "work")
Place = tuple[str, int, str]  # passage, start, words


@dataclass
class Parted:
    """What gets the links again that the generation has.

    Attributes:
        works: ids, of the generation or made by a decision.
    """

    works: set[str] = field(default_factory=set)
    entries: list[Reference] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)


def part_again(
    base: Store, live: Store, again: Iterable[Event], state: State
) -> set[str]:
    """Undo what decisions on works did to a copy of the records.

    Args:
        base: the records of the generation.
        live: the copy that is written to.
        again: events of `KINDS` on what was decided on before.
        state: what was decided.

    Returns:
        the works on which other decisions are to be taken in again.
    """
    found = Parted()
    for event in again:
        if event.kind == "apart":
            _entry_back(base, event.target, found)
        else:
            _work_back(base, event, state, found)
    known = base.works(sorted(found.works))
    live.put_all(known)
    live.put_all(found.entries)
    _link_back(live, found.citations)
    made = found.works - {work.id for work in known}
    live.forget(Work, [id for id in sorted(made) if not _used(live, id)])
    return found.works


def _entry_back(base: Store, id: str, found: Parted) -> None:
    """An entry of a list is of the work again that the program took it for."""
    for entry in base.references(ids=[id]):
        found.works |= {entry.work, apart_id(id)} - {None}  # type: ignore[arg-type]
        found.entries.append(entry)
        cited = base.citations(work=entry.work) if entry.work else []
        found.citations += [c for c in cited if c.reference == id]


def _work_back(base: Store, event: Event, state: State, found: Parted) -> None:
    """A work has its own record, entries and citations again."""
    found.works.add(event.target)
    if event.kind == "merge":
        history = state.history(event.target)
        found.works |= {
            e.after for e in history if e.kind == "merge" and e.after
        }
        found.entries += base.references(work=event.target)
        found.citations += base.citations(work=event.target)


def _link_back(live: Store, built: Sequence[Citation]) -> None:
    """Citations that stand where they stood mean again what they meant."""
    meant = {_place(citation): citation for citation in built}
    homes = live.passages(ids={citation.passage for citation in built})
    for document in sorted({passage.document for passage in homes}):
        cited = live.citations(document=document)
        made = [_as(c, meant.get(_place(c))) for c in cited]
        live.replace_of(document, Citation, made)


def _place(citation: Citation) -> Place:
    return citation.passage, citation.start, citation.surface


def _as(citation: Citation, built: Citation | None) -> Citation:
    """The citation with the link of another."""
    if built is None:
        return citation
    return replace(
        citation,
        work=built.work,
        reference=built.reference,
        score=built.score,
        reason=built.reason,
    )


def _used(live: Store, work: str) -> bool:
    return bool(live.citations(work=work) or live.references(work=work))
