"""The characters of one PDF page, as words and lines with their place and type.

Lines keep the order in which the file writes them; a jump, a wide gap or another baseline begins a new one.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2.raw as pdfium

from kb.records import Line, Word

_BOLD = re.compile(
    r"bold|black|heavy|demi|medi(?:um)?\b|[-,]medi|cmbx|[-,]bd|-b$", re.IGNORECASE
)
_ITALIC = re.compile(r"italic|oblique|kursiv|cmti|-it$|slanted", re.IGNORECASE)
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_INVISIBLE = 3  # text rendering mode
_FLAG_ITALIC, _FLAG_FORCE_BOLD = 1 << 6, 1 << 18
_SOFT = "\u00ad"
_SKIPPED = frozenset({0x200B, 0x200C, 0x200D, 0xFEFF, 0xFFFE, 0xFFFF})
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_ACCENTS = {
    "¨": "\u0308",
    "´": "\u0301",
    "`": "\u0300",
    "ˆ": "\u0302",
    "¸": "\u0327",
    "˜": "\u0303",
}
_HYPHEN_MARK = 0x02  # what pdfium makes of a hyphen at the end of a line
_SPACE = 0.1  # em: the least advance of a written space that counts
_BARE = 0.16  # em: the least white between words where no space is written
_WIDE = 1.5  # em: a wider gap ends a line
_APART = (
    0.6  # em: a wider gap between two sizes of type ends a line: a note in the margin
)
_TRACKING = 0.04, 0.4  # em: letters set this far apart are letter-spaced


@dataclass(frozen=True, slots=True)
class Place:
    """Page space to points from the top left of the page as shown: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(
        self, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        """(x0, top, x1, bottom) of a rectangle in page space."""
        xa, ya = self.point(left, bottom)
        xb, yb = self.point(right, top)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)


def turned_back(place: Place, turns: int, width: float, height: float) -> Place:
    """`place` on a page of `width` × `height` turned back by `turns` quarters, so that its text stands upright."""
    a, b, c, d, e, f = place.a, place.b, place.c, place.d, place.e, place.f
    for _ in range(turns):  # a quarter counterclockwise: x' = y, y' = width - x
        a, b, c, d, e, f = b, -a, d, -c, f, width - e
        width, height = height, width
    return Place(a, b, c, d, e, f)


def place_of(page: Any, width: float, height: float) -> Place:
    """How `page` (pypdfium2) lies when shown: its crop box and rotation in one."""
    scale = max(1, int(1_000_000 / max(width, height, 1.0)))
    out_x, out_y = ctypes.c_int(), ctypes.c_int()

    def shown(x: float, y: float) -> tuple[float, float]:
        pdfium.FPDF_PageToDevice(
            page, 0, 0, int(width * scale), int(height * scale), 0, x, y, out_x, out_y
        )
        return out_x.value / scale, out_y.value / scale

    (x0, y0), (x1, y1), (x2, y2) = shown(0, 0), shown(1000, 0), shown(0, 1000)
    return Place(
        (x1 - x0) / 1000, (y1 - y0) / 1000, (x2 - x0) / 1000, (y2 - y0) / 1000, x0, y0
    )


@dataclass(frozen=True, slots=True)
class Style:
    """Type of a run of characters; `size` in points as shown."""

    size: float
    font: str = ""
    bold: bool = False
    italic: bool = False
    color: str = ""
    invisible: bool = False


