"""Does a PDF draw forms within forms without end? pdfium would unfold each of them.

This is told from the file before it does.
"""

from __future__ import annotations

import re
import zlib

_FORM = re.compile(
    rb"(?:^|\s)(\d{1,9})\s+\d{1,5}\s+obj\s*<<((?:(?!endobj).){1,4000}?/Subtype\s*/Form\b(?:(?!endobj).){0,4000}?)>>\s*stream\r?\n",
    re.DOTALL,
)
_NAMED = re.compile(rb"/([^\s/<>\[\]()]+)\s+(\d{1,9})\s+\d{1,5}\s+R")
_DRAWN = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")
_MOST_DRAWN = 200_000  # forms that one form may draw, those within it counted
_FEWEST = 2  # forms in a file from which on it is worth looking
_MOST_FORMS = 5000
_MOST_BYTES = 200_000  # of the content of one form

Drawings = dict[
    int, list[int]
]  # form by object number: the forms it draws, once for each time


def unfolds_without_end(data: bytes) -> bool:
    """Whether drawing one form of the PDF in `data` would draw more than 200,000, or itself by
    way of another.
    """
    if data.count(b"/Form") < _FEWEST:
        return False
    drawings = _drawings(data)
    known: dict[int, int] = {}
    return any(
        _size(number, drawings, known, ()) > _MOST_DRAWN for number in drawings
    )


def _drawings(data: bytes) -> Drawings:
    headers: dict[int, tuple[dict[bytes, int], bytes]] = {}
    for match in _FORM.finditer(data):
        names = {
            name: int(number)
            for name, number in _NAMED.findall(match.group(2))
        }
        if names:
            headers[int(match.group(1))] = (
                names,
                _content(data, match.end(), b"/FlateDecode" in match.group(2)),
            )
        if len(headers) > _MOST_FORMS:
            break
    return {
        number: [
            names[name]
            for name in _DRAWN.findall(content)
            if names.get(name, number) != number and names[name] in headers
        ]
        for number, (names, content) in headers.items()
    }


def _content(data: bytes, start: int, packed: bool) -> bytes:
    end = data.find(b"endstream", start, start + _MOST_BYTES)
    raw = data[start : end if end >= 0 else start + _MOST_BYTES]
    if not packed:
        return raw
    try:
        return zlib.decompressobj().decompress(raw, _MOST_BYTES)
    except zlib.error:
        return b""


def _size(
    number: int,
    drawings: Drawings,
    known: dict[int, int],
    above: tuple[int, ...],
) -> int:
    """How many forms are drawn by drawing one, itself included.

    Beyond all limits where it comes back to itself.
    """
    if number in above or len(above) > 60:
        return _MOST_DRAWN + 1
    if number not in known:
        known[number] = min(
            _MOST_DRAWN + 1,
            1
            + sum(
                _size(other, drawings, known, (*above, number))
                for other in drawings[number]
            ),
        )
    return known[number]
