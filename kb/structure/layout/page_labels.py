"""Which number is printed on each page? From the furniture, checked for order; else what the PDF declares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kb.records import Page
from kb.structure.layout.furniture import label_in, value_of


def labels_of(
    pages: Sequence[Page], furniture: Mapping[int, Sequence[str]]
) -> dict[int, str | None]:
    """Printed label by page number. `furniture`: texts of headers and footers by page number."""
    printed = {
        page.number: _candidates(furniture.get(page.number, ()), page.number)
        for page in pages
    }
    offsets = Counter(
        offset for number, values in printed.items() for _, offset in values
    )
    labels: dict[int, str | None] = {}
    for page in pages:
        values = printed[page.number]
        best = max(values, key=lambda value: offsets[value[1]], default=None)
        labels[page.number] = (
            best[0] if best and (offsets[best[1]] >= 2 or len(pages) < 3) else None
        )
    declared = {page.number: page.label for page in pages}
    if not any(labels.values()):
        return declared
    return {
        number: label or _between(number, labels, declared)
        for number, label in labels.items()
    }


def _candidates(texts: Sequence[str], number: int) -> list[tuple[str, tuple[str, int]]]:
    """(label, (kind, label minus page number)) of each text that holds a label."""
    found = []
    for text in texts:
        label = label_in(text)
        if label is not None:
            found.append(
                (
                    label,
                    (
                        "arabic" if label.isdigit() else "roman",
                        value_of(label) - number,
                    ),
                )
            )
    return found


def _between(
    number: int, labels: Mapping[int, str | None], declared: Mapping[int, str | None]
) -> str | None:
    """A page without printed number takes its place between its neighbours, or what the PDF declares."""
    for step in (1, -1):
        neighbour = labels.get(number + step)
        if neighbour and neighbour.isdigit() and int(neighbour) - step > 0:
            return str(int(neighbour) - step)
    return declared.get(number)