class _Styles:
    """Styles of text objects, looked up once for each object."""

    def __init__(self) -> None:
        self._fonts: dict[int, tuple[str, bool, bool]] = {}
        self._advances: dict[tuple[int, int], float] = {}
        self._key, self._handle = 0, None
        self._buffer = ctypes.create_string_buffer(256)
        self._matrix = pdfium.FS_MATRIX()
        self._number = ctypes.c_float()
        self._rgba = [ctypes.c_uint() for _ in range(4)]

    def of(self, text_object: Any, text_page: Any, index: int) -> Style:
        pdfium.FPDFTextObj_GetFontSize(text_object, self._number)
        size = self._number.value
        if pdfium.FPDFText_GetMatrix(text_page, index, self._matrix):
            size *= math.hypot(self._matrix.c, self._matrix.d) or 1.0
        mode = pdfium.FPDFTextObj_GetTextRenderMode(text_object)
        font, bold, italic = self._font(pdfium.FPDFTextObj_GetFont(text_object))
        return Style(
            round(abs(size), 2),
            font,
            bold or mode == 2,
            italic,
            self._color(text_object),
            mode == _INVISIBLE,
        )

    def advance(self, code: int, size: float) -> float:
        """How far a character of the font looked up last moves the pen, in points at `size`; 0.0 where the font does not say."""
        key = (self._key, code)
        if key not in self._advances:
            known = bool(self._key) and pdfium.FPDFFont_GetGlyphWidth(
                self._handle, code, 100.0, self._number
            )
            self._advances[key] = self._number.value / 100 if known else 0.0
        return self._advances[key] * size

    def _font(self, font: Any) -> tuple[str, bool, bool]:
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        self._key, self._handle = key, font
        if key not in self._fonts:
            length = (
                pdfium.FPDFFont_GetBaseFontName(font, self._buffer, 256) if key else 0
            )
            name = _SUBSET.sub(
                "",
                self._buffer.raw[: max(0, min(length, 256) - 1)].decode(
                    "utf-8", "replace"
                ),
            )
            flags = max(0, pdfium.FPDFFont_GetFlags(font)) if key else 0
            bold = bool(_BOLD.search(name)) or bool(flags & _FLAG_FORCE_BOLD)
            self._fonts[key] = (
                name,
                bold,
                bool(_ITALIC.search(name)) or bool(flags & _FLAG_ITALIC),
            )
        return self._fonts[key]

    def _color(self, text_object: Any) -> str:
        if not pdfium.FPDFPageObj_GetFillColor(text_object, *self._rgba):
            return ""
        red, green, blue = (part.value for part in self._rgba[:3])
        return f"#{red:02x}{green:02x}{blue:02x}"


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character as shown; `base` is the height of its baseline."""

    text: str
    x0: float
    x1: float
    base: float
    style: Style
    top: float = 0.0
    gap: bool = False  # there is white space before it in the order of the file
    white: float = (
        0.0  # points from the beginning of a space written before it, where one is
    )
    step: float = 0.0  # points beyond the advance of the character before: a box holds what leans over as well
    turned: bool = False  # not written from left to right


def glyphs_of(text_page: Any, place: Place) -> Iterator[Glyph]:
    """The characters of `text_page` (pdfium handle) in the order of the file, white space left out."""
    styles = _Styles()
    rectangle = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    style, owner, turned, gap = Style(0.0), None, False, False
    space: float | None = None
    last: tuple[int, float] | None = None  # character before and where it began
    for index in range(pdfium.FPDFText_CountChars(text_page)):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        text_object = pdfium.FPDFText_GetTextObject(text_page, index)
        if (
            code in (0, 0x20, 0xA0, 0x0D, 0x0A, 0x09, 0x3000)
            or not text_object
            or 0xD800 <= code < 0xE000
        ):
            gap = True
            if (
                text_object
                and space is None
                and pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
            ):
                space = place.point(x.value, y.value)[0]
            continue
        if code in _SKIPPED:
            continue
        address = ctypes.cast(text_object, ctypes.c_void_p).value
        advance = styles.advance(last[0], style.size) if last else 0.0
        if address != owner:
            owner, style = address, styles.of(text_object, text_page, index)
            turned = _direction(text_page, index, place)[0] < 0.9
        pdfium.FPDFText_GetLooseCharBox(text_page, index, rectangle)
        pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
        x0, top, x1, bottom = place.box(
            rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
        )
        start, base = place.point(x.value, y.value)
        white = start - space if space is not None else 0.0
        step = start - last[1] - advance if last is not None and advance else 0.0
        yield Glyph(
            "-" if code == _HYPHEN_MARK else _LIGATURES.get(code) or chr(code),
            x0,
            x1,
            bottom if turned else base,
            style,
            top,
            gap,
            white,
            step,
            turned,
        )
        gap, space, last = False, None, (code, start)


def _direction(text_page: Any, index: int, place: Place) -> tuple[float, float]:
    """Unit vector in which a character is written, as shown (x to the right, y downwards)."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(text_page, index, matrix):
        return 1.0, 0.0
    x, y = (
        place.a * matrix.a + place.c * matrix.b,
        place.b * matrix.a + place.d * matrix.b,
    )
    length = math.hypot(x, y) or 1.0
    return x / length, y / length


