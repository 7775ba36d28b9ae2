"""Each citation to its work.

First the list of its own article, then works of the corpus, of literature.bib and of
other lists. A link is scored on names, year and title (`judging`). Below `THRESHOLD`,
or where two works fit equally well, it stays open; score and reason are kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from kb.citations.reasons import Reason, Why
from kb.citations.wordlists import words
from kb.citations.works.article_lists import ListEnds, list_of
from kb.citations.works.candidates import Candidate, Candidates
from kb.citations.works.clustering import Cluster, Member
from kb.citations.works.judging import identifier_of, judge
from kb.citations.works.numbered_lists import Numbering
from kb.citations.works.similarity import core_name, record_of
from kb.records import Citation, Passage, Reference

THRESHOLD = 0.6
ELSEWHERE = 0.75  # a work that the document itself does not list needs more
WORTH_A_LOOK = 0.3
TIE = 0.04
OTHER_LIST = (
    0.2  # what another article of the same volume lists is rarely meant
)
NOT_IN_A_LIST = 0.02
NOT_LISTED_HERE = 0.03
COMMON_SURNAME = 0.25

_PLACES = {"corpus": Why.IN_CORPUS, "literature": Why.IN_LITERATURE}

_Scored = tuple[float, Reason, Candidate]


class Linker:
    """The candidates of each document and of the corpus.

    Equal citations at equal places have equal answers, which are given once.
    """

    def __init__(
        self,
        clusters: Sequence[Cluster],
        references: Sequence[Reference],
        ends: ListEnds,
        numbers: Numbering,
        articles: Mapping[str, Collection[str]],
    ) -> None:
        """What citations can mean.

        Args:
            clusters: all works.
            references: all entries, with their works.
            ends: where the lists of each document end.
            numbers: the entries of numbered lists.
            articles: for each document of a volume the other articles in it.
        """
        self.ends = ends
        self.everywhere = Candidates(_of_corpus(clusters))
        self.own = _of_documents(clusters, references)
        self.numbers = numbers
        self.articles = articles
        self.answers: dict[tuple[object, ...], Citation] = {}

    def link(
        self, citation: Citation, passage: Passage | None
    ) -> Citation | None:
        """`citation` with its work, or with the reason why it has none.

        None for a number in brackets that is no entry's: it cites nothing.
        """
        if citation.reason == Why.IN_THIS_VOLUME:
            return self._beside(citation, passage.document if passage else "")
        document = passage.document if passage else ""
        position = passage.position if passage else 0
        number = list_of(position, self.ends.get(document, ()))
        if citation.number is not None:
            return self._numbered(citation, document, number)
        asked = (document, number, *_asked(citation))
        if asked not in self.answers:
            self.answers[asked] = self._answer(citation, document, number)
        answer = self.answers[asked]
        return replace(
            citation,
            reference=answer.reference,
            work=answer.work,
            score=answer.score,
            reason=answer.reason,
        )

    def _beside(self, citation: Citation, document: str) -> Citation:
        """The article of the same volume by these authors, when there is one only."""
        scored: list[_Scored] = []
        for candidate in self.everywhere.likely(citation):
            if candidate.work in self.articles.get(document, ()):
                scored.append((*judge(citation, candidate.record), candidate))
        score, _, best = _clear_best(scored)
        if best is None or score < THRESHOLD:
            return citation
        return replace(citation, work=best.work, score=round(score, 3))

    def _numbered(
        self, citation: Citation, document: str, number: int
    ) -> Citation | None:
        """The entry with this number: in the list of the article, else in the only list."""
        of_document = self.numbers.get(document, {})
        own = of_document.get(number)
        lists = [own] if own else list(of_document.values())
        entry = lists[0].get(citation.number or 0) if len(lists) == 1 else None
        if entry is None:
            return None
        return replace(
            citation,
            reference=entry.id,
            work=entry.work,
            score=1.0,
            reason=Why.NUMBER.value,
        )

    def _answer(
        self, citation: Citation, document: str, number: int
    ) -> Citation:
        if document in self.own:
            score, reason, best = self._in_document(citation, document, number)
            if best and score >= THRESHOLD:
                return _linked(citation, score, reason, best)
            if Why.AMBIGUOUS in reason:
                return _open(citation, score, reason)
        return self._in_corpus(citation, document)

    def _in_document(
        self, citation: Citation, document: str, number: int
    ) -> tuple[float, Reason, Candidate | None]:
        scored: list[_Scored] = []
        for candidate in self.own[document].likely(citation):
            score, reason = judge(citation, candidate.record)
            if score <= WORTH_A_LOOK:
                continue
            if number and candidate.list_number not in (0, number):
                score -= OTHER_LIST
                reason = reason.because(Why.OTHER_LIST)
            elif candidate.place != "list":
                score -= NOT_IN_A_LIST
            scored.append((score, reason, candidate))
        return _clear_best(scored)

    def _in_corpus(self, citation: Citation, document: str) -> Citation:
        scored: list[_Scored] = []
        for candidate in self.everywhere.likely(citation):
            if candidate.place == "corpus" and candidate.work == document:
                continue
            score, reason = judge(citation, candidate.record, strict=True)
            if score <= WORTH_A_LOOK:
                continue
            if candidate.place == "reference" and _common(citation):
                score -= COMMON_SURNAME
                reason = reason.because(Why.COMMON_SURNAME)
            where = _PLACES.get(candidate.place, Why.LISTED_ELSEWHERE)
            told = reason.because(where)
            scored.append((score - NOT_LISTED_HERE, told, candidate))
        score, reason, best = _clear_best(scored)
        if best and score >= ELSEWHERE:
            return _linked(citation, score, reason, best)
        if best and Why.AMBIGUOUS not in reason:
            reason = reason.too_weak()
        return _open(citation, score, reason)


def _asked(citation: Citation) -> tuple[object, ...]:
    """What of a citation matters for its link."""
    return (
        citation.authors,
        citation.year,
        citation.suffix,
        citation.title,
        citation.etal,
        citation.group,
        identifier_of(citation),
    )


def _open(citation: Citation, score: float, reason: Reason) -> Citation:
    return replace(citation, score=round(score, 3), reason=str(reason))


def _linked(
    citation: Citation, score: float, reason: Reason, best: Candidate
) -> Citation:
    return replace(
        citation,
        reference=best.reference,
        work=best.work,
        score=round(score, 3),
        reason=str(reason),
    )


def _of_corpus(clusters: Iterable[Cluster]) -> Iterable[Candidate]:
    """The different descriptions of every work."""
    for found in clusters:
        seen = set()
        for member in found.members:
            record = member.record
            said = (record.families, record.year, record.letters)
            if said not in seen:
                seen.add(said)
                yield Candidate(record, found.id, place=member.origin)


def _of_documents(
    clusters: Iterable[Cluster], references: Iterable[Reference]
) -> dict[str, Candidates]:
    """The entries that each document prints of others' works."""
    members: dict[str, Member] = {
        m.key: m
        for c in clusters
        for m in c.members
        if m.origin == "reference"
    }
    entries: dict[str, list[Candidate]] = defaultdict(list)
    for reference in references:
        if not reference.csl or reference.place == "self":
            continue
        member = members.get(reference.id)
        candidate = Candidate(
            member.record if member else record_of(reference.csl),
            reference.work,
            reference.id,
            reference.list_number,
            reference.place,
        )
        entries[reference.document].append(candidate)
    return {document: Candidates(found) for document, found in entries.items()}


