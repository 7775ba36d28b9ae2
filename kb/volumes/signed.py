"""Who signs above the titles of articles, or at the end of their texts?

Both lines stand between one text and the next title. Where the first of them has an
article before it and the last one has none behind it, they are signatures; the other
way round they belong to the title below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.citations.entries.names import NameList
from kb.records import Block
from kb.volumes.bylines import byline, credited_byline, described

_FEWEST = 2  # lines that make a habit of the document
_LINES = ("paragraph", "reference", "heading")
_TEXT = 2  # blocks of text from which a section is an article


def people_above(
    blocks: Sequence[Block], headings: Sequence[int]
) -> dict[int, NameList]:
    """The people of lines above titles, by the heading of the article.

    Args:
        blocks: of the document.
        headings: those that may open an article.
    """
    lines = _lines(blocks)
    if not _has_habit(lines) or _ends_texts(blocks, lines, headings):
        return {}
    opening = set(headings)
    if max(lines) + 1 not in opening:
        return {}
    return {at + 1: names for at, names in lines.items() if at + 1 in opening}


def signers_of_texts(
    blocks: Sequence[Block], headings: Sequence[int]
) -> dict[int, NameList]:
    """The people who sign at the end of texts, by the heading of the article.

    Bare names there are of people who are quoted: each line says "Tekst:", or who they are.
    """
    lines = _lines(blocks)
    if not _has_habit(lines) or not _ends_texts(blocks, lines, headings):
        return {}
    if max(lines) + 1 in set(headings):
        return {}
    return _behind_texts(blocks, list(lines), headings)


def _has_habit(lines: Mapping[int, NameList]) -> bool:
    return len(lines) >= _FEWEST


def _lines(blocks: Sequence[Block]) -> dict[int, NameList]:
    """Lines of people just before a heading or the end, that are under no title."""
    found = {}
    for at in range(1, len(blocks)):
        is_last = at + 1 == len(blocks)
        closes = is_last or blocks[at + 1].kind == "heading"
        if not closes or blocks[at].kind not in _LINES:
            continue
        line = _as_text(blocks[at])
        if names := byline(line) or described(line):
            found[at] = names
    return found


def _as_text(block: Block) -> Block:
    """A line that stands behind a list as text of its own."""
    return Block("paragraph", block.text)


def _ends_texts(
    blocks: Sequence[Block],
    lines: Mapping[int, NameList],
    headings: Sequence[int],
) -> bool:
    """Whether an article stands before the first of the lines."""
    first = min(lines)
    above = [at for at in headings if at < first]
    if not above:
        return False
    texts = [b for b in blocks[max(above) : first] if b.kind == "paragraph"]
    return len(texts) >= _TEXT


def _behind_texts(
    blocks: Sequence[Block], lines: Sequence[int], headings: Sequence[int]
) -> dict[int, NameList]:
    found = {}
    before = 0
    for line in lines:
        text = _as_text(blocks[line])
        names = credited_byline(text) or described(text)
        above = [at for at in headings if before <= at < line]
        if names and above:
            found[_opener(blocks, line, above)] = names
        before = line
    return found


def _opener(blocks: Sequence[Block], line: int, above: Sequence[int]) -> int:
    """The heading of the article: the last one of the rank of the title that follows.

    At the end of the document, the last of the highest rank since the line before.
    """
    levels = {at: blocks[at].level or 0 for at in above}
    following = blocks[line + 1].level if line + 1 < len(blocks) else None
    wanted = following if following in levels.values() else None
    rank = min(levels.values()) if wanted is None else wanted
    return max(at for at, level in levels.items() if level == rank)
