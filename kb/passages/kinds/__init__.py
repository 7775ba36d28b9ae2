"""What is a passage to a reader: a finding, a definition, a respondent's words?

Rules first (`rules`); what they leave to weigh is weighed by a small model over their votes,
the form of the text, who speaks, and what the rest of the document is (`learned`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kb.passages.kinds.forms import quoted_share
from kb.passages.kinds.learned import learned_kinds
from kb.passages.kinds.rules import all_ruled, kind_of
from kb.records import Passage

__all__ = ["kind_of", "quoted_share", "with_kinds"]


def with_kinds(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """The passages of one document, in order, each with its kind."""
    listed = list(passages)
    kinds = learned_kinds(all_ruled(listed))
    return tuple(
        replace(passage, kind=kind)
        for passage, kind in zip(listed, kinds, strict=True)
    )
