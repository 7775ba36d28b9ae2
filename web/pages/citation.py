"""How a passage or a work is cited, as it stands on a page."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage ready to paste: the quotation with its citation, both forms of the citation, and the reference."""

    text: str
    parenthetical: str
    narrative: str
    reference: str
    reference_html: Markup

    @property
    def whole(self) -> str:
        """Quotation and reference, as the copy button gives them."""
        return f"{self.text}\n\n{self.reference}" if self.reference else self.text
