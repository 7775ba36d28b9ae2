"""Where things stand on a page as it is shown.

Crop box, rotation and turned text in one transformation.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

_SAMPLE = 200  # characters that tell how the text of a page is turned
_MAJORITY = 0.6  # share of them that must agree
_PROBE = (
    1000  # points: a long way, so that whole device pixels measure it well
)
_DEVICE = 1_000_000  # device pixels along a page: finer than any type


@dataclass(frozen=True, slots=True)
class Place:
    """Page space to points from the top left of the page as shown.

    x' = a·x + c·y + e and y' = b·x + d·y + f.
    """

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of page space as shown."""
        return (
            self.a * x + self.c * y + self.e,
            self.b * x + self.d * y + self.f,
        )

    def box(
        self, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        """(x0, top, x1, bottom) of a rectangle in page space."""
        xa, ya = self.point(left, bottom)
        xb, yb = self.point(right, top)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)


def place_of(page: Any, width: float, height: float) -> Place:
    """How `page` (pypdfium2) lies when shown: its crop box and rotation in one."""
    scale = max(1, int(_DEVICE / max(width, height, 1.0)))
    size = int(width * scale), int(height * scale)
    out_x, out_y = ctypes.c_int(), ctypes.c_int()

    def shown(x: float, y: float) -> tuple[float, float]:
        pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, out_x, out_y)
        return out_x.value / scale, out_y.value / scale

    x0, y0 = shown(0, 0)
    x1, y1 = shown(_PROBE, 0)
    x2, y2 = shown(0, _PROBE)
    return Place(
        (x1 - x0) / _PROBE,
        (y1 - y0) / _PROBE,
        (x2 - x0) / _PROBE,
        (y2 - y0) / _PROBE,
        x0,
        y0,
    )


def turned_back(
    place: Place, turns: int, width: float, height: float
) -> Place:
    """`place` on a page of `width` × `height`, turned back so that its text stands upright.

    Args:
        turns: quarters of a circle, counted counterclockwise.
    """
    a, b, c, d, e, f = place.a, place.b, place.c, place.d, place.e, place.f
    for _ in range(turns):  # a quarter: x' = y, y' = width - x
        a, b, c, d, e, f = b, -a, d, -c, f, width - e
        width, height = height, width
    return Place(a, b, c, d, e, f)


def direction(text_page: Any, index: int, place: Place) -> tuple[float, float]:
    """Unit vector in which a character is written, as shown.

    X to the right, y downwards.
    """
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(text_page, index, matrix):
        return 1.0, 0.0
    x = place.a * matrix.a + place.c * matrix.b
    y = place.b * matrix.a + place.d * matrix.b
    length = math.hypot(x, y) or 1.0
    return x / length, y / length


def quarter_turns(text_page: Any, place: Place) -> int:
    """How many quarters of a circle, clockwise, most text of the page is turned.

    0 to 3.
    """
    count = pdfium.FPDFText_CountChars(text_page)
    found: Counter[int] = Counter()
    for index in range(0, count, max(1, count // _SAMPLE)):
        if not _is_written(text_page, index):
            continue
        x, y = direction(text_page, index, place)
        found[round(math.atan2(y, x) / (math.pi / 2)) % 4] += 1
    if not found:
        return 0
    turns, most = found.most_common(1)[0]
    return turns if most > _MAJORITY * found.total() else 0


def _is_written(text_page: Any, index: int) -> bool:
    """Whether a character is one of the file, and no space or line end that pdfium added."""
    visible = pdfium.FPDFText_GetUnicode(text_page, index) > 0x20
    return visible and bool(pdfium.FPDFText_GetTextObject(text_page, index))
