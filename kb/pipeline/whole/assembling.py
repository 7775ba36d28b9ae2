"""The records of each document into the store; those that did not change stay as they are."""

from __future__ import annotations

from collections.abc import Iterable

from kb.corpus import document_of
from kb.pipeline.document.products import Outline, Passages, Tags
from kb.pipeline.documents import Documents, Ready, outline_problems
from kb.pipeline.draft import Draft
from kb.pipeline.ledger import Line, digest_of
from kb.records import Document, Problem, Tag
from kb.volumes import document_of_part


def assemble(
    draft: Draft, documents: Documents, coming: Iterable[Ready]
) -> tuple[list[Ready], list[Problem]]:
    """Write what is new of each document; forget documents that are gone.

    Returns:
        the documents that were built, by id, and the problems of all.
    """
    built: list[Ready] = []
    problems: list[Problem] = []
    for ready in coming:
        outline = documents.product(ready, "outline", Outline)
        problems += outline_problems(ready, outline)
        if outline.passages:
            built.append(ready)
            _write(draft, documents, ready, outline)
    gone = draft.before.lines.keys() - draft.ledger.lines.keys()
    draft.store.remove(sorted(gone))
    draft.changed |= gone
    return sorted(built, key=lambda ready: ready.plan.source.key), problems


def _write(draft: Draft, documents: Documents, ready: Ready, outline: Outline) -> None:
    """Replace what changed of a source's documents: its own, and those of its parts."""
    own = _document(ready, outline)
    parts = [document_of_part(own, part) for part in outline.parts]
    for document in (own, *parts):
        _write_one(draft, documents, ready, document)


def _write_one(
    draft: Draft, documents: Documents, ready: Ready, document: Document
) -> None:
    """Replace what changed of one document, and note what it is made of."""
    before = draft.before.lines.get(document.id, Line())
    now = Line(ready.plan.keys, digest_of(document), without=ready.without)
    same_text = _same(before, now, "passages") and before.record == now.record
    same_tags = same_text and _same(before, now, "themes")
    if not same_tags:
        made = documents.product(ready, "passages", Passages).passages
        passages = [p for p in made if p.document == document.id]
        own = {passage.id for passage in passages}
        tags = documents.product(ready, "themes", Tags).tags
        tags = tuple(tag for tag in tags if tag.passage in own)
        if same_text:
            draft.store.replace_of(document.id, Tag, tags)
        else:
            draft.store.replace_document(document, passages, tags)
        draft.changed.add(document.id)
    draft.ledger.lines[document.id] = Line(
        now.keys, now.record, before.links if same_text else "", now.without
    )


def _same(before: Line, now: Line, stage: str) -> bool:
    """Whether a stage made the same then as now."""
    left_out = (stage in before.without, stage in now.without)
    return before.keys.get(stage) == now.keys[stage] and left_out[0] == left_out[1]


def _document(ready: Ready, outline: Outline) -> Document:
    return document_of(
        ready.plan.source,
        outline.metadata,
        pages=outline.pages,
        language=outline.language,
        municipalities=outline.municipalities,
        card=outline.card,
    )
