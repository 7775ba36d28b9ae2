"""About the site, and the report of the build."""

from __future__ import annotations

from flask import Blueprint, render_template

from kb.records import PASSAGE_KINDS
from web.generation import generation
from web.pages.about import about_page, report_page

blueprint = Blueprint("about", __name__)


@blueprint.get("/over")
def about() -> str:
    """What this is and how it works."""
    return render_template(
        "about/page.html", page=about_page(generation()), kinds=PASSAGE_KINDS
    )


@blueprint.get("/verslag")
def report() -> str:
    """How the build went."""
    return render_template("about/report.html", page=report_page(generation()))
