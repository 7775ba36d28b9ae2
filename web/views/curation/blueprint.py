"""The addresses under /redactie: for curators alone but for the way in."""

from __future__ import annotations

import logging

from flask import (
    Blueprint,
    Response,
    abort,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from kb.curation import Log
from web import curators, readinglist
from web.curators import Curator
from web.generation import settings, shelf
from web.parameters import clean_lines
from web.views.readinglist import own_path

LARGEST_FORM = 400_000  # bytes: a passage of 20,000 characters, sent as %XX%XX
TYPED = ("waarde", "nota")  # fields that are given back where a session ended
OF_RECORD = "r:"  # how the names of fields of a record begin
LONGEST_SHOWN = 20_000  # characters: the longest text of a passage
OPEN = ("curation.log_in", "curation.begin")
REFUSED = (
    403,
    413,
    415,
    429,
)  # a form, a password or a file that was not taken

logger = logging.getLogger(__name__)

blueprint = Blueprint("curation", __name__, url_prefix="/redactie")


@blueprint.before_request
def only_curators() -> ResponseReturnValue | None:
    """Readers are led to the log-in; a form must be one of ours."""
    room = 0
    if request.endpoint == "curation.upload" and curators.curator():
        room = settings().upload_mb * 1_000_000
    request.max_content_length = LARGEST_FORM + room
    request.max_form_memory_size = LARGEST_FORM
    known = request.endpoint in OPEN or curators.curator() is not None
    if request.method == "POST":
        if not readinglist.same_site():
            abort(403)
        return None if known and curators.form_fits() else _not_taken()
    if known:
        return None
    return redirect(url_for("curation.log_in", naar=request.full_path), 303)


def _not_taken() -> ResponseReturnValue:
    """A form of a session that ended meanwhile: nothing is done, and nothing typed is lost."""
    typed = [
        clean_lines(value, LONGEST_SHOWN)
        for name, value in request.form.items(multi=True)
        if name in TYPED or name.startswith(OF_RECORD)
    ]
    body = render_template(
        "curation/not_taken.html",
        typed=[text for text in typed if text],
        back=own_path(request.form.get("terug", "")),
    )
    return body, 403


@blueprint.after_request
def never_kept(response: Response) -> Response:
    """No page of a curator stays in a cache; what was refused is written down."""
    response.headers["Cache-Control"] = "no-store"
    if response.status_code in REFUSED:
        fields = {"route": request.endpoint, "status": response.status_code}
        logger.warning("refused", extra={"fields": fields})
    return response


def me() -> Curator:
    """The curator who asks; `only_curators` saw to it that there is one."""
    found: Curator = g.curator
    return found


def log() -> Log:
    """The decisions of this corpus."""
    return shelf().log