def _clear_best(
    scored: Sequence[_Scored],
) -> tuple[float, Reason, Candidate | None]:
    """The best candidate, lowered below the threshold when it is not clear.

    It is not when another work comes as near, or when the year differs and the
    authors have another work.
    """
    if not scored:
        return 0.0, Reason((Why.NO_ENTRY,)), None
    ordered = sorted(scored, key=lambda found: -found[0])
    score, reason, best = ordered[0]
    lowered = min(score, THRESHOLD - 0.01)
    rivals = [found for found in ordered[1:] if found[2].work != best.work]
    if rivals and score >= THRESHOLD and score - rivals[0][0] < TIE:
        return lowered, _ambiguous(best, rivals[0][2]), best
    is_other_year = Why.OTHER_YEAR in reason or Why.NEXT_YEAR in reason
    if is_other_year and any(Why.OTHER_LIST not in r[1] for r in rivals):
        return lowered, reason.because(Why.SEVERAL_WORKS), best
    return score, reason, best


def _ambiguous(best: Candidate, rival: Candidate) -> Reason:
    works = (str(best.work), str(rival.work))
    return Reason((Why.AMBIGUOUS,), works=works)


def _common(citation: Citation) -> bool:
    """One surname that many share: not enough to point to a list of another document."""
    if citation.group or citation.title or len(citation.authors) != 1:
        return False
    return core_name(citation.authors[0]) in words("names", "common")
