"""What stands in a CSL record? Dates and names as other formats want them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kb.bibliography.names import OTHERS, in_order, with_comma
from kb.bibliography.tables import bibtex_tables
from kb.dutch.fold import fold
from kb.records import Csl


def _numbers(end: Any) -> list[int]:
    """[year, month, day] as far as they are numbers; empty when one is not."""
    try:
        return [int(part) for part in end if part not in ("", None)][:3]
    except (TypeError, ValueError):
        return []


def date_parts(csl: Csl, variable: str) -> list[list[int]]:
    """The one or two ends of a date, each [year, month, day] as far as known.

    Returns:
        An empty list without a usable date.
    """
    value = csl.get(variable)
    given = value.get("date-parts") if isinstance(value, Mapping) else None
    if not isinstance(given, Sequence) or isinstance(given, str):
        return []
    return [numbers for end in given if (numbers := _numbers(end))][:2]


def year_of(csl: Csl) -> int | None:
    """Year of issue."""
    ends = date_parts(csl, "issued")
    return ends[0][0] if ends else None


def iso_date(parts: Sequence[int], sign: str = "-") -> str:
    """ "2015-06-18", "2015-06" or "2015"."""
    return sign.join(
        [f"{parts[0]:04d}", *(f"{part:02d}" for part in parts[1:])]
    )


def note_to_print(text: object) -> str:
    """A note that belongs to the record; "" where it is the keeper's own.

    `note` is used for both. What begins with a word of publication may be printed.

    >>> note_to_print("Geraadpleegd op 3 mei 2016"), note_to_print("Nog aan Kees vragen")
    ('Geraadpleegd op 3 mei 2016', '')
    """
    note = str(text or "").strip()
    known = tuple(bibtex_tables()["notes_of_publication"])
    return note if fold(note).lstrip("\\{([\"' ").startswith(known) else ""


def _names(csl: Csl, role: str) -> list[Mapping[str, Any]]:
    given = csl.get(role)
    if not isinstance(given, Sequence) or isinstance(given, str):
        return []
    return [name for name in given if isinstance(name, Mapping)]


def people(csl: Csl, role: str) -> list[Mapping[str, Any]]:
    """Names of a role that have something to print; "and others" is not one of them."""
    said = ("family", "literal", "given")
    return [
        name
        for name in _names(csl, role)
        if name.get("literal") != OTHERS
        and any(name.get(part) for part in said)
    ]


def inverted_names(csl: Csl, role: str) -> list[str]:
    """Names of a role, family name first: "van der Lans, Jos"."""
    return [with_comma(name) for name in people(csl, role)]


def authors_of(csl: Csl) -> tuple[str, ...]:
    """Authors, or for want of them editors, as names to show."""
    return tuple(map(in_order, people(csl, "author") or people(csl, "editor")))


def families_of(csl: Csl) -> tuple[str, ...]:
    """Family names of authors, or for want of them editors."""
    found = people(csl, "author") or people(csl, "editor")
    return tuple(str(n["family"]) for n in found if n.get("family"))


def is_open(csl: Csl, role: str = "author") -> bool:
    """Whether the names of a role end in "and others".

    What the record as a whole says goes for its authors, or else its editors.
    """
    names = _names(csl, role)
    if names and names[-1].get("literal") == OTHERS:
        return True
    custom = csl.get("custom")
    said = csl.get("etal") or (
        isinstance(custom, Mapping) and custom.get("etal")
    )
    return bool(said) and role == ("author" if csl.get("author") else "editor")
