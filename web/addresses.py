"""Keys of works and documents in addresses, whatever they hold."""

from __future__ import annotations

import re

from werkzeug.routing import PathConverter

# What browsers take out of a path before they ask for it, and our mark before it.
_LOST = re.compile(r"~*(\.{0,2})")


class KeyConverter(PathConverter):
    """A key that may hold slashes, and parts that a browser would not send.

    >>> from werkzeug.routing import Map
    >>> converter = KeyConverter(Map())
    >>> converter.to_url("10.1000/xyz")
    '10.1000/xyz'
    >>> converter.to_url("../a//b")
    '~../a/~/b'
    >>> converter.to_python("~../a/~/b")
    '../a//b'
    """

    def to_url(self, value: str) -> str:
        """A mark stands before each part that would get lost."""
        parts = value.split("/")
        marked = [f"~{p}" if _LOST.fullmatch(p) else p for p in parts]
        return super().to_url("/".join(marked))

    def to_python(self, value: str) -> str:
        """The key as it is, without the marks."""
        parts = super().to_python(value).split("/")
        plain = [
            p[1:] if p.startswith("~") and _LOST.fullmatch(p) else p
            for p in parts
        ]
        return "/".join(plain)
