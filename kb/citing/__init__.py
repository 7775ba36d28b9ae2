"""How is it cited? References, in-text forms and quotations in a citation style."""

from kb.citing.style import UnknownStyleError, style_names
from kb.citing.works import format_works

__all__ = ["UnknownStyleError", "format_works", "style_names"]
