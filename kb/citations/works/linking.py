"""Each citation to the entry of the right list, else to a work of the corpus, of literature.bib or of another list, else left open.

A link is scored on names, year and title. Below `THRESHOLD`, or where two works fit equally well, it stays open; score and reason are kept.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kb.citations.wordlists import squeeze, words
from kb.citations.works.clustering import Cluster, Member, best_csl, cluster, members_of
from kb.citations.works.similarity import (
    Record,
    core_name,
    name_similarity,
    record_of,
    title_similarity,
)
from kb.records import Citation, Document, Passage, Reference, Work

THRESHOLD = 0.6
ELSEWHERE = 0.75  # a work that the document itself does not list needs more
_OTHER_LIST = 0.2  # what another article of the same volume lists is rarely meant
_TIE = 0.04


@dataclass(frozen=True, slots=True)
class Resolved:
    """What `resolve` gives: the same references and citations with their links, and the works."""

    references: tuple[Reference, ...]
    citations: tuple[Citation, ...]
    works: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    record: Record
    work: str | None
    reference: str | None
    list_number: int = 0
    place: str = "list"


def resolve(
    documents: Sequence[Document],
    passages: Sequence[Passage],
    references: Sequence[Reference],
    citations: Sequence[Citation],
    literature: Sequence[Mapping[str, Any]] = (),
) -> Resolved:
    """Works of the whole corpus, and every reference and citation with its link; citations in lists and contents are left out."""
    clusters = cluster(members_of(documents, references, literature))
    work_of = {
        m.key: c.id for c in clusters for m in c.members if m.origin == "reference"
    }
    linked = tuple(replace(r, work=work_of.get(r.id)) for r in references)
    place = {p.id: p for p in passages}
    kept = [
        c
        for c in citations
        if c.passage not in place
        or place[c.passage].kind not in {"reference", "contents"}
    ]
    found = _Linker(clusters, linked, passages).link_all(kept, place)
    return Resolved(linked, tuple(found), tuple(_works(clusters, found, place)))


def _works(
    clusters: Iterable[Cluster],
    citations: Iterable[Citation],
    place: Mapping[str, Passage],
) -> list[Work]:
    mentions: dict[str, int] = defaultdict(int)
    citing: dict[str, set[str]] = defaultdict(set)
    for citation in citations:
        if citation.work:
            mentions[citation.work] += 1
            if citation.passage in place:
                citing[citation.work].add(place[citation.passage].document)
    works = []
    for found in clusters:
        own = next((m.key for m in found.members if m.origin == "corpus"), None)
        listed = {m.document for m in found.members if m.origin == "reference"}
        by = sorted((listed | citing[found.id]) - ({own} if own else set()))
        origin = min(
            (m.origin for m in found.members),
            key=("corpus", "literature", "reference").index,
        )
        variants = tuple(dict.fromkeys(m.raw for m in found.members if m.raw))
        works.append(
            Work(
                found.id,
                best_csl(found),
                tuple(by),
                mentions[found.id],
                own,
                origin,
                variants,
            )
        )
    return sorted(works, key=lambda w: w.id)


class _Linker:
    """The candidates of each document, and of the corpus, by the first letters of their names."""

    def __init__(
        self,
        clusters: Sequence[Cluster],
        references: Sequence[Reference],
        passages: Sequence[Passage],
    ) -> None:
        self.works: list[tuple[_Candidate, Cluster]] = []
        self.by_name: dict[str, list[_Candidate]] = defaultdict(list)
        self.by_title: dict[str, list[_Candidate]] = defaultdict(list)
        records = {
            m.key: m.record
            for c in clusters
            for m in c.members
            if m.origin == "reference"
        }
        for found in clusters:
            for member in _distinct(found.members):
                candidate = _Candidate(
                    member.record, found.id, None, place=member.origin
                )
                self.by_title[member.record.main[:6]].append(candidate)
                for name in member.record.families:
                    for key in _name_keys(name):
                        self.by_name[key].append(candidate)
        self.own: dict[str, list[_Candidate]] = defaultdict(list)
        for reference in references:
            if reference.csl and reference.place != "self":
                self.own[reference.document].append(
                    _Candidate(
                        records.get(reference.id) or record_of(reference.csl),
                        reference.work,
                        reference.id,
                        reference.list_number,
                        reference.place,
                    )
                )
        self.own_by_name: dict[str, dict[str, list[_Candidate]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for document, candidates in self.own.items():
            for candidate in candidates:
                for key in {
                    key
                    for name in candidate.record.families
                    for key in _name_keys(name)
                }:
                    self.own_by_name[document][key].append(candidate)
        self.lists = _list_places(passages, references)

    def link_all(
        self, citations: Sequence[Citation], place: Mapping[str, Passage]
    ) -> list[Citation]:
        return [self._link(c, place.get(c.passage)) for c in citations]

    def _link(self, citation: Citation, passage: Passage | None) -> Citation:
        if passage is not None and _in_this_volume(citation, passage):
            return replace(citation, reason="an article in this volume")
        if passage is not None:
            best = self._in_document(citation, passage)
            if best is not None and best[0] >= THRESHOLD:
                score, reason, candidate = best
                return replace(
                    citation,
                    reference=candidate.reference,
                    work=candidate.work,
                    score=round(score, 3),
                    reason=reason,
                )
            tied = best is not None and best[1].startswith("ambiguous")
            if tied and best is not None:
                return replace(citation, score=round(best[0], 3), reason=best[1])
        return self._in_corpus(citation, passage.document if passage else "")

    def _in_document(
        self, citation: Citation, passage: Passage
    ) -> tuple[float, str, _Candidate] | None:
        own = self.own.get(passage.document)
        if not own:
            return None
        number = self._list_of(passage)
        scored = []
        for candidate in self._likely(citation, passage.document):
            score, reason = judge(citation, candidate.record)
            if score <= 0.3:
                continue
            if candidate.list_number != number and candidate.list_number and number:
                score, reason = (
                    score - _OTHER_LIST,
                    f"{reason}; from another list of the document",
                )
            elif candidate.place != "list":
                score -= 0.02
            scored.append((score, reason, candidate))
        return _clear_best(scored, own)

    def _likely(self, citation: Citation, document: str) -> list[_Candidate]:
        """The document's entries that share a key with the first author; all of them for organisations and titles."""
        if not citation.authors or citation.group:
            return self.own[document]
        keyed = self.own_by_name[document]
        found = {
            id(c): c
            for key in _name_keys(core_name(citation.authors[0]))
            for c in keyed.get(key, ())
        }
        return list(found.values())

    def _list_of(self, passage: Passage) -> int:
        """The number of the list that closes the article of the passage: the first one behind it."""
        places = self.lists.get(passage.document, [])
        for position, number in places:
            if position >= passage.position:
                return number
        return places[-1][1] if places else 0

    def _in_corpus(self, citation: Citation, document: str) -> Citation:
        pool = (
            self.by_title.get(squeeze(citation.title or "")[:6], [])
            if not citation.authors
            else [
                c
                for k in {k for k in _name_keys(core_name(citation.authors[0]))}
                for c in self.by_name.get(k, ())
            ]
        )
        scored = []
        for candidate in pool:
            if candidate.place == "corpus" and candidate.work == document:
                continue
            score, reason = judge(citation, candidate.record, strict=True)
            if score > 0.3:
                if _common(citation) and candidate.place == "reference":
                    score, reason = score - 0.25, f"{reason}; a common surname"
                where = {
                    "corpus": "document of the corpus",
                    "literature": "literature.bib",
                }.get(candidate.place, "list of another document")
                scored.append((score - 0.03, f"{reason}; {where}", candidate))
        best = _clear_best(scored, pool)
        if best is not None and best[0] >= ELSEWHERE:
            return replace(
                citation, work=best[2].work, score=round(best[0], 3), reason=best[1]
            )
        reason = (
            "no entry fits"
            if best is None
            else best[1]
            if best[1].startswith("ambiguous")
            else f"too weak: {best[1]}"
        )
        return replace(
            citation, score=round(best[0], 3) if best else 0.0, reason=reason
        )


