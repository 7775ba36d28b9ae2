"""What does the site write down? Faults always, requests where the owner asks for it.

A request's line has its route, status and time. Neither the address of a reader nor a
question is written, so nothing a reader does can be read back.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import uuid
from datetime import UTC, datetime

from flask import Flask, Response, g, has_request_context, request

from kb.settings import Settings

REQUEST_ID = "X-Request-ID"
_GIVEN_ID = re.compile(r"[\w.-]{1,64}")
log = logging.getLogger(__name__)


class JsonLines(logging.Formatter):
    """One object a line, for a collector of logs."""

    def format(self, record: logging.LogRecord) -> str:
        """The record with its time (UTC), level, place, message and own fields."""
        moment = datetime.fromtimestamp(record.created, UTC)
        line = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "request": request_id(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        told = {key: value for key, value in line.items() if value != ""}
        return json.dumps(told, ensure_ascii=False)


class TextLines(logging.Formatter):
    """A line to be read by a person; a fault names its request."""

    def format(self, record: logging.LogRecord) -> str:
        """Level, message, the record's own fields and the request."""
        fields = dict(getattr(record, "fields", {}))
        if request_id():
            fields["request"] = request_id()
        told = "".join(f" {key}={value}" for key, value in fields.items())
        line = f"{record.levelname}: {record.getMessage()}{told}"
        if not record.exc_info:
            return line
        return f"{line}\n{self.formatException(record.exc_info)}"


def configure(settings: Settings) -> None:
    """Write the log of this process to stderr, in the form of the settings.

    Loggers that an outer server has set up already stay as they are.
    """
    root = logging.getLogger()
    if root.handlers:
        return
    handler = logging.StreamHandler(sys.stderr)
    is_json = settings.log_format == "json"
    handler.setFormatter(JsonLines() if is_json else TextLines())
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    if settings.log_requests:
        log.setLevel(logging.INFO)


def request_id() -> str:
    """The number of the request being answered; empty outside one."""
    return str(g.get("request_id", "")) if has_request_context() else ""


def init_app(app: Flask, settings: Settings) -> None:
    """Number every request, and tell of it where the settings ask for that."""
    believed = settings.trusted_proxies > 0

    def number() -> None:
        g.began = time.perf_counter()
        given = request.headers.get(REQUEST_ID, "") if believed else ""
        is_id = _GIVEN_ID.fullmatch(given)
        g.request_id = given if is_id else uuid.uuid4().hex

    def tell(response: Response) -> Response:
        response.headers[REQUEST_ID] = request_id()
        if settings.log_requests:
            _tell(response)
        return response

    app.before_request(number)
    app.after_request(tell)


def _tell(response: Response) -> None:
    fields = {
        "method": request.method,
        "route": request.endpoint or "none",
        "status": response.status_code,
        "ms": round(1000 * seconds(), 1),
    }
    log.info("answered", extra={"fields": fields})


def seconds() -> float:
    """How long the request being answered has taken until now."""
    return time.perf_counter() - float(g.get("began", time.perf_counter()))
