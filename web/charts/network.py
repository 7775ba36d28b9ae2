"""Who cites what, as a drawing in two columns.

Documents stand on the left, works on the right, and a curve joins them for each citation.
Rows rather than a cloud, so that 150 names stay legible.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# Units of the drawing; the names take the room left of LEFT and right of RIGHT.
ROW_HEIGHT = 24
LEFT, RIGHT = 300, 660
TOP = 12
NAME_WIDTH = 330
ROWS_OF_A_DOCUMENT = 2  # documents are fewer and carry more threads
COLOURS = 8

# Mean positions settle after a few rounds; more change nothing that can be seen.
ROUNDS = 6

# Mentions from which a curve is drawn thicker.
THICKER = (3, 8)


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


Neighbours = Mapping[str, Sequence[str]]


def _neighbours(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for item, neighbour in pairs:
        found.setdefault(item, []).append(neighbour)
    return found


def _positions(items: Sequence[str]) -> dict[str, float]:
    """Item → its place between 0 and 1."""
    return {item: (n + 0.5) / len(items) for n, item in enumerate(items)}


def _ordered(
    items: Sequence[str], neighbours: Neighbours, position: Mapping[str, float]
) -> list[str]:
    """`items` by the mean place of their neighbours, so that threads cross little."""

    def centre(item: str) -> float:
        near = [position[n] for n in neighbours[item]]
        return sum(near) / len(near)

    return sorted(items, key=lambda item: (centre(item), item))


def thickness(mentions: int) -> int:
    """1, 2 or 3.

    >>> thickness(1), thickness(3), thickness(20)
    (1, 2, 3)
    """
    return 1 + sum(mentions >= bound for bound in THICKER)


def _curve(start: float, end: float) -> str:
    """An SVG path from the left column to the right one."""
    middle = (LEFT + RIGHT) / 2
    return f"M{LEFT} {start} C{middle} {start} {middle} {end} {RIGHT} {end}"


def threads(
    names: Mapping[str, str], edges: Mapping[tuple[str, str], int]
) -> Threads:
    """Lay out a network.

    Args:
        names: every document and work with its name; one without keeps its id.
        edges: (document, work) → mentions.
    """
    works_of = _neighbours(sorted(edges))
    documents_of = _neighbours(
        (work, document) for document, work in sorted(edges)
    )
    documents, works = sorted(works_of), sorted(documents_of)
    for _ in range(ROUNDS):
        works = _ordered(works, documents_of, _positions(documents))
        documents = _ordered(documents, works_of, _positions(works))
    rows = max(len(works), len(documents) * ROWS_OF_A_DOCUMENT, 1)
    inner = rows * ROW_HEIGHT

    def heights(items: Sequence[str]) -> dict[str, float]:
        placed = _positions(items).items()
        return {
            item: round(TOP + inner * position, 1) for item, position in placed
        }

    def nodes(
        at: Mapping[str, float], neighbours: Neighbours
    ) -> tuple[Node, ...]:
        return tuple(
            Node(item, names.get(item, item), y, len(neighbours[item]))
            for item, y in at.items()
        )

    left, right = heights(documents), heights(works)
    slot = {document: n % COLOURS for n, document in enumerate(documents)}
    curves = [
        Thread(
            path=_curve(left[document], right[work]),
            document=document,
            work=work,
            step=thickness(mentions),
            slot=slot[document],
        )
        for (document, work), mentions in sorted(edges.items())
    ]
    return Threads(
        documents=nodes(left, works_of),
        works=nodes(right, documents_of),
        threads=tuple(curves),
        width=RIGHT + NAME_WIDTH,
        height=inner + 2 * TOP,
    )
