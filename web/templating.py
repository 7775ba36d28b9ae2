"""What every template may use.

Names of codes, numbers in the reader's language, and the facts of the frame around a
page.
"""

from __future__ import annotations

import shlex
from datetime import datetime
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from babel.numbers import format_decimal
from flask import Flask, request, url_for
from flask_babel import format_date

from kb.settings import Settings
from web import language, words
from web.citation_strings import inline_html, short_name
from web.generation import generation, site
from web.logs import request_id
from web.pages.addresses import address_of, public, quick
from web.pages.cards import page_ref
from web.pages.metadata import span
from web.parameters import clean

STATIC = Path(__file__).parent / "static"


def _switch(wanted: str) -> str:
    """The address of this page in the other language."""
    if request.endpoint is None:
        return url_for("home.page", lang=wanted)
    args = request.args.to_dict(flat=False)
    return url_for(
        request.endpoint,
        **{**args, **(request.view_args or {}), "lang": wanted},
    )


def _here(**changes: object) -> str:
    """The address of this page with other parameters; None takes one away."""
    asked = {**request.args.to_dict(), **(request.view_args or {}), **changes}
    given = {name: value for name, value in asked.items() if value is not None}
    return address_of(request.endpoint or "home.page", given)


def _table_address(
    name: str, format: str, given: dict[str, object] | None = None
) -> str:
    """Where the table of this page can be had; by default with its parameters."""
    asked: dict[str, object] = given or dict(request.args.to_dict())
    asked.pop("lang", None)
    return address_of(
        "tables.table", {"name": name, "format": format, **asked}
    )


def _frame() -> dict[str, Any]:
    return {
        "lang": language.chosen(),
        "site": site(),
        "switch": _switch,
        "here": _here,
        "table_address": _table_address,
        "asked": clean(request.args.get("q", ""), 500),
    }


@cache
def _stamp(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()[:8] if path.is_file() else ""


def _versioned(endpoint: str, values: dict[str, Any]) -> None:
    """Static files have their content in their address, so that a browser may keep them and
    still sees a change.
    """
    if endpoint == "static" and "filename" in values:
        values["v"] = _stamp(STATIC / values["filename"])


def _day(moment: str) -> str:
    """The day of a moment in ISO form, as it is said: "3 mei 2026"."""
    return str(format_date(datetime.fromisoformat(moment), "long"))


def _number(value: float, format: str | None = None) -> str:
    """A number as the reader's language writes it.

    >>> _written("nl", 1234.5, None)
    '1.234,5'
    """
    return _written(language.chosen(), value, format)


@lru_cache(maxsize=4_000)  # a page of results has 130, most of them small ones
def _written(language: str, value: float, format: str | None) -> str:
    return str(format_decimal(value, format, language))


def init_app(app: Flask, settings: Settings) -> None:
    """Register filters and the frame."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        kind=lambda code: words.name(words.KINDS, code),
        meaning=lambda code: words.name(words.MEANINGS, code),
        genre=lambda code: words.name(words.GENRES, code),
        type=lambda code: words.name(words.TYPES, code),
        facet=lambda code: words.name(words.FACETS, code),
        how=lambda code: words.name(words.HOW, code),
        place=lambda code: words.name(words.PLACES, code),
        origin=lambda code: words.name(words.ORIGINS, code),
        certainty=words.certainty,
        layer=lambda code: words.name(words.LAYERS, code),
        infield=lambda code: words.name(words.FIELDS, code),
        sort_name=lambda code: words.name(words.SORTS, code),
        asking=lambda address, query: (
            f"{address}{'&' if '?' in address else '?'}{query}"
            if query
            else address
        ),
        number=_number,
        inline=inline_html,
        short=lambda document: short_name(generation(), document),
        coins=span,
        page_ref=page_ref,
        shell=shlex.quote,
        day=_day,
    )
    app.jinja_env.globals.update(
        public=public,
        quick=quick,
        request_id=request_id,
        types=tuple(words.TYPES),
    )
    app.url_defaults(_versioned)
    app.context_processor(_frame)
