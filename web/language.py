"""Which language does the reader want?

`?lang=` wins and is kept in a cookie and in links; else the cookie; else the setting.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, current_app, g, request
from flask_babel import Babel, get_translations

from kb.errors import LANGUAGES
from kb.settings import Settings

COOKIE = "lang"


def chosen() -> str:
    """The interface language of this request, "nl" or "en"."""
    if "language" not in g:
        g.language = _chosen()
    return str(g.language)


def _chosen() -> str:
    remembered = (
        None
        if request.path.startswith("/api/v")
        else request.cookies.get(COOKIE)
    )
    for wanted in (request.args.get("lang"), remembered):
        if wanted in LANGUAGES:
            return str(wanted)
    return str(current_app.extensions["kb_settings"].language)


def _translations() -> Any:
    """The catalogue of this request, looked up once.

    A long page has thousands of texts.
    """
    if "translations" not in g:
        g.translations = get_translations()
    return g.translations


def _keep_in_links(endpoint: str, values: dict[str, Any]) -> None:
    wanted = request.args.get("lang") if request else None
    if (
        wanted in LANGUAGES
        and endpoint != "static"
        and endpoint != "api.openapi"
    ):
        values.setdefault("lang", wanted)


def cookie_path() -> str:
    """Where cookies hold: on this site only, when a proxy shows others beside it."""
    return request.script_root or "/"


def _keep_in_cookie(response: Response) -> Response:
    wanted = request.args.get("lang")
    if (
        wanted in LANGUAGES
        and wanted != request.cookies.get(COOKIE)
        and not request.path.startswith("/api/v")
    ):
        response.set_cookie(
            COOKIE,
            wanted,
            max_age=31_536_000,
            path=cookie_path(),
            samesite="Lax",
            httponly=True,
            secure=request.is_secure,
        )
    return response


def marked(text: str) -> str:
    """The text itself (import it as `_l`).

    It marks a Dutch text that is put in the reader's language where it is used.
    """
    return text


def init_app(app: Flask, settings: Settings) -> None:
    """Set up translations; msgids are Dutch, so Dutch needs no catalogue."""
    app.config.update(
        BABEL_DEFAULT_LOCALE="nl", BABEL_TRANSLATION_DIRECTORIES="translations"
    )
    Babel(app, locale_selector=chosen)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _translations().ugettext(text),
        lambda one, many, n: _translations().ungettext(one, many, n),
        newstyle=True,
    )
    app.url_defaults(_keep_in_links)
    app.after_request(_keep_in_cookie)
