"""What stands in a CSL record? Dates and names as other formats want them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb.records import Csl


def date_parts(csl: Csl, variable: str) -> list[list[int]]:
    """The one or two ends of a date, each [year, month, day] as far as known; empty without a usable date."""
    value = csl.get(variable)
    raw = value.get("date-parts") if isinstance(value, Mapping) else None
    ends: list[list[int]] = []
    for end in raw or ():
        try:
            parts = [int(part) for part in end if part not in ("", None)]
        except (TypeError, ValueError):
            continue
        if parts:
            ends.append(parts[:3])
    return ends[:2]


def iso_date(parts: list[int]) -> str:
    """ "2015-06-18", "2015-06" or "2015"."""
    return "-".join([f"{parts[0]:04d}", *(f"{part:02d}" for part in parts[1:])])


def people(csl: Csl, role: str) -> list[Mapping[str, Any]]:
    """Names of a role that have something to print; "and others" is not one of them."""
    given = csl.get(role)
    names = (
        [n for n in given if isinstance(n, Mapping)]
        if isinstance(given, list | tuple)
        else []
    )
    return [
        n
        for n in names
        if n.get("literal") != "others"
        and any(n.get(k) for k in ("family", "literal", "given"))
    ]


def is_open(csl: Csl, role: str = "author") -> bool:
    """Whether the names of a role end in "and others"; what the record as a whole says goes for its authors, or else its editors."""
    given, custom = csl.get(role), csl.get("custom")
    if (
        isinstance(given, list | tuple)
        and given
        and isinstance(given[-1], Mapping)
        and given[-1].get("literal") == "others"
    ):
        return True
    said = bool(csl.get("etal")) or (
        isinstance(custom, Mapping) and bool(custom.get("etal"))
    )
    return said and role == ("author" if csl.get("author") else "editor")


def family_of(name: Mapping[str, Any]) -> str:
    """Family name with its particles before it: "van der Lans"."""
    parts = (
        name.get("dropping-particle"),
        name.get("non-dropping-particle"),
        name.get("family"),
    )
    return " ".join(str(p) for p in parts if p)


def inverted(name: Mapping[str, Any]) -> str:
    """ "van der Lans, Jos" or "Jansen, Jr., Piet"; an organisation as it is called."""
    if name.get("literal"):
        return str(name["literal"])
    return ", ".join(
        str(p) for p in (family_of(name), name.get("suffix"), name.get("given")) if p
    )
