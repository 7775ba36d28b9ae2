"""What speaks for a heading being the title of an article, and who wrote it?

Each kind of evidence is collected by itself: people at a place near the heading, in the
heading, in the contents, on the pages about the authors; a list of references or a page
of its own. `articles` weighs them for the document as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kb.citations.entries.splitting import heading_of_list
from kb.datafiles import words
from kb.dutch.fold import fold, letters
from kb.records import Block
from kb.volumes import near
from kb.volumes.genres import without_number
from kb.volumes.listing import Listed
from kb.volumes.people import People, same_people
from kb.volumes.titles import people_in_heading

# Places where authors stand; of equally frequent ones the first.
PLACES = (
    "outright",
    "heading",
    "below",
    "contents",
    "above",
    "summary",
    "end",
    "biographies",
    "note",
)
# What each kind adds, where one line of people whose first names are known counts 1.
# Only articles have people beside their title in the contents, or say who wrote them.
_OF_PLACE = {
    "outright": 1.5,
    "contents": 1.0,
    "heading": 0.5,
    "biographies": 1.0,
}
_WORDS = ("kb.volumes", "parts.toml")
_SURE, _LOOSE = 1.0, 0.6
_SAID = 1.0
_TOLD_TWICE = 1.0  # somebody of the same family at a second place
_OWN_LIST = 1.0
_OWN_SECTIONS = 0.75  # "Inleiding", "Conclusie", which others have too
_LISTED = 0.5  # its title stands in the contents
_OWN_PAGE = 0.25  # it begins a page
_FIRST_LINES = (
    3  # people, their place or "Hoofdstuk 2" may stand above a title
)
_IN_HEADS = 0.5  # running heads of its pages name its people


@dataclass(frozen=True, slots=True)
class Section:
    """A heading that may open an article, and what stands from it up to the next one."""

    at: int
    last: int
    people: Mapping[str, People] = field(default_factory=dict)
    listed: Listed | None = None
    begins_page: bool = False
    has_list: bool = False
    has_sections: bool = False  # such as other articles have too


def sections_of(
    blocks: Sequence[Block],
    heads: Sequence[int],
    contents: Mapping[int, Listed],
    told: Mapping[int, People],
) -> list[Section]:
    """The sections that begin at `heads`, each with the people named at each place."""
    return [
        _section(
            blocks, at, _end(blocks, at, last), contents.get(at), told.get(at)
        )
        for at, last in pairwise([*heads, len(blocks)])
    ]


def _end(blocks: Sequence[Block], at: int, last: int) -> int:
    """Behind a section: where a part of the volume itself begins before `last`."""
    level = blocks[at].level or 0
    for place in range(at + 1, last):
        block = blocks[place]
        if block.kind == "heading" and _is_of_volume(block, level):
            return place
    return last


def _is_of_volume(block: Block, level: int) -> bool:
    title = fold(block.text).strip(" :.")
    if title.startswith(tuple(words(*_WORDS, "on_authors"))):
        return True
    is_own = heading_of_list(block.text) or is_usual_section(block.text)
    of_volume = title in words(*_WORDS, "of_volume")
    return of_volume and not is_own and (block.level or 0) <= level


def _section(
    blocks: Sequence[Block],
    at: int,
    last: int,
    row: Listed | None,
    told: People | None,
) -> Section:
    found = {
        "outright": near.outright(blocks, at),
        "heading": people_in_heading(blocks[at].text),
        "below": near.below(blocks, at),
        "contents": row.people if row else None,
        "above": near.above(blocks, at),
        "summary": near.below_summary(blocks, at),
        "end": near.at_end(blocks, at, last),
        "biographies": told,
        "note": near.in_note(blocks, at, last),
    }
    body = blocks[at + 1 : last]
    return Section(
        at,
        last,
        {place: one for place, one in found.items() if one},
        row,
        begins_page=begins_page(blocks, at),
        has_list=any(_opens_list(block) for block in body),
        has_sections=any(_is_usual(block) for block in body),
    )


def _is_usual(block: Block) -> bool:
    """Whether a heading is one that articles have themselves: "1.1 Inleiding"."""
    return block.kind == "heading" and is_usual_section(block.text)


def is_usual_section(heading: str) -> bool:
    bare = fold(without_number(heading)).strip(" :.")
    return bare in words(*_WORDS, "sections")


def places_of(sections: Sequence[Section]) -> list[str]:
    """The places where people stand, the most frequent first."""
    count = Counter(place for s in sections for place in s.people)
    if count["above"] and count["end"]:
        del count[_mistaken(sections)]
    if count["end"] == 1:  # one letter that is signed makes no habit
        del count["end"]
    return sorted(
        count, key=lambda place: (-count[place], PLACES.index(place))
    )


def _mistaken(sections: Sequence[Section]) -> str:
    """Of lines between two texts: are they above the second or at the end of the first?

    At the end of the last text none stands above another title.
    """
    return "above" if "end" in sections[-1].people else "end"


def weight(
    blocks: Sequence[Block], section: Section, place: str, sure: bool
) -> float:
    """How much speaks for an article by the people named at `place`.

    Args:
        blocks: of the document.
        section: the article.
        place: where its people stand.
        sure: whether the lines of people are known to be that.
    """
    people = section.people[place]
    total = _SURE if sure or people.sure else _LOOSE
    total += _SAID * people.said + _OF_PLACE.get(place, 0.0)
    total += _TOLD_TWICE * _is_told_twice(section, place)
    total += _LISTED * (section.listed is not None)
    total += _OWN_LIST * section.has_list
    total += _OWN_SECTIONS * section.has_sections
    total += _OWN_PAGE * section.begins_page
    return total + _IN_HEADS * _in_heads(
        blocks[section.at : section.last], people
    )


def _is_told_twice(section: Section, place: str) -> bool:
    """Whether another place names them; the lines above and at an end are one."""
    same_line = {"above", "end"}
    return any(
        same_people(section.people[place].names, people.names)
        for other, people in section.people.items()
        if other != place and not {other, place} <= same_line
    )


def _opens_list(block: Block) -> bool:
    return block.kind == "heading" and heading_of_list(block.text)


def begins_page(blocks: Sequence[Block], at: int) -> bool:
    """Whether a title stands among the first lines of a page."""
    first = at
    while first and blocks[first - 1].page == blocks[at].page:
        first -= 1
    above = [b for b in blocks[first:at] if b.kind != "furniture"]
    is_later = blocks[at].page > blocks[0].page
    return is_later and len(above) <= _FIRST_LINES


def _in_heads(body: Sequence[Block], people: People) -> bool:
    heads = [letters(fold(b.text)) for b in body if b.kind == "furniture"]
    families = [letters(fold(n.get("family", ""))) for n in people.names]
    return any(
        family and family in head for family in families for head in heads
    )
