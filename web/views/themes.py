"""Themes: overview, one theme, and the pictures over all."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from web import parameters
from web.generation import generation
from web.pages import grids
from web.pages.cards import documents
from web.pages.home import framework_entries
from web.pages.pager import pager
from web.pages.section import NUMBERS, section_page
from web.pages.themes import theme_page

blueprint = Blueprint("themes", __name__, url_prefix="/themas")


@blueprint.get("/")
def index() -> str:
    """Every framework with its themes."""
    return render_template(
        "themes/index.html", entries=framework_entries(generation())
    )


@blueprint.get("/<code>")
def theme(code: str) -> str | Response:
    """One theme with its evidence."""
    return render_template(
        "themes/page.html", page=theme_page(generation(), code, request.args)
    )


@blueprint.route("/<code>/paragraaf", methods=["GET", "POST"])
def section(code: str) -> str:
    """A literature section on a theme, in the making; a form only narrows it."""
    page = section_page(generation(), code, request.values)
    return render_template("themes/section.html", page=page, numbers=NUMBERS)


def _chosen(name: str, default: int) -> str:
    keys = [key for key, _, _ in grids.framework_names(generation())]
    wanted = parameters.clean(request.args.get(name, ""))
    return wanted if wanted in keys else keys[min(default, len(keys) - 1)]


@blueprint.get("/kaart")
def map() -> str:
    """One framework over another: how many passages are evidence on both."""
    down, across = _chosen("rijen", 0), _chosen("kolommen", 1)
    grid = grids.map_grid(generation(), down, across)
    return render_template(
        "themes/map.html",
        grid=grid,
        down=down,
        across=across,
        names=grids.framework_names(generation()),
    )


@blueprint.get("/documenten")
def heat() -> str:
    """Themes over documents."""
    key = _chosen("kader", 0)
    number, total = (
        parameters.number(request.args, "pagina"),
        len(documents(generation())),
    )
    grid = grids.document_grid(generation(), key, number)
    near = pager(
        number,
        total,
        grids.GRID_ROWS,
        lambda n: url_for("themes.heat", kader=key, pagina=n),
    )
    return render_template(
        "themes/heat.html",
        grid=grid,
        key=key,
        names=grids.framework_names(generation()),
        pager=near,
    )


@blueprint.get("/jaren")
def years() -> str:
    """Themes over years."""
    key = _chosen("kader", 0)
    grid = grids.year_grid(generation(), key)
    return render_template(
        "themes/years.html",
        grid=grid,
        key=key,
        names=grids.framework_names(generation()),
    )
