"""What nobody sees goes out of a text, and letters drawn in two parts become one."""

from __future__ import annotations

import re
import unicodedata

# Zero-width space and joiners, direction marks, word joiner, byte order mark, and the
# variation selectors that choose how a sign is drawn.
_UNSEEN = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff\ufffe]"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SAME = str.maketrans(
    {"\u2010": "-", "\u2011": "-", "\u00a0": " ", "\u202f": " "}
)
_SOFT_WITHIN_LINE = re.compile("\u00ad+(?!\n|$)")


def visible(text: str) -> str:
    """`text` without signs that nobody sees, each letter with its accent in one.

    Hyphens and spaces at which no line may break become ordinary ones.
    A soft hyphen stays at the end of a line, where it is printed.

    >>> visible("samen\\u00adwerking\\u200b, cli\\u0065\\u0308nt")
    'samenwerking, cliënt'
    """
    if text.isascii() and text.isprintable():
        return text
    text = _CONTROLS.sub("", _UNSEEN.sub("", text)).translate(_SAME)
    return unicodedata.normalize("NFC", _SOFT_WITHIN_LINE.sub("", text))
