"""Text of a field from which markup of the web is gone."""

from __future__ import annotations

import re
from html import unescape

_TAGS = re.compile(
    r"</?(?:i|b|em|strong|sup|sub|span|sc|scp|p|br)\b[^>]*>", re.I
)


def without_markup(text: str) -> str:
    """Plain text: tags that set letters are left out, named signs are signs.

    >>> without_markup("Het <i>keukentafelgesprek</i> &amp; de rest")
    'Het keukentafelgesprek & de rest'
    """
    if "<" not in text and "&" not in text:
        return text.strip()
    return unescape(_TAGS.sub("", text)).strip()
