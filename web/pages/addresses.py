"""Addresses: whole ones for feeds and metadata, and quick ones for pages with hundreds of
links.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urljoin

from flask import g, request, url_for

from web.generation import settings

_HOLE = "-_-"


def public(path: str) -> str:
    """A path of this site as a whole address.

    Under the public address of the settings, which may itself have a path; else as
    requested.
    """
    base = settings().site_url
    if not base:
        return urljoin(request.host_url, path)
    inner = path.removeprefix(request.script_root)
    return base.rstrip("/") + "/" + inner.lstrip("/")


def address_of(endpoint: str, given: Mapping[str, object]) -> str:
    """`url_for` with the parameters of a mapping: Flask's types do not allow that."""
    return url_for(endpoint, **given)  # type: ignore[arg-type]


def quick(endpoint: str, name: str, value: str) -> str:
    """`url_for(endpoint, name=value)`, built once a request and then filled in."""
    known: dict[str, str] = g.setdefault("addresses", {})
    if endpoint not in known:
        known[endpoint] = url_for(endpoint, **{name: _HOLE})  # type: ignore[arg-type]
    return known[endpoint].replace(
        _HOLE, quote(value, safe="!$&'()*+,:;=@"), 1
    )
