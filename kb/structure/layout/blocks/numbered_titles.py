"""Numbered lines in bold that head what follows, as the points of an agenda do, though they
end in a full stop."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.structure.layout.blocks.draft import Draft
from kb.structure.layout.blocks.type_changes import is_wholly
from kb.structure.layout.typography import Typography

_NUMBER = re.compile(r"^(\d{1,2})\.\s")
_FEWEST = 4  # numbers that rise by one through a document
_HEADING = 0.8  # share of such lines that text in other weight follows
_LONGEST = 200  # characters


def with_numbered_titles(
    drafts: Sequence[Draft], usual: Typography
) -> list[Draft]:
    """`drafts`, items wholly in bold that count through the document headings."""
    bold = [
        at
        for at, draft in enumerate(drafts)
        if not usual.bold and _is_bold_item(draft)
    ]
    heads = [at for at in bold if _heads_text(drafts, at)]
    counted = set(_counted(bold, drafts))
    enough = len(heads) >= _HEADING * len(bold)
    return [
        replace(draft, kind="heading") if at in counted and enough else draft
        for at, draft in enumerate(drafts)
    ]


def _is_bold_item(draft: Draft) -> bool:
    """Whether an item with a number is bold from its first word to its last."""
    if draft.kind != "list" or len(draft.text) > _LONGEST:
        return False
    bold = all(is_wholly(row.line, "bold") for row in draft.rows)
    return bold and draft.rows[0].line.bold and _number_of(draft) is not None


def _number_of(draft: Draft) -> int | None:
    match = _NUMBER.match(draft.text)
    return int(match[1]) if match else None


def _heads_text(drafts: Sequence[Draft], at: int) -> bool:
    """Whether running text in another weight follows a draft."""
    after = drafts[at + 1] if at + 1 < len(drafts) else None
    return after is not None and not after.rows[0].line.bold


def _counted(places: Sequence[int], drafts: Sequence[Draft]) -> list[int]:
    """Those of the drafts at `places` that stand in a run of numbers rising by one."""
    runs: list[list[int]] = []
    for at in places:
        last = _number_of(drafts[runs[-1][-1]]) if runs else None
        if last is not None and _number_of(drafts[at]) == last + 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return [at for run in runs if len(run) >= _FEWEST for at in run]
