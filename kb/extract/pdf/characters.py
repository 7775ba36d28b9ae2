"""The characters of one PDF page in the order of the file.

Each with its place and type.
"""

from __future__ import annotations

import ctypes
import math
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from kb.extract.pdf.place import Place, direction
from kb.extract.pdf.strokes import Looks, tells_nothing

_BOLD = re.compile(
    r"bold|black|heavy|demi|medi(?:um)?\b|[-,]medi|cmbx|[-,]bd|-(?:b|blk|hv)$",
    re.IGNORECASE,
)
_ITALIC = re.compile(r"italic|oblique|kursiv|cmti|-it$|slanted", re.IGNORECASE)
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_FILL_AND_STROKE, _INVISIBLE = 2, 3  # text rendering modes
_FLAG_ITALIC, _FLAG_FORCE_BOLD = 1 << 6, 1 << 18
_UPRIGHT = (
    0.9  # cosine of the angle up to which text is written from left to right
)
_SPACES = frozenset({0x00, 0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x3000})
_HYPHEN_MARK = 0x02  # what pdfium makes of a hyphen at the end of a line
_SOFT_HYPHEN = 0xAD
_NAME_BYTES = 256
# What some fonts call a letter, and what it is.
_LETTERS = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
    0x0132: "IJ",
    0x0133: "ij",
    _HYPHEN_MARK: "-",
}


