"""Which articles does a text hold, by all that speaks for them together?

Headings of one rank, or those that the contents list, are weighed as a whole: people at
the same place near most of them, who are named a second time elsewhere, lists of
references of their own, titles in the contents, pages of their own. No single kind
decides, and none is needed; names alone prove nothing, since portraits and cases have
them under their heading too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.records import Block
from kb.volumes.biographies import people_of_biographies
from kb.volumes.bylines import people_of
from kb.volumes.evidence import (
    Section,
    begins_page,
    places_of,
    sections_of,
    weight,
)
from kb.volumes.found import Found
from kb.volumes.headings import headings_of, is_opening, opens, ranks_of
from kb.volumes.listing import contents_text, listed
from kb.volumes.people import Names, same_people
from kb.volumes.recorded import next_of_rank
from kb.volumes.titles import joined, subtitle, title_of

FEWEST = 2  # articles of a collection; one is a report with its author under the title
_RUNNING = 60  # characters of running text; a title page has none
_SHORTEST_PART = 2  # blocks of text
_MANY = 3  # articles from which all chapters with people are a collection
# Measured on drawn collections and on reports that name people under headings.
_MEAN_WEIGHT = 2.0
_COVER = 0.5  # share of the text that stands in the articles
_ALL_COVER = 0.75  # the same where little but the names speaks for them
_TOLD = ("contents", "biographies", "outright")
_BYLINE = 5  # blocks from a title within which its own people stand
_KNOWN = (
    4  # one line of four at least is of people whose first names are known
)
_HABIT = (
    0.6  # share of the headings of a rank that makes it the rank of articles
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A way to read the whole: articles, and the headings of their rank."""

    articles: tuple[
        tuple[Section, str], ...
    ]  # each with where its people stand
    rank: tuple[int, ...]
    total: float


def articles_of(blocks: Sequence[Block]) -> list[Found]:
    """The articles of a collection in reading order; none where it is none."""
    text = contents_text(blocks)
    heads = headings_of(blocks, text)
    contents = listed(blocks, {at: title_of(blocks, at) for at in heads})
    told = people_of_biographies(blocks, heads)
    readings = [
        reading
        for rank in ranks_of(blocks, heads, contents, told)
        if (
            reading := _read(
                sections_of(blocks, rank, contents, told), blocks, heads
            )
        )
    ]
    if not readings:
        return []
    best = max(readings, key=lambda reading: reading.total)
    return _found(blocks, best, text)


def _read(
    sections: Sequence[Section], blocks: Sequence[Block], heads: Sequence[int]
) -> _Reading | None:
    """The articles among sections, where they make a collection."""
    articles = [
        (section, place)
        for section, place in _with_people(sections)
        if _is_text(blocks, section, heads[0])
    ]
    people = {repr(section.people[place].names) for section, place in articles}
    if len(articles) < FEWEST or len(people) < FEWEST:
        return None
    known = sum(section.people[place].sure for section, place in articles)
    sure = known * 2 >= len(articles)
    total = sum(weight(blocks, s, place, sure) for s, place in articles)
    rank = tuple(section.at for section in sections)
    reading = _Reading(tuple(articles), rank, total)
    return reading if _is_collection(blocks, reading) else None


def _with_people(
    sections: Sequence[Section],
) -> list[tuple[Section, str]]:
    """Each section that has people, with the most usual of the places they stand."""
    places = places_of(sections)
    first = ((s, [p for p in places if p in s.people]) for s in sections)
    return [(section, found[0]) for section, found in first if found]


def _is_text(blocks: Sequence[Block], section: Section, front: int) -> bool:
    """Whether a section is more than a title page or a heading."""
    is_front = section.at == front and _is_front(blocks, section)
    body = blocks[section.at : section.last]
    return _texts(body) >= _SHORTEST_PART and not is_front


def _is_collection(blocks: Sequence[Block], reading: _Reading) -> bool:
    articles = reading.articles
    if all(place == "outright" for _section, place in articles):
        return True
    if not _is_sure(articles):
        return False
    mean = reading.total / len(articles)
    if mean >= _MEAN_WEIGHT:
        return _cover(blocks, articles) >= _COVER
    ends = any(place == "end" for _section, place in articles)
    if ends or not _is_all(blocks, reading):
        return False
    return _cover(blocks, _up_to_chapters(blocks, articles)) >= _ALL_COVER


