"""Which articles does a collection hold, each with its own authors and first page?

An article is a heading with a line of people under it, or with people behind its
title in the contents. A document is a collection when it has several of them, by
different people, and most have a reference list of their own or their people in the
contents.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kb.bibliography.csl_fields import authors_of
from kb.citations.entries.names import NameList, parse_names
from kb.citations.entries.splitting import heading_of_list
from kb.citations.works.clustering import slug_of
from kb.citations.works.similarity import title_similarity
from kb.datafiles import words
from kb.dutch.fold import fold, letters
from kb.records import Block, Csl, Document, Part, Passage

# A collection of one article is a report with its author under the title.
FEWEST = 2  # articles of a collection
LONGEST_BYLINE = 200  # characters
SHORTEST_TITLE = 6  # letters
_SHORTEST_PART = 3  # blocks of text
_NAMES_LIKELY = 0.5  # score of a list of names
_SAME_TITLE = (
    0.9  # contents and headings differ in a letter ("sociaal", "sociale")
)
_UNDATED = "zd"  # in the slug of a record without a year
_WORDS = ("kb.volumes", "parts.toml")
_GENRE = re.compile(
    rf"(?:{'|'.join(sorted(words(*_WORDS, 'genres')))})(?:\s\d+)?\s?[:.–-]?\s+(?=[A-Z‘“\"])",
    re.I,
)
_BYLINE = re.compile(
    rf"(?:{'|'.join(sorted(words(*_WORDS, 'bylines')))})\s?:?\s+", re.I
)
_BULLET = re.compile(r"^[^\w‘’“”\"'(]+")


@dataclass(frozen=True, slots=True)
class _Found:
    at: int
    title: str
    names: tuple[Mapping[str, str], ...]
    in_contents: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the contents: its title (with authors, if it names them) and its page."""

    text: str
    page: int | None


def parts_of(volume: str, blocks: Sequence[Block]) -> tuple[Part, ...]:
    """The articles of a collection in reading order; none where it is no collection.

    Args:
        volume: the id of the document.
        blocks: all of it.
    """
    rows = _contents(blocks)
    found = _articles(blocks, rows)
    if not found:
        return ()
    ends = [*(each.at for each in found[1:]), _end(blocks, found[-1].at)]
    ids = _ids(volume, found)
    return tuple(
        Part(
            id=own,
            title=each.title,
            heading=blocks[each.at].text,
            names=each.names,
            pages=_pages(each.title, blocks[each.at : last], rows),
            first=each.at,
            last=last,
        )
        for own, each, last in zip(ids, found, ends, strict=True)
    )


def assign(
    parts: Sequence[Part], passages: Sequence[Passage]
) -> tuple[Passage, ...]:
    """Passages with the part as their document, where their section is a part's."""
    by_heading = {part.heading: part.id for part in parts}
    assigned = []
    for passage in passages:
        own = next(
            (by_heading[s] for s in passage.section if s in by_heading), None
        )
        assigned.append(replace(passage, document=own) if own else passage)
    return tuple(assigned)


def document_of_part(
    volume: Document, part: Part, records: Sequence[Csl] = ()
) -> Document:
    """The document of a part: what it says itself, and what it has of its volume.

    Args:
        volume: the collection.
        part: the article.
        records: CSL of parts by record; one with this title wins over what was found.
    """
    csl: dict[str, Any] = {"type": "chapter", "title": part.title}
    if part.names:
        csl["author"] = [dict(name) for name in part.names]
    if part.pages:
        csl["page"] = part.pages
    csl |= {k: v for k, v in _of_volume(volume).items() if v}
    csl |= {k: v for k, v in _record(part, records).items() if v}
    csl["id"] = part.id
    return replace(
        volume,
        id=part.id,
        title=str(csl["title"]),
        authors=tuple(authors_of(csl)),
        type="chapter",
        csl=csl,
        bib={},
        found=("title", "author"),
        card={},
        volume=volume.id,
    )


def _record(part: Part, records: Sequence[Csl]) -> Csl:
    alike = (
        r
        for r in records
        if _begins_with(fold(str(r.get("title", ""))), fold(part.title))
        >= _SAME_TITLE
    )
    return next(alike, {})


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
    """The id of the volume with author and first word; a number tells equal ones apart."""
    ids: list[str] = []
    for each in found:
        slug = slug_of({"author": list(each.names), "title": each.title})
        own = f"{volume}-{slug.replace(_UNDATED, '', 1)}"
        numbers = (f"{own}{n}" for n in range(2, len(found) + 2))
        ids.append(
            own if own not in ids else next(i for i in numbers if i not in ids)
        )
    return ids


# -- finding


