"""The site for a server of your choice.

`app` reads its settings from kb.toml and KB_*, and opens the index before it answers.

Two cores, with the extra `server`:

    gunicorn --workers 2 --threads 4 --bind 127.0.0.1:8000 web.wsgi:app
"""

from __future__ import annotations

from contextlib import suppress

from kb.errors import KbError
from kb.search.index.memory import share_one_heap
from kb.settings import load
from web import create_app, warm
from web.logs import configure

share_one_heap()  # before there are threads
_settings = load()
configure(_settings)
app = create_app(_settings)
with suppress(KbError):  # what is wrong with the index, every page will say
    warm(app)
