"""The ruled lines, filled shapes and images of one PDF page, as boxes."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from kb.extract.pdf.place import Place
from kb.records import Box

_MOST = 6000  # objects looked at; maps have more, and need not be known line by line
_DEPTH = 3  # forms within forms
_GROUND = 0.9  # share of a page from which on a shape is its ground
_WHITE = 250  # grey value (0..255) from which on nothing is seen on paper
_THIN = 5.0  # points: what is no higher or wider hides no word

Matrix = tuple[float, float, float, float, float, float]
Bounds = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(slots=True)
class Graphics:
    """What is drawn on a page.

    Visible lines and shapes, images, and fills that may hide text.
    """

    rules: list[Box] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Paint:
    """How a path is painted."""

    visible: bool  # in another colour than paper
    filled: bool


def graphics_of(
    page: Any, number: int, place: Place, width: float, height: float
) -> Graphics:
    """What is drawn on `page` (pdfium handle).

    What covers the whole page is no rule.
    """
    found = Graphics()
    for item, bounds in _objects(page):
        box = _clipped(place.box(*bounds), number, width, height)
        if box is None:
            continue
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            found.images.append(box)
            continue
        paint = (
            _paint(item)
            if kind == pdfium.FPDF_PAGEOBJ_PATH
            else _Paint(True, True)
        )
        if paint.filled and min(box.width, box.height) > _THIN:
            found.fills.append(box)
        area = box.width * box.height
        if paint.visible and area < _GROUND * width * height:
            found.rules.append(box)
    return found


def _clipped(
    box: tuple[float, float, float, float],
    number: int,
    width: float,
    height: float,
) -> Box | None:
    """The part of a box that lies on the page, if any does."""
    x0, x1 = max(box[0], 0.0), min(box[2], width)
    top, bottom = max(box[1], 0.0), min(box[3], height)
    if x1 < x0 or bottom < top:
        return None
    return Box(
        number, round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2)
    )


def _objects(page: Any) -> Iterator[tuple[Any, Bounds]]:
    """Images, shadings and paths with their bounds in page space, forms opened."""
    edges = [ctypes.c_float() for _ in range(4)]
    seen = 0
    stack: list[tuple[Any, Matrix | None, int]] = [
        (None, None, 0)
    ]  # form, its depth
    while stack:
        form, matrix, depth = stack.pop()
        for item in _children(page, form):
            seen += 1
            if seen > _MOST:
                return
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
                stack.append((item, _within(item, matrix), depth + 1))
            elif _is_drawn(kind) and pdfium.FPDFPageObj_GetBounds(
                item, *edges
            ):
                yield item, _moved(matrix, *(edge.value for edge in edges))


def _children(page: Any, form: Any) -> Iterator[Any]:
    """The objects of a form, or of the page where `form` is None."""
    if form is None:
        for index in range(max(0, pdfium.FPDFPage_CountObjects(page))):
            yield pdfium.FPDFPage_GetObject(page, index)
    else:
        for index in range(max(0, pdfium.FPDFFormObj_CountObjects(form))):
            yield pdfium.FPDFFormObj_GetObject(form, index)


def _is_drawn(kind: int) -> bool:
    return kind in (
        pdfium.FPDF_PAGEOBJ_IMAGE,
        pdfium.FPDF_PAGEOBJ_SHADING,
        pdfium.FPDF_PAGEOBJ_PATH,
    )


def _within(form: Any, outer: Matrix | None) -> Matrix:
    """The matrix of a form, and of the one it stands in."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(form, matrix)
    a, b, c, d, e, f = (
        matrix.a,
        matrix.b,
        matrix.c,
        matrix.d,
        matrix.e,
        matrix.f,
    )
    if outer is None:
        return a, b, c, d, e, f
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc,
        a * ob + b * od,
        c * oa + d * oc,
        c * ob + d * od,
        e * oa + f * oc + oe,
        e * ob + f * od + of,
    )


def _moved(
    matrix: Matrix | None, left: float, bottom: float, right: float, top: float
) -> Bounds:
    """The bounds of a rectangle of a form, in page space."""
    if matrix is None:
        return left, bottom, right, top
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (left, right) for y in (bottom, top)]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _paint(path: Any) -> _Paint:
    """Whether a path is stroked or filled in a colour that is seen on paper and filled."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, fill, stroke):
        return _Paint(False, False)
    rgba = [ctypes.c_uint() for _ in range(4)]
    if stroke.value:
        known = pdfium.FPDFPageObj_GetStrokeColor(path, *rgba)
        return _Paint(bool(known) and _is_ink(rgba), bool(fill.value))
    if not fill.value or not pdfium.FPDFPageObj_GetFillColor(path, *rgba):
        return _Paint(False, False)
    return _Paint(_is_ink(rgba), rgba[3].value > 0)


def _is_ink(rgba: list[ctypes.c_uint]) -> bool:
    red, green, blue, alpha = (part.value for part in rgba)
    return alpha > 0 and min(red, green, blue) < _WHITE
