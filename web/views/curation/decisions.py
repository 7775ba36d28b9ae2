"""A decision is taken, taken back, or found to be overtaken."""

from __future__ import annotations

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from kb.curation import document_of
from kb.curation.log import DecidedMeanwhileError
from kb.errors import KbError
from web.generation import generation
from web.pages.curation.asking import Asked, asked_for, events_of
from web.pages.curation.meanwhile import meanwhile_page
from web.parameters import clean_lines
from web.views.curation.blueprint import blueprint, log, me
from web.views.readinglist import own_path

LONGEST_NOTE = 2_000


@blueprint.post("/besluit")
def decide() -> ResponseReturnValue:
    """Take a decision; then back to where the curator was."""
    asked = asked_for(request.form)
    note = clean_lines(request.form.get("nota", ""), LONGEST_NOTE)
    events = events_of(
        generation().store, log().follow(), asked, me().name, note
    )
    seen = request.form.get("gezien")
    try:
        log().add(events, seen)
    except DecidedMeanwhileError:
        return _overtaken(asked, note)
    if events:
        session["last"] = [event.id for event in events]
    return redirect(_of_kept_out(asked) or _back(), 303)


def _of_kept_out(asked: Asked) -> str:
    """The document of a passage that is kept out now: its own page is gone."""
    document = document_of(asked.target)
    if asked.kind != "out" or not asked.values.get("") or not document:
        return ""
    return url_for("documents.document", id=document)


def _overtaken(asked: Asked, note: str) -> ResponseReturnValue:
    """Both decisions side by side, for the curator to choose."""
    page = meanwhile_page(generation(), log().follow(), asked, note)
    back = request.form.get("terug", "")
    form = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in ("csrf", "gezien")
    ]
    body = render_template(
        "curation/meanwhile.html", page=page, back=back, form=form
    )
    return body, 409


@blueprint.post("/terug")
def take_back() -> ResponseReturnValue:
    """Take decisions back, the last first. Raises SupersededEventError."""
    note = clean_lines(request.form.get("nota", ""), LONGEST_NOTE)
    for id in reversed(request.form.getlist("id")[:100]):
        undoing = log().follow().undoing(id, me().name, note)
        log().add([undoing])
    session.pop("last", None)
    return redirect(_back(), 303)


def _back() -> str:
    return own_path(request.form.get("terug", "")) or url_for("curation.index")


@blueprint.errorhandler(ValueError)
def not_a_decision(error: Exception) -> ResponseReturnValue:
    """A form that says what cannot be is answered with a sentence."""
    from web.errors import answer

    return answer(NotADecisionError(detail=str(error)[:200]))


class NotADecisionError(KbError):
    """A value that this kind of decision cannot have."""

    code, status = "not_a_decision", 400
