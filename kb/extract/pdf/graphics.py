"""The ruled lines, filled shapes and images of one PDF page, as boxes."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from kb.extract.pdf.glyphs import Place
from kb.records import Box

_MOST = 6000  # objects of a page looked at; maps have more, and need not be known line by line
_DEPTH = 3  # forms within forms
_SHOWN = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING)


def graphics_of(
    page: Any, number: int, place: Place, width: float, height: float
) -> tuple[list[Box], list[Box]]:
    """(visible lines and shapes, images) of `page` (pdfium handle); what covers the whole page as a ground is left out."""
    rules: list[Box] = []
    images: list[Box] = []
    for kind, bounds in _objects(page):
        x0, top, x1, bottom = place.box(*bounds)
        x0, x1, top, bottom = (
            max(x0, 0.0),
            min(x1, width),
            max(top, 0.0),
            min(bottom, height),
        )
        if x1 < x0 or bottom < top:
            continue
        box = Box(number, round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            images.append(box)
        elif (x1 - x0) * (bottom - top) < 0.9 * width * height:
            rules.append(box)
    return rules, images


def _objects(page: Any) -> Iterator[tuple[int, tuple[float, float, float, float]]]:
    edges = [ctypes.c_float() for _ in range(4)]
    seen = 0
    stack: list[tuple[Any, Any, int]] = [(None, None, 0)]  # form, matrix, depth
    while stack:
        form, matrix, depth = stack.pop()
        count = (
            pdfium.FPDFPage_CountObjects(page)
            if form is None
            else pdfium.FPDFFormObj_CountObjects(form)
        )
        for index in range(max(0, count)):
            seen += 1
            if seen > _MOST:
                return
            item = (
                pdfium.FPDFPage_GetObject(page, index)
                if form is None
                else pdfium.FPDFFormObj_GetObject(form, index)
            )
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
                stack.append((item, _within(item, matrix), depth + 1))
                continue
            shown = kind in _SHOWN or (
                kind == pdfium.FPDF_PAGEOBJ_PATH and _is_visible(item)
            )
            if shown and pdfium.FPDFPageObj_GetBounds(item, *edges):
                yield kind, _moved(matrix, *(edge.value for edge in edges))


def _within(form: Any, outer: tuple[float, ...] | None) -> tuple[float, ...]:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(form, matrix)
    a, b, c, d, e, f = matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
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
    matrix: tuple[float, ...] | None,
    left: float,
    bottom: float,
    right: float,
    top: float,
) -> tuple[float, float, float, float]:
    if matrix is None:
        return left, bottom, right, top
    a, b, c, d, e, f = matrix
    corners = [
        (a * x + c * y + e, b * x + d * y + f)
        for x in (left, right)
        for y in (bottom, top)
    ]
    return (
        min(x for x, _ in corners),
        min(y for _, y in corners),
        max(x for x, _ in corners),
        max(y for _, y in corners),
    )


def _is_visible(path: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, fill, stroke):
        return False
    rgba = [ctypes.c_uint() for _ in range(4)]
    if stroke.value:
        return bool(pdfium.FPDFPageObj_GetStrokeColor(path, *rgba)) and _is_ink(rgba)
    return (
        bool(fill.value)
        and bool(pdfium.FPDFPageObj_GetFillColor(path, *rgba))
        and _is_ink(rgba)
    )


def _is_ink(rgba: list[ctypes.c_uint]) -> bool:
    red, green, blue, alpha = (part.value for part in rgba)
    return alpha > 0 and min(red, green, blue) < 250
