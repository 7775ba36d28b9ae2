"""Tables to take along, as CSV or as a workbook."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from kb.errors import UnknownFormatError
from kb.export.tables import MEDIA, TABLE_FORMATS, table_bytes
from web import downloads, readinglist
from web.generation import generation
from web.pages.tables import table_of

blueprint = Blueprint("tables", __name__, url_prefix="/tabellen")


@blueprint.route("/<name>.<format>", methods=["GET", "POST"])
def table(name: str, format: str) -> Response:
    """The table of a page, narrowed as the page is."""
    if format not in TABLE_FORMATS:
        raise UnknownFormatError(format=format, known=", ".join(TABLE_FORMATS))
    request.max_content_length = readinglist.MAX_FORM
    request.max_form_memory_size = readinglist.MAX_FORM
    made = table_of(generation(), name, request.values)
    if made is None:
        abort(404)
    response = Response(table_bytes(made, format), content_type=MEDIA[format])
    theme = request.values.get("thema", "")
    file = downloads.file_name("-".join(filter(None, (theme, name))))
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{file}.{format}"'
    )
    return response
