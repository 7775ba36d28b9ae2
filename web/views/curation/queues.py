"""What waits for a curator: the overview, and one passage or work after another."""

from __future__ import annotations

from flask import render_template, request
from werkzeug.exceptions import NotFound

from kb.curation.queues import DOUBTFUL, QUEUES, Asked
from web import parameters
from web.generation import generation, settings
from web.pages.curation.index import index_page
from web.pages.curation.queue import queue_page, unknown_page
from web.views.curation.blueprint import blueprint, log


@blueprint.get("/")
def index() -> str:
    """All queues with how far they are, and what was decided last."""
    page = index_page(generation(), log(), settings().theme_probability)
    return render_template("curation/index.html", page=page)


@blueprint.get("/rij/<name>")
def queue(name: str) -> str:
    """The next passage of a queue. Raises NotFound."""
    if name not in QUEUES:
        raise NotFound
    asked = Asked(
        name or DOUBTFUL,
        parameters.clean(request.args.get("thema", "")),
        parameters.clean(request.args.get("document", "")),
    )
    skip = parameters.number(request.args, "over", 0, 100_000, 0)
    page = queue_page(
        generation(), log().follow(), asked, settings().theme_probability, skip
    )
    return render_template("curation/queue.html", page=page)


@blueprint.get("/rij/onbekend")
def unknown() -> str:
    """The next work that is known from mentions only."""
    skip = parameters.number(request.args, "over", 0, 100_000, 0)
    query = parameters.clean(request.args.get("zoek", ""), 200)
    page = unknown_page(generation(), log().follow(), skip, query)
    return render_template("curation/unknown.html", page=page, over=skip)
