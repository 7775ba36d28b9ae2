"""Which articles does a collection hold, each with its own authors and first page?

Told by the text itself (`articles`, `forewords`) or by records (`recorded`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kb.bibliography.csl_fields import authors_of, is_open, year_of
from kb.bibliography.names import OTHERS
from kb.citations.entries.splitting import heading_of_list
from kb.citations.works.clustering import slug_of
from kb.datafiles import words
from kb.dutch.fold import fold
from kb.records import Block, Csl, Document, Part, Passage
from kb.volumes.articles import articles_of
from kb.volumes.forewords import signed_forewords
from kb.volumes.found import Found
from kb.volumes.listing import Listed, listed
from kb.volumes.recorded import Located, locate
from kb.volumes.titles import title_of

_AND_OTHERS = {"literal": OTHERS}
_UNDATED = "zd"  # in the slug of a record without a year


def parts_of(
    volume: str,
    blocks: Sequence[Block],
    records: Sequence[Csl] = (),
    authors: Sequence[str] = (),
) -> tuple[Part, ...]:
    """The articles of a collection in reading order; none where it is no collection.

    Args:
        volume: the id of the document.
        blocks: all of it.
        records: CSL of parts that are known by record. Each is looked for in the text;
            what it says goes before what the text says.
        authors: family names of those who made the volume; a foreword of theirs is no
            part of its own.
    """
    told = [*articles_of(blocks), *signed_forewords(blocks, authors)]
    found = _with_records(told, locate(blocks, records))
    if not found:
        return ()
    ids = _ids(volume, found)
    rows = _rows(blocks, found)
    return tuple(
        Part(
            id=own,
            title=each.title,
            heading=blocks[each.at].text,
            names=each.names,
            pages=_pages(rows.get(each.at), blocks[each.at : last]),
            first=each.at,
            last=last,
            csl=each.record,
        )
        for own, each, last in zip(
            ids, found, _ends(blocks, found), strict=True
        )
    )


def _rows(
    blocks: Sequence[Block], found: Sequence[Found]
) -> dict[int, Listed]:
    """What the contents say of each, by its whole title or the first line of it."""
    first_lines = {
        each.at: title_of(blocks, each.at)
        for each in found
        if blocks[each.at].kind == "heading"
    }
    whole = {each.at: each.title for each in found}
    return listed(blocks, first_lines) | listed(blocks, whole)


def _pages(row: Listed | None, blocks: Sequence[Block]) -> str:
    """ "38-46" from the contents, else from the numbers printed on the pages."""
    if row and row.pages:
        return row.pages
    labels = [
        b.label for b in blocks if b.label and b.label_origin == "printed"
    ]
    if not labels or blocks[0].label != labels[0]:
        return ""
    first, last = labels[0], labels[-1]
    return first if first == last else f"{first}-{last}"


def _with_records(
    found: Sequence[Found], located: Sequence[Located]
) -> list[Found]:
    """What the text and the records tell of parts, together in reading order."""
    begins = {one.at: one for one in located}
    told = [
        Found(one.at, str(one.record.get("title", "")), record=one.record)
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


def _ends(blocks: Sequence[Block], found: Sequence[Found]) -> list[int]:
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
        found=_found(volume, part),
        card={},
        volume=volume.id,
    )


def _found(volume: Document, part: Part) -> tuple[str, ...]:
    """The fields of a part that no record says: its own, and the year of its volume."""
    year = tuple(field for field in volume.found if field == "issued")
    if part.csl:
        return () if part.csl.get("issued") else year
    return ("title", "author", *year)


def _of_volume(volume: Document) -> dict[str, Any]:
    kept = (
        "issued",
        "publisher",
        "publisher-place",
        "ISBN",
        "URL",
        "language",
    )
    fields = {key: volume.csl.get(key) for key in kept}
    people = {
        "editor": _names(volume.csl, "editor"),
        # Who wrote the whole is no editor of it.
        "container-author": _names(volume.csl, "author"),
    }
    return {"container-title": volume.title} | people | fields


def _names(csl: Csl, role: str) -> list[Any]:
    """Names of a role; an open list stays open in its new place."""
    names = list(csl.get(role) or ())
    open_here = bool(names) and is_open(csl, role) and names[-1] != _AND_OTHERS
    return [*names, _AND_OTHERS] if open_here else names


def _ids(volume: str, found: Sequence[Found]) -> list[str]:
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


def _end(blocks: Sequence[Block], first: int) -> int:
    """Behind the last article: where a section of the volume itself begins."""
    level = blocks[first].level or 0
    for at in range(first + 1, len(blocks)):
        block = blocks[at]
        title = fold(block.text).strip(" :.")
        mine = block.kind != "heading" or heading_of_list(block.text)
        of_volume = not mine and title in words(
            "kb.volumes", "parts.toml", "of_volume"
        )
        if of_volume and (block.level or 0) <= level:
            return at
    return len(blocks)
