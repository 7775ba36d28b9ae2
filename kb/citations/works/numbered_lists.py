"""Numbered references: which entry is [3]?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kb.records import Citation, Passage, Reference

_NUMBER = re.compile(
    r"\s*(?:\[(?P<a>\d{1,3})\]|\((?P<b>\d{1,3})\)|(?P<c>\d{1,3})[.)]?\s)"
)
# From so many different numbers on, brackets with numbers are references and not counts.
ENOUGH_NUMBERS = 2

# Per document, per list: the entry of each number.
Numbering = Mapping[str, Mapping[int, Mapping[int, Reference]]]


def numbering(
    references: Iterable[Reference],
    citations: Iterable[Citation],
    place: Mapping[str, Passage],
) -> Numbering:
    """The numbered lists of the documents that cite by number.

    A list prints its numbers, or lost them when it was read: then its entries count in
    their order, provided that no number cited is higher and nothing is cited by name.
    """
    cited: dict[str, set[int]] = defaultdict(set)
    by_name: set[str] = set()
    for citation in citations:
        if citation.passage not in place:
            continue
        document = place[citation.passage].document
        if citation.number is not None:
            cited[document].add(citation.number)
        elif citation.authors and not citation.narrative:
            by_name.add(document)
    lists: dict[tuple[str, int], list[Reference]] = defaultdict(list)
    for reference in references:
        if reference.place == "list" and reference.document in cited:
            lists[reference.document, reference.list_number].append(reference)
    found: dict[str, dict[int, Mapping[int, Reference]]] = defaultdict(dict)
    for (document, number), entries in lists.items():
        printed = _printed(entries)
        if len(printed) >= max(2, len(entries) // 2):
            found[document][number] = printed
        elif (
            _may_count(cited[document], len(entries))
            and document not in by_name
        ):
            found[document][number] = dict(enumerate(entries, 1))
    return found


def _printed(entries: Sequence[Reference]) -> dict[int, Reference]:
    """Entries by the number that stands before them."""
    found: dict[int, Reference] = {}
    for entry in entries:
        number = _number_of(entry)
        if number:
            found.setdefault(number, entry)
    return found


def _number_of(entry: Reference) -> int:
    """The number before an entry, 0 where none is."""
    custom = entry.csl.get("custom") or {}
    digits = re.search(r"\d{1,4}", str(custom.get("number", "")))
    if digits:
        return int(digits.group())
    match = _NUMBER.match(entry.raw)
    return (
        int(match.group("a") or match.group("b") or match.group("c"))
        if match
        else 0
    )


def _may_count(cited: set[int], entries: int) -> bool:
    return len(cited) >= ENOUGH_NUMBERS and max(cited) <= entries
