"""A document in the hands of a curator: its record, its articles, whether it is shown."""

from __future__ import annotations

from flask import render_template

from web.generation import generation
from web.pages.curation.document import document_form
from web.views.curation.blueprint import blueprint, log


@blueprint.get("/document/<key:id>")
def document(id: str) -> str:
    """The record of a document, to mend. Raises UnknownDocumentError."""
    page = document_form(generation(), log().follow(), id)
    return render_template("curation/document.html", page=page)
