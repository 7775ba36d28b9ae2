"""Themes: overview, one theme, and the pictures over all."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from web import parameters
from web.generation import generation
from web.pages import grids
from web.pages.addresses import address_of
from web.pages.cards import documents
from web.pages.compare import compare_page
from web.pages.figures import figures_page
from web.pages.home import framework_entries
from web.pages.pager import pager
from web.pages.section import NUMBERS, section_page
from web.pages.tables import as_shares, framework_key, grid_of
from web.pages.themes import theme_page
from web.pages.timeline import timeline_page

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


@blueprint.get("/<code>/cijfers")
def figures(code: str) -> str:
    """Every sentence with a figure on a theme."""
    page = figures_page(generation(), code, request.args)
    return render_template("themes/figures.html", page=page)


@blueprint.get("/<code>/tijdlijn")
def timeline(code: str) -> str:
    """What was found on a theme, year by year."""
    page = timeline_page(generation(), code)
    return render_template("themes/timeline.html", page=page)


@blueprint.get("/<code>/vergelijk")
def compare(code: str) -> str:
    """Two municipalities, documents or years side by side."""
    page = compare_page(generation(), code, request.args)
    return render_template("themes/compare.html", page=page)


def _grid_page(name: str, template: str, **more: object) -> str:
    """A page with a grid of themes, as counts or as shares."""
    args = request.args
    return render_template(
        template,
        grid=grid_of(generation(), name, args),
        table=name,
        shares=as_shares(args),
        key=framework_key(generation(), args, "kader", 0),
        names=grids.framework_names(generation()),
        **more,
    )


@blueprint.get("/kaart")
def map() -> str:
    """One framework over another: how many passages are evidence on both."""
    down = framework_key(generation(), request.args, "rijen", 0)
    across = framework_key(generation(), request.args, "kolommen", 1)
    return _grid_page("kaart", "themes/map.html", down=down, across=across)


@blueprint.get("/documenten")
def heat() -> str:
    """Themes over documents."""
    asked = request.args.to_dict()
    near = pager(
        parameters.number(request.args, "pagina"),
        len(documents(generation())),
        grids.GRID_ROWS,
        lambda n: address_of("themes.heat", asked | {"pagina": n}),
    )
    return _grid_page("documenten", "themes/heat.html", pager=near)


@blueprint.get("/jaren")
def years() -> str:
    """Themes over years."""
    return _grid_page("jaren", "themes/years.html")


@blueprint.get("/gemeenten")
def places() -> str:
    """Themes over municipalities."""
    return _grid_page("gemeenten", "themes/facet.html", facet="municipality")


@blueprint.get("/soorten")
def kinds() -> str:
    """Themes over kinds of passages."""
    return _grid_page("soorten", "themes/facet.html", facet="kind")
