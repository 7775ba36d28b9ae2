"""Whole addresses, for feeds, metadata and permanent links."""

from __future__ import annotations

from urllib.parse import urljoin

from flask import request

from web.shelf import settings


def public(path: str) -> str:
    """A path of this site as a whole address: under the public address of the settings, else as requested."""
    return urljoin(settings().site_url or request.host_url, path)
