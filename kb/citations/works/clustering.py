"""Works: one record for the whole corpus, however it is spelled, with a readable id that survives a rebuild."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.citations.wordlists import fold, squeeze
from kb.citations.works.similarity import (
    Record,
    acronym_of,
    core_name,
    record_of,
    same_work,
)
from kb.records import Document, Reference

_RANK = {"corpus": 0, "literature": 1, "reference": 2}
_EMPTY = frozenset(
    [
        "de",
        "het",
        "een",
        "der",
        "den",
        "the",
        "a",
        "an",
        "le",
        "la",
        "der",
        "die",
        "das",
        "van",
        "in",
        "op",
        "naar",
        "over",
        "uit",
        "voor",
        "en",
        "of",
        "to",
        "on",
        "for",
        "aan",
        "met",
        "bij",
        "tot",
    ]
)
_BLOCK_LIMIT = (
    400  # records compared within one block of keys; larger blocks are of no use
)


@dataclass(slots=True)
class Member:
    """One description of a work: of a corpus document, of literature.bib, or a printed entry."""

    csl: Mapping[str, Any]
    origin: str
    key: str  # citekey or reference id
    document: str = ""
    raw: str = ""
    record: Record = field(init=False)

    def __post_init__(self) -> None:
        self.record = record_of(self.csl)


@dataclass(slots=True)
class Cluster:
    """Members that describe one work."""

    members: list[Member]
    id: str = ""


def members_of(
    documents: Iterable[Document],
    references: Iterable[Reference],
    literature: Iterable[Mapping[str, Any]],
) -> list[Member]:
    """Everything that describes a work, the most trusted first."""
    found = [Member(_csl_of(d), "corpus", d.id, document=d.id) for d in documents]
    found += [Member(csl, "literature", str(csl.get("id", ""))) for csl in literature]
    found += [
        Member(r.csl, "reference", r.id, document=r.document, raw=r.raw)
        for r in references
        if r.csl.get("title")
    ]
    return found


def _csl_of(document: Document) -> Mapping[str, Any]:
    if document.csl.get("title"):
        return document.csl
    csl: dict[str, Any] = {
        "type": document.type,
        "title": document.title,
        "author": [_as_name(a) for a in document.authors],
    }
    if document.year:
        csl["issued"] = {"date-parts": [[document.year]]}
    return csl | dict(document.csl)


def _as_name(text: str) -> dict[str, str]:
    if "," in text:
        family, given = text.split(",", 1)
        return {"family": family.strip(), "given": given.strip()}
    return {"literal": text}


def _keys(record: Record) -> set[str]:
    """Blocking keys: records that share none are never compared."""
    keys = {f"t{record.main[:10]}"} if len(record.main) >= 4 else set()
    words = [w for w in re.findall(r"\w{5,}", record.title)][:6]
    keys |= {f"w{a}{b}" for a, b in itertools.pairwise(words)}
    if record.families and record.year:
        keys |= {
            f"a{record.families[0][:3]}{y}" for y in (record.year, record.year + 1)
        }
    return keys


def cluster(members: Sequence[Member]) -> list[Cluster]:
    """Members joined to works; a member joins only when it is the same work as every member already there."""
    blocks: dict[str, list[Cluster]] = defaultdict(list)
    clusters: list[Cluster] = []
    for member in members:
        keys = _keys(member.record)
        home = _home(
            member, [c for k in sorted(keys) for c in blocks[k][:_BLOCK_LIMIT]]
        )
        if home is None:
            home = Cluster([])
            clusters.append(home)
        home.members.append(member)
        for key in keys:
            if home not in blocks[key]:
                blocks[key].append(home)
    _name(clusters)
    return clusters


def _home(member: Member, candidates: Sequence[Cluster]) -> Cluster | None:
    seen: set[int] = set()
    for candidate in candidates:
        if id(candidate) in seen:
            continue
        seen.add(id(candidate))
        if _distinct_sources(member, candidate):
            continue
        if all(
            same_work(member.record, other.record) for other in candidate.members[:12]
        ):
            return candidate
    return None


def _distinct_sources(member: Member, candidate: Cluster) -> bool:
    """Two documents of the corpus, or two records of literature.bib, are two works by decision of who entered them."""
    return member.origin != "reference" and any(
        m.origin == member.origin for m in candidate.members
    )


def best_csl(found: Cluster) -> dict[str, Any]:
    """The record of a work: the most trusted member, completed with what the others print."""
    ordered = sorted(found.members, key=lambda m: (_RANK[m.origin], _weight(m, found)))
    csl = {k: v for k, v in ordered[0].csl.items() if v not in (None, "", [], {})}
    for other in ordered[1:]:
        if other.csl.get("type") == csl.get("type") or ordered[0].origin == "reference":
            for key in (
                "publisher",
                "publisher-place",
                "URL",
                "DOI",
                "volume",
                "issue",
                "page",
                "edition",
                "container-title",
            ):
                if key not in csl and other.csl.get(key) and _fits(csl, key):
                    csl[key] = other.csl[key]
    csl["id"] = found.id
    return csl


def _fits(csl: Mapping[str, Any], key: str) -> bool:
    article = (
        str(csl.get("type", "")).startswith("article") or csl.get("type") == "chapter"
    )
    return article if key in {"volume", "issue", "page", "container-title"} else True


def _weight(member: Member, found: Cluster) -> tuple[int, int, str]:
    """For sorting, best first: votes for its year and first author among the members, then how much it prints; the id breaks ties."""
    years = Counter(m.record.year for m in found.members)
    names = Counter(m.record.families[:1] for m in found.members)
    votes = 10 * (years[member.record.year] + names[member.record.families[:1]])
    return (
        -votes - sum(bool(v) for v in member.csl.values()),
        -len(str(member.csl.get("title", ""))),
        member.key,
    )


def _slug(csl: Mapping[str, Any]) -> str:
    names = csl.get("author") or csl.get("editor") or []
    first = names[0] if names else {}
    family = (
        squeeze(core_name(first.get("family", "")))
        or _short(first.get("literal", ""))
        or "anon"
    )
    year = (
        (csl.get("issued") or {}).get("date-parts", [[""]])[0][0]
        if isinstance(csl.get("issued"), Mapping)
        else ""
    )
    words = [
        w
        for w in re.findall(
            r"[a-z0-9]+(?:-[a-z0-9]+)*", fold(str(csl.get("title", "")))
        )
        if w not in _EMPTY and len(w) > 1
    ]
    return f"{family[:20]}{year or 'zd'}{squeeze(words[0] if words else '')[:18]}"


def _short(literal: str) -> str:
    inside = re.search(r"\(([A-Z][\w-]{1,8})\)", literal)
    if inside:
        return squeeze(inside.group(1))
    short = squeeze(literal.split("/")[0])
    return (
        acronym_of(literal)
        if len(short) > 18 and len(acronym_of(literal)) > 2
        else short
    )


def _name(clusters: Sequence[Cluster]) -> None:
    """Ids: citekeys where the work has one, else surname + year + first word of the title; letters part equal ones in title order."""
    taken: set[str] = set()
    for found in clusters:
        keyed = next(
            (m for m in found.members if m.origin != "reference" and m.key), None
        )
        if keyed and keyed.key not in taken:
            found.id = keyed.key
            taken.add(keyed.key)
    by_slug: dict[str, list[Cluster]] = defaultdict(list)
    for found in clusters:
        if not found.id:
            by_slug[_slug(best_csl(found))].append(found)
    for slug, same in by_slug.items():
        for found in sorted(
            same,
            key=lambda c: (
                squeeze(str(best_csl(c).get("title", ""))),
                c.members[0].key,
            ),
        ):
            number, candidate = 1, slug
            while candidate in taken:
                number += 1
                candidate = f"{slug}{number}"
            found.id = candidate
            taken.add(candidate)
