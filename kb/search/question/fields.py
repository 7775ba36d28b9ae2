"""Fields a query may name, in Dutch and English, and how their values are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from kb.datafiles import table
from kb.records import PASSAGE_KINDS

_RANGE = re.compile(r"(\d{4})?(?:\.\.|-|–)(\d{4})?")
FIRST_YEAR, LAST_YEAR = 1800, 2200


def read_value(name: str, value: str) -> tuple[str, tuple[str, ...]]:
    """Facet and values that a typed field stands for; no values when it makes no sense.

    >>> read_value("soort", "aanbevelingen"), read_value("thema", "b7")
    (('kind', ('recommendation',)), ('theme', ('B7',)))
    >>> read_value("jaar", "2014.."), read_value("jaar", "2016..2014")
    (('year', ('2014..2200',)), ('year', ()))
    """
    facet = fields()[name]
    value = value.strip().strip('"').strip()
    read = _READ.get(facet, _as_typed)(value) if value else None
    return facet, (read,) if read else ()


def _as_typed(value: str) -> str:
    return value


def kind_named(value: str) -> str | None:
    """The kind of passage that is meant, by its code or as people name it.

    >>> kind_named("Aanbeveling"), kind_named("figure"), kind_named("gedicht")
    ('recommendation', 'figure', None)
    """
    kind = str(_names()["kinds"].get(value.lower(), value.lower()))
    return kind if kind in PASSAGE_KINDS else None


def _years(value: str) -> str | None:
    """A year, or a range of years: 2014..2016, 2014.., ..2016."""
    if re.fullmatch(r"\d{4}", value):
        return value
    found = _RANGE.fullmatch(value)
    if not found or not (found[1] or found[2]):
        return None
    low, high = int(found[1] or FIRST_YEAR), int(found[2] or LAST_YEAR)
    return f"{low}..{high}" if low <= high else None


_READ: Mapping[str, Callable[[str], str | None]] = {
    "kind": kind_named,
    "figures": lambda value: _names()["figures"].get(value.lower()),
    "theme": str.upper,
    "year": _years,
}


def fields() -> Mapping[str, str]:
    """Names of fields as typed, to facets of SearchRequest.filters."""
    found: Mapping[str, str] = _names()["fields"]
    return found


def _names() -> Any:
    return table(__package__, "fields.toml")


def year_in(year: int | None, values: tuple[str, ...]) -> bool:
    """Whether a year is one of `values`: years or ranges as `read_value` gives them.

    >>> year_in(2016, ("2015..2017",)), year_in(2016, ("²",))
    (True, False)
    """
    if year is None:
        return False
    for value in values:
        low, _, high = value.partition("..")
        if low.isdecimal() and int(low) <= year <= int(
            high if high.isdecimal() else low
        ):
            return True
    return False
