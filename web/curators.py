"""Who is asking: a reader, or a curator who logged in?

A curator's browser carries a signed cookie, set at log-in and renewed while it is used. It
ends by itself after a while, at log-out, and when the password changes. Readers get none.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, current_app, g, request, session
from flask.sessions import SecureCookieSessionInterface

from kb.curators import Accounts, Delays, secret_key
from kb.curators.accounts import Account
from kb.errors import problem_sentence
from kb.records import Passage
from kb.settings import Settings
from web import language
from web.generation import generation, shelf
from web.language import cookie_path

if TYPE_CHECKING:
    from web.pages.curation.tools import Tools

IDLE = 2 * 3600  # seconds without a request after which one logs in again
LONGEST = 12 * 3600  # seconds: a working day
ATTEMPTS = "attempts.json"  # in the index folder: it may be lost
_RENEWED = 300  # seconds after which the cookie is written anew


@dataclass(frozen=True, slots=True)
class Curator:
    """Who decides, and the token that her forms carry."""

    name: str
    token: str


class _Cookie(SecureCookieSessionInterface):
    """The cookie of a session: of this corpus, this path, and https where that is used."""

    def get_cookie_name(self, app: Flask) -> str:
        return f"redactie-{app.extensions['kb_corpus_id']}"

    def get_cookie_path(self, app: Flask) -> str:
        return cookie_path()

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure


def accounts() -> Accounts:
    """The accounts of this corpus."""
    return Accounts(_settings().corpus_dir)


def delays() -> Delays:
    """The wrong passwords of late."""
    return Delays(_settings().index_dir / ATTEMPTS)


def _settings() -> Settings:
    return cast(Settings, current_app.extensions["kb_settings"])


def curator() -> Curator | None:
    """The curator who asks; None for a reader, and where curation is off."""
    if not _settings().curation:
        return None
    if "curator" not in g:
        g.curator = _by_proxy() or _by_session()
    return cast(Curator | None, g.curator)


def _by_session() -> Curator | None:
    name, stamp = session.get("name", ""), session.get("stamp", "")
    if not name:
        return None
    now = time.time()
    idle = now - session.get("seen", 0.0)
    age = now - session.get("since", 0.0)
    account = accounts().find(name)
    if account is None or account.stamp != stamp or not stamp:
        return None
    if idle > IDLE or age > LONGEST:
        return None
    if idle > _RENEWED:
        session["seen"] = now
    return Curator(account.name, session.get("token", ""))


def _by_proxy() -> Curator | None:
    """The curator whom a trusted proxy names, where that is set up."""
    header = _settings().curation_header
    if not header or not _is_from_proxy():
        return None
    account = accounts().find(request.headers.get(header, ""))
    return Curator(account.name, form_token()) if account else None


def _is_from_proxy() -> bool:
    """Whether a proxy of the settings is at the other end: anyone can send a header."""
    before = request.environ.get("werkzeug.proxy_fix.orig") or {}
    peer = before.get("REMOTE_ADDR") or request.environ.get("REMOTE_ADDR", "")
    listed = _settings().curation_proxies.split(",")
    return any(_same(peer, proxy.strip()) for proxy in listed)


def _same(peer: str, proxy: str) -> bool:
    try:
        return ipaddress.ip_address(peer) in ipaddress.ip_network(proxy)
    except ValueError:
        return False


def log_in(account: Account) -> None:
    """Begin a session: what the browser carried before counts for nothing."""
    now = time.time()
    session.clear()
    session.update(
        name=account.name,
        stamp=account.stamp,
        since=now,
        seen=now,
        token=secrets.token_urlsafe(24),
    )
    g.pop("curator", None)


def log_out() -> None:
    """End the sessions of who asks, here and in other browsers."""
    found = curator()
    if found is not None:
        accounts().end_sessions(found.name)
    session.clear()
    g.pop("curator", None)


def form_token() -> str:
    """The token that a form of this browser must carry."""
    if not session.get("token"):
        session["token"] = secrets.token_urlsafe(24)
    return str(session["token"])


def form_fits() -> bool:
    """Whether a form was made for this browser in the session that it is in now."""
    sent = request.form.get("csrf", "")
    known = str(session.get("token", ""))
    return bool(known) and hmac.compare_digest(sent.encode(), known.encode())


def _tools(passage: Passage) -> Tools:
    """What a curator can do with a passage."""
    from web.pages.curation.tools import tools_of

    held = generation()
    return tools_of(held, shelf().log.follow(), passage)


def init_app(app: Flask, settings: Settings) -> None:
    """Set up sessions where curation is on, and tell every page who asks."""
    if not settings.curation:
        app.context_processor(lambda: {"curator": None, "curation": False})
        return
    app.secret_key = secret_key(settings.corpus_dir)
    app.session_interface = _Cookie()
    app.config.update(
        SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax"
    )

    def frame() -> dict[str, Any]:
        return {
            "curator": curator(),
            "curation": bool(accounts().names()),
            "last_decision": session.get("last") if curator() else None,
        }

    app.context_processor(frame)
    app.jinja_env.globals["tools_of"] = _tools
    app.jinja_env.filters["problem"] = lambda problem: problem_sentence(
        problem, language.chosen()
    )
