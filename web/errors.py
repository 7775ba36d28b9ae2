"""What does a reader see when something cannot be done? One sentence, and a way on.

The only place where errors become pages.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import Flask, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException, InternalServerError

from kb.errors import (
    DamagedIndexError,
    EngineError,
    KbError,
    StoreAwayError,
    sentence,
)
from kb.settings import Settings
from web import language
from web.generation import generation, left_damaged

OWN = (
    "unknown_document",
    "unknown_passage",
    "unknown_theme",
    "unknown_work",
)  # the command line says these in other words
log = logging.getLogger(__name__)


NOTHING_YET = (
    "no_index",
    "no_corpus",
)  # errors that say there is nothing to show


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """Status, heading and sentence of an error.

    `nearest` are (kind, id, name) of what is most like what was sought.
    """

    status: int
    heading: str
    sentence: str
    code: str
    nearest: tuple[tuple[str, str, str], ...] = ()
    is_passing: bool = False  # by itself, without a build


def _headings() -> dict[int, str]:
    return {
        400: _("Dit kon niet worden gelezen"),
        403: _("Dit mag hier niet"),
        404: _("Dit staat hier niet"),
        405: _("Dit kan hier niet"),
        413: _("Dit is te veel ineens"),
        415: _("Deze vorm kennen we niet"),
        429: _("Even rustig aan"),
        500: _("Er ging iets mis"),
        503: _("Er zijn nog geen documenten"),
    }


def _sentences() -> dict[int, str]:
    return {
        404: _(
            "Deze pagina bestaat niet of is verhuisd. Zoek wat u nodig hebt, "
            "of begin bij een van de ingangen hieronder."
        ),
        405: _("Deze pagina kan alleen worden gelezen."),
        413: _(
            "Er werd meer gestuurd dan deze pagina aankan; stuur minder ineens."
        ),
        429: _(
            "U vraagt meer pagina’s dan deze site per minuut geeft. Wacht een minuut."
        ),
        500: _(
            "De fout is vastgelegd. Probeer het opnieuw, of ga terug en kies een andere weg."
        ),
    }


def _heading_of(error: KbError) -> str:
    """The heading of a situation of ours; an index of another version is no empty one."""
    if error.status == 503 and error.code not in NOTHING_YET:
        return str(_("De documenten kunnen nu niet worden getoond"))
    return _headings().get(error.status, str(_("Dit kon niet")))


def page_of(error: Exception) -> ErrorPage:
    """What to show for `error`."""
    if isinstance(error, (EngineError, StoreAwayError)):
        return _away(error)
    if isinstance(error, KbError):
        heading = _heading_of(error)
        code = f"site_{error.code}" if error.code in OWN else error.code
        return ErrorPage(
            error.status,
            heading,
            sentence(code, error.values, language.chosen()),
            error.code,
            _nearest(error),
        )
    status = (
        error.code if isinstance(error, HTTPException) and error.code else 500
    )
    default = _(
        "Vraag het anders, of begin bij een van de ingangen hieronder."
    )
    return ErrorPage(
        status,
        _headings().get(status, _("Dit kon niet")),
        _sentences().get(status, default),
        f"http_{status}",
    )


def _away(error: KbError) -> ErrorPage:
    """A part on another machine does not answer: what a reader can do meanwhile."""
    searching = isinstance(error, EngineError)
    heading = (
        _("Zoeken is even niet bereikbaar")
        if searching
        else _("De gegevens zijn even niet bereikbaar")
    )
    code = "site_engine_away" if searching else "site_store_away"
    log.error("%s", error)
    return ErrorPage(
        error.status,
        heading,
        sentence(code, {}, language.chosen()),
        error.code,
        is_passing=True,
    )


def _nearest(error: KbError) -> tuple[tuple[str, str, str], ...]:
    from web.pages.near_matches import nearest

    if error.status != 404:
        return ()
    try:
        return nearest(
            generation(), error.code, str(error.values.get("id", ""))
        )
    except KbError:
        return ()


def from_older_index(error: DamagedIndexError) -> ResponseReturnValue:
    """What was asked, from the index before a damaged one where there is one."""
    if request.method not in ("GET", "HEAD") or not left_damaged():
        return answer(error)
    try:
        return current_app.dispatch_request()
    except DamagedIndexError as again:
        return from_older_index(again)
    except (KbError, HTTPException) as other:
        return answer(other)


def answer(error: Exception) -> ResponseReturnValue:
    """The page, or for the API the object, of `error`; never a traceback."""
    if (
        isinstance(error, HTTPException)
        and error.code is not None
        and error.code < 400
    ):
        return error
    if isinstance(error, InternalServerError) or not isinstance(
        error, (HTTPException, KbError)
    ):
        log.error(
            "%s %s failed",
            request.method,
            request.path,
            exc_info=getattr(error, "original_exception", None) or error,
        )
    page = page_of(error)
    headers = _headers(error, page.status)
    if request.path.startswith("/api/"):
        return (
            jsonify(
                {
                    "error": {
                        "code": page.code,
                        "status": page.status,
                        "message": page.sentence,
                    }
                }
            ),
            page.status,
            headers,
        )
    return render_template("error.html", page=page), page.status, headers


def _headers(error: Exception, status: int) -> dict[str, str]:
    """What a program must know of an error: when to come back, what it may ask."""
    if not isinstance(error, HTTPException):
        return {"Retry-After": "60"} if status == 503 else {}
    own = dict(error.get_headers())
    if status == 405:
        own.setdefault("Allow", "GET")
    if status == 503:
        own.setdefault("Retry-After", "60")
    return {
        name: value
        for name, value in own.items()
        if name in ("Allow", "Retry-After")
    }


def init_app(app: Flask, settings: Settings) -> None:
    """Handle every error in one place."""
    app.register_error_handler(DamagedIndexError, from_older_index)
    app.register_error_handler(KbError, answer)
    app.register_error_handler(HTTPException, answer)
    app.register_error_handler(Exception, answer)
