"""The records of each document into the store; those that did not change stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kb.corpus import NO_RECORD, document_of
from kb.curation import decided_tags
from kb.curation.by_document import digest_of_events
from kb.curation.records import recorded
from kb.passages.places import municipalities_titled
from kb.pipeline.document.editing import edited_passages
from kb.pipeline.document.products import Outline, Passages, Tags
from kb.pipeline.documents import Documents, Ready, outline_problems
from kb.pipeline.draft import Draft
from kb.pipeline.ledger import Line, digest_of
from kb.records import Document, Passage, Problem, Tag
from kb.volumes import document_of_part


def assemble(
    draft: Draft, documents: Documents, coming: Iterable[Ready]
) -> tuple[list[Ready], list[Problem]]:
    """Write what is new of each document; forget documents that are gone.

    Args:
        draft: what is written to.
        documents: gives the products of each.
        coming: documents in any order.

    Returns:
        the sources that were built, by id, and the problems of all.
    """
    built: list[Ready] = []
    problems: list[Problem] = []
    for ready in coming:
        outline = documents.product(ready, "outline", Outline)
        problems += _problems(documents, ready, outline)
        if outline.passages:
            built.append(ready)
            _write(draft, documents, ready, outline)
    gone = draft.before.lines.keys() - draft.ledger.lines.keys()
    draft.store.remove(sorted(gone))
    draft.changed |= gone
    return sorted(built, key=lambda ready: ready.plan.source.key), problems


def _problems(
    documents: Documents, ready: Ready, outline: Outline
) -> list[Problem]:
    """What is wrong with a document; a record that a curator typed is a record."""
    found = outline_problems(ready, outline)
    if ready.plan.source.key not in documents.records:
        return found
    return [problem for problem in found if problem.code != NO_RECORD]


def _write(
    draft: Draft, documents: Documents, ready: Ready, outline: Outline
) -> None:
    """Replace what changed of a source's documents: its own, and those of its parts."""
    records = documents.records
    own = _document(ready, outline)
    own = recorded(own, records.get(own.id, ()))
    parts = [document_of_part(own, part) for part in outline.parts]
    parts = [recorded(part, records.get(part.id, ())) for part in parts]
    now = {
        document.id: Line(
            ready.plan.keys,
            digest_of(document),
            without=ready.without,
            source=own.id,
            edits=digest_of_events(ready.plan.decided.edits),
            views=digest_of_events(ready.plan.decided.themes),
        )
        for document in (own, *parts)
    }
    before = draft.before.of_source(own.id)
    if _same_text(before, now):
        now = {
            id: replace(line, links=before[id].links)
            for id, line in now.items()
        }
        same_tags = _same_tags(before[own.id], now[own.id])
    else:
        _write_passages(draft, documents, ready, (own, *parts))
        same_tags = False
    if not same_tags:
        _write_tags(draft, documents, ready, now)
        draft.changed.update(now)
    draft.ledger.lines |= now


def _write_passages(
    draft: Draft, documents: Documents, ready: Ready, now: Sequence[Document]
) -> None:
    """Replace a source's documents with their passages.

    What stood there goes first: a passage may have gone from one article to another.
    """
    draft.store.remove(draft.before.of_source(now[0].id))
    passages = _passages(documents, ready)
    for document in now:
        its_own = [p for p in passages if p.document == document.id]
        draft.store.replace_document(document, its_own)


def _write_tags(
    draft: Draft, documents: Documents, ready: Ready, now: Iterable[str]
) -> None:
    """Replace the tags of a source's documents, given by id."""
    tags: Sequence[Tag] = documents.product(ready, "themes", Tags).tags
    views = ready.plan.decided.themes
    if views:
        known = documents.known_themes
        tags = decided_tags(tags, _passages(documents, ready), views, known)
    for document in now:
        its_own = {passage for passage, _text in draft.store.texts(document)}
        found = [tag for tag in tags if tag.passage in its_own]
        draft.store.replace_of(document, Tag, found)


def _passages(documents: Documents, ready: Ready) -> Sequence[Passage]:
    made = documents.product(ready, "passages", Passages)
    return edited_passages(made, ready.plan.decided.edits).passages


def _same_text(before: Mapping[str, Line], now: Mapping[str, Line]) -> bool:
    """Whether a source gives the same documents with the same passages as before."""
    return before.keys() == now.keys() and all(
        _same(before[id], line, "passages")
        and before[id].record == line.record
        and before[id].edits == line.edits
        for id, line in now.items()
    )


def _same_tags(before: Line, now: Line) -> bool:
    return _same(before, now, "themes") and before.views == now.views


def _same(before: Line, now: Line, stage: str) -> bool:
    """Whether a stage made the same then as now."""
    same_key = before.keys.get(stage) == now.keys[stage]
    return same_key and (stage in before.without) == (stage in now.without)


def _document(ready: Ready, outline: Outline) -> Document:
    """The document; it is also about the municipalities of its record: title and makers."""
    made = document_of(
        ready.plan.source,
        outline.metadata,
        pages=outline.pages,
        language=outline.language,
        municipalities=outline.municipalities,
        card=outline.card,
    )
    publisher = str(made.csl.get("publisher", ""))
    titled = municipalities_titled(made.title, [*made.authors, publisher])
    places = dict.fromkeys([*outline.municipalities, *titled])
    return replace(made, municipalities=tuple(places))
