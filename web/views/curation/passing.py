"""In and out: log in, choose a password, log out."""

from __future__ import annotations

import math

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests

from kb.errors import KbError
from web import curators, language
from web.parameters import clean
from web.views.curation.blueprint import blueprint
from web.views.readinglist import own_path


@blueprint.route("/inloggen", methods=["GET", "POST"])
def log_in() -> ResponseReturnValue:
    """The form, and what was typed in it."""
    back = request.values.get("naar", "")
    wrong = False
    if request.method == "POST":
        name = clean(request.form.get("naam", ""), 80)
        if _let_in(name, request.form.get("wachtwoord", "")):
            target = own_path(back) or url_for("curation.index")
            return redirect(target, 303)
        wrong = True
    token = curators.form_token()
    page = render_template(
        "curation/login.html", token=token, back=back, wrong=wrong
    )
    return page, 403 if wrong else 200


def _let_in(name: str, password: str) -> bool:
    """Whether name and password fit. Raises TooManyRequests: it must wait first."""
    address = request.remote_addr or ""
    delays = curators.delays()
    wait = delays.wait(name, address)
    if wait > 0:
        raise TooManyRequests(retry_after=math.ceil(wait))
    account = curators.accounts().logged_in(name, password)
    if account is None:
        delays.wrong(name, address)
        return False
    delays.right(name, address)
    curators.log_in(account)
    return True


@blueprint.route("/begin/<secret>", methods=["GET", "POST"])
def begin(secret: str) -> ResponseReturnValue:
    """A new curator chooses her password. Raises WrongLinkError."""
    account = curators.accounts().invited(secret)
    told = ""
    if request.method == "POST":
        try:
            password = request.form.get("wachtwoord", "")
            made = curators.accounts().choose_password(secret, password)
        except KbError as error:
            told = error.sentence(language.chosen())
        else:
            curators.log_in(made)
            return redirect(url_for("curation.index"), 303)
    return render_template(
        "curation/begin.html",
        token=curators.form_token(),
        name=account.name,
        told=told,
    )


@blueprint.post("/uitloggen")
def log_out() -> ResponseReturnValue:
    """End the session, in every browser."""
    curators.log_out()
    return redirect(url_for("home.page"), 303)