def quarter_turns(text_page: Any, place: Place) -> int:
    """How many quarters of a circle, clockwise, most text of the page is turned: 0 to 3."""
    count = pdfium.FPDFText_CountChars(text_page)
    found: Counter[int] = Counter()
    for index in range(0, count, max(1, count // 200)):
        if pdfium.FPDFText_GetUnicode(
            text_page, index
        ) > 0x20 and pdfium.FPDFText_GetTextObject(text_page, index):
            x, y = _direction(text_page, index, place)
            found[round(math.atan2(y, x) / (math.pi / 2)) % 4] += 1
    turns, most = found.most_common(1)[0] if found else (0, 0)
    return turns if most > 0.6 * sum(found.values()) else 0


@dataclass(frozen=True, slots=True)
class Run:
    """A word as it comes from the file: with its baseline, whether it is turned, and whether it is shown."""

    word: Word
    base: float
    turned: bool = False
    invisible: bool = False


def words_of(glyphs: Iterator[Glyph]) -> Iterator[Run]:
    """Words in the order of the file; turned text, whatever its angle, as one run a line."""
    for stretch in _stretches(glyphs):
        tracking = _tracking(stretch)
        run: list[Glyph] = []
        for glyph in stretch:
            if run and _begins_word(run[-1], glyph, tracking):
                yield _word(run)
                run = []
            run.append(glyph)
        yield _word(run)


def _stretches(glyphs: Iterator[Glyph]) -> Iterator[list[Glyph]]:
    """Characters that follow each other on one baseline in one type."""
    stretch: list[Glyph] = []
    for glyph in glyphs:
        if stretch and _leaves_line(stretch[-1], glyph):
            yield stretch
            stretch = []
        stretch.append(glyph)
    if stretch:
        yield stretch


def _tracking(stretch: Sequence[Glyph]) -> float:
    """White in points between the letters of a letter-spaced stretch; 0.0 for others."""
    size = stretch[0].style.size
    if (
        len(stretch) < 6
        or stretch[0].turned
        or sum(glyph.text.isalpha() for glyph in stretch) < 0.7 * len(stretch)
    ):
        return 0.0
    usual = median(other.x0 - one.x1 for one, other in pairwise(stretch))
    return usual if _TRACKING[0] * size < usual < _TRACKING[1] * size else 0.0


def _leaves_line(last: Glyph, glyph: Glyph) -> bool:
    """Whether `glyph` stands on another baseline than the one before it, before it, or in quite another type."""
    size = max(last.style.size, glyph.style.size, 1.0)
    if last.turned or glyph.turned:
        return last.turned != glyph.turned or last.style != glyph.style
    if abs(glyph.base - last.base) > 0.12 * size or glyph.x0 < last.x0 - 0.3 * size:
        return True
    return (
        last.style.size != glyph.style.size
        and min(last.style.size, glyph.style.size) < 0.8 * size
    )


def _begins_word(last: Glyph, glyph: Glyph, tracking: float) -> bool:
    """Whether white stands between two characters of a stretch; `tracking` is what stands between its letters anyhow."""
    if glyph.turned:
        return False
    size = max(last.style.size, glyph.style.size, 1.0)
    if tracking:
        return max(glyph.white, glyph.x0 - last.x1) > tracking + 0.15 * size
    step = glyph.x0 - last.x1
    if (
        last.style.italic
        and (glyph.gap or step > 0.03 * size)
        and glyph.step > (_SPACE if glyph.gap else _BARE) * size
    ):
        return True
    return glyph.white > _SPACE * size or step > (_SPACE if glyph.gap else 0.25) * size


def _word(run: list[Glyph]) -> Run:
    style = run[0].style
    base = max(g.base for g in run) if run[0].turned else run[0].base
    x0, x1 = min(g.x0 for g in run), max(g.x1 for g in run)
    text = "".join(
        f" {g.text}" if g.turned and g.gap and g is not run[0] else g.text for g in run
    )
    text = (
        unicodedata.normalize("NFC", _composed(text, run))
        if not text.isascii() or "`" in text
        else text
    )
    text = text[:-1].replace(_SOFT, "") + text[-1:]
    top, bottom = base - 0.75 * style.size, base + 0.25 * style.size
    if run[0].turned:
        top, bottom = min(g.top for g in run), base
    word = Word(
        text,
        x0,
        top,
        x1,
        bottom,
        style.size,
        style.font,
        style.bold,
        style.italic,
        style.color,
    )
    return Run(word, base, run[0].turned, style.invisible)


def _composed(text: str, run: list[Glyph]) -> str:
    """Accents set as characters of their own over the next letter, as old typesetting does, made one with it."""
    if run[0].turned or len(text) != len(run):
        return text
    parts: list[str] = []
    at = 0
    while at < len(run):
        accent = _ACCENTS.get(text[at])
        if (
            accent
            and at + 1 < len(run)
            and run[at + 1].x0 < run[at].x1 - 0.3 * (run[at].x1 - run[at].x0)
            and text[at + 1].isalpha()
        ):
            parts.append(text[at + 1] + accent)
            at += 2
        else:
            parts.append(text[at])
            at += 1
    return "".join(parts)


def lines_of(runs: Iterable[Run]) -> list[Line]:
    """Words on one baseline, which may drift a little; raised marks join the line they stand in."""
    lines: list[Line] = []
    open_line: list[Run] = []
    for run in runs:
        if open_line and not _continues(open_line, run):
            lines.append(line_of([r.word for r in open_line]))
            open_line = []
        open_line.append(run)
    if open_line:
        lines.append(line_of([r.word for r in open_line]))
    return lines


def _continues(line: list[Run], run: Run) -> bool:
    last = line[-1]
    if last.turned or run.turned:
        return False
    size = max(run.word.size, *(r.word.size for r in line[-3:]))
    gap = run.word.x0 - last.word.x1
    if not -0.5 * size < gap < _WIDE * size:
        return False
    if (
        size > 1.8 * min(run.word.size, last.word.size) > 0
        and abs(run.base - last.base) < 0.1 * size
    ):
        return False  # a large figure beside a heading
    if gap > _APART * size and _is_other_text(line, run, size):
        return False
    if min(run.word.size, last.word.size) >= 0.85 * size:
        return abs(run.base - last.base) <= 0.28 * size
    full = next((r for r in reversed(line) if r.word.size >= 0.85 * size), None)
    return (
        abs(run.base - (full or last).base)
        <= (0.28 if full and run.word.size >= 0.85 * size else 0.55) * size
    )


def _is_other_text(line: list[Run], run: Run, size: float) -> bool:
    """Whether `run` is of smaller or larger type on the baseline of a whole text: a note in the margin begins or ends there."""
    last = line[-1]
    uneven = (
        min(run.word.size, last.word.size) < 0.92 * size
        and abs(run.base - last.base) < 0.1 * size
    )
    return uneven and not run.invisible and sum(len(r.word.text) for r in line) > 3


def line_of(words: list[Word]) -> Line:
    """One line of `words`, with the type of its larger part."""
    weights: dict[tuple[float, str, bool, bool, str], int] = {}
    for word in words:
        style = (word.size, word.font, word.bold, word.italic, word.color)
        weights[style] = weights.get(style, 0) + len(word.text)
    size, font, bold, italic, color = max(weights, key=lambda style: weights[style])
    text = text_of(words)
    if (
        text.isupper() and len(weights) > 1
    ):  # small capitals: the size is that of the large ones
        size = max(
            [size, *(w.size for w in words if w.text.isalpha() and w.size < 1.5 * size)]
        )
    main = [w for w in words if w.size >= 0.85 * size] or words
    return Line(
        text, min(w.x0 for w in words), min(w.top for w in main), max(w.x1 for w in words), max(w.bottom for w in main),
        size, font, bold, italic, color, tuple(words),
    )  # fmt: skip


def text_of(words: list[Word]) -> str:
    """The text of words on one line: a space between words of one type, and before a mark only where there is one to be seen."""
    parts: list[str] = []
    last: Word | None = None
    for word in words:
        if last is not None and spaced(last, word):
            parts.append(" ")
        parts.append(word.text)
        last = word
    return "".join(parts)


def spaced(last: Word, word: Word) -> bool:
    """Whether a space stands between two words of a line; a raised mark may follow without one."""
    even = (
        abs(word.size - last.size) < 0.1 * word.size
        and abs(word.bottom - last.bottom) < 0.1 * word.size
    )
    return even or word.x0 - last.x1 > 0.08 * max(last.size, word.size)
