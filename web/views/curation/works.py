"""A work in the hands of a curator: its record, and with which other it is one."""

from __future__ import annotations

from flask import render_template, request

from web.generation import generation
from web.pages.curation.work import work_form
from web.parameters import clean
from web.views.curation.blueprint import blueprint, log


@blueprint.get("/werk/<key:id>")
def work(id: str) -> str:
    """A work, to mend. Raises UnknownWorkError."""
    query = clean(request.args.get("q", ""), 200)
    page = work_form(generation(), log().follow(), id, query)
    return render_template("curation/work.html", page=page)
