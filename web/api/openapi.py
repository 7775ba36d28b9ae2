"""The OpenAPI 3.1 description, made from the table of operations and their types."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from flask_babel import force_locale, gettext

from kb import __version__
from web.api import types
from web.api.operations import OPERATIONS, Operation

PREFIX = "/api/v1"
_REF = "#/components/schemas/{name}"
ERRORS = {
    400: "A parameter cannot be read.",
    404: "There is no such thing.",
    503: "There is no index yet.",
}


def _error(about: str) -> dict[str, Any]:
    return {
        "description": about,
        "content": {
            "application/json": {"schema": {"$ref": _REF.format(name="Error")}}
        },
    }


def _query_parameters(kind: type) -> list[dict[str, Any]]:
    (schema,), components = msgspec.json.schema_components(
        [kind], ref_template=_REF
    )
    found = []
    for name, value in components[schema["$ref"].rsplit("/", 1)[1]][
        "properties"
    ].items():
        about = value.pop("description", "")
        one = {"name": name, "in": "query", "required": False, "schema": value}
        if value.get("type") == "array":
            one |= {"style": "form", "explode": True}
        found.append(one | ({"description": gettext(about)} if about else {}))
    return found


def _operation(operation: Operation, answer: dict[str, Any]) -> dict[str, Any]:
    parameters = _query_parameters(operation.parameters)
    if operation.item:
        schema = {
            "type": "string",
            "minLength": 1,
            "maxLength": 200,
            "pattern": r"^[A-Za-z0-9_.:~-]+$",
        }
        parameters.insert(
            0,
            {
                "name": operation.item,
                "in": "path",
                "required": True,
                "schema": schema,
                "description": gettext(operation.item_about),
            },
        )
    errors = {
        str(status): _error(about)
        for status, about in ERRORS.items()
        if status != 404 or operation.item
    }
    return {
        "get": {
            "operationId": operation.name,
            "summary": gettext(operation.about),
            "parameters": parameters,
            "responses": {
                "200": {
                    "description": "OK",
                    "content": {"application/json": {"schema": answer}},
                },
                **errors,
            },
        }
    }


@cache
def description(language: str = "en") -> dict[str, Any]:
    """The whole description; what operations and parameters do is told in `language`.

    Needs an application context.
    """
    with force_locale(language):
        return _description()


def _description() -> dict[str, Any]:
    schemas, components = msgspec.json.schema_components(
        [*(o.answer for o in OPERATIONS), types.Error], ref_template=_REF
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kennisbank",
            "version": __version__,
            "description": (
                "Passages, documents, themes and cited works, read-only. "
                "Within v1 fields are added, never removed or renamed."
            ),
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": PREFIX}],
        "paths": {
            o.path: _operation(o, schema)
            for o, schema in zip(OPERATIONS, schemas[:-1], strict=True)
        },
        "components": {"schemas": components},
    }
