"""Which works does this file name? BibTeX, RIS or CSL-JSON read as CSL."""

from __future__ import annotations

from itertools import chain, count
from pathlib import Path
from typing import Any

from kb.bibliography.bibtex import decode, encoding_problems, parse_bib
from kb.bibliography.bibtex_to_csl import bib_to_csl
from kb.bibliography.csl_json import parse_csl_json
from kb.bibliography.ris_to_csl import parse_ris
from kb.errors import NoSuchFileError
from kb.records import Problem

_SUFFIXES = {
    ".bib": "bibtex",
    ".bibtex": "bibtex",
    ".ris": "ris",
    ".json": "csl-json",
}
_LOOKED_AT = 5000  # characters from which the format is seen


def format_of(text: str, suffix: str = "") -> str:
    """bibtex, ris or csl-json, by what the text looks like.

    The suffix decides where it looks like nothing.
    """
    start = text.lstrip("\ufeff \t\r\n")[:_LOOKED_AT]
    if start.startswith(("[", "{")):
        return "csl-json"
    if start.startswith("TY") or "\nTY  -" in start:
        return "ris"
    return (
        "bibtex" if "@" in start else _SUFFIXES.get(suffix.lower(), "bibtex")
    )


def parse_literature(
    text: str, name: str = "literature", suffix: str = ""
) -> tuple[list[dict[str, Any]], list[Problem]]:
    """CSL records in the text of a BibTeX, RIS or CSL-JSON file.

    Args:
        text: the file.
        name: the document that problems are reported under.
        suffix: of the file, such as ".ris".

    Returns:
        The records, and a problem for each that cannot be read.
    """
    records, problems = _parsed(text, name, format_of(text, suffix))
    if text.strip("\ufeff\x00 \t\r\n") and not (records or problems):
        problems = [Problem(name, "no_records", values={"file": name})]
    return _with_own_ids(records), problems


def _parsed(
    text: str, name: str, kind: str
) -> tuple[list[dict[str, Any]], list[Problem]]:
    if kind == "ris":
        return parse_ris(text, name)
    if kind == "csl-json":
        return parse_csl_json(text, name)
    entries, problems = parse_bib(text, name)
    return [bib_to_csl(entry) for entry in entries], problems


def _with_own_ids(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The records, with a number behind an id that was there already."""
    taken: set[str] = set()
    for record in records:
        given = str(record["id"])
        numbered = (f"{given}-{number}" for number in count(2))
        free = (id for id in chain([given], numbered) if id not in taken)
        record["id"] = next(free)
        taken.add(record["id"])
    return records


def read_literature(path: Path) -> tuple[list[dict[str, Any]], list[Problem]]:
    """`parse_literature` of a file in UTF-8, UTF-16 or Windows-1252.

    Raises:
        NoSuchFileError: the file cannot be opened.
    """
    try:
        data = path.read_bytes()
    except OSError:
        raise NoSuchFileError(path=path) from None
    text, encoding = decode(data)
    records, problems = parse_literature(text, path.name, path.suffix)
    return records, [*encoding_problems(path.name, encoding), *problems]
