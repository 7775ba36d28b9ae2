"""Who cites what: documents on the left, works on the right, a thread for each citation; rows, so that 150 names stay legible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ROW, LEFT, RIGHT, TOP = 24, 300, 660, 12


@dataclass(frozen=True, slots=True)
class Node:
    """A name at height `y`; `weight` is the number of threads."""

    id: str
    name: str
    y: float
    weight: int


@dataclass(frozen=True, slots=True)
class Thread:
    """A curve from a document to a work; `step` 1 to 3 is its thickness."""

    path: str
    document: str
    work: str
    step: int
    slot: int


@dataclass(frozen=True, slots=True)
class Threads:
    """The drawing."""

    documents: tuple[Node, ...]
    works: tuple[Node, ...]
    threads: tuple[Thread, ...]
    width: int
    height: float


def _ordered(
    items: Sequence[str],
    neighbours: Mapping[str, Sequence[str]],
    place: Mapping[str, float],
) -> list[str]:
    """`items` by the mean place of their neighbours, so that threads cross little."""

    def centre(item: str) -> float:
        near = [place[n] for n in neighbours.get(item, ()) if n in place]
        return sum(near) / len(near) if near else 0.0

    return sorted(items, key=lambda item: (centre(item), item))


def _places(items: Sequence[str]) -> dict[str, float]:
    return {item: (n + 0.5) / len(items) for n, item in enumerate(items)}


def threads(names: Mapping[str, str], edges: Mapping[tuple[str, str], int]) -> Threads:
    """`edges` maps (document, work) to mentions; `names` gives every document and work its name."""
    documents = sorted({d for d, _ in edges})
    works = sorted({w for _, w in edges})
    of_work = {w: [d for d, x in edges if x == w] for w in works}
    of_document = {d: [w for x, w in edges if x == d] for d in documents}
    for _ in range(6):
        works = _ordered(works, of_work, _places(documents))
        documents = _ordered(documents, of_document, _places(works))
    height = max(len(works), len(documents) * 2, 1) * ROW + 2 * TOP

    def heights(items: Sequence[str]) -> dict[str, float]:
        return {
            item: round(TOP + (height - 2 * TOP) * place, 1)
            for item, place in _places(items).items()
        }

    left, right, middle = heights(documents), heights(works), (LEFT + RIGHT) / 2
    made = tuple(
        Thread(
            f"M{LEFT} {left[d]} C{middle} {left[d]} {middle} {right[w]} {RIGHT} {right[w]}",
            d,
            w,
            1 if n < 3 else 2 if n < 8 else 3,
            documents.index(d) % 8,
        )
        for (d, w), n in sorted(edges.items())
    )
    return Threads(
        tuple(
            Node(d, names.get(d, d), left[d], len(of_document[d])) for d in documents
        ),
        tuple(Node(w, names.get(w, w), right[w], len(of_work[w])) for w in works),
        made,
        RIGHT + 330,
        height,
    )
