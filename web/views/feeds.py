"""For machines that read along: Atom, sitemap, robots, the browser's search box."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, make_response, render_template, request

from web import parameters
from web.generation import generation
from web.pages.feeds import documents_feed, search_feed, sitemap_page

blueprint = Blueprint("feeds", __name__)


def _xml(name: str, mimetype: str, **context: object) -> Response:
    response = make_response(render_template(f"feeds/{name}", **context))
    response.headers["Content-Type"] = f"{mimetype}; charset=utf-8"
    return response


@blueprint.get("/documenten.atom")
def documents() -> Response:
    """Documents, newest first."""
    return _xml(
        "atom.xml", "application/atom+xml", feed=documents_feed(generation())
    )


@blueprint.get("/zoeken.atom")
def search() -> Response:
    """A saved search."""
    wanted = replace(
        parameters.search_request(request.args),
        page=1,
        per_page=20,
        facets=False,
    )
    return _xml(
        "atom.xml",
        "application/atom+xml",
        feed=search_feed(generation(), wanted),
    )


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """Every page worth finding."""
    return _xml(
        "sitemap.xml", "application/xml", addresses=sitemap_page(generation())
    )


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What crawlers may read."""
    response = make_response(render_template("feeds/robots.txt"))
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    return response


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """The description by which a browser adds the site to its search box."""
    return _xml("opensearch.xml", "application/opensearchdescription+xml")
