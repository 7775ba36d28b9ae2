"""Is this group of rows a heading? Told by its type, length and wording.

One named sign at a time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kb.structure.layout.typography import Row, Typography
from kb.structure.layout.wording import has_leaders, is_numbered_heading

_ABBREVIATION = re.compile(r"\b(?:e\.a|etc|e\.d|i\.o|c\.s)\.$")
_DEEP_NUMBER = re.compile(r"^\d{1,2}\.\d{1,2}(?:\.\d{1,2})*\.?\s")
_SENTENCE_WITHIN = re.compile(r"[a-zà-ÿ]{4}[.!?]\s+[A-ZÀ-Þ]")
# Characters.
_LONGEST = 200
_NARROW = 120  # up to which five rows show a narrow column
_LONGEST_LARGE = 90  # of large type that ends as sentences do
_LONGEST_BOLD = 160
_LONGEST_NUMBERED = 110
_LONGEST_CAPITALS = 80
_LONGEST_SLANTED = 100
_LONGEST_SLANTED_BARE = 70
_SENTENCES = 60  # from which on a full stop within bold type shows text
_CAPITALS = 8  # letters
_MOST_ROWS = 4
_MOST_ROWS_LARGE = 6  # of large type in narrow columns
# Times the size of the text.
_SMALLEST = 0.89
_LOWER_CASE = 1.3  # from which on a heading may begin with a small letter
_SLANTED = 1.04
_GAP = 2.0  # sizes of type between the cells of a table


def is_heading(group: Sequence[Row], usual: Typography) -> bool:
    """Whether type, length and place make this group a heading."""
    text = text_of(group).strip()
    if not _could_be_heading(group, text, usual):
        return False
    if usual.is_large(group[0].line):
        return not (_ends(text) and len(text) > _LONGEST_LARGE)
    if _ends(text) or (text.endswith(":") and not is_numbered_heading(text)):
        return False
    if stands_out(group, usual):
        return not _is_bold_text(text)
    return (
        _is_in_capitals(group, text)
        or _is_deeply_numbered(group, text)
        or _is_slanted_title(group, text, usual)
    )


def text_of(group: Sequence[Row]) -> str:
    """A rough text, for judging only."""
    return " ".join(row.text for row in group)


def stands_out(group: Sequence[Row], usual: Typography) -> bool:
    """Whether every row is bold or underlined, or in a colour and font of its own, where
    running text is not.
    """
    if all(row.line.bold for row in group) and not usual.bold:
        return True
    if all(row.underlined for row in group):
        return True
    line = group[0].line
    return line.color not in ("", usual.color) and line.font != usual.font


def _could_be_heading(
    group: Sequence[Row], text: str, usual: Typography
) -> bool:
    """Whether a group has a heading's length, size and beginning."""
    if sum(c.isalpha() for c in text) < 2 or has_leaders(text):
        return False
    if any(_is_row_of_table(row) for row in group):
        return False
    if _is_too_long(group, text, usual):
        return False
    size = group[0].line.size
    if size < _SMALLEST * usual.size:
        return False
    begins = any(c.isupper() for c in text[:12]) or is_numbered_heading(text)
    return begins or size >= _LOWER_CASE * usual.size


def _is_too_long(group: Sequence[Row], text: str, usual: Typography) -> bool:
    roomy = usual.is_large(group[0].line) or len(text) < _NARROW
    most = _MOST_ROWS_LARGE if roomy else _MOST_ROWS
    return len(text) > _LONGEST or len(group) > most


def _is_row_of_table(row: Row) -> bool:
    """Whether wide gaps part a row into three pieces or more."""
    gaps = [right.x0 - left.x1 for left, right in pairwise(row.line.words)]
    return sum(gap > _GAP * row.line.size for gap in gaps) > 1


def _ends(text: str) -> bool:
    """Whether a text ends as sentences and parts of sentences do."""
    return text.endswith((".", ";", ",")) and not _ABBREVIATION.search(text)


def _is_bold_text(text: str) -> bool:
    """Whether bold type is text.

    Too long for a title, more than a sentence, or begun in one.
    """
    if len(text) >= _LONGEST_BOLD:
        return True
    if text.endswith("?"):
        return False  # two questions are a title as well
    return len(text) > _SENTENCES and bool(_SENTENCE_WITHIN.search(text))


def _is_in_capitals(group: Sequence[Row], text: str) -> bool:
    letters = sum(c.isalpha() for c in text)
    short = len(group) <= 2 and len(text) < _LONGEST_CAPITALS
    return text.isupper() and short and letters >= _CAPITALS


def _is_deeply_numbered(group: Sequence[Row], text: str) -> bool:
    """Whether a text in ordinary type has a number such as 2.1, which no item of a list has."""
    short = len(text) < _LONGEST_NUMBERED and len(group) <= 2
    numbered = is_numbered_heading(text) and _DEEP_NUMBER.match(text)
    return short and bool(numbered)


def _is_slanted_title(
    group: Sequence[Row], text: str, usual: Typography
) -> bool:
    """Whether one line in italics is numbered, or somewhat larger than the text."""
    line = group[0].line
    if len(group) != 1 or not line.italic or not line.text[:1].isupper():
        return False
    if is_numbered_heading(text):
        return len(text) < _LONGEST_SLANTED
    return (
        line.size > _SLANTED * usual.size and len(text) < _LONGEST_SLANTED_BARE
    )
