"""How is this written in RIS, and what does a RIS file say?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kb.bibliography.bibtex_names import split_particle
from kb.bibliography.csl_fields import date_parts, inverted, is_open, people
from kb.bibliography.tables import format_tables
from kb.records import Csl, Problem

_ROLES = {
    "author": "authors",
    "editor": "editors",
    "translator": "subsidiary_authors",
    "collection-editor": "tertiary_authors",
}
_JOURNALS = ("article-journal", "article-newspaper", "article-magazine")
_EVENT = {
    "secondary_title": "event-title",
    "place_published": "event-place",
}  # of talks
_LINE = re.compile(r"^\ufeff?([A-Z][A-Z0-9])\s{0,2}-(?:\s|$)")


def _mapping() -> tuple[dict[str, str], list[str]]:
    """rispy's tags with ED for editors, which Zotero, Mendeley and EndNote all read."""
    from rispy.config import LIST_TYPE_TAGS, TAG_KEY_MAPPING

    return {**TAG_KEY_MAPPING, "ED": "editors"}, [*LIST_TYPE_TAGS, "ED"]


def csl_to_ris(csl: Csl) -> dict[str, Any]:
    """A record as rispy writes it."""
    kind = str(csl.get("type", "document"))
    record: dict[str, Any] = {
        "type_of_reference": format_tables()["ris_types"].get(kind, "GEN"),
        "id": str(csl.get("id", "")),
    }
    for role, key in _ROLES.items():
        names = [inverted(n) for n in people(csl, role)]
        if names:
            record[key] = [*names, *(["et al."] if is_open(csl, role) else [])]
    for variable, key in format_tables()["ris_fields"].items():
        if csl.get(variable) not in (None, "", []):
            record.setdefault(key, str(csl[variable]))
    if csl.get("container-title"):
        record["secondary_title"] = str(csl["container-title"])
        if kind in _JOURNALS:
            record["journal_name"] = str(csl["container-title"])
    if kind == "speech":
        record |= {k: str(csl[v]) for k, v in _EVENT.items() if csl.get(v)}
    pages = re.split(r"\s*[-–]+\s*", str(csl.get("page", "")), maxsplit=1)
    record |= {
        k: v for k, v in zip(("start_page", "end_page"), pages, strict=False) if v
    }
    record |= _ris_dates(csl)
    if csl.get("URL"):
        record["urls"] = [str(csl["URL"])]
    keywords = [
        k.strip() for k in re.split(r"[;,]", str(csl.get("keyword", ""))) if k.strip()
    ]
    return (
        record
        | ({"keywords": keywords} if keywords else {})
        | ({"notes": [str(csl["note"])]} if csl.get("note") else {})
    )


def _ris_dates(csl: Csl) -> dict[str, str]:
    dates = {}
    for variable, key in (
        ("issued", "date"),
        ("accessed", "access_date"),
        ("original-date", "original_publication"),
    ):
        ends = date_parts(csl, variable)
        if ends:
            dates[key] = "/".join(
                [f"{ends[0][0]:04d}", *(f"{p:02d}" for p in ends[0][1:])]
            ) + ("/" * (3 - len(ends[0])) if key == "date" else "")
    if "date" in dates:
        dates["year"] = dates["date"][:4]
    return dates


def ris(items: Iterable[Csl]) -> str:
    """The items as a RIS file."""
    import rispy

    mapping, lists = _mapping()
    records = [{k: _one_line(v) for k, v in csl_to_ris(csl).items()} for csl in items]
    writer = type("_Writer", (rispy.RisWriter,), {"set_header": lambda self, count: ""})
    return (
        str(
            rispy.dumps(
                records, implementation=writer, mapping=mapping, list_tags=lists
            )
        ).lstrip("\n")
        if records
        else ""
    )


def _one_line(value: Any) -> Any:
    if isinstance(value, list):
        return [_one_line(v) for v in value]
    return re.sub(r"\s+", " ", str(value)).strip()


# -- reading


def _names(values: list[str]) -> tuple[list[dict[str, str]], bool]:
    etal = any(
        v.strip().lower().rstrip(".") in ("et al", "e.a", "others") for v in values
    )
    found = []
    for value in values:
        if value.strip().lower().rstrip(".") in ("et al", "e.a", "others", ""):
            continue
        parts = [p.strip() for p in value.split(",") if p.strip()]
        if len(parts) == 1:
            found.append({"literal": parts[0]})
            continue
        particle, family = split_particle(parts[0])
        name = {"family": family, "given": parts[-1]}
        found.append(
            name
            | ({"non-dropping-particle": particle} if particle else {})
            | ({"suffix": parts[1]} if len(parts) > 2 else {})
        )
    return found, etal


