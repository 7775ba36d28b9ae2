"""How is it cited? References, in-text forms and quotations in a citation style."""

from kb.citing.locator import computed_page, has_certain_page, locator_of
from kb.citing.namesakes import beside, told_apart
from kb.citing.pandoc import PandocError
from kb.citing.quotation import Quotation, quotation
from kb.citing.reading_list import bibliography
from kb.citing.secondary import secondary_citation
from kb.citing.style import UnknownStyleError, style_names
from kb.citing.works import format_works

__all__ = [
    "PandocError",
    "Quotation",
    "UnknownStyleError",
    "beside",
    "bibliography",
    "computed_page",
    "format_works",
    "has_certain_page",
    "locator_of",
    "quotation",
    "secondary_citation",
    "style_names",
    "told_apart",
]
