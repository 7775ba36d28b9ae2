"""How is it cited? References, in-text forms and quotations in a citation style."""

from kb.citing.pandoc import PandocError
from kb.citing.quotation import Quotation, locator_of, quotation
from kb.citing.reading_list import bibliography
from kb.citing.style import UnknownStyleError, style_names
from kb.citing.works import format_works

__all__ = [
    "PandocError",
    "Quotation",
    "UnknownStyleError",
    "bibliography",
    "format_works",
    "locator_of",
    "quotation",
    "style_names",
]
