"""Works: the list, a work, the network."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for

from web import parameters
from web.generation import generation
from web.pages.network import network_page
from web.pages.works import work_page, works_page

blueprint = Blueprint("works", __name__, url_prefix="/werken")


@blueprint.get("/")
def index() -> str:
    """Most cited works."""
    query, page = (
        parameters.clean(request.args.get("q", "")),
        parameters.number(request.args, "pagina"),
    )
    found = works_page(
        generation(),
        query,
        page,
        lambda n: url_for("works.index", pagina=n, q=query or None),
    )
    return render_template("works/index.html", page=found)


@blueprint.get("/netwerk")
def network() -> str:
    """Who cites what."""
    return render_template(
        "works/network.html",
        page=generation().lasting(
            "network", lambda: network_page(generation())
        ),
    )


@blueprint.get("/<key:id>")
def work(id: str) -> str:
    """One work."""
    return render_template("works/page.html", page=work_page(generation(), id))
