"""Does a theme recur? Where its evidence stands, what is new, and what is said again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.records import Document, Passage, Tag


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Evidence on a theme over the corpus.

    Passages that repeat one another count once in `statements`. `new` are those of
    documents since the year asked for, `repeated` the groups that say the same.
    """

    theme: str
    passages: int
    statements: int
    documents: tuple[tuple[str, int], ...]  # (id, passages), most first
    years: tuple[
        tuple[int, int], ...
    ]  # (year of publication, passages), oldest first
    municipalities: tuple[tuple[str, int], ...]  # (name, passages), most first
    new: tuple[str, ...] = ()
    repeated: tuple[tuple[str, ...], ...] = ()


def _ranked(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(names)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def recurrence(
    theme: str,
    tags: Iterable[Tag],
    passages: Mapping[str, Passage],
    documents: Sequence[Document],
    groups: Mapping[str, str] | None = None,
    since: int | None = None,
) -> Recurrence:
    """How `theme` recurs.

    Args:
        theme: its code.
        tags: of any themes.
        passages: by id; tags on others are left aside.
        documents: for their years.
        groups: the group of each near-duplicate.
        since: a year of publication; evidence of that year or later is new.
    """
    evidence = _evidence(theme, tags, passages)
    dated = _dated(evidence, documents)
    alike = _alike(evidence, groups or {})
    new = [p.id for p, year in dated if since is not None and year >= since]
    return Recurrence(
        theme=theme,
        passages=len(evidence),
        statements=len(alike),
        documents=_ranked(p.document for p in evidence),
        years=tuple(sorted(Counter(year for _, year in dated).items())),
        municipalities=_ranked(
            name for p in evidence for name in p.municipalities
        ),
        new=tuple(new),
        repeated=tuple(ids for ids in alike if len(ids) > 1),
    )


def _evidence(
    theme: str, tags: Iterable[Tag], passages: Mapping[str, Passage]
) -> list[Passage]:
    """The known passages that are evidence on a theme."""
    tagged = [
        tag.passage for tag in tags if tag.theme == theme and tag.evidence
    ]
    return [passages[id] for id in tagged if id in passages]


def _dated(
    evidence: Sequence[Passage], documents: Sequence[Document]
) -> list[tuple[Passage, int]]:
    """The passages of documents whose year is known, with that year."""
    year_of = {d.id: d.year for d in documents if d.year is not None}
    return [
        (p, year_of[p.document]) for p in evidence if p.document in year_of
    ]


def _alike(
    evidence: Sequence[Passage], groups: Mapping[str, str]
) -> list[tuple[str, ...]]:
    """The ids of passages that say the same, a passage alone too."""
    found: dict[str, list[str]] = {}
    for passage in evidence:
        found.setdefault(groups.get(passage.id, passage.id), []).append(
            passage.id
        )
    return [tuple(ids) for ids in found.values()]