def _distinct(members: Sequence[Member]) -> list[Member]:
    seen: set[tuple[Any, ...]] = set()
    out = []
    for member in members:
        key = (member.record.families, member.record.year, squeeze(member.record.title))
        if key not in seen:
            seen.add(key)
            out.append(member)
    return out


def _name_keys(name: str) -> set[str]:
    """Keys under which a (misprinted) name is looked for: its first letters, its first with its last ones, and its abbreviation."""
    bare = squeeze(name)
    parts = [
        w
        for w in name.replace("(", " ").replace(")", " ").split()
        if w not in {"van", "voor", "en", "de", "het", "der"}
    ]
    keys = {bare[:3], f"{bare[:1]}_{bare[-2:]}"} if bare else set()
    if len(parts) > 1:
        keys.add("".join(w[0] for w in parts)[:3])
    return keys


def _list_places(
    passages: Sequence[Passage], references: Sequence[Reference]
) -> dict[str, list[tuple[int, int]]]:
    """Per document: (position of its last entry, number) of each list in reading order."""
    entries: dict[str, dict[str, int]] = defaultdict(dict)
    for passage in passages:
        if passage.kind == "reference" or passage.block == "reference":
            entries[passage.document].setdefault(
                squeeze(passage.text)[:60], passage.position
            )
    pages: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for passage in passages:
        pages[passage.document].append((passage.page, passage.position))
    last: dict[tuple[str, int], int] = {}
    for reference in references:
        if reference.place != "list":
            continue
        key = squeeze(reference.raw)[:60]
        at = entries[reference.document].get(key)
        if at is None:
            at = next(
                (
                    position
                    for text, position in entries[reference.document].items()
                    if text[:25] == key[:25] and len(key) > 20
                ),
                None,
            )
        if at is None and not entries[reference.document]:
            at = max(
                (
                    position
                    for page, position in pages[reference.document]
                    if page <= reference.page
                ),
                default=0,
            )
        if at is not None:
            where = (reference.document, reference.list_number)
            last[where] = max(last.get(where, -1), at)
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for (document, number), at in last.items():
        places[document].append((at, number))
    return {document: sorted(found) for document, found in places.items()}