@dataclass(frozen=True, slots=True)
class Style:
    """Type of a run of characters; `size` in points as shown."""

    size: float
    font: str = ""
    bold: bool = False
    italic: bool = False
    color: str = ""
    invisible: bool = (
        False  # drawn as nothing, as recognition does under a scan
    )


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character as shown; `base` is the height of its baseline.

    `white` is measured in points from the beginning of a space written before it.
    `step` is the white in points beyond the advance of the character before: its box
    would not do, as that holds what leans over as well.
    """

    text: str
    x0: float
    x1: float
    base: float
    style: Style
    top: float = 0.0
    gap: bool = False  # white space stands before it in the order of the file
    white: float = 0.0
    step: float = 0.0
    turned: bool = False  # not written from left to right


class _Styles:
    """Styles of text objects; what is known of a font is looked up once."""

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        self._fonts: dict[int, tuple[str, bool, bool]] = {}
        self._advances: dict[tuple[int, int], float] = {}
        self._key, self._handle = 0, None
        self._buffer = ctypes.create_string_buffer(_NAME_BYTES)
        self._matrix = pdfium.FS_MATRIX()
        self._number = ctypes.c_float()
        self._rgba = [ctypes.c_uint() for _ in range(4)]

    def of(self, text_object: Any, text_page: Any, index: int) -> Style:
        """The type of a text object of which `index` is a character."""
        pdfium.FPDFTextObj_GetFontSize(text_object, self._number)
        size = self._number.value
        if pdfium.FPDFText_GetMatrix(text_page, index, self._matrix):
            size *= math.hypot(self._matrix.c, self._matrix.d) or 1.0
        mode = pdfium.FPDFTextObj_GetTextRenderMode(text_object)
        font, bold, italic = self._font(
            pdfium.FPDFTextObj_GetFont(text_object)
        )
        color, alpha = self._color(text_object)
        return Style(
            round(abs(size), 2),
            font,
            bold or mode == _FILL_AND_STROKE,
            italic,
            color,
            mode == _INVISIBLE or alpha == 0,
        )

    def advance(self, code: int, size: float) -> float:
        """How far a character of the last font moves the pen at `size`.

        0.0 where unknown.
        """
        key = (self._key, code)
        if key not in self._advances:
            known = bool(self._key) and pdfium.FPDFFont_GetGlyphWidth(
                self._handle, code, 100.0, self._number
            )
            self._advances[key] = self._number.value / 100 if known else 0.0
        return self._advances[key] * size

    def _font(self, font: Any) -> tuple[str, bool, bool]:
        """(name, bold, italic) of a font handle."""
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        self._key, self._handle = key, font
        if key not in self._fonts:
            name = self._name(font) if key else ""
            flags = max(0, pdfium.FPDFFont_GetFlags(font)) if key else 0
            bold = bool(_BOLD.search(name)) or bool(flags & _FLAG_FORCE_BOLD)
            italic = bool(_ITALIC.search(name)) or bool(flags & _FLAG_ITALIC)
            if key and tells_nothing(name):
                heavy, slanted = self._looks.of(key)
                bold, italic = bold or heavy, italic or slanted
            self._fonts[key] = name, bold, italic
        return self._fonts[key]

    def _name(self, font: Any) -> str:
        length = pdfium.FPDFFont_GetBaseFontName(
            font, self._buffer, _NAME_BYTES
        )
        written = max(
            0, min(length, _NAME_BYTES) - 1
        )  # without the closing zero
        return _SUBSET.sub(
            "", self._buffer.raw[:written].decode("utf-8", "replace")
        )

    def _color(self, text_object: Any) -> tuple[str, int]:
        """(colour as #rrggbb, opacity from 0 to 255)."""
        if not pdfium.FPDFPageObj_GetFillColor(text_object, *self._rgba):
            return "", 255
        red, green, blue, alpha = (part.value for part in self._rgba)
        return f"#{red:02x}{green:02x}{blue:02x}", alpha


def glyphs_of(text_page: Any, place: Place, looks: Looks) -> Iterator[Glyph]:
    """The characters of `text_page` (pdfium handle) in the order of the file, without white
    space.
    """
    styles = _Styles(looks)
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    style, owner, turned, gap = Style(0.0), None, False, False
    space: float | None = (
        None  # where a written space before this character began
    )
    last = (0, 0.0)  # the character before and where it began
    ends: float | None = (
        None  # where a ligature did that is written as letters
    )
    for index in range(pdfium.FPDFText_CountChars(text_page)):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        text_object = pdfium.FPDFText_GetTextObject(text_page, index)
        pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
        if not text_object or _is_space(code):
            gap = True
            if text_object and space is None:
                space = place.point(x.value, y.value)[0]
            continue
        if _is_unseen(code):
            continue
        advance = styles.advance(last[0], style.size)
        address = ctypes.cast(text_object, ctypes.c_void_p).value
        if address != owner:
            owner, style = address, styles.of(text_object, text_page, index)
            turned = direction(text_page, index, place)[0] < _UPRIGHT
        pdfium.FPDFText_GetLooseCharBox(text_page, index, box)
        x0, top, x1, bottom = place.box(
            box.left, box.bottom, box.right, box.top
        )
        start, base = place.point(x.value, y.value)
        yield Glyph(
            _LETTERS.get(code) or chr(code),
            x0,
            x1,
            bottom if turned else base,
            style,
            top,
            gap,
            start - space if space is not None else 0.0,
            _step(start, last[1], advance, ends),
            turned,
        )
        ends = x1 if start == last[1] else None
        gap, space, last = False, None, (code, start)


def _step(
    start: float, before: float, advance: float, ends: float | None
) -> float:
    """White beyond the advance of the character that began at `before`.

    Letters of one ligature begin at one place, and its box ends where it does.

    >>> _step(202.0, 197.0, 2.5, None), _step(202.0, 197.0, 2.5, 202.0)
    (2.5, 0.0)
    """
    if ends is not None:
        return start - ends
    return start - before - advance if advance else 0.0


def _is_space(code: int) -> bool:
    """Whether a code stands for white space, or for half of a character that is no text."""
    return code in _SPACES or 0xD800 <= code < 0xE000


def _is_unseen(code: int) -> bool:
    """Whether a code is a sign without ink: zero-width signs, direction marks.

    Kept are the soft hyphen, which is printed at the end of a line, and control codes,
    which tell that the text of a page is a cipher.
    """
    if code > sys.maxunicode:
        return True
    if code < 0x80 or code == _SOFT_HYPHEN:
        return False
    return code in (0xFFFE, 0xFFFF) or unicodedata.category(chr(code)) == "Cf"
