"""Works: one record for the whole corpus, however it is spelled.

Descriptions of works are compared within blocks only: those that share a key made of
their title or their author and year. A key that many share tells nothing and is left
out, so the time grows with the number of descriptions and not with its square. All
descriptions are put in one order first: which document came first changes nothing.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kb.citations.official import identifier_of
from kb.citations.works.similarity import (
    Record,
    acronym_of,
    core_name,
    record_of,
    same_work,
)
from kb.datafiles import words
from kb.dutch.fold import fold, letters
from kb.records import Document, Reference

ORIGINS = ("corpus", "literature", "reference")  # the most trusted first
_TITLE_WORDS = words("kb.citations.works", "words.toml", "title_words")

# Keys that more descriptions share are of no use: "jaarverslag", one author and year.
CROWD = 60
# Spellings of one work that a newcomer must all equal; more have not been seen.
COMPARED = 12

_COMPLETED = ("publisher", "publisher-place", "URL", "DOI", "edition")
_COMPLETED_IN_ARTICLES = ("volume", "issue", "page", "container-title")


@dataclass(slots=True)
class Member:
    """One description of a work, with where it comes from (one of `ORIGINS`).

    `key` is the citekey or the id of the reference, `raw` the entry as printed.
    """

    csl: Mapping[str, Any]
    origin: str
    key: str
    document: str = ""
    raw: str = ""
    record: Record = field(init=False)

    def __post_init__(self) -> None:
        self.record = record_of(self.csl)
        if identifier := identifier_of(self.raw, self.document):
            self.record = replace(self.record, identifier=identifier)


@dataclass(slots=True, eq=False)
class Cluster:
    """Members that describe one work; `records` are their different descriptions."""

    members: list[Member]
    records: list[Record] = field(default_factory=list)
    id: str = ""

    def admits(self, origin: str, record: Record) -> bool:
        """Whether a description is of this work: the same as all that are here.

        Two documents of the corpus, and two records of the user, are two works by
        decision of who entered them.
        """
        if origin != "reference" and any(
            m.origin == origin for m in self.members
        ):
            return False
        return all(
            same_work(record, other) for other in self.records[:COMPARED]
        )


# -- what describes a work


def members_of(
    documents: Iterable[Document],
    references: Iterable[Reference],
    literature: Iterable[Mapping[str, Any]],
) -> list[Member]:
    """Everything that describes a work."""
    found = [
        Member(_csl_of(d), "corpus", d.id, document=d.id) for d in documents
    ]
    found += [
        Member(csl, "literature", str(csl.get("id", ""))) for csl in literature
    ]
    found += [
        Member(r.csl, "reference", r.id, document=r.document, raw=r.raw)
        for r in references
        if r.csl.get("title") or _is_address(r.csl)
    ]
    return found


def _is_address(csl: Mapping[str, Any]) -> bool:
    """Whether an entry is a page on the web of which only the address is printed."""
    custom = csl.get("custom") or {}
    return str(custom.get("identifier", "")).startswith("url:")


def _csl_of(document: Document) -> Mapping[str, Any]:
    """The record of a document, or what the document says of itself."""
    if document.csl.get("title"):
        return document.csl
    authors = [_as_name(author) for author in document.authors]
    csl: dict[str, Any] = {
        "type": document.type,
        "title": document.title,
        "author": authors,
    }
    if document.year:
        csl["issued"] = {"date-parts": [[document.year]]}
    return csl | dict(document.csl)


def _as_name(text: str) -> dict[str, str]:
    family, comma, given = text.partition(",")
    if not comma:
        return {"literal": text}
    return {"family": family.strip(), "given": given.strip()}


# -- joining


def cluster(members: Sequence[Member]) -> list[Cluster]:
    """Members joined to works; the order of `members` does not matter.

    A description joins a work only when it is the same as every one already there.
    """
    groups = _groups(members)
    keys = [_keys(group[0].record) for group in groups]
    sizes = Counter(itertools.chain.from_iterable(keys))
    blocks: dict[str, list[Cluster]] = defaultdict(list)
    clusters: list[Cluster] = []
    for group, of_group in zip(groups, keys, strict=True):
        usable = [
            k for k in of_group if sizes[k] <= CROWD or k.startswith("#")
        ]
        home = _home(group[0], usable, blocks)
        if home is None:
            home = Cluster([])
            clusters.append(home)
        home.members += group
        home.records.append(group[0].record)
        for key in usable:
            if home not in blocks[key]:
                blocks[key].append(home)
    _name(clusters)
    return clusters


def _groups(members: Sequence[Member]) -> list[list[Member]]:
    """Members in one order, those together that say just the same."""
    groups: list[list[Member]] = []
    for member in sorted(members, key=_place):
        if groups and _says_the_same(groups[-1][0], member):
            groups[-1].append(member)
        else:
            groups.append([member])
    return groups


def _says_the_same(a: Member, b: Member) -> bool:
    """Whether two printed entries give one description."""
    return a.origin == b.origin == "reference" and a.record == b.record


def _place(member: Member) -> tuple[Any, ...]:
    """The most trusted first, then by title, people and year; the key breaks ties."""
    record = member.record
    return (
        ORIGINS.index(member.origin),
        record.title,
        record.families,
        record.year or 0,
        repr(record),
        member.key,
    )


def _home(
    member: Member, keys: Iterable[str], blocks: Mapping[str, list[Cluster]]
) -> Cluster | None:
    """The first work that shares a key with `member` and is the same."""
    candidates = dict.fromkeys(c for key in keys for c in blocks.get(key, ()))
    fitting = (c for c in candidates if c.admits(member.origin, member.record))
    return next(fitting, None)


def _keys(record: Record) -> list[str]:
    """Blocking keys, the most telling first; records that share none are not compared."""
    return list(dict.fromkeys(_all_keys(record)))


def _all_keys(record: Record) -> Iterator[str]:
    if record.identifier:
        yield f"#{record.identifier}"
        return
    family = record.families[0][:3] if record.families else ""
    if record.letters:
        yield f"={record.letters}"
        yield f"+{record.main}{family}"
    if len(record.main) >= 4:
        yield f"t{record.main[:10]}"
    long_words = re.findall(r"\w{5,}", record.title)[:6]
    for pair in itertools.pairwise(long_words):
        yield "w" + "".join(pair)
    if family and record.year:
        yield f"a{family}{record.year}"
        yield f"a{family}{record.year + 1}"


# -- the record of a work


def best_csl(found: Cluster) -> dict[str, Any]:
    """The record of a work: its most trusted member, completed with what others print."""
    ordered = sorted(found.members, key=_votes(found))
    first = ordered[0]
    csl = {k: v for k, v in first.csl.items() if v not in (None, "", [], {})}
    article = str(csl.get("type", "")).startswith(("article", "chapter"))
    fields = _COMPLETED + (_COMPLETED_IN_ARTICLES if article else ())
    for other in ordered[1:]:
        if first.origin == "reference" or other.csl.get("type") == csl.get(
            "type"
        ):
            missing = {
                k: other.csl[k]
                for k in fields
                if k not in csl and other.csl.get(k)
            }
            csl |= missing
    csl["id"] = found.id
    return csl


def _votes(found: Cluster) -> Any:
    """A sort key for members, best first.

    The most trusted origin, then the year and first author that most members print,
    then how much a member prints; its key breaks ties.
    """
    years = Counter(m.record.year for m in found.members)
    names = Counter(m.record.families[:1] for m in found.members)

    def key(member: Member) -> tuple[int, int, int, str]:
        votes = years[member.record.year] + names[member.record.families[:1]]
        printed = sum(bool(value) for value in member.csl.values())
        title = len(str(member.csl.get("title", "")))
        return (
            ORIGINS.index(member.origin),
            -10 * votes - printed,
            -title,
            member.key,
        )

    return key


# -- names of works


def _name(clusters: Sequence[Cluster]) -> None:
    """Ids: the citekey where the work has one, else `slug_of` its record.

    Equal slugs are told apart by a number, in the order of titles.
    """
    taken: set[str] = set()
    for found in clusters:
        keyed = [
            m.key for m in found.members if m.origin != "reference" and m.key
        ]
        if keyed and keyed[0] not in taken:
            found.id = keyed[0]
            taken.add(found.id)
    by_slug: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for at, found in enumerate(clusters):
        if not found.id:
            csl = best_csl(found)
            title = letters(str(csl.get("title", "")))
            by_slug[slug_of(csl)].append((title, found.members[0].key, at))
    for slug in sorted(by_slug):
        numbers = itertools.chain([""], map(str, itertools.count(2)))
        free = (f"{slug}{n}" for n in numbers if f"{slug}{n}" not in taken)
        for _, _, at in sorted(by_slug[slug]):
            clusters[at].id = next(free)
            taken.add(clusters[at].id)


def slug_of(csl: Mapping[str, Any]) -> str:
    """Surname, year and first telling word of the title.

    >>> slug_of({"author": [{"family": "De Vos"}], "title": "Het team"})
    'voszdteam'
    """
    names = csl.get("author") or csl.get("editor") or [{}]
    family = letters(core_name(names[0].get("family", "")))
    family = family or _short(names[0].get("literal", "")) or "anon"
    tokens = re.findall(
        r"[a-z0-9]+(?:-[a-z0-9]+)*", fold(str(csl.get("title", "")))
    )
    telling = [t for t in tokens if t not in _TITLE_WORDS and len(t) > 1]
    title = letters(telling[0])[:18] if telling else ""
    return f"{family[:20]}{_printed_year(csl) or 'zd'}{title}"


def _printed_year(csl: Mapping[str, Any]) -> Any:
    issued = csl.get("issued")
    return (
        issued.get("date-parts", [[""]])[0][0]
        if isinstance(issued, Mapping)
        else ""
    )


def _short(literal: str) -> str:
    """An organisation's acronym where it prints one or its name is long, else its name."""
    inside = re.search(r"\(([A-Z][\w-]{1,8})\)", literal)
    if inside:
        return letters(inside.group(1))
    short, acronym = letters(literal.split("/")[0]), acronym_of(literal)
    return acronym if len(short) > 18 and len(acronym) > 2 else short
