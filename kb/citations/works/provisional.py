"""Works known from mentions only: cited, and in no list.

Mentions without an entry are grouped by authors and year over the whole corpus. A
group becomes a work that says what its mentions say (names, year, a title where one
is named) and nothing else. Two people of one name in one year stay apart where given
names or titles tell; where a short mention fits two of them it stays by itself.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kb.citations.reasons import Why, is_ambiguous
from kb.citations.works.clustering import COMPARED, slug_of
from kb.citations.works.similarity import (
    MISPRINT,
    NEARLY_SAME_TITLE,
    core_name,
    name_similarity,
    title_similarity,
)
from kb.dutch.fold import fold, letters
from kb.records import Citation, Work

_UNDATED = re.compile(
    r"\b(?:z\.\s?[dj]\.|n\.\s?d\.|in druk|in press|forthcoming)"
)

# Groups that a mention is compared with; where more begin with its letter in its year, those
# of its first author, and else those of all its authors: comparing with all is quadratic.
CROWD = 60


@dataclass(frozen=True, slots=True)
class Mention:
    """What a citation says of a work, folded; equal ones of a document are one.

    `given` are the given names of the authors, "" where none is printed.
    """

    document: str
    families: tuple[str, ...]
    given: tuple[str, ...]
    year: int | None
    suffix: str
    title: str
    etal: bool
    identifier: str
    dated: bool  # or said to be undated

    def tells_when(self) -> bool:
        """Whether a work can be told by it: it has a year or a title, or a number."""
        return self.dated or bool(self.title or self.identifier)

    def is_short(self) -> bool:
        """Whether it may mean several works: others or given names are left out."""
        return (
            not self.identifier
            and not self.title
            and (self.etal or not any(self.given))
        )


@dataclass(slots=True)
class Group:
    """Mentions of one work.

    Attributes:
        said: its different mentions; those that say the same in another document are one.
        documents: where it is mentioned.
        places: places in the list of citations.
    """

    said: dict[Mention, None] = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)
    places: list[int] = field(default_factory=list)

    def admits(self, mention: Mention) -> bool:
        """Whether `mention` agrees with those that are here."""
        compared = itertools.islice(self.said, COMPARED)
        return all(may_be_same(mention, other) for other in compared)

    def take(self, mention: Mention, places: Iterable[int]) -> None:
        """Let a mention be of this work."""
        # A letter at the year means something in its own document only.
        said = mention if mention.suffix else replace(mention, document="")
        self.said.setdefault(said)
        self.documents.add(mention.document)
        self.places += places


def with_provisional(
    citations: Sequence[Citation],
    documents: Sequence[str],
    taken: Iterable[str],
) -> tuple[dict[int, str], list[Work]]:
    """Provisional works for the citations that have none.

    Args:
        citations: linked where they can be.
        documents: the document of each citation.
        taken: ids of other works.

    Returns:
        The id of the provisional work for each place in `citations` that gets one,
        and the works.
    """
    places: dict[Mention, list[int]] = defaultdict(list)
    for at, (citation, document) in enumerate(
        zip(citations, documents, strict=True)
    ):
        if _is_open(citation):
            places[_mention(citation, document)].append(at)
    groups = _grouped(places)
    ids = _ids(groups, citations, set(taken))
    work_of: dict[int, str] = {}
    works = []
    for group, work in zip(groups, ids, strict=True):
        work_of |= dict.fromkeys(group.places, work)
        works.append(_work(group, work, citations))
    return work_of, works


def _is_open(citation: Citation) -> bool:
    """Whether a citation names a work that has no entry."""
    if (
        citation.work
        or citation.number is not None
        or citation.reason == Why.IN_THIS_VOLUME
    ):
        return False
    if is_ambiguous(citation.reason):
        return False
    return bool(citation.authors or citation.title)


def _mention(citation: Citation, document: str) -> Mention:
    custom = citation.csl.get("custom") or {}
    return Mention(
        document=document,
        families=tuple(core_name(author) for author in citation.authors),
        given=tuple(fold(name.get("given", "")) for name in citation.names),
        year=citation.year,
        suffix=citation.suffix,
        title=fold(citation.title or ""),
        etal=citation.etal,
        identifier=str(custom.get("identifier", "")),
        dated=citation.year is not None
        or bool(_UNDATED.search(citation.surface)),
    )


# -- grouping


def _grouped(places: Mapping[Mention, Sequence[int]]) -> list[Group]:
    """The most telling mentions first; what is short joins the only group that fits."""
    blocks: dict[tuple[object, ...], dict[int, Group]] = defaultdict(dict)
    groups: list[Group] = []
    for mention in sorted(places, key=_telling):
        home = _home(mention, _nearby(mention, blocks))
        if home is None and not mention.tells_when():
            continue  # "Bos en Timmer", without a year anywhere: not a work yet
        if home is None:
            home = Group()
            groups.append(home)
        home.take(mention, places[mention])
        for block in (*_blocks(mention), *_blocks_here(mention)):
            blocks[block][id(home)] = home
    return groups


def _nearby(
    mention: Mention,
    blocks: Mapping[tuple[object, ...], Mapping[int, Group]],
) -> list[Group]:
    """The groups that a mention is compared with: of the widest block that is no crowd."""
    for block in _sought_in(mention):
        found = blocks.get(block, {})
        if len(found) <= CROWD:
            return list(found.values())
    return []


def _telling(mention: Mention) -> tuple[object, ...]:
    """Order of grouping, the same whatever the order of documents."""
    return (
        not mention.tells_when(),
        mention.is_short(),
        -len(mention.families),
        mention.etal,
        repr(mention),
    )


def _sought_in(mention: Mention) -> Iterator[tuple[object, ...]]:
    """The blocks in which the work of a mention is sought.

    One without a year can only mean a work that its own document cites with one.
    """
    return _blocks(mention) if mention.tells_when() else _blocks_here(mention)


def _blocks(mention: Mention) -> Iterator[tuple[object, ...]]:
    """By number, or by year and first letter, first family, all families."""
    if mention.identifier:
        yield (mention.identifier,)
        return
    yield _initial(mention), mention.year
    yield mention.families[:1], mention.year
    yield mention.families, mention.year


def _blocks_here(mention: Mention) -> Iterator[tuple[object, ...]]:
    """By first letter, first family, all families, within one document."""
    yield _initial(mention), mention.document, "here"
    yield mention.families[:1], mention.document, "here"
    yield mention.families, mention.document, "here"


def _initial(mention: Mention) -> str:
    return (
        mention.families[0][:1]
        if mention.families
        else letters(mention.title)[:6]
    )


def _home(mention: Mention, block: Sequence[Group]) -> Group | None:
    fitting = [group for group in block if group.admits(mention)]
    if len(fitting) > 1:
        document = mention.document
        here = [group for group in fitting if document in group.documents]
        fitting = here or fitting
    return fitting[0] if len(fitting) == 1 else None


def may_be_same(a: Mention, b: Mention) -> bool:
    """Whether nothing that two mentions say speaks against one work.

    Letters at the year tell two works of one document apart and say nothing beyond it.
    """
    if a.identifier or b.identifier:
        return a.identifier == b.identifier
    if (
        a.tells_when()
        and b.tells_when()
        and (a.year != b.year or a.suffix != b.suffix)
    ):
        return False
    if a.suffix and b.suffix and a.document != b.document:
        return False
    if not _titles_fit(a, b) or not _given_fit(a, b):
        return False
    return _families_fit(a, b)


def _titles_fit(a: Mention, b: Mention) -> bool:
    if not a.title or not b.title:
        return bool(a.families and b.families)
    return title_similarity(a.title, b.title) >= NEARLY_SAME_TITLE


def _given_fit(a: Mention, b: Mention) -> bool:
    """Whether given names agree author by author, as far as both print them."""
    return all(
        _initials_fit(x, y) for x, y in zip(a.given, b.given, strict=False)
    )


def _initials_fit(a: str, b: str) -> bool:
    """Whether two given names can be one person's.

    >>> _initials_fit("anna", "a."), _initials_fit("anna", "")
    (True, True)
    >>> _initials_fit("anna", "arie"), _initials_fit("anna", "p.")
    (False, False)
    """
    short, long = sorted((a.rstrip("."), b.rstrip(".")), key=len)
    if not short or short == long:
        return True
    initials = len(short.replace(".", "").replace(" ", "")) <= 3
    return short[0] == long[0] if initials else long.startswith(short)


def _families_fit(a: Mention, b: Mention) -> bool:
    """The same people in order; a list with "e.a." may be cut short."""
    if not a.families or not b.families:
        return not a.families and not b.families
    short, long = sorted((a, b), key=lambda m: (len(m.families), not m.etal))
    pairs = zip(short.families, long.families, strict=False)
    if not all(_one_family(x, y) for x, y in pairs):
        return False
    more = len(long.families) - len(short.families)
    if more == 0:
        return a.etal == b.etal or len(a.families) > 2
    return short.etal and (more > 1 or long.etal or len(short.families) > 1)


def _one_family(a: str, b: str) -> bool:
    return a == b or (len(a) > 5 and name_similarity(a, b) >= MISPRINT)


# -- the works


def _ids(
    groups: Sequence[Group], citations: Sequence[Citation], taken: set[str]
) -> list[str]:
    """Readable ids, as other works have; equal ones numbered in the order of groups."""
    ids = []
    numbered: dict[str, Iterator[str]] = {}
    for group in groups:
        slug = slug_of(_csl(group, citations))
        names = numbered.setdefault(slug, _numbered(slug))
        free = next(name for name in names if name not in taken)
        taken.add(free)
        ids.append(free)
    return ids


def _numbered(slug: str) -> Iterator[str]:
    """The slug by itself, then with 2 behind it, and so on."""
    yield slug
    yield from (f"{slug}{number}" for number in itertools.count(2))


def _csl(group: Group, citations: Sequence[Citation]) -> dict[str, Any]:
    """What the mentions say: the fullest list of names, the year, a title if any."""
    cited = [citations[at] for at in group.places]
    best = min(cited, key=_fullest)
    if best.csl:
        return dict(best.csl)
    csl: dict[str, Any] = {"type": "document"}
    if best.names:
        csl["author"] = [dict(name) for name in best.names]
    if best.year:
        csl["issued"] = {"date-parts": [[best.year]]}
    title = next(
        (c.title for c in sorted(cited, key=_fullest) if c.title), None
    )
    if title:
        csl["title"] = title
    custom = {"suffix": best.suffix, "etal": best.etal}
    kept = {key: value for key, value in custom.items() if value}
    return csl | ({"custom": kept} if kept else {})


def _fullest(citation: Citation) -> tuple[object, ...]:
    given = sum(len(name.get("given", "")) for name in citation.names)
    title = citation.title or ""
    return (
        -len(citation.names),
        citation.etal,
        -given,
        -len(title),
        repr(sorted(map(sorted, citation.names))),
        title,
        repr(citation.csl),
    )


def _work(group: Group, work: str, citations: Sequence[Citation]) -> Work:
    return Work(
        id=work,
        csl=_csl(group, citations) | {"id": work},
        cited_by=tuple(sorted(group.documents - {""})),
        mentions=len(group.places),
        origin="mention",
    )
