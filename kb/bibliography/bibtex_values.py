"""What is the value of this BibTeX field? Braces, quotes, numbers and @string names,
joined by #."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_NAME = re.compile(r"[^\s{}\"#,=]+")
_LOST_COMMA = re.compile(r"\s*(?P<key>[A-Za-z][\w-]*)\s*=\s*")
MONTHS = tuple(
    [
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "nov",
        "dec",
    ]
)


def _closing(text: str, start: int) -> int:
    """Where the brace or quote at `start` is closed; the end of the text when it is not."""
    quoted = text[start] == '"'
    depth = 0
    for at in range(start + 1, len(text)):
        sign = text[at]
        if (
            sign == '"' and text[at - 1] == "\\"
        ):  # the accent of "co\"ordinatie"
            continue
        if sign == "}" and depth == 0 and not quoted:
            return at
        if sign == '"' and depth == 0 and quoted:
            return at
        depth += (sign == "{") - (sign == "}")
    return len(text)


def _piece(raw: str, at: int, strings: Mapping[str, str]) -> tuple[str, int]:
    """The value of the piece at `at`, and where it ends."""
    if raw[at] in '{"':
        end = _closing(raw, at)
        return raw[at + 1 : end], end + 1
    named = _NAME.match(raw, at)
    if not named:
        return raw[at], at + 1
    name = named[0]
    if name.lower() in MONTHS:  # so that it is written bare again
        return strings.get(name.lower(), name.lower()), named.end()
    return strings.get(name.lower(), name), named.end()


def fields_of(
    key: str, raw: str, strings: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """A field and its value; more fields where the comma between them was forgotten.

    Args:
        key: name of the field.
        raw: what stands behind the equals sign, as written.
        strings: values of @string names, by name in lower case.

    >>> list(fields_of("publisher", 'uit # ", " # {Ede}', {"uit": "Boom"}))
    [('publisher', 'Boom, Ede')]
    >>> list(fields_of("title", '{Een} year = {2010}', {}))
    [('title', 'Een'), ('year', '2010')]
    """
    value, at, joined = "", 0, True
    raw = raw.strip()
    while at < len(raw):
        if raw[at].isspace():
            at += 1
        elif raw[at] == "#":
            joined, at = True, at + 1
        elif not joined and (lost := _LOST_COMMA.match(raw, at)):
            yield key.lower(), value
            yield from fields_of(lost["key"], raw[lost.end() :], strings)
            return
        else:
            # Bare words that nothing joins, as in "year = z. d.", keep their space.
            space = "" if joined else " "
            piece, at = _piece(raw, at, strings)
            value, joined = value + space + piece, False
    yield key.lower(), value
