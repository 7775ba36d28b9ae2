"""Documents: the list, a document, its page images and its file."""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    abort,
    render_template,
    request,
    send_file,
)

from web import parameters, sources
from web.generation import generation, settings
from web.pages.documents import document_page, documents_page
from web.pages.page_image import page_view

MOST_PARTS = 100_000

blueprint = Blueprint("documents", __name__, url_prefix="/documenten")


@blueprint.get("/")
def index() -> str:
    """Every document."""
    query = parameters.clean(request.args.get("q", ""))
    number = parameters.number(request.args, "pagina")
    page = documents_page(generation(), query, number)
    return render_template("documents/index.html", page=page)


@blueprint.get("/<key:id>")
def document(id: str) -> str:
    """One document."""
    part = parameters.number(request.args, "deel", high=MOST_PARTS)
    passage = parameters.clean(request.args.get("passage", ""))
    page = document_page(generation(), id, part, passage)
    return render_template("documents/page.html", page=page)


@blueprint.get("/<key:id>/blad/<int:number>")
def sheet(id: str, number: int) -> str:
    """A page of a PDF as image, beside what was read from it."""
    page = page_view(
        generation(),
        id,
        number,
        parameters.clean(request.args.get("passage", "")),
    )
    return render_template("documents/sheet.html", page=page)


@blueprint.get("/<key:id>/blad/<int:number>.png")
def image(id: str, number: int) -> Response:
    """The picture of a page."""
    document = generation().store.document(id)
    try:
        path = sources.page_image(settings(), document, number)
    except sources.DrawingBusyError:
        return Response(status=503, headers={"Retry-After": "5"})
    if path is None:
        abort(404)
    return send_file(path, mimetype="image/png", max_age=86_400)


@blueprint.get("/<key:id>/bestand")
def file(id: str) -> Response:
    """The source itself, where its record allows that."""
    found = generation().store.document(id)
    path = sources.source_path(settings(), found)
    if path is None or not found.downloadable:
        abort(404)
    # No age: a file that was replaced or withdrawn must not stay in browsers and proxies.
    return send_file(
        path, as_attachment=True, download_name=path.name, max_age=0
    )
