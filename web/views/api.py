"""The JSON API and its documentation page."""

from __future__ import annotations

import typing
from typing import Any

import msgspec
from flask import Blueprint, Response, jsonify, render_template, request

from kb.errors import KbError
from web import language
from web.api.openapi import PREFIX, description
from web.api.operations import OPERATIONS, Operation
from web.generation import generation, site

blueprint = Blueprint("api", __name__)


class BadParameterError(KbError):
    """A parameter of the API that cannot be read."""

    code = "bad_parameter"


def _is_list(hint: Any) -> bool:
    inner = (
        typing.get_args(hint)[0]
        if typing.get_origin(hint) is typing.Annotated
        else hint
    )
    return typing.get_origin(inner) is tuple


def read_parameters(kind: type) -> Any:
    """The parameters of the request as `kind`. Raises BadParameterError."""
    hints = typing.get_type_hints(kind, include_extras=True)
    given: dict[str, Any] = {}
    for name, found in request.args.lists():
        if len(found) > 1 and not _is_list(hints.get(name, str)):
            raise BadParameterError(detail=f"{name}: given more than once")
        given[name] = found if _is_list(hints.get(name, str)) else found[0]
    try:
        return msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        raise BadParameterError(detail=str(error)) from None


def _view(operation: Operation) -> Any:
    def answer(**path: str) -> Response:
        given = read_parameters(operation.parameters)
        found = operation.function(generation(), *path.values(), given)
        return Response(
            msgspec.json.encode(found), mimetype="application/json"
        )

    answer.__doc__ = operation.about
    return answer


for _operation in OPERATIONS:
    _rule = PREFIX + _operation.path.replace("{", "<key:").replace("}", ">")
    blueprint.add_url_rule(
        _rule, _operation.name, _view(_operation), methods=["GET"]
    )


@blueprint.get(PREFIX + "/openapi.json")
def openapi() -> Response:
    """The description of the API for programs, at the address they reached it by."""
    told = description()
    info = told["info"] | {"title": site().name}
    servers = [{"url": _address()}]
    return jsonify(told | {"info": info, "servers": servers})


def _address() -> str:
    """Where the operations start; a proxy may show the site under a path."""
    return request.script_root + PREFIX


@blueprint.get("/api/")
def docs() -> str:
    """The description of the API for people."""
    return render_template(
        "api/page.html",
        operations=OPERATIONS,
        description=description(language.chosen()),
        prefix=_address(),
    )
