"""Coding blind by two."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.generation import generation
from web.pages.curation.blind import (
    agreement_page,
    coded_event,
    coding_page,
)
from web.views.curation.blueprint import blueprint, log, me


@blueprint.get("/coderen/<key>")
def coding(key: str) -> str:
    """The next passage, without any theme on it. Raises UnknownThemeError."""
    page = coding_page(generation(), log().follow(), key, me().name)
    return render_template("curation/coding.html", page=page)


@blueprint.post("/coderen/<key>")
def code(key: str) -> ResponseReturnValue:
    """Record what a coder said, and go on."""
    event = coded_event(generation(), request.form, key, me().name)
    log().add([event])
    return redirect(url_for("curation.coding", key=key), 303)


@blueprint.get("/overeenstemming/<key>")
def agreement(key: str) -> str:
    """How coders agree, and what is left to settle. Raises UnknownThemeError."""
    page = agreement_page(generation(), log().follow(), key)
    return render_template("curation/agreement.html", page=page)
