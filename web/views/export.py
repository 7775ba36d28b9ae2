"""Downloads: records, reading lists, theme pages; and unAPI for Zotero."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, abort, redirect, request, url_for
from werkzeug.datastructures import MultiDict

from kb.bibliography import UNAPI, unapi_formats
from kb.export import media_type
from web import downloads, parameters, readinglist
from web.generation import generation
from web.pages.section import EVERY, section_selection
from web.pages.themes import evidence_ids

SECTION_FORMATS = ("docx", "markdown")

blueprint = Blueprint("export", __name__)


@blueprint.get("/documenten/<key:id>/verwijzing/<format>")
def document(id: str, format: str) -> Response:
    """The record of a document."""
    return downloads.download(
        generation(), downloads.of_document(generation(), id), format, id
    )


@blueprint.get("/werken/<key:id>/verwijzing/<format>")
def work(id: str, format: str) -> Response:
    """The record of a work."""
    return downloads.download(
        generation(), downloads.of_work(generation(), id), format, id
    )


@blueprint.route("/leeslijst/meenemen/<format>", methods=["GET", "POST"])
def reading_list(format: str) -> Response:
    """The reading list in the address, or else the reader's own with its notes.

    An empty one leads to the page that tells how to fill it.
    """
    if request.method == "POST":
        request.max_content_length = readinglist.MAX_FORM
        request.max_form_memory_size = readinglist.MAX_FORM
    shared = readinglist.shared()
    items = readinglist.own() if shared is None else shared
    items = readinglist.with_notes(items, readinglist.notes_of(request.form))
    grouped = request.values.get("groep") == "thema"
    selection = downloads.of_list(generation(), items, grouped)
    if downloads.empty(selection):
        return cast(Response, redirect(url_for("readinglist.page")))
    return downloads.download(generation(), selection, format, "leeslijst")


@blueprint.get("/themas/<code>/meenemen/<format>")
def theme(code: str, format: str) -> Response:
    """The strongest passages of a theme, narrowed as its page is, to read and write on, as a
    section of all that can be quoted, under headings.
    """
    if format in SECTION_FORMATS:
        asked = MultiDict([*request.args.items(multi=True), ("aantal", EVERY)])
        selection = section_selection(generation(), code, asked)
        return downloads.download(generation(), selection, format, code)
    ids = evidence_ids(generation(), code, request.args)
    selection = downloads.of_theme(
        generation(), code, generation().store.passages(ids=ids)
    )
    return downloads.download(generation(), selection, format, code)


@blueprint.route(
    "/themas/<code>/paragraaf/meenemen/<format>", methods=["GET", "POST"]
)
def section(code: str, format: str) -> Response:
    """The literature section on a theme as its form asks for it."""
    selection = section_selection(generation(), code, request.values)
    return downloads.download(generation(), selection, format, code)


@blueprint.get("/unapi")
def unapi() -> Response:
    """unAPI: the formats of an id, or a record in one of them."""
    id, format = (
        parameters.clean(request.args.get("id", "")),
        request.args.get("format", ""),
    )
    if not id or not format:
        return Response(
            unapi_formats(id),
            status=300 if id else 200,
            content_type="application/xml; charset=utf-8",
        )
    if format not in UNAPI:
        abort(406)
    answer = downloads.download(
        generation(), downloads.of_unapi(generation(), id), format, id
    )
    answer.headers["Content-Type"] = media_type(format)
    return answer
