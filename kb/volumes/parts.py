"""Which articles does a collection hold, each with its own authors and first page?

An article is a heading with a line of people under it, or with people behind its
title in the contents. A document is a collection when it has several of them, by
different people, and most have a reference list of their own or their people in the
contents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kb.bibliography.csl_fields import authors_of, year_of
from kb.citations.entries.splitting import heading_of_list
from kb.citations.works.clustering import slug_of
from kb.datafiles import words
from kb.dutch.fold import fold, letters
from kb.records import Block, Csl, Document, Part, Passage
from kb.volumes.bylines import byline, people_behind
from kb.volumes.contents import Row, contents_of, pages_of, without_genre
from kb.volumes.recorded import Located, locate

# A collection of one article is a report with its author under the title.
FEWEST = 2  # articles of a collection
SHORTEST_TITLE = 6  # letters
_SHORTEST_PART = 3  # blocks of text
_UNDATED = "zd"  # in the slug of a record without a year
_WORDS = ("kb.volumes", "parts.toml")


@dataclass(frozen=True, slots=True)
class _Found:
    at: int
    title: str
    names: tuple[Mapping[str, str], ...] = ()
    in_contents: bool = False
    last: int = 0  # behind its last block, where its record tells its pages
    record: Csl = field(default_factory=dict)


def parts_of(
    volume: str, blocks: Sequence[Block], records: Sequence[Csl] = ()
) -> tuple[Part, ...]:
    """The articles of a collection in reading order; none where it is no collection.

    Args:
        volume: the id of the document.
        blocks: all of it.
        records: CSL of parts that are known by record. Each is looked for in the text;
            what it says goes before what the text says.
    """
    rows = contents_of(blocks)
    found = _with_records(_articles(blocks, rows), locate(blocks, records))
    if not found:
        return ()
    ids = _ids(volume, found)
    return tuple(
        Part(
            id=own,
            title=each.title,
            heading=blocks[each.at].text,
            names=each.names,
            pages=pages_of(each.title, blocks[each.at : last], rows),
            first=each.at,
            last=last,
            csl=each.record,
        )
        for own, each, last in zip(
            ids, found, _ends(blocks, found), strict=True
        )
    )


def _with_records(
    found: Sequence[_Found], located: Sequence[Located]
) -> list[_Found]:
    """What the text and the records tell of parts, together in reading order."""
    begins = {one.at: one for one in located}
    told = [
        _Found(one.at, str(one.record.get("title", "")), record=one.record)
        for one in located
    ]
    spans = [(one.at, one.last) for one in located if one.last]
    rest = [
        each
        for each in found
        if each.at not in begins
        and not any(first < each.at < last for first, last in spans)
    ]
    lasts = {one.at: one.last for one in located}
    merged = [replace(each, last=lasts[each.at]) for each in told] + rest
    return sorted(merged, key=lambda each: each.at)


def _ends(blocks: Sequence[Block], found: Sequence[_Found]) -> list[int]:
    """Behind each article: where its pages end, or the next one begins."""
    following = [each.at for each in found[1:]]
    following.append(_end(blocks, found[-1].at))
    return [
        min(each.last or after, after)
        for each, after in zip(found, following, strict=True)
    ]


def assign(
    parts: Sequence[Part], placed: Sequence[tuple[Passage, int]]
) -> tuple[Passage, ...]:
    """Passages with the part that they stand in as their document.

    Args:
        parts: of the volume.
        placed: its passages, each with the number of the block it begins in.
    """
    assigned = []
    for passage, at in placed:
        own = next((p.id for p in parts if p.first <= at < p.last), None)
        assigned.append(replace(passage, document=own) if own else passage)
    return tuple(assigned)


def document_of_part(volume: Document, part: Part) -> Document:
    """The document of a part: what it says itself, and what it has of its volume.

    Args:
        volume: the collection.
        part: the article; its record wins over what was found.
    """
    csl: dict[str, Any] = {"type": "chapter", "title": part.title}
    if part.names:
        csl["author"] = [dict(name) for name in part.names]
    if part.pages:
        csl["page"] = part.pages
    csl |= {k: v for k, v in _of_volume(volume).items() if v}
    csl |= {k: v for k, v in part.csl.items() if v}
    csl["id"] = part.id
    return replace(
        volume,
        id=part.id,
        title=str(csl["title"]),
        authors=tuple(authors_of(csl)),
        year=year_of(csl),
        type=str(csl["type"]),
        csl=csl,
        bib={},
        found=() if part.csl else ("title", "author"),
        card={},
        volume=volume.id,
    )


def _of_volume(volume: Document) -> dict[str, Any]:
    kept = (
        "issued",
        "publisher",
        "publisher-place",
        "ISBN",
        "URL",
        "language",
    )
    editors = volume.csl.get("editor") or volume.csl.get("author")
    fields = {key: volume.csl.get(key) for key in kept}
    return {"container-title": volume.title, "editor": editors} | fields


def _ids(volume: str, found: Sequence[_Found]) -> list[str]:
    """The key of its record; else the id of the volume with author and first word.

    A number tells equal ones apart.
    """
    ids: list[str] = []
    for each in found:
        if each.record:
            ids.append(str(each.record["id"]))
            continue
        slug = slug_of({"author": list(each.names), "title": each.title})
        own = f"{volume}-{slug.replace(_UNDATED, '', 1)}"
        numbers = (f"{own}{n}" for n in range(2, len(found) + 2))
        ids.append(
            own if own not in ids else next(i for i in numbers if i not in ids)
        )
    return ids


# -- finding


def _articles(blocks: Sequence[Block], rows: Sequence[Row]) -> list[_Found]:
    """Headings of one level with people, when they make a collection."""
    headings = [at for at, block in enumerate(blocks) if _may_open(block)]
    found = [each for at in headings if (each := _article(blocks, at, rows))]
    levels = [blocks[each.at].level for each in found]
    level = max(
        set(levels),
        key=lambda one: (levels.count(one), -(one or 0)),
        default=None,
    )
    found = [each for each in found if blocks[each.at].level == level]
    ends = [*(each.at for each in found[1:]), len(blocks)]
    spans = zip(found, ends, strict=False)
    found = [
        e for e, end in spans if _texts(blocks[e.at : end]) >= _SHORTEST_PART
    ]
    return found if _is_collection(blocks, found) else []


def _may_open(block: Block) -> bool:
    title = fold(block.text).strip(" :.")
    own = title not in words(*_WORDS, "of_volume") and not heading_of_list(
        block.text
    )
    return (
        block.kind == "heading"
        and own
        and len(letters(title)) >= SHORTEST_TITLE
    )


def _article(
    blocks: Sequence[Block], at: int, rows: Sequence[Row]
) -> _Found | None:
    """The article that opens at a heading, by the line under it or by the contents."""
    title = without_genre(blocks[at].text)
    named = [
        names for row in rows if (names := people_behind(title, row.text))
    ]
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    under = byline(following) if following else None
    names = under or (named[0] if named else None)
    if names is None:
        return None
    return _Found(at, title, names.names, in_contents=bool(named))


def _is_collection(blocks: Sequence[Block], found: Sequence[_Found]) -> bool:
    """Several articles by different people, most with a list or a place of their own.

    Names alone prove nothing: portraits and cases have them under their heading too.
    """
    if (
        len(found) < FEWEST
        or len({repr(each.names) for each in found}) < FEWEST
    ):
        return False
    ends = [*(each.at for each in found[1:]), len(blocks)]
    proven = sum(
        each.in_contents
        or any(_opens_list(block) for block in blocks[each.at : end])
        for each, end in zip(found, ends, strict=True)
    )
    return proven * 2 > len(found)


def _opens_list(block: Block) -> bool:
    return block.kind == "heading" and heading_of_list(block.text)


def _texts(blocks: Sequence[Block]) -> int:
    return sum(
        block.kind in ("paragraph", "list", "quote") for block in blocks
    )


def _end(blocks: Sequence[Block], first: int) -> int:
    """Behind the last article: where a section of the volume itself begins."""
    level = blocks[first].level or 0
    for at in range(first + 1, len(blocks)):
        block = blocks[at]
        title = fold(block.text).strip(" :.")
        mine = block.kind != "heading" or heading_of_list(block.text)
        of_volume = not mine and title in words(*_WORDS, "of_volume")
        if of_volume and (block.level or 0) <= level:
            return at
    return len(blocks)
