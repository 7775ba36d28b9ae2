"""Who is meant by this BibTeX name list? CSL names with Dutch particles apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.bibliography.latex import to_text
from kb.bibliography.tables import bibtex_tables

OTHERS = "others"

# Written with a capital these are particles too when a comma shows what the family name is: "Van der Meer, Jan".
PARTICLES = frozenset(bibtex_tables()["particles"])
_SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv)\.?$", re.IGNORECASE)


def _top_level(text: str, separator: re.Pattern[str]) -> list[str]:
    """`text` cut at `separator` where no brace is open."""
    parts, depth, start = [], 0, 0
    position = 0
    while position < len(text):
        sign = text[position]
        if sign == "\\":
            position += 2
            continue
        depth += (sign == "{") - (sign == "}")
        found = separator.match(text, position) if depth <= 0 else None
        if found:
            parts.append(text[start:position])
            start = position = found.end()
            continue
        position += 1
    return [*parts, text[start:]]


_AND = re.compile(r"(?:^|\s+)and(?:\s+|$)", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*")
_SPACE = re.compile(r"[\s~]+")


_INSTEAD = re.compile(r"\s+(?:en|&|\\&)\s+|\s*;\s*")


def _split_and(text: str) -> list[str]:
    """Names cut at "and"; where someone wrote "en", "&" or a semicolon between two inverted names, there."""
    parts = _split_at_and(text)
    if len(parts) == 1 and "{" not in text:
        instead = [p for p in _INSTEAD.split(text.strip()) if p]
        if len(instead) > 1 and (";" in text or all("," in p for p in instead)):
            return instead
    return parts


def _split_at_and(text: str) -> list[str]:
    if "{" not in text:
        return _AND.split(text.strip())
    return _top_level(text.strip(), _AND)


def split_particle(family: str) -> tuple[str, str]:
    """("de", "Waal") of "de Waal": leading particles, and the rest, which is never empty."""
    words = family.split()
    count = 0
    while count < len(words) - 1 and words[count].lower() in PARTICLES:
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def _made(family: str, given: str = "", suffix: str = "") -> dict[str, str]:
    particle, rest = split_particle(family)
    name = {"family": rest}
    if given:
        name["given"] = given
    if particle:
        name["non-dropping-particle"] = particle.lower()
    if suffix:
        name["suffix"] = suffix
    return name


def _without_comma(text: str) -> dict[str, str]:
    """ "Vincent de Waal": the family name starts at the first small-letter word, else it is the last word."""
    words = [to_text(w) for w in _top_level(text, _SPACE) if w.strip()]
    if len(words) == 1:
        return {"family": words[0]}
    start = next(
        (i for i, word in enumerate(words[:-1]) if i and word[:1].islower()),
        len(words) - 1,
    )
    if words[0][:1].islower():
        start = 0
    return _made(" ".join(words[start:]), " ".join(words[:start]))


def _one(text: str) -> dict[str, str]:
    text = text.strip().strip(",").strip()
    if text.startswith("{") and text.endswith("}") and _closes_at_end(text):
        return {"literal": to_text(text)}
    parts = [p for p in _top_level(text, _COMMA) if p.strip()]
    if len(parts) == 1:
        return _without_comma(parts[0])
    if len(parts) == 2:
        family, given = to_text(parts[0]), to_text(parts[1])
        if _SUFFIX.match(given):
            return _without_comma(parts[0]) | {"suffix": given}
        trailing = given.split()
        while len(trailing) > 1 and trailing[-1] in PARTICLES:  # "Waal, V. de"
            family = f"{trailing.pop()} {family}"
        if len(trailing) == 1 and trailing[0] in PARTICLES:
            return _made(f"{trailing[0]} {family}")
        return _made(family, " ".join(trailing))
    return _made(to_text(parts[0]), to_text(" ".join(parts[2:])), to_text(parts[1]))


def _closes_at_end(text: str) -> bool:
    depth = 0
    for position, sign in enumerate(text):
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return position == len(text) - 1
    return False


def _kept(parts: list[str]) -> Iterator[str]:
    for part in parts:
        if part.strip(" {},\t\n"):
            yield part


def names_of(field: str) -> tuple[list[dict[str, str]], bool]:
    """CSL names of a BibTeX name list, and whether it ends in "and others" (or "e.a.")."""
    parts = list(_kept(_split_and(field)))
    etal = bool(parts) and parts[-1].strip().lower() in (
        OTHERS,
        "e.a.",
        "et al.",
        "et al",
    )
    return [_one(part) for part in (parts[:-1] if etal else parts)], etal
