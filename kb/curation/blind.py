"""Two people code the same passages without seeing each other: do they agree?

Each says of a passage which themes of a framework it is evidence on, or mentions; what is not
named is not there. Agreement is counted where two or more have said; what they said
differently is listed, and what is settled in the end is gold.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kb.curation.state import State
from kb.records import Passage
from kb.store import Store

VALUES = {"none": 0, "mention": 1, "evidence": 2}
# A sentence or two at least: less cannot be judged by itself.
SHORTEST = 80  # characters
KINDS_LEFT_OUT = ("reference", "contents", "colophon", "caption")

Said = Mapping[
    str, Mapping[str, Mapping[str, str]]
]  # passage → coder → theme → view


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well coders agree on one theme; None where there is nothing to reckon with.

    Attributes:
        passages: coded by two or more.
        same: on how many all said the same.
        kappa: Cohen's, the mean over pairs of coders.
        alpha: Krippendorff's, over all coders at once.
    """

    theme: str
    passages: int
    same: int
    kappa: float | None
    alpha: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A theme of a passage that coders see differently."""

    passage: str
    theme: str
    views: Mapping[str, str]  # by coder


def said_of(state: State, framework: str) -> Said:
    """What each coder said of each passage in one framework."""
    found: dict[str, dict[str, Mapping[str, str]]] = defaultdict(dict)
    for event in state.holding("code"):
        if event.field == framework:
            found[event.target][event.by] = event.after
    return found


def twice(said: Said) -> Said:
    """Only the passages that two or more coded."""
    return {p: views for p, views in said.items() if len(views) > 1}


def agreements(said: Said, themes: Sequence[str]) -> list[Agreement]:
    """The agreement on each theme."""
    return [_agreement(twice(said), theme) for theme in themes]


def _agreement(said: Said, theme: str) -> Agreement:
    rows = [
        {coder: views.get(theme, "none") for coder, views in by_coder.items()}
        for by_coder in said.values()
    ]
    same = sum(len(set(row.values())) == 1 for row in rows)
    return Agreement(theme, len(rows), same, _kappa(rows), _alpha(rows))


def _kappa(rows: Sequence[Mapping[str, str]]) -> float | None:
    coders = sorted({coder for row in rows for coder in row})
    found = []
    for first, second in combinations(coders, 2):
        pairs = [
            (row[first], row[second])
            for row in rows
            if first in row and second in row
        ]
        kappa = cohen(pairs)
        if kappa is not None:
            found.append(kappa)
    return sum(found) / len(found) if found else None


def cohen(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa; None where chance alone would make two agree on everything.

    >>> cohen([("none", "none"), ("evidence", "evidence"), ("none", "evidence")])
    0.4
    """
    count = len(pairs)
    if not count:
        return None
    agreed = sum(one == other for one, other in pairs) / count
    chance = sum(
        sum(one == value for one, _ in pairs)
        * sum(other == value for _, other in pairs)
        for value in VALUES
    ) / (count * count)
    if chance >= 1:
        return None
    return round((agreed - chance) / (1 - chance), 6)


def _alpha(rows: Sequence[Mapping[str, str]]) -> float | None:
    import krippendorff

    values = {value for row in rows for value in row.values()}
    if len(values) < 2:
        return None  # where all say one thing there is nothing to agree by
    coders = sorted({coder for row in rows for coder in row})
    table = [
        [VALUES[row[c]] if c in row else float("nan") for row in rows]
        for c in coders
    ]
    found = krippendorff.alpha(
        reliability_data=table, level_of_measurement="nominal"
    )
    return round(float(found), 6)


def differences(
    state: State, said: Said, themes: Sequence[str]
) -> Iterator[Difference]:
    """What coders see differently and nobody has settled."""
    for passage, by_coder in twice(said).items():
        for theme in themes:
            views = {c: v.get(theme, "none") for c, v in by_coder.items()}
            settled = state.value("settle", passage, theme)
            if len(set(views.values())) > 1 and settled is None:
                yield Difference(passage, theme, views)


def gold_of(
    state: State, said: Said, themes: Sequence[str], store: Store
) -> Iterator[dict[str, object]]:
    """Rows of gold as `kb evaluate themes` reads them.

    A theme counts where coders agree or it was settled; another is left out of `judged`.
    """
    both = twice(said)
    open_ = {(d.passage, d.theme) for d in differences(state, said, themes)}
    for passage in store.passages(ids=both):
        judged = [t for t in themes if (passage.id, t) not in open_]
        views = {
            t: _view(state, both[passage.id], passage.id, t) for t in judged
        }
        yield {
            "pid": passage.id,
            "doc": passage.document,
            "text": passage.text,
            "evidence": [t for t in judged if views[t] == "evidence"],
            "ignore": [t for t in judged if views[t] == "mention"],
            "section": passage.section[-1] if passage.section else "",
            "judged": judged,
        }


def _view(
    state: State,
    by_coder: Mapping[str, Mapping[str, str]],
    passage: str,
    theme: str,
) -> str:
    settled = state.value("settle", passage, theme)
    agreed = next(iter(by_coder.values())).get(theme, "none")
    return str(settled or agreed)


def next_to_code(store: Store, said: Said, coder: str) -> Passage | None:
    """What a coder gets next: what another coded first, then by lot.

    The lot is the same for everybody, so that two who begin apart meet.
    """
    waiting = [p for p in said if coder not in said[p]]
    for passage in store.passages(ids=sorted(waiting)):
        return passage
    ids = sorted((id for id in _codable(store) if id not in said), key=_lot)
    return store.passage(ids[0]) if ids else None


def _codable(store: Store) -> Iterable[str]:
    for document in store.document_ids():
        for passage in store.passages(document):
            enough = len(passage.text) >= SHORTEST
            if enough and passage.kind not in KINDS_LEFT_OUT:
                yield passage.id


def _lot(id: str) -> str:
    return hashlib.sha256(id.encode()).hexdigest()
