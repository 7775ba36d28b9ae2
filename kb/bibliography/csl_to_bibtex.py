"""How is this written in BibTeX? Records of the corpus exactly as they came in, all others from their CSL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kb.bibliography.bibtex import Entry
from kb.bibliography.csl_fields import date_parts, inverted, is_open, iso_date, people
from kb.bibliography.tables import bibtex_tables, format_tables
from kb.records import Csl

_MONTHS = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_SPECIAL = {sign: f"\\{sign}" for sign in "&%$#_"} | {
    "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}", "~": "\\textasciitilde{}", "\u00a0": "~",
}  # fmt: skip
_LIGATURE = re.compile(
    r"(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)"
)  # between signs that LaTeX would draw together
_LANGUAGES = {
    "nl": "dutch",
    "en": "english",
    "de": "german",
    "fr": "french",
    "fy": "frisian",
    "es": "spanish",
}


def latex(text: str) -> str:
    """Text with LaTeX's own signs written out; letters stay Unicode, braces stay balanced. `kb.bibliography.latex.to_text` undoes it."""
    return _LIGATURE.sub("{}", "".join(_SPECIAL.get(sign, sign) for sign in text))


def bib_name(name: Mapping[str, Any]) -> str:
    """A CSL name as BibTeX reads it; an organisation in braces."""
    if name.get("literal"):
        return f"{{{latex(str(name['literal']))}}}"
    written = latex(inverted(name))
    return (
        f"{{{written}}}"
        if "," not in written and " " in written
        else re.sub(r"\band\b", "{and}", written)
    )


def _dates(csl: Csl) -> dict[str, str]:
    fields = {}
    for variable, field in (
        ("issued", "date"),
        ("accessed", "urldate"),
        ("original-date", "origdate"),
    ):
        ends = date_parts(csl, variable)
        if ends:
            fields[field] = "/".join(map(iso_date, ends))
    issued = date_parts(csl, "issued")
    if (
        len(issued) == 1 and len(issued[0]) < 3
    ):  # the old fields say as much, and more programs read them
        del fields["date"]
        fields["year"] = str(issued[0][0])
        if len(issued[0]) == 2 and 1 <= issued[0][1] <= 12:
            fields["month"] = _MONTHS[issued[0][1] - 1]
    return fields


def _publisher(csl: Csl, kind: str) -> dict[str, str]:
    name = {
        "techreport": "institution",
        "thesis": "institution",
        "misc": "howpublished",
        "online": "organization",
    }.get(kind, "publisher")
    dutch = str(csl.get("language", "")).startswith(
        "nl"
    )  # only there "and" is read as two publishers
    publisher = str(csl.get("publisher", ""))
    return (
        {name: latex(publisher.replace("; ", " and ") if dutch else publisher)}
        if publisher
        else {}
    )


def csl_to_entry(csl: Csl) -> Entry:
    """A BibTeX entry of a CSL record; `kb.bibliography.bib_to_csl` reads it back."""
    csl_types = bibtex_tables()["types"]
    kind = format_tables()["bibtex"].get(str(csl.get("type", "")), "misc")
    fields: dict[str, str] = {}
    for role in (
        "author",
        "editor",
        "translator",
        "container-author",
        "director",
        "illustrator",
    ):
        names = [bib_name(n) for n in people(csl, role)]
        if names:
            fields["bookauthor" if role == "container-author" else role] = " and ".join(
                [*names, *(["others"] if is_open(csl, role) else [])]
            )
    for variable, field in format_tables()["bibtex_fields"].items():
        if csl.get(variable) not in (None, "", []):
            fields.setdefault(field, latex(str(csl[variable])))
    if kind == "article" and csl.get("number"):
        fields["eid"] = latex(str(csl["number"]))
        fields = {k: v for k, v in fields.items() if k != "number"} | (
            {"number": latex(str(csl["issue"]))} if csl.get("issue") else {}
        )
    if "pages" in fields:
        fields["pages"] = re.sub(r"\s*[-–]+\s*", "--", fields["pages"])
    if csl.get("container-title"):
        fields["journal" if kind == "article" else "booktitle"] = latex(
            str(csl["container-title"])
        )
    fields |= _publisher(csl, kind) | _dates(csl)
    fields |= {
        name.lower(): str(csl[name])
        for name in ("DOI", "URL", "ISBN", "ISSN")
        if csl.get(name)
    }
    language = str(csl.get("language", ""))
    if language:
        fields["langid"] = _LANGUAGES.get(language[:2], language)
    if csl.get("type") and csl_types.get(kind) != csl["type"]:
        fields["entrysubtype"] = (
            str(csl["type"]).removeprefix("article-")
            if kind == "article"
            else str(csl["type"])
        )
    return Entry(citekey(str(csl.get("id", ""))), kind, fields)


def citekey(id: str) -> str:
    """An id as BibTeX allows it for a key."""
    return re.sub(r"[\s,{}()\"#%~\\='@]+", "-", id).strip("-") or "werk"


def entries_of(
    items: Iterable[Csl], records: Mapping[str, Mapping[str, str]]
) -> list[Entry]:
    """One entry for each item; one with a record in `records`, by its id, gives the record itself."""
    found = []
    for csl in items:
        bib = records.get(str(csl["id"]), {})
        if bib.get("ENTRYTYPE"):
            found.append(
                Entry(
                    str(csl["id"]),
                    bib["ENTRYTYPE"],
                    {k: v for k, v in bib.items() if k != "ENTRYTYPE"},
                )
            )
        else:
            found.append(csl_to_entry(csl))
    return found


def write_entries(entries: Iterable[Entry]) -> str:
    """The text of a .bib file. Keys that occur twice get a number; month names stand bare, as BibTeX wants them."""
    import bibtexparser
    from bibtexparser.middlewares import default_unparse_stack
    from bibtexparser.model import Entry as Block
    from bibtexparser.model import Field

    library, taken = bibtexparser.Library(), dict[str, int]()
    for entry in entries:
        taken[entry.key] = taken.get(entry.key, 0) + 1
        key = entry.key if taken[entry.key] == 1 else f"{entry.key}-{taken[entry.key]}"
        fields = [
            Field(
                k, v, enclosing="no-enclosing" if k == "month" and v in _MONTHS else "{"
            )
            for k, v in entry.fields.items()
        ]
        library.add(Block(entry.type, key, fields))
    return str(
        bibtexparser.write_string(
            library,
            unparse_stack=default_unparse_stack(allow_inplace_modification=True),
        )
    )


def bibtex(
    items: Iterable[Csl], records: Mapping[str, Mapping[str, str]] | None = None
) -> str:
    """The items as a .bib file in UTF-8; `records` holds BibTeX fields as they came in, by id."""
    return write_entries(entries_of(items, records or {}))