def _clear_best(
    scored: Sequence[tuple[float, str, _Candidate]], pool: Sequence[_Candidate]
) -> tuple[float, str, _Candidate] | None:
    """The best candidate; marked ambiguous when another work comes as near, lowered when the year differs and it is not the only one."""
    if not scored:
        return None
    ordered = sorted(scored, key=lambda s: -s[0])
    score, reason, best = ordered[0]
    rivals = [s for s in ordered[1:] if s[2].work != best.work]
    if rivals and score - rivals[0][0] < _TIE and score >= THRESHOLD:
        return (
            min(score, THRESHOLD - 0.01),
            f"ambiguous: {best.work} and {rivals[0][2].work} fit equally",
            best,
        )
    if "year differs" in reason and any("another list" not in s[1] for s in rivals):
        return (
            min(score, THRESHOLD - 0.01),
            f"{reason}; more than one work of these authors",
            best,
        )
    return score, reason, best


def judge(
    citation: Citation, record: Record, *, strict: bool = False
) -> tuple[float, str]:
    """(score 0..1, reason) of `citation` meaning the work of `record`. `strict`: a differing year is not accepted but for one year."""
    title = _title_score(citation, record)
    if not citation.authors:
        if title < 0.85:
            return 0.0, "title differs"
        year, said = _year_score(citation, record, strict)
        return title * 0.95 + year, f"title; {said}"
    names, why = _names_score(citation, record)
    if names < 0.7:
        if citation.group and title >= 0.9:
            year, said = _year_score(citation, record, strict)
            return title * 0.9 + year, f"title; {said}"
        return 0.0, "authors differ"
    year, said = _year_score(citation, record, strict)
    bonus = 0.05 if title >= 0.85 else 0.0
    return min(1.0, names + year + bonus), f"{why}; {said}" + (
        "; title" if bonus else ""
    )