def _articles(blocks: Sequence[Block], rows: Sequence[_Row]) -> list[_Found]:
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
    blocks: Sequence[Block], at: int, rows: Sequence[_Row]
) -> _Found | None:
    """The article that opens at a heading, by the line under it or by the contents."""
    title = _GENRE.sub("", blocks[at].text, count=1)
    named = [
        names for row in rows if (names := _people_behind(title, row.text))
    ]
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    under = _byline(following) if following else None
    names = under or (named[0] if named else None)
    if names is None:
        return None
    return _Found(at, title, names.names, in_contents=bool(named))


def _byline(block: Block) -> NameList | None:
    """The people that a line under a title names, and nothing else.

    >>> _byline(Block("paragraph", "Tekst: Anna de Wit")).names[0]["family"]
    'Wit'
    """
    if (
        block.kind not in ("paragraph", "heading")
        or len(block.text) > LONGEST_BYLINE
    ):
        return None
    return _only_people(_BYLINE.sub("", block.text.strip(), count=1))


def _only_people(text: str) -> NameList | None:
    """Names with given names, nothing else; a sentence or an organisation is none.

    >>> found = _only_people("Anna de Wit en Piet Prins")
    >>> [name["family"] for name in found.names]
    ['Wit', 'Prins']
    >>> _only_people("De wijk slaapt niet.") is None
    True
    """
    if not text or text[-1] in ".?!:;" or any(char.isdigit() for char in text):
        return None
    found = parse_names(text)
    names = tuple(_with_given(name) for name in found.names)
    whole = all(name.get("family") and name.get("given") for name in names)
    known = any(name.get("given") for name in found.names)
    if not whole or not known or found.score < _NAMES_LIKELY:
        return None
    return replace(found, names=names)


def _with_given(name: Mapping[str, str]) -> dict[str, str]:
    """A name of two words beside full names: its first word is a given name too.

    >>> _with_given({"family": "Kofi Mensah"})
    {'family': 'Mensah', 'given': 'Kofi'}
    """
    parts = name.get("family", "").split()
    if name.get("given") or len(parts) != 2 or not parts[0][:1].isupper():
        return dict(name)
    return {**name, "given": parts[0], "family": parts[1]}


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


# -- contents and pages


def _contents(blocks: Sequence[Block]) -> list[_Row]:
    """The lines of the table of contents, in order, each once."""
    rows: dict[_Row, None] = {}
    for block in blocks:
        if block.kind == "toc":
            cells = block.rows or (tuple(block.text.split("\t")),)
            rows.update(dict.fromkeys(map(_row, cells)))
    return list(rows)


def _row(cells: Sequence[str]) -> _Row:
    page = re.search(r"(\d{1,4})\s*$", cells[-1]) if cells else None
    text = " ".join(cells[:-1] if len(cells) > 1 and page else cells)
    text = _GENRE.sub("", _BULLET.sub("", text), count=1)
    text = re.sub(r"[\s.…]+\d{0,4}$", "", text)
    return _Row(text, int(page.group(1)) if page else None)


def _people_behind(title: str, row: str) -> NameList | None:
    """Who stands behind a title in a line of the contents."""
    rest = row[len(title) :] if fold(row).startswith(fold(title)) else ""
    return _only_people(rest.strip(" ,–-|/"))


def _begins_with(row: str, title: str) -> float:
    """How much the begin of a line of the contents is like `title`, 0..1."""
    return title_similarity(row[: len(title)], title)


def _pages(title: str, blocks: Sequence[Block], rows: Sequence[_Row]) -> str:
    """ "38-46" from the contents or from the numbers on the pages, else ""."""
    return _pages_in_contents(title, rows) or _printed_pages(blocks)


def _pages_in_contents(title: str, rows: Sequence[_Row]) -> str:
    """From the page of the line with this title to that of the next line."""
    paged = [row for row in rows if row.page]
    alike = [_begins_with(fold(row.text), fold(title)) for row in paged]
    best = max(alike, default=0.0)
    if best < _SAME_TITLE:
        return ""
    at = alike.index(best)
    first = paged[at].page or 0
    later = [
        row.page
        for row in paged[at + 1 :]
        if row.page and row.page > first + 1
    ]
    return f"{first}-{later[0] - 1}" if later else str(first)


def _printed_pages(blocks: Sequence[Block]) -> str:
    """The numbers printed on the first and the last page, where the first has one."""
    labels = [
        b.label for b in blocks if b.label and b.label_origin == "printed"
    ]
    if not labels or blocks[0].label != labels[0]:
        return ""
    first, last = labels[0], labels[-1]
    return first if first == last else f"{first}-{last}"
