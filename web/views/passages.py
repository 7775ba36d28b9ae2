"""A passage by its permanent address."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from web import parameters
from web.generation import generation
from web.pages.passages import passage_page

blueprint = Blueprint("passages", __name__, url_prefix="/passages")


@blueprint.get("/<key:id>")
def passage(id: str) -> str:
    """One passage, of which `zin` may choose sentences to quote."""
    chosen = parameters.numbers(request.args, "zin")
    page = passage_page(generation(), id, chosen)
    return render_template("passages/page.html", page=page)
