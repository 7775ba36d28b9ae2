"""Is the process alive, and which part of the site cannot be used?

`/healthz` answers as long as requests are handled at all; `/readyz` looks at the parts,
for a proxy that must not send readers to a site without an index.
"""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from kb.errors import DamagedIndexError, KbError
from web.generation import generation, left_damaged

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> ResponseReturnValue:
    """That requests are answered."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def ready() -> ResponseReturnValue:
    """Each part by name: `ok`, or the code of what is wrong with it; then 503."""
    parts = _parts()
    if DamagedIndexError.code in parts.values() and left_damaged():
        parts = _parts()
    is_ready = all(state == "ok" for state in parts.values())
    answer = jsonify(status="ok" if is_ready else "unavailable", parts=parts)
    return answer, 200 if is_ready else 503


def _parts() -> dict[str, str]:
    return {"records": _records(), "search": _search()}


def _records() -> str:
    try:
        generation().store.check()
    except KbError as error:
        return error.code
    return "ok"


def _search() -> str:
    try:
        generation().searcher.check()
    except KbError as error:
        return error.code
    return "ok"
