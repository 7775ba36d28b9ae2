"""Blueprints, one per subject."""

from __future__ import annotations

from flask import Blueprint

from web.health import blueprint as health
from web.views.about import blueprint as about
from web.views.api import blueprint as api
from web.views.documents import blueprint as documents
from web.views.export import blueprint as export
from web.views.feeds import blueprint as feeds
from web.views.home import blueprint as home
from web.views.passages import blueprint as passages
from web.views.readinglist import blueprint as readinglist
from web.views.search import blueprint as search
from web.views.tables import blueprint as tables
from web.views.themes import blueprint as themes
from web.views.works import blueprint as works

BLUEPRINTS: tuple[Blueprint, ...] = (
    home,
    search,
    documents,
    passages,
    themes,
    works,
    readinglist,
    about,
    feeds,
    export,
    tables,
    api,
    health,
)
