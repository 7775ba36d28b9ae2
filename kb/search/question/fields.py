"""Fields a query may name, in Dutch and English, and how their values are written."""

from __future__ import annotations

import re

from kb.records import PASSAGE_KINDS

# As typed -> facet of SearchRequest.filters
FIELDS = {
    "auteur": "author", "author": "author", "jaar": "year", "year": "year",
    "thema": "theme", "theme": "theme", "soort": "kind", "kind": "kind",
    "gemeente": "municipality", "municipality": "municipality", "document": "document", "type": "type",
}  # fmt: skip

KINDS = {
    "bevinding": "finding", "bevindingen": "finding", "aanbeveling": "recommendation", "aanbevelingen": "recommendation",
    "definitie": "definition", "definities": "definition",
    "citaat": "respondent_quote", "citaten": "respondent_quote", "uitspraak": "respondent_quote",
    "cijfer": "figure", "cijfers": "figure", "figuur": "figure", "methode": "method", "beleid": "policy",
    "literatuur": "literature", "tekst": "text",
    "tabel": "table", "tabellen": "table", "bijschrift": "caption", "noot": "footnote", "voetnoot": "footnote", "vraag": "question",
    "vragen": "question", "inhoud": "contents", "inhoudsopgave": "contents", "colofon": "colophon", "verwijzing": "reference",
}  # fmt: skip
_YEARS = re.compile(r"(\d{4})?(?:\.\.|-|–)(\d{4})?")
FIRST_YEAR, LAST_YEAR = 1800, 2200


def read_value(name: str, value: str) -> tuple[str, tuple[str, ...]]:
    """Facet and values that a typed field stands for; no values when it makes no sense.

    Years may be a range: 2014..2016, 2014.., ..2016.
    """
    field = FIELDS[name]
    value = value.strip().strip('"').strip()
    if field == "kind":
        kind = KINDS.get(value.lower(), value.lower())
        return field, (kind,) if kind in PASSAGE_KINDS else ()
    if field == "theme":
        return field, (value.upper(),) if value else ()
    if field != "year":
        return field, (value,) if value else ()
    if re.fullmatch(r"\d{4}", value):
        return field, (value,)
    found = _YEARS.fullmatch(value)
    if not found or not (found[1] or found[2]):
        return field, ()
    low, high = int(found[1] or FIRST_YEAR), int(found[2] or LAST_YEAR)
    return (field, (f"{low}..{high}",)) if low <= high else (field, ())


def year_in(year: int | None, values: tuple[str, ...]) -> bool:
    """Whether a year is one of `values`: years or ranges as `read_value` gives them."""
    if year is None:
        return False
    for value in values:
        low, _, high = value.partition("..")
        if low.isdigit() and int(low) <= year <= int(high if high.isdigit() else low):
            return True
    return False
