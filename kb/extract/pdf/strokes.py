"""Weight and slant of fonts whose name tells nothing, measured in their ink.

Type 3 fonts have no name, makers of files shorten others to `F1`. Of such a font some
letters are drawn, and their strokes compared with those of the type most of the page is
set in.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium

_TELLING = re.compile(r"[^\W\d_]{4}")  # four letters: a name
_MADE_UP = re.compile(r"CIDFont|Type\d?|Font", re.IGNORECASE)
_LETTERS = 14  # of a font that are measured, at least
_HEIGHT = 40  # picture elements to which the size of type is drawn
_LARGEST = 4_000_000  # picture elements of one drawing
# Strokes as a share of the size of type. Of 40 families regular ones measured .05 to
# .102, bold ones .08 to .23, and 1.4 to 1.9 times the regular one of their family.
_HEAVY = 0.118
_HEAVIER = 1.3
_LIGHT = 0.06  # thinner strokes are bold beside none
_PLAIN, _SLANTED = (-6, -3, 0, 3), (8, 10, 12, 14, 16)  # degrees
_CLEARER = 1.04  # times as sharp as upright: slanted

Picture = npt.NDArray[np.bool_]


def tells_nothing(name: str) -> bool:
    """Whether the name of a font says nothing of its looks.

    >>> tells_nothing(""), tells_nothing("CIDFont+F2"), tells_nothing("Arial-BoldMT")
    (True, True, False)
    """
    return not _TELLING.search(_MADE_UP.sub("", name))


class Looks:
    """How the fonts of one page look; drawn when first asked for."""

    def __init__(self, document: Any, page: Any, text_page: Any) -> None:
        self._document, self._page = document, page
        self._text_page = text_page
        self._samples: dict[int, list[Any]] | None = None
        self._main = 0.0

    def of(self, key: int) -> tuple[bool, bool]:
        """Whether the font with the handle `key` is (bold, slanted)."""
        samples = self._all_samples()
        pictures = self._pictures(samples.get(key, ()))
        if not pictures:
            return False, False
        weight = stroke(pictures)
        beside = self._main > _LIGHT and weight > _HEAVIER * self._main
        return weight > _HEAVY or beside, is_slanted(pictures)

    def _all_samples(self) -> dict[int, list[Any]]:
        if self._samples is None:
            self._samples, main = self._drawn()
            self._main = stroke(self._pictures(self._samples.get(main, ())))
        return self._samples

    def _drawn(self) -> tuple[dict[int, list[Any]], int]:
        """Text objects of each font, and the font of most characters."""
        samples: dict[int, list[Any]] = defaultdict(list)
        counts: Counter[int] = Counter()
        last = None
        for index, found in self._letters():
            key = _address(pdfium.FPDFTextObj_GetFont(found))
            if counts[key] < _LETTERS and _address(found) != last:
                samples[key].append((index, found))
            counts[key] += 1
            last = _address(found)
        most = counts.most_common(1)
        return dict(samples), most[0][0] if most else 0

    def _letters(self) -> Iterator[tuple[int, Any]]:
        """The letters of the page with the text object that draws each."""
        for index in range(pdfium.FPDFText_CountChars(self._text_page)):
            code = pdfium.FPDFText_GetUnicode(self._text_page, index)
            if not chr(min(code, 0x10FFFF)).isalpha():
                continue
            found = pdfium.FPDFText_GetTextObject(self._text_page, index)
            if found:
                yield index, found

    def _pictures(self, samples: Sequence[Any]) -> list[Picture]:
        found = (self._picture(*sample) for sample in samples)
        return [picture for picture in found if picture is not None]

    def _picture(self, index: int, text_object: Any) -> Picture | None:
        """The ink of a text object, its type `_HEIGHT` high."""
        size, matrix = ctypes.c_float(), pdfium.FS_MATRIX()
        pdfium.FPDFTextObj_GetFontSize(text_object, size)
        pdfium.FPDFText_GetMatrix(self._text_page, index, matrix)
        points = abs(size.value) * math.hypot(matrix.c, matrix.d)
        if points <= 0.0:
            return None
        scale = _HEIGHT / points
        if self._area(text_object) * scale**2 > _LARGEST:
            return None
        drawn = pdfium.FPDFTextObj_GetRenderedBitmap(
            self._document, self._page, text_object, scale
        )
        if not drawn:
            return None
        try:
            return _ink(drawn)
        finally:
            pdfium.FPDFBitmap_Destroy(drawn)

    def _area(self, text_object: Any) -> float:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        pdfium.FPDFPageObj_GetBounds(text_object, left, bottom, right, top)
        width, height = right.value - left.value, top.value - bottom.value
        return width * height


def _address(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _ink(bitmap: Any) -> Picture:
    """Which elements of a bitmap are covered, by their opacity."""
    height = pdfium.FPDFBitmap_GetHeight(bitmap)
    width = pdfium.FPDFBitmap_GetWidth(bitmap)
    stride = pdfium.FPDFBitmap_GetStride(bitmap)
    start = ctypes.cast(
        pdfium.FPDFBitmap_GetBuffer(bitmap), ctypes.POINTER(ctypes.c_ubyte)
    )
    flat = np.ctypeslib.as_array(start, (height * stride,))
    elements = flat.reshape(height, stride)[:, : 4 * width]
    covered: Picture = elements.reshape(height, width, 4)[:, :, 3] > 127
    return covered


def stroke(pictures: Sequence[Picture]) -> float:
    """Mean width of the strokes of letters, as a share of the size of type.

    Twice their area by their outline, which counted along the grid is 4/pi too long.
    """
    area = sum(int(picture.sum()) for picture in pictures)
    outline = sum(map(_outline, pictures))
    return 8 / math.pi * area / outline / _HEIGHT if outline else 0.0


def _outline(picture: Picture) -> int:
    framed = np.pad(picture, 1)
    across = framed[:, 1:] != framed[:, :-1]
    down = framed[1:] != framed[:-1]
    return int(across.sum() + down.sum())


def is_slanted(pictures: Sequence[Picture]) -> bool:
    """Whether upright strokes line up better when letters are set back by some degrees."""
    upright = max(_sharpness(pictures, degrees) for degrees in _PLAIN)
    slanted = max(_sharpness(pictures, degrees) for degrees in _SLANTED)
    return slanted > _CLEARER * upright


def _sharpness(pictures: Sequence[Picture], degrees: int) -> float:
    """How unevenly ink falls over columns once letters are set back by `degrees`."""
    lean = math.tan(math.radians(degrees))
    total = 0.0
    for picture in pictures:
        rows, columns = picture.nonzero()
        set_back = np.round(columns + lean * rows).astype(int)
        if len(set_back):
            ink = np.bincount(set_back - set_back.min())
            total += float((ink.astype(float) ** 2).sum())
    return total