def _title_score(citation: Citation, record: Record) -> float:
    if not citation.title or not record.title:
        return 0.0
    cited = squeeze(citation.title)
    if len(cited) >= 6 and (
        cited == record.main
        or (len(cited) >= 10 and squeeze(record.title).startswith(cited))
    ):
        return 1.0
    return title_similarity(citation.title.lower(), record.title)


def _year_score(citation: Citation, record: Record, strict: bool) -> tuple[float, str]:
    if citation.year is None or record.year is None:
        return (-0.3 if strict else -0.15), "no year"
    if citation.year == record.year or citation.year == record.original:
        if citation.suffix and record.suffix and citation.suffix != record.suffix:
            return -0.3, "other letter at the year"
        return (
            0.02 if citation.suffix and citation.suffix == record.suffix else 0.0
        ), "year"
    if abs(citation.year - record.year) == 1:
        # organisations publish every year: another year is another work
        alone = citation.group or record.group or len(citation.authors) < 2
        return (
            -0.45
            if strict and alone
            else -0.3
            if citation.group or record.group
            else -0.2
            if strict
            else -0.15
        ), "year differs by one"
    return (
        (-0.6, "year differs")
        if strict or citation.group or record.group
        else (-0.32, f"year differs ({record.year})")
    )


def _in_this_volume(citation: Citation, passage: Passage) -> bool:
    return citation.year is None and bool(
        re.match(
            r",?\s+(?:elders\s)?in (?:deze bundel|dit boek|deze publicatie|deze uitgave|this volume)",
            passage.text[citation.end : citation.end + 40],
        )
    )


def _common(citation: Citation) -> bool:
    """One surname that many share: not enough to point to a list of another document."""
    return (
        len(citation.authors) == 1
        and not citation.group
        and not citation.title
        and core_name(citation.authors[0]) in words("names", "common")
    )


def _publishes(name: str, publisher: str) -> bool:
    """Whether `name` is the publisher, or one of several ("Wmo-werkplaats Utrecht/Hogeschool Utrecht")."""
    return bool(publisher) and any(
        name_similarity(name, core_name(p)) >= 0.9
        for p in [publisher, *re.split(r"\s?[/;,&]\s?", publisher)]
        if p
    )


def _names_score(citation: Citation, record: Record) -> tuple[float, str]:
    cited = [core_name(a) for a in citation.authors]
    if not record.families:
        return 0.0, "no authors"
    first = name_similarity(cited[0], record.families[0])
    if (
        first < 0.7
        and len(cited) > 1
        and len(cited) == len(record.families)
        and set(cited) == set(record.families)
    ):
        return 0.97, "authors, in another order"
    why = "author" if first > 0.98 else "author, spelled differently"
    if first < 0.7:
        if citation.group and _publishes(cited[0], record.publisher):
            return 0.72, "publisher"
        others = [name_similarity(cited[0], f) for f in record.families[1:]]
        if citation.group and others and max(others) >= 0.9:
            return 0.75, "one of the authors"
        return 0.0, "authors differ"
    score = first
    if len(cited) > 1:
        rest = [
            max((name_similarity(c, f) for f in record.families[1:]), default=0.0)
            for c in cited[1:]
        ]
        score = (first + sum(rest)) / len(cited)
        if min(rest) == 0.0:
            score -= 0.15
    if not citation.etal and not record.etal and len(cited) != len(record.families):
        score -= 0.12 if len(cited) < len(record.families) else 0.2
    if citation.etal and not record.etal and len(record.families) <= len(cited) + 1:
        score -= (
            0.2 if len(record.families) <= len(cited) else 0.08
        )  # "e.a." stands for two others or more
    return score, why