def _is_sure(articles: Sequence[tuple[Section, str]]) -> bool:
    """Whether some of the lines are surely of people, or the volume itself says so."""
    known = sum(s.people[p].sure or p in _TOLD for s, p in articles)
    return known * _KNOWN >= len(articles)


def _up_to_chapters(
    blocks: Sequence[Block], articles: Sequence[tuple[Section, str]]
) -> list[tuple[Section, str]]:
    """The articles, each up to the next heading of a higher rank.

    Portraits in a chapter end where the next chapter begins. What begins a page is left
    as it is: ranks of typed text are uncertain.
    """
    return [
        (s if s.begins_page else replace(s, last=_higher(blocks, s)), place)
        for s, place in articles
    ]


def _higher(blocks: Sequence[Block], section: Section) -> int:
    level = blocks[section.at].level or 0
    higher = (
        at
        for at in range(section.at + 1, section.last)
        if blocks[at].kind == "heading" and (blocks[at].level or 0) < level
    )
    return next(higher, section.last)


def _is_all(blocks: Sequence[Block], reading: _Reading) -> bool:
    """Whether every chapter has its people, but what opens and closes the volume."""
    own = [section.at for section, _place in reading.articles]
    others = [
        at
        for at in reading.rank
        if at not in own
        and not _is_title(blocks, reading, at)
        and not (at < own[0] and is_opening(blocks[at].text))
    ]
    return not others and len(own) >= _MANY


def _is_title(blocks: Sequence[Block], reading: _Reading, at: int) -> bool:
    """Whether a heading is the title of the whole: the first, without text of its own."""
    following = [other for other in reading.rank if other > at]
    return (
        at == min(reading.rank)
        and bool(following)
        and _texts(blocks[at : following[0]]) < _SHORTEST_PART
    )


def _is_front(blocks: Sequence[Block], section: Section) -> bool:
    """Whether lines of a title page are all that stands below the first heading."""
    body = blocks[section.at + 1 : section.last]
    return all(len(block.text) < _RUNNING for block in body)


def _cover(
    blocks: Sequence[Block], articles: Sequence[tuple[Section, str]]
) -> float:
    """The share of the running text that stands in the articles."""
    inside = sum(_length(blocks[s.at : s.last]) for s, _place in articles)
    return inside / max(_length(blocks), 1)


def _length(blocks: Sequence[Block]) -> int:
    texts = ("paragraph", "list", "quote")
    return sum(len(block.text) for block in blocks if block.kind in texts)


def _texts(blocks: Sequence[Block]) -> int:
    return sum(
        block.kind in ("paragraph", "list", "quote") for block in blocks
    )


def _found(
    blocks: Sequence[Block], reading: _Reading, contents: str
) -> list[Found]:
    """The articles, each up to the next heading of their rank where that is known."""
    habit = len(reading.articles) / len(reading.rank)
    found = []
    for section, place in reading.articles:
        names = section.people[place].names
        last = section.last if habit >= _HABIT else 0
        last = _own_end(blocks, section, names, last or len(blocks))
        if place == "outright":
            last = next_of_rank(blocks, section.at)
        found.append(
            Found(
                section.at,
                _title(blocks, section.at, contents),
                names,
                last=last,
            )
        )
    return found


def _own_end(
    blocks: Sequence[Block], section: Section, own: Names, last: int
) -> int:
    """Where what another wrote begins before `last`, by a line that says so or a heading.

    A heading of the same rank that begins a page opens something else, signed or not.
    """
    level = blocks[section.at].level
    for at in range(section.at + _BYLINE, min(last, section.last)):
        block = blocks[at]
        people = people_of(block)
        if people and people.said and not same_people(own, people.names):
            return at - (blocks[at - 1].kind != "paragraph")
        is_peer = block.kind == "heading" and block.level == level is not None
        if is_peer and begins_page(blocks, at) and opens(block):
            return at
    return last


def _title(blocks: Sequence[Block], at: int, contents: str) -> str:
    """The whole title at a heading, with its second line."""
    title = title_of(blocks, at)
    second = subtitle(blocks[at + 1 : at + 4], title, contents)
    return joined(title, second) if second else title
