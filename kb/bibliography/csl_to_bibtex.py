"""How is this written in BibTeX? Records of the corpus as they came in, all others from CSL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kb.bibliography.bibtex_entry import Entry
from kb.bibliography.bibtex_values import MONTHS
from kb.bibliography.csl_fields import (
    date_parts,
    is_open,
    iso_date,
    note_to_print,
    people,
)
from kb.bibliography.names import family_of, inverted, with_comma
from kb.bibliography.tables import bibtex_tables, format_tables
from kb.records import Csl

_SPECIAL = {sign: f"\\{sign}" for sign in "&%$#_"} | {
    "\\": "\\textbackslash{}",
    "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}",
    "~": "\\textasciitilde{}",
    "\u00a0": "~",
}
# Between signs that LaTeX would draw together.
_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)")
_LANGUAGES = {
    "nl": "dutch",
    "en": "english",
    "de": "german",
    "fr": "french",
    "fy": "frisian",
    "es": "spanish",
}
_NO_KEY = "werk"
_DATE_FIELDS = (
    ("issued", "date"),
    ("accessed", "urldate"),
    ("original-date", "origdate"),
    ("event-date", "eventdate"),
)


def latex(text: str) -> str:
    """Text with LaTeX's own signs written out; `kb.bibliography.latex.to_text` undoes it.

    Letters stay Unicode, braces stay balanced.
    """
    return _LIGATURE.sub(
        "{}", "".join(_SPECIAL.get(sign, sign) for sign in text)
    )


def bib_name(name: Mapping[str, Any]) -> str:
    """A CSL name as BibTeX reads it; an organisation in braces.

    >>> bib_name({"literal": "Gemeente Ede"})
    '{Gemeente Ede}'
    >>> bib_name({"family": "Lans", "non-dropping-particle": "van der"})
    'van der Lans'
    """
    if name.get("literal"):
        return f"{{{latex(inverted(name))}}}"
    if _reads_by_itself(name):
        return latex(inverted(name))
    return re.sub(r"\band\b", "{and}", latex(with_comma(name)))


def _reads_by_itself(name: Mapping[str, Any]) -> bool:
    """Whether a family name alone is read as one: its particle in small letters."""
    family = family_of(name)
    alone = not (name.get("given") or name.get("suffix"))
    one_word = " " not in str(name.get("family", ""))
    return alone and one_word and (" " not in family or family[0].islower())


def _names(csl: Csl) -> dict[str, str]:
    found = {}
    for field, role in bibtex_tables()["names"].items():
        names = [bib_name(name) for name in people(csl, role)]
        if names and is_open(csl, role):
            names.append("others")
        if names:
            found[field] = " and ".join(names)
    return found


def _dates(csl: Csl) -> dict[str, str]:
    found = {}
    for variable, field in _DATE_FIELDS:
        if ends := date_parts(csl, variable):
            found[field] = "/".join(map(iso_date, ends))
    issued = date_parts(csl, "issued")
    if issued and (csl["issued"].get("circa")):
        found["date"] += "~"
    elif len(issued) == 1 and len(issued[0]) < 3:
        # The old fields say as much, and more programs read them.
        del found["date"]
        found["year"] = str(issued[0][0])
        if len(issued[0]) == 2 and 1 <= issued[0][1] <= len(MONTHS):
            found["month"] = MONTHS[issued[0][1] - 1]
    return found


def _publisher(csl: Csl, kind: str) -> dict[str, str]:
    publisher = str(csl.get("publisher", ""))
    if not publisher:
        return {}
    field = format_tables()["bibtex_publisher"].get(kind, "publisher")
    if str(csl.get("language", "")).startswith("nl"):
        # Only in a Dutch record "and" is read as two publishers.
        publisher = publisher.replace("; ", " and ")
    return {field: latex(publisher)}


def _texts(csl: Csl, kind: str) -> dict[str, str]:
    """Fields of running text, and numbers."""
    found: dict[str, str] = {}
    csl = {**csl, "note": note_to_print(csl.get("note"))}
    for variable, field in format_tables()["bibtex_fields"].items():
        if csl.get(variable) not in (None, "", []):
            found.setdefault(field, latex(str(csl[variable])))
    if kind == "article" and csl.get("number"):  # there `number` is the issue
        found["eid"] = latex(str(csl["number"]))
        found["number"] = latex(str(csl.get("issue", "")))
    if kind != "article" and csl.get("issue") and csl.get("number"):
        found["issue"] = latex(str(csl["issue"]))
    if "pages" in found:
        found["pages"] = re.sub(r"\s*[-–]+\s*", "--", found["pages"])
    container = "journal" if kind == "article" else "booktitle"
    found[container] = latex(str(csl.get("container-title", "")))
    states: dict[str, str] = format_tables()["bibtex_states"]
    if csl.get("status"):
        found["pubstate"] = states.get(
            str(csl["status"]), latex(str(csl["status"]))
        )
    return {field: value for field, value in found.items() if value}


def _verbatim(csl: Csl) -> dict[str, str]:
    names = ("DOI", "URL", "ISBN", "ISSN")
    return {name.lower(): str(csl[name]) for name in names if csl.get(name)}


def _kind_fields(csl: Csl, kind: str) -> dict[str, str]:
    """Language, and the type where the type of the entry does not tell it."""
    found = {}
    if language := str(csl.get("language", "")):
        found["langid"] = _LANGUAGES.get(language[:2], language)
    csl_type = str(csl.get("type", ""))
    if csl_type and bibtex_tables()["types"].get(kind) != csl_type:
        is_article = kind == "article"
        found["entrysubtype"] = csl_type.removeprefix(
            "article-" if is_article else ""
        )
    return found


def csl_to_entry(csl: Csl) -> Entry:
    """A BibTeX entry of a CSL record; `kb.bibliography.bib_to_csl` reads it back."""
    kind = format_tables()["bibtex"].get(str(csl.get("type", "")), "misc")
    fields = {
        **_names(csl),
        **_texts(csl, kind),
        **_publisher(csl, kind),
        **_dates(csl),
        **_verbatim(csl),
        **_kind_fields(csl, kind),
    }
    return Entry(citekey(str(csl.get("id", ""))), kind, fields)


def citekey(id: str) -> str:
    """An id as BibTeX allows it for a key.

    >>> citekey("10.1000/a b,{c}")
    '10.1000/a-b-c'
    """
    return re.sub(r"[\s,{}()\"#%~\\='@]+", "-", id).strip("-") or _NO_KEY


def is_private(field: str) -> bool:
    """Whether a field of a record says something for its keeper only: a path, a note, a rank."""
    tables = bibtex_tables()
    return field in tables["private"] or field.startswith(
        tuple(tables["private_starts"])
    )


def public(bib: Mapping[str, str]) -> dict[str, str]:
    """The fields of a record that may leave the house."""
    own_note = "note" in bib and not note_to_print(bib["note"])
    return {
        name: value
        for name, value in bib.items()
        if not (is_private(name) or (name == "note" and own_note))
    }


def entries_of(
    items: Iterable[Csl], records: Mapping[str, Mapping[str, str]]
) -> list[Entry]:
    """One entry for each item; one with a record in `records`, by its id, gives that record."""
    found = []
    for csl in items:
        fields = public(records.get(str(csl["id"]), {}))
        kind = fields.pop("ENTRYTYPE", "")
        found.append(
            Entry(str(csl["id"]), kind, fields) if kind else csl_to_entry(csl)
        )
    return found


def write_entries(entries: Iterable[Entry]) -> str:
    """The text of a .bib file.

    Keys that occur twice get a number; month names stand bare, as BibTeX wants them.
    """
    taken: dict[str, int] = {}
    written = []
    for entry in entries:
        taken[entry.key] = taken.get(entry.key, 0) + 1
        key = (
            entry.key
            if taken[entry.key] == 1
            else f"{entry.key}-{taken[entry.key]}"
        )
        bare = {"month"} if entry.fields.get("month") in MONTHS else set()
        lines = [
            f"\t{name} = {value}"
            if name in bare
            else f"\t{name} = {{{value}}}"
            for name, value in entry.fields.items()
        ]
        written.append(",\n".join([f"@{entry.type}{{{key}", *lines]) + "\n}\n")
    return "\n\n".join(written)


def bibtex(
    items: Iterable[Csl],
    records: Mapping[str, Mapping[str, str]] | None = None,
    notes: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """The items as a .bib file in UTF-8.

    Args:
        items: CSL records.
        records: BibTeX fields as they came in, with ENTRYTYPE, by id of the item.
        notes: what goes into the field `annote` of a record, by its id.
    """
    listed, told = list(items), notes or {}
    return write_entries(
        _annotated(entry, told.get(str(csl["id"]), ()))
        for csl, entry in zip(
            listed, entries_of(listed, records or {}), strict=True
        )
    )


def _annotated(entry: Entry, notes: Sequence[str]) -> Entry:
    if not notes:
        return entry
    said = latex("\n\n".join(notes))
    return Entry(entry.key, entry.type, {**entry.fields, "annote": said})
