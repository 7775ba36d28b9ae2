"""Names that stand by themselves near the title: who wrote it, without a label."""

from __future__ import annotations

from itertools import takewhile

from kb.structure.metadata.front import Front
from kb.structure.metadata.people import Name, listed_names
from kb.structure.metadata.words import word_list

_NEAR = 12  # lines below the top in which a byline is looked for
_LONGEST = 120  # characters of a line of names


def byline(front: Front) -> list[Name]:
    """The people whose names make up lines of their own above the text of the first page.

    >>> lines = ["Pleinen van de stad", "Anna Prins en Jan de Boer1", "Samenvatting"]
    >>> [name["family"] for name in byline(Front((), lines, title_page=lines))]
    ['Prins', 'Boer']
    """
    above = list(takewhile(_is_short, front.title_page))[:_NEAR]
    # The first line is the title, also where that is a name.
    for at in range(1, len(above)):
        if _is_label_of_others(above[at - 1]):
            continue
        found = listed_names(above[at:])
        if found:
            return found
    return []


def _is_short(line: str) -> bool:
    return len(line) <= _LONGEST


def _is_label_of_others(line: str) -> bool:
    """Whether the names below a line are of people with another part in it."""
    bare = line.strip().rstrip(":").strip()
    return line.rstrip().endswith(":") or bare.lower() in word_list(
        "other_roles"
    )
