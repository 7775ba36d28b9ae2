"""Who cites whom: edges from documents to works, most cited works, co-citation, the sentences that cite, and the trail of a claim."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kb.citations.wordlists import fold
from kb.records import Citation, Passage, Reference, Work


@dataclass(frozen=True, slots=True)
class Edge:
    """A document cites a work: `mentions` times in its text (0: only listed)."""

    document: str
    work: str
    mentions: int
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citing:
    """A sentence that cites: verbatim from the passage, with the citation in it."""

    passage: str
    document: str
    page: int
    label: str | None
    sentence: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Trail:
    """A claim followed to its source: citation, printed entry, work, and passages of the cited document nearest to the claim."""

    citation: Citation
    reference: Reference | None
    work: Work | None
    passages: tuple[tuple[Passage, float], ...] = ()


def edges(
    passages: Sequence[Passage],
    references: Sequence[Reference],
    citations: Sequence[Citation],
) -> tuple[Edge, ...]:
    """One edge for each document and each work it lists or mentions, most mentions first."""
    document_of = {p.id: p.document for p in passages}
    where: dict[tuple[str, str], list[str]] = defaultdict(list)
    for reference in references:
        if reference.work and reference.place != "self":
            where[reference.document, reference.work] = []
    for citation in citations:
        if citation.work and citation.passage in document_of:
            where[document_of[citation.passage], citation.work].append(citation.passage)
    found = [
        Edge(d, w, len(ids), tuple(dict.fromkeys(ids))) for (d, w), ids in where.items()
    ]
    return tuple(sorted(found, key=lambda e: (-e.mentions, e.document, e.work)))


def most_cited(works: Sequence[Work], limit: int = 20) -> tuple[Work, ...]:
    """Works by number of citing documents, then mentions; works nobody cites are left out."""
    cited = [w for w in works if w.cited_by or w.mentions]
    return tuple(
        sorted(cited, key=lambda w: (-len(w.cited_by), -w.mentions, w.id))[:limit]
    )


def co_cited(
    citations: Sequence[Citation], limit: int = 50
) -> tuple[tuple[str, str, int], ...]:
    """(work, work, number of passages that cite both), most often first."""
    by_passage: dict[str, set[str]] = defaultdict(set)
    for citation in citations:
        if citation.work:
            by_passage[citation.passage].add(citation.work)
    pairs: Counter[tuple[str, str]] = Counter()
    for together in by_passage.values():
        pairs.update(combinations(sorted(together), 2))
    return tuple(
        (a, b, n)
        for (a, b), n in sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[
            :limit
        ]
    )


_END = re.compile(r"(?:[.?!…]+[\"”’'*)]*)\s+(?=[\"“‘'(*]?[A-Z0-9])")
_ABBREVIATIONS = frozenset(
    [
        "e.a.",
        "et",
        "al.",
        "al.",
        "vgl.",
        "dr.",
        "prof.",
        "drs.",
        "p.",
        "pp.",
        "blz.",
        "nr.",
        "bijv.",
        "bv.",
        "o.a.",
        "m.n.",
        "i.p.v.",
        "ca.",
        "cf.",
        "a.",
        "e.",
        "red.",
        "ed.",
        "eds.",
        "mr.",
        "ir.",
        "st.",
    ]
)


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence of `text` that holds text[start:end], verbatim."""
    left, right = 0, len(text)
    for match in _END.finditer(text):
        word = text[: match.start() + 1].split()[-1:]
        if word and (
            fold(word[0]).lstrip("(") in _ABBREVIATIONS
            or re.fullmatch(r"\(?(?:[A-Z]\.)+", word[0])
        ):
            continue
        if start < match.end() <= end or (
            match.start() >= start and match.end() <= end
        ):
            continue
        if match.end() <= start:
            left = match.end()
        elif match.start() >= end - 1:
            right = match.start() + len(match.group().rstrip())
            break
    return text[left:right].strip()


def cited_by(
    work: str, passages: Sequence[Passage], citations: Sequence[Citation]
) -> tuple[Citing, ...]:
    """The sentences that cite `work`, by document and place in it."""
    place = {p.id: p for p in passages}
    found = []
    for citation in citations:
        if citation.work == work and (passage := place.get(citation.passage)):
            sentence = sentence_around(passage.text, citation.start, citation.end)
            found.append(
                Citing(
                    passage.id,
                    passage.document,
                    passage.page,
                    passage.label,
                    sentence,
                    citation,
                )
            )
    return tuple(
        sorted(
            found,
            key=lambda c: (c.document, place[c.passage].position, c.citation.start),
        )
    )


_STOP = frozenset(
    [
        "de",
        "het",
        "een",
        "en",
        "van",
        "in",
        "op",
        "te",
        "dat",
        "die",
        "is",
        "zijn",
        "met",
        "voor",
        "aan",
        "door",
        "om",
        "ook",
        "als",
        "bij",
        "uit",
        "naar",
        "of",
        "er",
        "niet",
        "wordt",
        "worden",
        "heeft",
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
    ]
)


def _terms(text: str) -> set[str]:
    return {t for t in re.findall(r"\w{4,}", fold(text)) if t not in _STOP}


def trace(
    citation: Citation,
    passages: Sequence[Passage],
    references: Mapping[str, Reference],
    works: Mapping[str, Work],
    limit: int = 3,
) -> Trail:
    """The way from a citing sentence to its source, in the corpus to the passages that share most words with the sentence.

    `references` and `works` by id. A cited page (`citation.pages`) that is a printed label counts for more than words.
    """
    work = works.get(citation.work or "")
    reference = references.get(citation.reference or "")
    citing = next((p for p in passages if p.id == citation.passage), None)
    if work is None or work.document is None or citing is None:
        return Trail(citation, reference, work)
    claim = _terms(sentence_around(citing.text, citation.start, citation.end))
    scored = []
    for passage in passages:
        if passage.document != work.document or passage.kind in {
            "reference",
            "contents",
            "colophon",
        }:
            continue
        terms = _terms(passage.text)
        score = (
            len(claim & terms) / (len(claim) ** 0.5 * len(terms) ** 0.5)
            if claim and terms
            else 0.0
        )
        if (
            citation.pages
            and passage.label
            and passage.label in re.split(r"\D+", citation.pages)
        ):
            score += 0.3
        if score > 0.1:
            scored.append((passage, round(score, 3)))
    return Trail(
        citation,
        reference,
        work,
        tuple(sorted(scored, key=lambda s: (-s[1], s[0].position))[:limit]),
    )
