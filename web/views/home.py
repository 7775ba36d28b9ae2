"""The front page, and what the owner gave it: colours and a logo."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, send_file

from kb.site import logo_path
from web.generation import generation, settings, site
from web.pages.home import home_page

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def page() -> str:
    """Where to begin."""
    return render_template(
        "home/page.html", page=home_page(generation(), site())
    )


@blueprint.get("/kleuren.css")
def colours() -> Response:
    """The owner's accent colour; dark mode keeps ours, of which the contrast is known."""
    rule = f":root {{ --accent: {site().colour}; }}" if site().colour else ""
    light = f"@media (prefers-color-scheme: light) {{ {rule} }}\n"
    return Response(light, mimetype="text/css")


@blueprint.get("/logo")
def logo() -> Response:
    """The owner's picture."""
    path = logo_path(settings().corpus_dir, site().logo)
    if path is None:
        abort(404)
    return send_file(path)
