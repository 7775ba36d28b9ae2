"""What was filled in or typed on top of a page.

Form values and free text, made part of the page.
"""

from __future__ import annotations

from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

_SHOWN_TEXT = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT)
_MOST = 500  # annotations of one page looked at
_NOTICE = 1500  # characters of the longest notice


def page_with_annotations(document: Any, index: int) -> Any:
    """The page at `index`, with the text that its form fields and free text show.

    pdfium draws them into the page; the page is opened anew to see it.
    """
    page = document[index]
    if not _holds_text(page):
        return page
    if document.get_formtype() and document.formenv is None:
        document.init_forms()  # makes the looks of fields that have none
        page.close()
        page = document[index]
    flattened = pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
    if flattened != pdfium.FLATTEN_SUCCESS:
        return page
    page.close()
    return document[index]


def _holds_text(page: Any) -> bool:
    """Whether an annotation of the page may show text of its own."""
    count = min(_MOST, max(0, pdfium.FPDFPage_GetAnnotCount(page)))
    return any(_kind(page, at) in _SHOWN_TEXT for at in range(count))


def _kind(page: Any, at: int) -> int:
    annotation = pdfium.FPDFPage_GetAnnot(page, at)
    if not annotation:
        return 0
    try:
        return int(pdfium.FPDFAnnot_GetSubtype(annotation))
    finally:
        pdfium.FPDFPage_CloseAnnot(annotation)


def is_placeholder(document: Any, characters: int) -> bool:
    """Whether a file holds only a notice for programs that cannot show its form.

    Such a form (XFA) draws its pages by program; what stands on the page is "please wait".
    """
    try:
        dynamic = document.get_formtype() == pdfium.FORMTYPE_XFA_FULL
    except pypdfium2.PdfiumError:
        return False
    return dynamic and len(document) == 1 and characters < _NOTICE
