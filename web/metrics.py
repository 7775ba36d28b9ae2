"""Figures for an operator: how many requests, how quick, how old is the index?

At `/metrics` in the format of Prometheus, where the settings ask for it. Under several
processes each tells its own figures.
"""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Flask, Response, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from kb.errors import KbError
from kb.settings import Settings
from web.generation import generation
from web.logs import seconds

# From a page out of memory to one that a reader gives up on, in seconds.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Figures:
    """The figures of one app, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._answers = Counter(
            "kb_requests",
            "Requests answered.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._times = Histogram(
            "kb_request_seconds",
            "From a request's arrival to its answer.",
            ("route",),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self._built = Gauge(
            "kb_index_built_timestamp_seconds",
            "When the index in use was built; 0 without one.",
            registry=self.registry,
        )

    def count(self, response: Response) -> Response:
        """Count the request being answered."""
        route = request.endpoint or "none"
        status = str(response.status_code)
        self._answers.labels(request.method, route, status).inc()
        self._times.labels(route).observe(seconds())
        return response

    def text(self) -> bytes:
        """All figures as Prometheus reads them."""
        self._built.set(_built())
        return bytes(generate_latest(self.registry))


def _built() -> float:
    """When the index in use was built, in seconds since 1970; 0 without one."""
    try:
        moment = generation().store.get("built")
    except KbError:
        return 0.0
    return datetime.fromisoformat(moment).timestamp() if moment else 0.0


def init_app(app: Flask, settings: Settings) -> None:
    """Count requests and tell the figures, where the settings ask for it."""
    if not settings.metrics:
        return
    figures = Figures()
    blueprint = Blueprint("metrics", __name__)

    @blueprint.get("/metrics")
    def tell() -> Response:
        return Response(figures.text(), content_type=CONTENT_TYPE_LATEST)

    app.after_request(figures.count)
    app.register_blueprint(blueprint)
