"""The reading list: show it, change it."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from flask import (
    Blueprint,
    Response,
    abort,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _

from web import parameters, readinglist
from web.generation import generation
from web.pages.readinglist import list_page

MAX_ADDRESS = 4000  # characters

blueprint = Blueprint("readinglist", __name__, url_prefix="/leeslijst")


@blueprint.get("/")
def page() -> str:
    """The list in the address, or else the reader's own."""
    shared = readinglist.shared()
    items = readinglist.own() if shared is None else shared
    grouped = request.args.get("groep") == "thema"
    return render_template(
        "readinglist/page.html",
        page=list_page(generation(), items, shared is not None, grouped),
    )


@blueprint.post("/")
def change() -> Response:
    """Add, remove, move or annotate; then back to where the reader was."""
    if not readinglist.same_site():
        abort(403)
    items, key = readinglist.asked_for(request.form)
    full = not readinglist.fits(items)
    target = _back(request.form.get("terug", ""))
    if full:
        target = url_for("readinglist.page", vol=1)
    if request.accept_mimetypes.best == "application/json":
        response = _for_script(items, key, full, target)
    else:
        response = make_response(redirect(target, 303))
    return response if full else readinglist.keep(response, items)


def _for_script(
    items: readinglist.Items, key: str, full: bool, target: str
) -> Response:
    kept = any(item.key == key for item in items)
    labels = {
        "add_label": _("Bewaar op de leeslijst"),
        "remove_label": _("Haal van de leeslijst"),
    }
    return jsonify(
        {"saved": kept, "count": len(items), "full": full, "address": target, **labels}
    )


def _back(address: str) -> str:
    """A path on this site, or the reading list where the form names another."""
    path = parameters.clean(address, MAX_ADDRESS)
    # Browsers drop control characters and read "\\" as "/": what is left must be whole.
    here = urlsplit(request.host_url).netloc
    leads_to = urlsplit(urljoin(request.host_url, path.replace("\\", "/"))).netloc
    if path.startswith("/") and path == address[:MAX_ADDRESS] and leads_to == here:
        return path
    return url_for("readinglist.page")
