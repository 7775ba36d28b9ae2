"""What a reader takes along.

Selections made of what is on the page, in the formats of kb.export.
"""

from __future__ import annotations

import re
from dataclasses import replace

from flask import Response
from flask_babel import gettext as _

from kb.errors import UnknownDocumentError
from kb.export import Group, Selection, media_type, render, suffix
from kb.export.cited import with_origins
from kb.export.tables import MEDIA, TABLE_FORMATS, table_bytes
from kb.records import Document, Passage, Work
from web import language
from web.generation import Generation, site
from web.pages.cards import chips, documents
from web.pages.found_list import FoundList, as_json, as_table, selection
from web.readinglist import Items

DRAFTS = ("docx", "markdown")  # quotations to go on writing from
MAX_NAME = 80  # characters of a file's name
_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]")


def of_document(generation: Generation, id: str) -> Selection:
    """The record of a document. Raises UnknownDocumentError."""
    return Selection(documents=(generation.store.document(id),))


def of_work(generation: Generation, id: str) -> Selection:
    """The record of a work; of a document where it is one. Raises UnknownWorkError."""
    return Selection(works=(generation.store.work(id),))


def of_list(generation: Generation, items: Items, grouped: bool) -> Selection:
    """A reading list: its passages and then its works.

    The passages come in the reader's order, or under the theme they speak of most.
    """
    saved_passages = [item for item in items if item.kind == "p"]
    saved_works = [item.id for item in items if item.kind == "w"]
    passages = generation.store.passages(
        ids=[item.id for item in saved_passages]
    )
    groups: tuple[Group, ...] = ()
    if grouped:
        groups = by_theme(generation, passages)
    elif passages:
        groups = (Group(_("Passages"), tuple(passages)),)
    return Selection(
        documents=_documents(generation, passages),
        works=_in_order(generation, saved_works),
        groups=groups,
        notes={item.id: item.note for item in saved_passages if item.note},
        title=_("Leeslijst"),
    )


def _in_order(generation: Generation, ids: list[str]) -> tuple[Work, ...]:
    """The works of `ids` in that order; those that are gone are left out."""
    found = {work.id: work for work in generation.store.works(ids)}
    return tuple(found[id] for id in ids if id in found)


def of_theme(
    generation: Generation, code: str, passages: list[Passage]
) -> Selection:
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


def _documents(
    generation: Generation, passages: list[Passage]
) -> tuple[Document, ...]:
    """The documents of `passages`, each once, in their order."""
    known = documents(generation)
    ids = dict.fromkeys(passage.document for passage in passages)
    return tuple(known[id] for id in ids if id in known)


def by_theme(
    generation: Generation, passages: list[Passage]
) -> tuple[Group, ...]:
    """Groups in the order of the frameworks; what has no theme comes last."""
    themes = chips(
        generation, generation.store.tags(passages=[p.id for p in passages])
    )
    found: dict[str, list[Passage]] = {}
    for passage in passages:
        best = themes.get(passage.id)
        found.setdefault(best[0].code if best else "", []).append(passage)
    groups = []
    for code, theme in generation.frameworks.themes.items():
        if code in found:
            name = f"{code} {theme.name.say(language.chosen())}"
            groups.append(Group(name, tuple(found[code])))
    if "" in found:
        groups.append(Group(_("Zonder thema"), tuple(found[""])))
    return tuple(groups)


def of_unapi(generation: Generation, id: str) -> Selection:
    """What an unAPI id ("d:KEY" or "w:ID") names.

    Raises UnknownDocumentError, UnknownWorkError.
    """
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
    settings, chosen = generation.settings, language.chosen()
    selection = replace(selection, notice=site().notice)
    known = documents(generation).values()
    if format in DRAFTS and not selection.citing:
        selection = with_origins(generation.store, selection, known)
    selection = selection.told_apart_from(known)
    body = render(
        format,
        selection,
        settings.style,
        chosen,
        settings.conventions,
        settings.personal_data,
    )
    content_type = (
        f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    )
    response = Response(body, content_type=content_type)
    file = f"{file_name(name)}{suffix(format)}"
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


def of_search(
    generation: Generation, found: FoundList, format: str
) -> Response:
    """What a search found as a file. Raises PandocError."""
    if format in TABLE_FORMATS:
        body = table_bytes(as_table(generation, found), format)
        return attached(body, MEDIA[format], f"{found.title}.{format}")
    if format == "json":
        body = as_json(generation, found)
        return attached(body, "application/json", f"{found.title}.json")
    chosen = selection(generation, found)
    return download(generation, chosen, format, found.title)


def attached(body: bytes, media: str, name: str) -> Response:
    """A file to keep, of which the name is made safe."""
    response = Response(body, content_type=media)
    stem, dot, ending = name.rpartition(".")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{file_name(stem)}{dot}{ending}"'
    )
    return response


def file_name(name: str) -> str:
    """`name` as every browser and file system takes it.

    >>> file_name("Wie heeft de regie?")
    'Wie-heeft-de-regie-'
    """
    return _UNSAFE.sub("-", name)[:MAX_NAME] or "kb"


def empty(selection: Selection) -> bool:
    """Whether there is nothing to take along."""
    return not (selection.documents or selection.works or selection.groups)
