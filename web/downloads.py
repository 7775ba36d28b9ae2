"""What a reader takes along: selections made of what is on the page, in the formats of kb.export."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext as _

from kb.errors import UnknownDocumentError
from kb.export import Group, Selection, media_type, render, suffix
from kb.records import Document, Passage
from web import language
from web.generation import Generation
from web.pages.cards import chips, documents
from web.readinglist import Items


def of_document(generation: Generation, id: str) -> Selection:
    """The record of a document. Raises UnknownDocumentError."""
    return Selection(documents=(generation.store.document(id),))


def of_work(generation: Generation, id: str) -> Selection:
    """The record of a work; of a document where it is one. Raises UnknownWorkError."""
    return Selection(works=(generation.store.work(id),))


def of_list(generation: Generation, items: Items, grouped: bool) -> Selection:
    """A reading list: its passages in the reader's order, or under the theme they speak of most; then its works."""
    passages = generation.store.passages(ids=[i.id for i in items if i.kind == "p"])
    found = {
        w.id: w for w in generation.store.works([i.id for i in items if i.kind == "w"])
    }
    works = tuple(found[i.id] for i in items if i.kind == "w" and i.id in found)
    notes = {i.id: i.note for i in items if i.kind == "p" and i.note}
    groups = (
        by_theme(generation, passages)
        if grouped
        else (Group(_("Passages"), tuple(passages)),)
    )
    return Selection(
        _documents(generation, passages),
        works,
        tuple(g for g in groups if g.passages),
        notes,
        _("Leeslijst"),
    )


def of_theme(generation: Generation, code: str, passages: list[Passage]) -> Selection:
    """The passages that a theme page shows."""
    theme = generation.frameworks.theme(code)
    title = f"{theme.code} {theme.name.say(language.chosen())}"
    return Selection(
        _documents(generation, passages),
        (),
        (Group(title, tuple(passages)),),
        {},
        title,
    )


def _documents(generation: Generation, passages: list[Passage]) -> tuple[Document, ...]:
    known = documents(generation)
    return tuple(
        known[id] for id in dict.fromkeys(p.document for p in passages) if id in known
    )


def by_theme(generation: Generation, passages: list[Passage]) -> tuple[Group, ...]:
    """Groups in the order of the frameworks; what has no theme comes last."""
    themes = chips(generation, generation.store.tags(passages=[p.id for p in passages]))
    found: dict[str, list[Passage]] = {}
    for passage in passages:
        best = themes.get(passage.id)
        found.setdefault(best[0].code if best else "", []).append(passage)
    order = [*generation.frameworks.themes, ""]
    names = {
        code: f"{code} {theme.name.say(language.chosen())}"
        for code, theme in generation.frameworks.themes.items()
    }
    return tuple(
        Group(names.get(c, _("Zonder thema")), tuple(found[c]))
        for c in order
        if c in found
    )


def of_unapi(generation: Generation, id: str) -> Selection:
    """What an unAPI id ("d:KEY" or "w:ID") names. Raises UnknownDocumentError, UnknownWorkError."""
    kind, _colon, rest = id.partition(":")
    if kind == "w":
        return of_work(generation, rest)
    if kind != "d":
        raise UnknownDocumentError(id=id)
    return of_document(generation, rest)


def download(
    generation: Generation, selection: Selection, format: str, name: str
) -> Response:
    """The selection as a file. Raises UnknownFormatError, PandocError."""
    kind = media_type(format)
    settings = generation.settings
    body = render(
        format, selection, settings.style, language.chosen(), settings.conventions
    )
    response = Response(
        body,
        content_type=f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
    )
    safe = (
        "".join(
            c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in name
        )[:80]
        or "kb"
    )
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{safe}{suffix(format)}"'
    )
    return response


def empty(selection: Selection) -> bool:
    """Whether there is nothing to take along."""
    return not (selection.documents or selection.works or selection.groups)
