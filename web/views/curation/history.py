"""What was decided, and by whom: of one thing, and of all."""

from __future__ import annotations

from flask import render_template, request

from web import parameters
from web.generation import generation
from web.pages.curation.cues import cues_page
from web.pages.curation.history import history_page, log_page
from web.views.curation.blueprint import blueprint, log, me


@blueprint.get("/geschiedenis/<key:target>")
def history(target: str) -> str:
    """Every decision on a passage, document or work."""
    page = history_page(generation(), log().follow(), target, me().name)
    return render_template("curation/history.html", page=page)


@blueprint.get("/logboek")
def log_book() -> str:
    """All decisions, newest first, and what hangs on nothing."""
    number = parameters.number(request.args, "pagina")
    page = log_page(generation(), log(), number, me().name)
    return render_template("curation/log.html", page=page)


@blueprint.get("/aanwijzingen")
def cues() -> str:
    """What all decisions together say of the cues."""
    page = cues_page(generation(), log().follow())
    return render_template("curation/cues.html", page=page)
