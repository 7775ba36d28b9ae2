"""The site: what shows.

Imports kb, never the other way round; `create_app` is its only door.
"""

from __future__ import annotations

from flask import Flask

from kb.settings import Settings
from kb.uploads import resume
from web.addresses import KeyConverter


def warm(app: Flask) -> None:
    """Open the index and count what pages need, before the first reader comes.

    Uploads that were under way go on.

    Raises NoIndexError, OldIndexError.
    """
    from web.ahead import preparation, read_templates

    settings = app.extensions["kb_settings"]
    if settings.curation:
        resume(settings)
    read_templates(app)
    give_way = app.extensions["kb_courtesy"].give_way
    app.extensions["kb_generation"].warm(preparation(give_way))


def create_app(settings: Settings) -> Flask:
    """The WSGI application for the index of `settings`.

    Starts without an index too: pages then say how to build one.
    """
    from web import (
        curators,
        errors,
        generation,
        language,
        logs,
        metrics,
        pagecache,
        ratelimit,
        readinglist,
        security,
        templating,
    )
    from web.courtesy import Courtesy
    from web.proxy import behind_proxy
    from web.views import BLUEPRINTS

    app = Flask("web", static_url_path="/static")
    app.config.update(
        MAX_CONTENT_LENGTH=64_000,
        MAX_FORM_MEMORY_SIZE=64_000,
        SEND_FILE_MAX_AGE_DEFAULT=31_536_000,
    )
    courtesy = app.extensions["kb_courtesy"] = Courtesy()
    proxied = behind_proxy(app.wsgi_app, settings)
    app.wsgi_app = courtesy.around(proxied)  # type: ignore[method-assign]
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False  # a citekey may hold any number of them
    app.url_map.converters["key"] = KeyConverter
    for part in (
        logs,
        generation,
        language,
        ratelimit,
        security,
        errors,
        readinglist,
        templating,
        metrics,
        curators,
        pagecache,
    ):
        part.init_app(app, settings)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if settings.curation:
        from web.views.curation import BLUEPRINTS as OF_CURATORS

        for blueprint in OF_CURATORS:
            app.register_blueprint(blueprint)
    return app
