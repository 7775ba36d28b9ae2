"""The front page."""

from __future__ import annotations

from flask import Blueprint, render_template

from web.generation import generation
from web.pages.home import home_page

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def page() -> str:
    """Where to begin."""
    return render_template("home/page.html", page=home_page(generation()))
