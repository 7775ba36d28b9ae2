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
MAX_SHARED = (
    8000  # characters of a list in an address; servers refuse longer ones
)

blueprint = Blueprint("readinglist", __name__, url_prefix="/leeslijst")


@blueprint.get("/")
def page() -> str:
    """The list in the address, or else the reader's own."""
    shared = readinglist.shared()
    items = readinglist.own() if shared is None else shared
    grouped = request.args.get("groep") == "thema"
    page = list_page(generation(), items, shared is not None, grouped)
    full = request.args.get("vol") == "1"
    return render_template("readinglist/page.html", page=page, full=full)


@blueprint.before_request
def allow_notes() -> None:
    """A form of the list holds many notes; other forms of the site stay small."""
    request.max_content_length = readinglist.MAX_FORM
    request.max_form_memory_size = readinglist.MAX_FORM


@blueprint.post("/")
def change() -> Response:
    """Change the list; then back to where the reader was, with nothing typed lost."""
    if not readinglist.same_site():
        abort(403)
    asked = readinglist.asked_for(request.form)
    full = not readinglist.fits(asked.items)
    if request.accept_mimetypes.best == "application/json":
        response = _for_script(asked, full)
    elif asked.action == "deel":
        response = make_response(redirect(_shared_address(asked.items), 303))
    elif "lijstpagina" in request.form or asked.action == "overneem":
        response = _list_again(asked.items, full)
    else:
        back = own_path(request.form.get("terug", ""))
        target = back or url_for("readinglist.page")
        if full:
            target = url_for("readinglist.page", vol=1)
        response = make_response(redirect(target, 303))
    return response if full else readinglist.keep(response, asked.items)


def _shared_address(items: readinglist.Items) -> str:
    """The list as an address; without the notes where it would grow too long."""
    query = readinglist.to_query(items)
    if len(query) > MAX_SHARED:
        query = readinglist.to_query(readinglist.without_notes(items))
    path = url_for("readinglist.page")
    return f"{path}{'&' if '?' in path else '?'}{query}"


def _list_again(items: readinglist.Items, full: bool) -> Response:
    """The list page as answer to a form: the notes typed there are in it."""
    grouped = request.form.get("groep") == "thema"
    page = list_page(generation(), items, shared=False, grouped=grouped)
    return make_response(
        render_template("readinglist/page.html", page=page, full=full)
    )


def _for_script(asked: readinglist.Asked, full: bool) -> Response:
    on_list = {item.key for item in asked.items}
    answer = {
        "saved": bool(asked.keys)
        and all(key in on_list for key in asked.keys),
        "count": len(asked.items),
        "keys": [item.key for item in asked.items],
        "full": full,
        "address": url_for("readinglist.page", vol=1 if full else None),
        "add_label": _("Bewaar op de leeslijst"),
        "remove_label": _("Bewaard; haal van de leeslijst"),
    }
    return jsonify(answer)


def own_path(address: str) -> str:
    """A path on this site; "" where a form names another place."""
    path = parameters.clean(address, MAX_ADDRESS)
    # Browsers drop control characters and read "\\" as "/": what is left must be whole.
    here = urlsplit(request.host_url).netloc
    leads_to = urlsplit(
        urljoin(request.host_url, path.replace("\\", "/"))
    ).netloc
    if (
        path.startswith("/")
        and path == address[:MAX_ADDRESS]
        and leads_to == here
    ):
        return path
    return ""