def _date(text: str) -> dict[str, Any] | None:
    found = re.match(r"\s*(\d{4})(?:[/-](\d{1,2}))?(?:[/-](\d{1,2}))?", text)
    return {"date-parts": [[int(p) for p in found.groups() if p]]} if found else None


def ris_to_csl(record: Mapping[str, Any]) -> dict[str, Any]:
    """CSL of a record as rispy reads it."""
    kind = format_tables()["ris_read"].get(
        str(record.get("type_of_reference", "")), "document"
    )
    csl: dict[str, Any] = {"id": str(record.get("id", "")), "type": kind}
    for variable, key in format_tables()["ris_fields"].items():
        if record.get(key) and variable not in ("ISBN", "ISSN"):
            csl[variable] = record[key]
    title = record.get("title") or record.get("primary_title")
    container = (
        record.get("secondary_title")
        or record.get("journal_name")
        or record.get("alternate_title3")
        or record.get("alternate_title2")
    )
    csl |= {k: v for k, v in (("title", title), ("container-title", container)) if v}
    if kind == "speech":
        csl = {
            k: v
            for k, v in csl.items()
            if k not in ("container-title", "publisher-place")
        }
        csl |= {v: record[k] for k, v in _EVENT.items() if record.get(k)}
    for role, key in (
        *_ROLES.items(),
        ("author", "first_authors"),
        ("editor", "secondary_authors"),
    ):
        names, etal = _names(record.get(key) or [])
        if names and role not in csl:
            csl[role] = (
                [*names, {"literal": "others"}] if etal and role != "author" else names
            )
            csl |= {"custom": {"etal": True}} if etal and role == "author" else {}
    for variable, text in (
        (
            "issued",
            record.get("date") or record.get("year") or record.get("publication_year"),
        ),
        ("accessed", record.get("access_date")),
    ):
        date = _date(str(text or ""))
        if date:
            csl[variable] = date
    original = _date(str(record.get("original_publication") or ""))
    csl |= {"original-date": original} if original else {}
    pages = "-".join(
        str(record[k]) for k in ("start_page", "end_page") if record.get(k)
    )
    csl |= {"page": pages} if pages else {}
    if record.get("issn"):
        csl[
            "ISSN"
            if re.fullmatch(r"\d{4}-?\d{3}[\dXx]", str(record["issn"]).strip())
            else "ISBN"
        ] = record["issn"]
    if record.get("urls"):
        csl["URL"] = record["urls"][0]
    if record.get("keywords"):
        csl["keyword"] = (
            "; ".join(record["keywords"])
            if any("," in k for k in record["keywords"])
            else ", ".join(record["keywords"])
        )
    return csl | ({"note": " ".join(record["notes"])} if record.get("notes") else {})


def parse_ris(
    text: str, name: str = "ris"
) -> tuple[list[dict[str, Any]], list[Problem]]:
    """CSL records of a RIS file, each read by itself so that a broken one is a problem and no more."""
    import rispy

    mapping, lists = _mapping()
    found: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for line, record in _records(text):
        try:
            read = rispy.loads(record, mapping=mapping, list_tags=lists)
        except (KeyError, ValueError, IndexError, TypeError, AttributeError, OSError):
            read = []
        if not read:
            problems.append(
                Problem(
                    name,
                    "ris_unreadable",
                    values={"line": line, "start": " ".join(record.split())[:60]},
                )
            )
        for item in read:
            csl = ris_to_csl(item)
            found.append(csl | {"id": csl["id"] or f"{name}-{len(found) + 1}"})
    return found, problems


def _records(text: str) -> list[tuple[int, str]]:
    """Line number and well-formed text of each record; lines that carry no tag continue the one before."""
    records: list[tuple[int, list[str]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        tag = _LINE.match(line)
        if tag and tag[1] == "TY":
            records.append((number, []))
        if not records or not line.strip() or (tag and tag[1] == "ER"):
            if not records and line.strip() and not line.startswith("\ufeff") and tag:
                records.append((number, [f"{tag[1]}  - {line[tag.end() :].strip()}"]))
            continue
        if tag:
            records[-1][1].append(f"{tag[1]}  - {line[tag.end() :].strip()}")
        elif records[-1][1]:
            records[-1][1][-1] += " " + line.strip()
    return [(number, "\n".join([*lines, "ER  - ", ""])) for number, lines in records]
