"""Which reference list belongs to a passage? The one that closes its article."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

from kb.dutch.fold import letters
from kb.records import Passage, Reference

_TELLING = 60  # letters of an entry that tell it from others
_BEGINNING = 25  # letters by which a broken entry is still known

# Per document: (position of the last entry, number) of each list in reading order.
ListEnds = Mapping[str, Sequence[tuple[int, int]]]


def list_ends(
    passages: Sequence[Passage], references: Sequence[Reference]
) -> ListEnds:
    """Where the lists of each document end, in positions of its passages."""
    printed: dict[str, dict[str, int]] = defaultdict(dict)
    pages: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for passage in passages:
        if "reference" in (passage.kind, passage.block):
            key = letters(passage.text)[:_TELLING]
            printed[passage.document].setdefault(key, passage.position)
        else:
            pages[passage.document].append((passage.page, passage.position))
    ends: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for (document, number), entries in _lists(references).items():
        if document in printed:
            found = [_position(entry, printed[document]) for entry in entries]
        else:
            last = max(entry.page for entry in entries)
            found = [_end_of_page(last, pages[document])]
        places = [at for at in found if at is not None]
        if places:
            ends[document].append((max(places), number))
    return {document: sorted(places) for document, places in ends.items()}


def _lists(
    references: Sequence[Reference],
) -> dict[tuple[str, int], list[Reference]]:
    """The entries of each list, by document and number of the list."""
    lists: dict[tuple[str, int], list[Reference]] = defaultdict(list)
    for reference in references:
        if reference.place == "list":
            lists[reference.document, reference.list_number].append(reference)
    return lists


def _position(reference: Reference, printed: Mapping[str, int]) -> int | None:
    """The passage that prints this entry, also where only its beginning is there."""
    key = letters(reference.raw)[:_TELLING]
    if key in printed:
        return printed[key]
    if len(key) <= 20:
        return None
    begins = (
        at
        for text, at in printed.items()
        if text[:_BEGINNING] == key[:_BEGINNING]
    )
    return next(begins, None)


def _end_of_page(page: int, places: Sequence[tuple[int, int]]) -> int:
    """The last passage up to the end of a page: where no passage is an entry."""
    return max((position for at, position in places if at <= page), default=0)


def list_of(position: int, ends: Sequence[tuple[int, int]]) -> int:
    """The number of the list behind `position`; behind the last list, the last.

    >>> list_of(3, [(10, 1), (40, 2)]), list_of(50, [(10, 1), (40, 2)])
    (1, 2)
    """
    if not ends:
        return 0
    at = bisect_left(ends, (position, 0))
    return ends[min(at, len(ends) - 1)][1]
