"""What do the contents of a volume say of its articles: titles, and pages?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.citations.works.similarity import title_similarity
from kb.datafiles import words
from kb.dutch.fold import fold
from kb.records import Block

# Contents and headings differ in a letter ("sociaal", "sociale").
SAME_TITLE = 0.9
GENRES = "|".join(sorted(words("kb.volumes", "parts.toml", "genres")))
_GENRE = re.compile(rf"(?:{GENRES})(?:\s\d+)?\s?[:.–-]?\s+(?=[A-Z‘“\"])", re.I)
_HEADINGS = words("kb.volumes", "parts.toml", "contents")
_SECTION = re.compile(r"\d{1,2}(?:(?:\.\d{1,2})+\.?|\.)\s+(?=\S)")
_ANY_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+")
_BULLET = re.compile(r"^[^\w‘’“”\"'(]+")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the contents: its title (with authors, if it names them) and its page."""

    text: str
    page: int | None


def without_genre(title: str) -> str:
    """A title without a word such as "Essay" or "Artikel 2:" before it."""
    return _GENRE.sub("", title, count=1)


def without_number(title: str) -> str:
    """A title without the number of its section: "1.2 ", "3. ".

    >>> without_number("1.2 De straat"), without_number("10 vragen over buren")
    ('De straat', '10 vragen over buren')
    """
    return _SECTION.sub("", title, count=1)


def contents_of(blocks: Sequence[Block]) -> list[Row]:
    """The lines of the table of contents, in order, each once."""
    rows: dict[Row, None] = {}
    above = ""
    for block in blocks:
        if block.kind == "heading":
            above = fold(block.text).strip(" :.")
        is_table = block.kind == "table" and above in _HEADINGS
        if block.kind == "toc" or is_table:
            cells = block.rows or (tuple(block.text.split("\t")),)
            rows.update(dict.fromkeys(map(_row, cells)))
    return list(rows)


def _row(cells: Sequence[str]) -> Row:
    page = re.search(r"(\d{1,4})\s*$", cells[-1]) if cells else None
    text = " ".join(cells[:-1] if len(cells) > 1 and page else cells)
    text = without_genre(_BULLET.sub("", text))
    text = re.sub(r"[\s.…]+\d{0,4}$", "", text)
    return Row(text, int(page.group(1)) if page else None)


def _begins_with(row: str, title: str) -> float:
    """How much the begin of a line of the contents is like `title`, 0..1."""
    return title_similarity(row[: len(title)], title)


def _likeness(row: str, title: str) -> float:
    """How much a line of the contents is like a title, with its number and people or not."""
    wanted = fold(title)
    if fold(row).rstrip(" –—-").endswith(f" {wanted}"):  # people before it
        return 1.0
    bare = _ANY_NUMBER.sub("", row)
    forms = {row, bare, bare.partition(": ")[2]}
    return max(_begins_with(fold(form), wanted) for form in forms)


def pages_of(title: str, blocks: Sequence[Block], rows: Sequence[Row]) -> str:
    """ "38-46" from the contents or from the numbers on the pages, else ""."""
    return _pages_incontents_of(title, rows) or _printed_pages(blocks)


def _pages_incontents_of(title: str, rows: Sequence[Row]) -> str:
    """From the page of the line with this title to that of the next line."""
    paged = [row for row in rows if row.page]
    alike = [_likeness(row.text, title) for row in paged]
    best = max(alike, default=0.0)
    if best < SAME_TITLE:
        return ""
    at = alike.index(best)
    first = paged[at].page or 0
    later = [
        row.page for row in paged[at + 1 :] if row.page and row.page > first
    ]
    one_page = not later or later[0] == first + 1
    return str(first) if one_page else f"{first}-{later[0] - 1}"


def _printed_pages(blocks: Sequence[Block]) -> str:
    """The numbers printed on the first and the last page, where the first has one."""
    labels = [
        b.label for b in blocks if b.label and b.label_origin == "printed"
    ]
    if not labels or blocks[0].label != labels[0]:
        return ""
    first, last = labels[0], labels[-1]
    return first if first == last else f"{first}-{last}"
