"""Does a theme recur? In how many documents, years and municipalities its evidence stands, what is new, and what is said again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.records import Document, Passage, Tag


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Evidence on a theme over the corpus; passages that repeat one another count once in `statements`."""

    theme: str
    passages: int
    statements: int
    documents: tuple[tuple[str, int], ...]  # (id, passages), most first
    years: tuple[tuple[int, int], ...]  # (year of publication, passages), oldest first
    municipalities: tuple[tuple[str, int], ...]  # (name, passages), most first
    new: tuple[str, ...] = ()  # passages of documents since the year asked for
    repeated: tuple[tuple[str, ...], ...] = ()  # groups of passages that say the same


def _ranked(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def recurrence(
    theme: str,
    tags: Iterable[Tag],
    passages: Mapping[str, Passage],
    documents: Sequence[Document],
    groups: Mapping[str, str] | None = None,
    since: int | None = None,
) -> Recurrence:
    """How `theme` recurs. `groups` names the group of each near-duplicate; `since` is a year of publication."""
    evidence = [
        passages[tag.passage]
        for tag in tags
        if tag.theme == theme and tag.evidence and tag.passage in passages
    ]
    year_of = {document.id: document.year for document in documents}
    years = Counter(
        year for p in evidence if (year := year_of.get(p.document)) is not None
    )
    alike: dict[str, list[str]] = {}
    for p in evidence:
        alike.setdefault((groups or {}).get(p.id, p.id), []).append(p.id)
    return Recurrence(
        theme=theme,
        passages=len(evidence),
        statements=len(alike),
        documents=_ranked(Counter(p.document for p in evidence)),
        years=tuple(sorted(years.items())),
        municipalities=_ranked(
            Counter(place for p in evidence for place in p.municipalities)
        ),
        new=tuple(
            p.id
            for p in evidence
            if since is not None and (year_of.get(p.document) or 0) >= since
        ),
        repeated=tuple(tuple(ids) for ids in alike.values() if len(ids) > 1),
    )
