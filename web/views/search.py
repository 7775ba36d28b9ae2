"""Searching and suggesting."""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    jsonify,
    render_template,
    request,
    url_for,
)

from kb.errors import UnknownFormatError
from web import downloads, parameters
from web.formats import FOUND_FORMATS
from web.generation import generation
from web.pages.found_list import found_list
from web.pages.search import results_page

blueprint = Blueprint("search", __name__)


@blueprint.get("/zoeken")
def page() -> str:
    """Results for the question in the address."""
    found = results_page(
        generation(),
        parameters.search_request(request.args),
        cut=parameters.too_long(request.args),
    )
    return render_template("search/page.html", page=found)


@blueprint.get("/zoeken/meenemen/<format>")
def take(format: str) -> Response:
    """What the question in the address found, as a file; so many as `MOST` says."""
    known = [name for name, _ in FOUND_FORMATS]
    if format not in known:
        raise UnknownFormatError(format=format, known=", ".join(known))
    asked = parameters.search_request(request.args)
    found = found_list(generation(), asked)
    return downloads.of_search(generation(), found, format)


@blueprint.get("/aanvullen")
def suggest() -> Response:
    """Completions of `q` for the search box."""
    text = parameters.clean(request.args.get("q", ""), 100)
    found = generation().searcher.suggest(text)[:10] if len(text) > 1 else ()
    return jsonify(
        [
            {
                "kind": s.kind,
                "text": s.text,
                "value": s.value,
                "url": _address(s.kind, s.value, s.text),
            }
            for s in found
        ]
    )


def _address(kind: str, value: str, text: str) -> str:
    if kind == "theme":
        return url_for("themes.theme", code=value)
    if kind == "document":
        return url_for("documents.document", id=value)
    if kind == "author":
        return url_for("search.page", auteur=value)
    if kind == "municipality":
        return url_for("search.page", gemeente=value)
    return url_for("search.page", q=text)
