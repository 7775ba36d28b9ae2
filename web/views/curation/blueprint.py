"""The addresses under /redactie: for curators alone but for the way in."""

from __future__ import annotations

from flask import Blueprint, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.curation import Log
from web import curators
from web.curators import Curator
from web.generation import settings, shelf

LARGEST_FORM = 400_000  # bytes: a passage of 20,000 characters, sent as %XX%XX
OPEN = ("curation.log_in", "curation.begin")

blueprint = Blueprint("curation", __name__, url_prefix="/redactie")


@blueprint.before_request
def only_curators() -> ResponseReturnValue | None:
    """Readers are led to the log-in; a form must be one of ours."""
    room = 0
    if request.endpoint == "curation.upload" and curators.curator():
        room = settings().upload_mb * 1_000_000
    request.max_content_length = LARGEST_FORM + room
    request.max_form_memory_size = LARGEST_FORM
    if request.method == "POST":
        curators.check_form()
    if request.endpoint in OPEN or curators.curator() is not None:
        return None
    here = request.full_path if request.method == "GET" else ""
    return redirect(url_for("curation.log_in", naar=here or None), 303)


@blueprint.after_request
def never_kept(response: ResponseReturnValue) -> ResponseReturnValue:
    """No page of a curator stays in a cache."""
    response.headers["Cache-Control"] = "no-store"  # type: ignore[union-attr]
    return response


def me() -> Curator:
    """The curator who asks; `only_curators` saw to it that there is one."""
    found: Curator = g.curator
    return found


def log() -> Log:
    """The decisions of this corpus."""
    return shelf().log
