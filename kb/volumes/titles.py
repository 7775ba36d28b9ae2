"""The title of an article: its number and second line, and who stands beside it in the contents."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.dutch.fold import fold, letters
from kb.records import Block
from kb.volumes.bylines import people_of
from kb.volumes.genres import GENRES, without_genre, without_number
from kb.volumes.people import People, people_in

# "De ladder – Door Anna de Wit", "De ladder (tekst: Anna de Wit)".
_BEHIND = re.compile(
    r"(?:\s[–—|-]\s|,\s(?=[Dd]oor|[Tt]ekst|[Bb]y|[Aa]uteur)|\s\()(?P<who>[^()]{5,160}(?:\([^()]+\))?)\)?$"
)
_BEFORE = re.compile(r"(?P<who>[^:|]{5,160})(?::\s|\s[–—|-]\s)(?=\S)")
_KICKER = re.compile(r"^[^>]{3,50}>\s*(?=\S)")  # "essay > De ladder"
_ROMAN = re.compile(r"^[IVX]{1,5}\.?\s(?:[–—-]\s)?(?=\S)")
_ONLY_GENRE = re.compile(
    rf"(?:{GENRES})\s(?:\d{{1,2}}|[IVX]{{1,4}})[.:]?", re.I
)
_SENTENCES = re.compile(r"[^\W\d_]{2}[.?!]\s+\w+\s\w")
_LINES = ("heading", "paragraph", "list", "caption")
_LONGEST = 160  # characters of a line of a title
_MOST_LINES = 2  # below a title, above who wrote
_NUMBER = re.compile(r"(\d{1,2})\.?\s+(?=\S)")


def title_of(blocks: Sequence[Block], at: int) -> str:
    """The title in a heading, without a word of genre and without its number.

    A number without a full stop may be of the title ("10 vragen"): it goes where the
    heading before or after it counts on.
    """
    bare = _KICKER.sub("", blocks[at].text, count=1)
    text = _ROMAN.sub("", without_genre(bare), count=1)
    title = _parted(without_number(text))[0]
    found = _NUMBER.match(title)
    if found and _counts_on(blocks, at, int(found[1])):
        return title[found.end() :]
    return title


def people_in_heading(heading: str) -> People | None:
    """Who wrote it, where the heading says so behind the title or before it.

    >>> people_in_heading("De ladder – Door Anna de Wit").names[0]["family"]
    'Wit'
    >>> people_in_heading("Anna de Wit: Een ladder te veel").names[0]["family"]
    'Wit'
    """
    return _parted(without_number(without_genre(heading)))[1]


def _parted(heading: str) -> tuple[str, People | None]:
    """A heading without the people behind or before its title, and the people."""
    for pattern in (_BEHIND, _BEFORE):
        said = (
            pattern.search(heading)
            if pattern is _BEHIND
            else pattern.match(heading)
        )
        people = people_in(said["who"]) if said else None
        if said and people:
            rest = heading[: said.start()] + heading[said.end() :]
            return (
                heading[: said.start()] if pattern is _BEHIND else rest
            ), people
    return heading, None


def is_only_genre(text: str) -> bool:
    """Whether a line is "Hoofdstuk 2" or the like, and its title stands below."""
    return bool(_ONLY_GENRE.fullmatch(text.strip()))


def _counts_on(blocks: Sequence[Block], at: int, number: int) -> bool:
    """Whether the number before or after it opens another short line."""
    numbers = {
        int(found[1])
        for place, block in enumerate(blocks)
        if place != at
        and block.kind in _LINES
        and len(block.text) <= _LONGEST
        and (found := _NUMBER.match(block.text))
    }
    return bool({number - 1, number + 1} & numbers)


def is_second_line(block: Block, title: str) -> bool:
    """Whether a block may go on with a title: a heading, or a line below "Hoofdstuk 2"."""
    if people_of(block) or _SENTENCES.search(block.text):
        return False
    is_line = block.kind in _LINES and len(block.text) <= _LONGEST
    whole = not block.text.endswith((".", ","))
    return block.kind == "heading" or (
        is_only_genre(title) and is_line and whole
    )


def lines_of_title(below: Sequence[Block]) -> int:
    """How many short lines stand between a title and a line that says who wrote."""
    for count, block in enumerate(below[: _MOST_LINES + 1]):
        if people := people_of(block):
            return count if people.said else 0
        if not _is_line(block):
            return 0
    return 0


def _is_line(block: Block) -> bool:
    """Whether a block is short and no sentence."""
    is_short = block.kind in _LINES and len(block.text) <= _LONGEST
    is_text = block.text.endswith((".", ",", ":"))
    return is_short and not is_text and not _SENTENCES.search(block.text)


def subtitle(below: Sequence[Block], title: str, contents: str) -> str:
    """The second line of a title, set as a heading of its own; "" where there is none.

    Args:
        below: the blocks under the title.
        title: its first line.
        contents: their text.

    It is known by the contents, which print both lines, or by the people below it.
    """
    if count := lines_of_title(below):
        return " ".join(line.text for line in below[:count])
    if not below or not is_second_line(below[0], title):
        return ""
    if is_only_genre(title):
        return below[0].text
    both = letters(fold(title + below[0].text))
    listed = both in letters(fold(contents))
    named = len(below) > 1 and people_of(below[1]) is not None
    return below[0].text if listed or named else ""


def joined(title: str, second: str) -> str:
    """Two lines of a title as one; "Hoofdstuk 2" alone is no line of it.

    >>> joined("Wie belt?", "Over deuren"), joined("De deur", "Open of dicht")
    ('Wie belt? Over deuren', 'De deur. Open of dicht')
    """
    if _ONLY_GENRE.fullmatch(title.strip()):
        return second
    mark = "" if title.rstrip().endswith((".", "?", "!", ":", ",")) else "."
    return f"{title.rstrip()}{mark} {second}"
