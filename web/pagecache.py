"""Pages that were made before.

Nothing on them changes while a generation is in use, so a second reader gets the same
bytes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict

from flask import Flask, Response, g, request

from kb.errors import KbError
from kb.settings import Settings
from web import language, readinglist
from web.curators import curator
from web.generation import generation

Key = tuple[str, ...]
MOST = 24_000_000  # bytes of pages and their keys
LONGEST_ADDRESS = 2_000  # characters; nobody asks a longer one twice
OVERHEAD = 600  # bytes a page costs besides its text: a tuple of strings, a dict entry
LARGEST = 400_000  # bytes; a larger page is made again


class Pages:
    """The most recently asked pages, up to a number of bytes."""

    def __init__(self, most: int = MOST) -> None:
        self.most, self.size = most, 0
        self._pages: OrderedDict[Key, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> bytes | None:
        """The page, which is then the most recent."""
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def keep(self, key: Key, body: bytes) -> None:
        """Keep a page; the longest unasked ones make room."""
        if len(body) > min(LARGEST, self.most):
            return
        with self._lock:
            if key in self._pages:
                self.size -= _bytes(key, self._pages.pop(key))
            self._pages[key] = body
            self.size += _bytes(key, body)
            while self.size > self.most:
                self.size -= _bytes(*self._pages.popitem(last=False))


def _bytes(key: Key, body: bytes) -> int:
    """What a kept page costs; a key is given by the reader and can be longer than a page."""
    return OVERHEAD + len(body) + sum(map(len, key))


def _key() -> Key | None:
    """What a page depends on; None for what is not kept."""
    if request.method != "GET" or request.endpoint in (None, "static"):
        return None
    if request.blueprint == "curation" or curator() is not None:
        return None
    if len(request.full_path) > LONGEST_ADDRESS:
        return None
    try:
        held = generation()
    except KbError:
        return None
    return (
        f"{held.index} {held.decisions} {held.older is None}",
        request.host_url,
        request.full_path,
        language.chosen(),
        readinglist.to_query(readinglist.own()),
    )


def init_app(app: Flask, settings: Settings) -> None:
    """Answer from the kept pages where possible, with a tag, so that a browser that has the
    page need not get it again.
    """
    pages = Pages()

    def again() -> Response | None:
        g.page_key = _key()
        body = pages.get(g.page_key) if g.page_key else None
        return (
            Response(body, mimetype="text/html") if body is not None else None
        )

    def keep(response: Response) -> Response:
        key = g.get("page_key")
        if (
            key
            and response.status_code == 200
            and response.mimetype == "text/html"
            and not response.direct_passthrough
        ):
            pages.keep(key, response.get_data())
            response.add_etag()
            response.make_conditional(request)
        return response

    app.before_request(again)
    app.after_request(keep)
