"""Who is meant by this BibTeX name list? Braces protect, "and" separates, biblatex names parts."""

from __future__ import annotations

import re

from kb.bibliography.latex import to_text
from kb.bibliography.name_lists import cut_names
from kb.bibliography.names import (
    Name,
    is_organisation_alone,
    is_others,
    name_of,
    person,
    split_particle,
)

_AND = re.compile(r"(?:^|\s+)and(?:\s+|$)", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*")
# biblatex: "family=Waal, given=Vincent, prefix=de, useprefix=true"
_NAMED_PART = re.compile(
    r"(family|given|prefix|suffix|useprefix)(?:-i)?\s*=\s*", re.I
)


def cut_outside_braces(text: str, separator: re.Pattern[str]) -> list[str]:
    """`text` cut at `separator` where no brace is open."""
    if "{" not in text:
        return separator.split(text)
    parts, depth = [], 0
    start = at = 0
    while at < len(text):
        if text[at] == "\\":
            at += 2
            continue
        depth += (text[at] == "{") - (text[at] == "}")
        found = separator.match(text, at) if depth <= 0 else None
        if found and found.end() > at:
            parts.append(text[start:at])
            start = at = found.end()
            continue
        at += 1
    return [*parts, text[start:]]


def _is_braced(text: str) -> bool:
    """Whether one pair of braces holds the whole."""
    if not (text.startswith("{") and text.endswith("}")):
        return False
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return at == len(text) - 1
    return False


def _split(field: str) -> list[str]:
    """The names of a list: at "and", and where no brace protects, at what stands instead."""
    parts = cut_outside_braces(field.strip(), _AND)
    named_parts = "=" in field  # "family=Lans, given=Jos": commas of its own
    if "{" in field or named_parts:
        return parts
    return [name for part in parts for name in cut_names(to_text(part))]


def _of_named_parts(text: str) -> Name | None:
    """A biblatex name in its extended form; None where it is not one."""
    parts = {}
    for part in cut_outside_braces(text, _COMMA):
        named = _NAMED_PART.match(part.strip())
        if not named:
            return None
        parts[named[1].lower()] = to_text(part.strip()[named.end() :]).strip(
            '"'
        )
    if "family" not in parts:
        return None
    name = person(
        parts["family"], parts.get("given", ""), parts.get("suffix", "")
    )
    if parts.get("prefix"):
        name["non-dropping-particle"] = parts["prefix"].lower()
    return name


def _one(text: str) -> Name | None:
    written = text.strip().lstrip(",").strip()
    text = written.rstrip(",").strip()
    if _is_braced(text):
        return _braced(to_text(text), alone=text != written)
    if "=" in text and (named := _of_named_parts(text)):
        return named
    if "{" not in text:
        return name_of(to_text(written))
    return _with_braced_part(text)


def _braced(text: str, *, alone: bool) -> Name | None:
    """An organisation; a family name where the comma of a person stands behind it."""
    if not text:
        return None
    return name_of(f"{text},") if alone else {"literal": text}


def _with_braced_part(text: str) -> Name | None:
    """A name of which a part stands in braces, so that it is not cut: "{Oude Vrielink}, M.".

    >>> _with_braced_part("Ministerie van {SZW}")
    {'literal': 'Ministerie van SZW'}
    """
    parts = [
        to_text(part)
        for part in cut_outside_braces(text, _COMMA)
        if part.strip()
    ]
    if len(parts) > 1:
        return name_of(", ".join(parts))
    words = [
        part
        for part in cut_outside_braces(text, re.compile(r"[\s~]+"))
        if part.strip()
    ]
    person_alone = len(words) > 1 and _is_braced(words[-1])
    if person_alone and not is_organisation_alone(to_text(text)):
        particle, family = split_particle(to_text(words[-1]))
        return person(
            f"{particle} {family}", " ".join(map(to_text, words[:-1]))
        )
    return name_of(to_text(text))


def names_of(field: str) -> tuple[list[Name], bool]:
    """CSL names of a BibTeX name list, and whether it ends in "and others" (or "e.a.").

    >>> names_of("{Gemeente Ede} and Jan de Wit and others")[0][1]["non-dropping-particle"]
    'de'
    """
    parts = [part for part in _split(field) if part.strip(" {},\t\n")]
    etal = bool(parts) and is_others(parts[-1])
    found = [name for part in parts if (name := _one(part))]
    return found, etal
