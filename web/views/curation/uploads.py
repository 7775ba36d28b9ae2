"""A document is added: the form, what was sent, and how it fares."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kb.curation.records import FIELDS, typed
from kb.errors import KbError
from kb.uploads import (
    UNDER_WAY,
    UploadEmptyError,
    receive,
    start,
    uploads,
)
from web import language
from web.generation import settings
from web.pages.curation.document import labels
from web.views.curation.blueprint import blueprint, me

ASKED = (
    "title",
    "author",
    "issued",
    "type",
    "publisher",
    "publisher-place",
    "DOI",
    "ISBN",
    "URL",
)
_SHORT = 1_000


@blueprint.get("/toevoegen")
def adding() -> ResponseReturnValue:
    """The form, and how the last documents fare."""
    return _form()


def _form(told: str = "", status: int = 200) -> ResponseReturnValue:
    found = uploads(settings())
    under_way = any(u.state in UNDER_WAY for u in found)
    names = labels()
    page = render_template(
        "curation/upload.html",
        uploads=found,
        under_way=under_way,
        fields=[(name, names[name]) for name in ASKED],
        told=told,
        most=settings().upload_mb,
    )
    return page, status


@blueprint.post("/toevoegen/bestand")
def upload() -> ResponseReturnValue:
    """Take a document in, and build with it meanwhile."""
    sent = request.files.get("bestand")
    record = {
        name: typed(name, request.form.get(f"r:{name}", "")[:_SHORT])
        for name in FIELDS
        if f"r:{name}" in request.form
    }
    try:
        if sent is None or not sent.filename:
            raise UploadEmptyError()
        taken = receive(
            settings(), sent.stream, sent.filename, record, me().name
        )
    except KbError as error:
        return _form(error.sentence(language.chosen()), error.status)
    start(settings(), taken)
    return redirect(url_for("curation.adding"), 303)
