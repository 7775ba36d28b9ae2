"""Links and records that were decided since: the rows they touch, and no others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import msgspec

from kb.citing import format_works
from kb.curation import Event, State
from kb.curation.lost import found_again
from kb.curation.records import recorded
from kb.curation.works import KINDS, Links, apart_id, decided_links
from kb.errors import LANGUAGES, UnknownDocumentError
from kb.pipeline.live.parting import KINDS as PARTED
from kb.pipeline.live.parting import part_again
from kb.records import Citation, Csl, Document, Formatted, Work
from kb.settings import Settings
from kb.store import Store

CACHE = "cache"


def redo_records(
    settings: Settings,
    base: Store,
    live: Store,
    new: Sequence[Event],
    state: State,
) -> None:
    """Documents with the fields of their records as decided, and how they are cited."""
    made: list[Document] = []
    for id in sorted({event.target for event in new}):
        try:
            document = live.document(id) and base.document(id)
        except UnknownDocumentError:
            continue
        made.append(recorded(document, _holding(new, id, state)))
    live.put_all(made)
    for document in made:
        same = live.works(document=document.id)
        csl = dict(document.csl)
        live.put_all(
            replace(work, csl={**csl, "id": work.id}) for work in same
        )
    _format(settings, live, {d.id: d.csl for d in made})


def _holding(
    new: Iterable[Event], target: str, state: State
) -> Sequence[Event]:
    """The decisions on a record; one that was taken back says what stood before."""
    fields = {e.field for e in state.history(target) if e.kind == "record"}
    taken_back = {e.field for e in new if e.target == target}
    found = []
    for field in sorted(fields):
        value = state.value("record", target, field)
        if value is None and field in taken_back:
            value = stood_before(state, target, "record", field)
        if value is not None:
            found.append(
                Event("", "", "", "record", target, field, after=value)
            )
    return found


def stood_before(state: State, target: str, kind: str, field: str) -> Any:
    """What stood there when the first decision on a thing was taken."""
    for event in state.history(target):
        if event.kind == kind and event.field == field:
            return event.before
    return None


def redo_links(
    settings: Settings,
    base: Store,
    live: Store,
    new: Sequence[Event],
    state: State,
) -> None:
    """Citations, entries and works that were decided on, or are no longer."""
    again = [event for event in _last(new) if _was_decided(event, state)]
    restored = part_again(base, live, again, state)
    events = [_as_it_holds(event, state) for event in _last(new)]
    decided = [event for event in events if event.after is not None]
    decided += _others_on(restored, live, state, decided)
    decided = list(found_again(decided, live).events)
    before = _touched(live, decided)
    cited = [citation.passage for citation in before.citations]
    document_of = {p.id: p.document for p in live.passages(ids=set(cited))}
    after = decided_links(before, decided, document_of)
    _write(live, before, after, document_of)
    works = {work.id: work for work in before.works}
    # A work that is a document is cited by the record of the document.
    documents = set(live.document_ids())
    changed = [w for w in after.works if works.get(w.id) != w]
    changed += live.works(sorted(restored))
    fresh = {w.id: w.csl for w in changed if w.id not in documents}
    _format(settings, live, fresh)


def _was_decided(event: Event, state: State) -> bool:
    """Whether an event on a work changes what a decision before it made."""
    if event.kind not in PARTED:
        return False
    same = [e for e in state.history(event.target) if e.key == event.key]
    return len(same) > 1


def _others_on(
    works: AbstractSet[str],
    live: Store,
    state: State,
    taken: Sequence[Event],
) -> list[Event]:
    """The decisions that hold on works, but for those that are taken in already."""
    if not works:
        return []
    known = {event.key for event in taken}
    return [
        event
        for event in state.holding(*KINDS)
        if event.key not in known
        and not works.isdisjoint(_works_named(live, event))
    ]


def _last(events: Iterable[Event]) -> list[Event]:
    return list({event.key: event for event in events}.values())


def _as_it_holds(event: Event, state: State) -> Event:
    """The event with what holds now; a link taken back goes where it went before."""
    value = state.value(event.kind, event.target, event.field)
    if value is None and event.kind == "citation":
        before = stood_before(state, event.target, "citation", event.field)
        value = before or ""
    return msgspec.structs.replace(event, after=value)


def _touched(live: Store, events: Sequence[Event]) -> Links:
    """All that cites, lists or is a work that the events name."""
    named = set[str]()
    for event in events:
        named |= _works_named(live, event)
    citations = [
        c for work in sorted(named) for c in live.citations(work=work)
    ]
    passages = [e.target for e in events if e.kind == "citation"]
    citations += [
        c for c in live.citations(passages=passages) if c.work not in named
    ]
    references = [
        r for work in sorted(named) for r in live.references(work=work)
    ]
    return Links(
        tuple(references), tuple(citations), tuple(live.works(sorted(named)))
    )


def _works_named(live: Store, event: Event) -> set[str]:
    if event.kind == "citation":
        cited = live.citations(passages=[event.target])
        own = {c.work for c in cited if c.work}
        return own | ({event.after} if event.after else set())
    if event.kind == "apart":
        entries = live.references(ids=[event.target])
        return {r.work for r in entries if r.work} | {apart_id(event.target)}
    return {event.target} | ({event.after} if event.kind == "merge" else set())


def _write(
    live: Store, before: Links, after: Links, document_of: Mapping[str, str]
) -> None:
    """Write the rows that differ."""
    _write_citations(live, before, after, document_of)
    listed = zip(before.references, after.references, strict=True)
    live.put_all(new for old, new in listed if old != new)
    kept = {work.id for work in after.works}
    gone = [work.id for work in before.works if work.id not in kept]
    live.forget(Work, gone)
    live.put_all(after.works)


def _write_citations(
    live: Store, before: Links, after: Links, document_of: Mapping[str, str]
) -> None:
    """Citations have no key: those of a document are written together."""
    pairs = zip(before.citations, after.citations, strict=True)
    changed = [(old, new) for old, new in pairs if old != new]
    now = {_encoded(old): new for old, new in changed}
    documents = {document_of.get(new.passage, "") for _, new in changed}
    for document in sorted(documents - {""}):
        cited = live.citations(document=document)
        made = [now.get(_encoded(citation), citation) for citation in cited]
        live.replace_of(document, Citation, made)


def _encoded(citation: Citation) -> bytes:
    """What tells citations apart: they hold mappings, which cannot be keys."""
    return msgspec.json.encode(citation)


def _format(
    settings: Settings, live: Store, records: Mapping[str, Csl]
) -> None:
    """Write how these works and documents are cited, in both languages."""
    if not records:
        return
    csl = [{**record, "id": id} for id, record in sorted(records.items())]

    def formatted(language: str) -> list[Formatted]:
        return format_works(
            csl,
            settings.style,
            language,
            settings.conventions,
            cache_dir=settings.index_dir / CACHE,
        )

    with ThreadPoolExecutor(len(LANGUAGES)) as pool:
        for made in pool.map(formatted, LANGUAGES):
            live.put_all(made)
