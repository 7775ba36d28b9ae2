"""Which people does a line name, whatever stands around their names?

Titles, initials, first names known or not, marks of affiliations, functions and places
of work are read by their shape; a line of which anything else is left names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb.bibliography.names import (
    is_given,
    is_initials,
    is_organisation,
    person_in_order,
)
from kb.datafiles import words
from kb.dutch.fold import fold
from kb.dutch.wordlist import frequency

LONGEST = 300  # characters of a line that names people
_LONGEST_PLACE = 16  # words
# A first name that nobody listed is no usual word: "Sociaal" has 1e-4, "Kofi" 1e-6.
_USUAL = 1e-5
_CAPITAL = "[A-ZÀ-ÖØ-ÞĆČĐĞİŁŃŚŞŠŹŻŽ]"
_WORD = rf"{_CAPITAL}(?:[^\W\d_]|[’'`])+(?:[-‐](?:[^\W\d_]|[’'`])+)*"
_TITLE = r"(?:(?:prof|dr|drs|mr|ir|ing|em|ds|dhr|mevr|mw|lic)\.\s?|(?:dr|drs|mr|ir|prof)\s)"
_INITIALS = rf"(?:{_CAPITAL}[a-z]{{0,2}}\.[\s-]?){{1,5}}"
_PARTICLE = r"(?:van|von|de|der|den|ter|ten|te|het|['’]t|op|aan|in|el|al|la|le|du|di|da|ben|bin)"
_FIRST = (
    rf"(?:{_INITIALS}\s?|{_WORD}\s(?:{_WORD}\s(?=\S)|{_CAPITAL}\.\s?){{0,2}})"
)
_DEGREE = r"(?:,?\s(?:MSc|MA|MBA|MPA|PhD|BSc|LLM|RA|RO|EMIA))*"
_MARK = r"[\d¹²³⁴⁵⁶⁷⁸⁹*†‡,]*(?<!,)"
_PERSON = re.compile(
    rf"(?P<title>(?:(?i:{_TITLE}))*)(?P<name>{_FIRST}"
    rf"(?:{_PARTICLE}\s){{0,3}}"
    rf"{_WORD}(?:\s(?:{_PARTICLE}\s){{0,3}}{_WORD})?)"
    rf"{_DEGREE}{_MARK}(?=$|[\s,;|()/.:])"
)
_BETWEEN = re.compile(
    r"\s?[,/]?\s(?:en|and|&|met|i\.s\.m\.|m\.m\.v\.)\s|,\s|\s?/\s?"
)
_PIECES = re.compile(r"\s*(?:\n|;|\||•|·)\s*")
_BRACKETS = re.compile(r"\s?\((?P<place>[^()]{2,90})\)")
_NEXT_LINE = re.compile(rf"(?<=\s){_CAPITAL}")
# Particles that are prepositions first: "Repliek aan Wouter Bos".
_RARE = re.compile(r"\s(?:aan|in|op|het|te)\s")
_SIGN = re.compile(r"^(?:[—–-]\s*)+")
_ALL_CAPITALS = re.compile(r"[A-ZÀ-Þ]{2}")

Names = tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class People:
    """Who is named.

    `sure`: by known first names, titles, or initials of several; `said`: the line says they wrote.
    """

    names: Names
    sure: bool = True
    said: bool = False


@lru_cache(maxsize=20_000)
def people_in(text: str) -> People | None:
    """The people of a line that names them and nothing else but what they are.

    >>> line = "Tekst: dr. Meryem Aksoy2 en K. de Wit (Hogeschool De Brug)"
    >>> [name["family"] for name in people_in(line).names], people_in(line).said
    (['Aksoy', 'Wit'], True)
    >>> people_in("De wijk slaapt niet") is None
    True
    """
    if not 4 < len(text) <= LONGEST:
        return None
    line, said = _without_lead(_bare(text.strip()))
    if line.isupper() and _ALL_CAPITALS.search(line):
        line = lowered(line)
    found = _people(line)
    if not found:
        return None
    # "A. Passiva" is a point of a list as well.
    is_point = len(found) == 1 and _is_letter(found[0][0].split()[0])
    return People(
        tuple(person_in_order(name.split()) for name, _known in found),
        sure=said or (all(known for _name, known in found) and not is_point),
        said=said,
    )


def _bare(text: str) -> str:
    """A text without brackets around the whole of it."""
    whole = text[1:-1] if text[:1] in "([" and text[-1:] in ")]" else text
    return whole.rstrip(" .,:")


def _people(line: str) -> list[tuple[str, bool]]:
    """Names, each with whether its first name is known; none where more is left."""
    found: list[tuple[str, bool]] = []
    for piece in filter(None, _PIECES.split(line)):
        read = _piece(piece)
        if read is None and not (found and is_place(piece)):
            return []
        found += read or ()
    return found


def _is_letter(first: str) -> bool:
    return len(first.strip(".")) == 1


def _without_lead(line: str) -> tuple[str, bool]:
    """A line without "Tekst:" or a dash before its names; whether it says who wrote."""
    line = _pictures().sub("", _kicker().sub("", line))
    bare = _SIGN.sub("", line)
    said = _lead().match(bare)
    return (bare[said.end() :], True) if said else (bare, False)


@lru_cache(maxsize=1)
def _lead() -> re.Pattern[str]:
    known = "|".join(sorted(words("kb.volumes", "parts.toml", "bylines")))
    return re.compile(rf"(?:{known})(?:\(s\))?\s?:?\s+(?=\S)", re.I)


@lru_cache(maxsize=1)
def _kicker() -> re.Pattern[str]:
    """What a magazine sets before them: "INTERVIEW | tekst Anna de Wit"."""
    return re.compile(r"^[A-Z]{4,}\s?[|•·–-]\s+(?=\S)")


@lru_cache(maxsize=1)
def _pictures() -> re.Pattern[str]:
    """Magazines name who made the pictures behind who wrote."""
    return re.compile(
        r"[\s,|•–-]+(?:foto(?:['’]?s|grafie)?|beeld|illustraties?|tekeningen|photo\w*)\b.*$",
        re.I | re.S,
    )


def lowered(line: str) -> str:
    """Names in capitals as names are written.

    >>> lowered("ANNA DE WIT EN JAN-WILLEM BOS")
    'Anna de Wit en Jan-Willem Bos'
    """
    small = words("kb.volumes", "parts.toml", "small")
    told = [w if w in small else w.title() for w in line.lower().split()]
    return " ".join(told)


def _piece(piece: str) -> tuple[tuple[str, bool], ...] | None:
    """The names of a piece of a line, each with whether its first name is known."""
    names = []
    rest = _parted(piece.strip(" ,"))
    while True:
        found = _person(rest)
        if found is None:
            return None
        is_sure = bool(found["title"]) or _is_known(found["name"])
        names.append((found["name"].strip(), is_sure))
        rest = rest[found.end() :]
        if placed := _BRACKETS.match(
            rest
        ):  # a place, or who knows what: no name
            rest = rest[placed.end() :]
        if not rest.strip(" ,.)"):
            return tuple(names)
        cut = _next_person(rest)
        if cut is None:
            return None
        rest = rest[cut:]
        if not rest:
            return tuple(names)


def _parted(piece: str) -> str:
    """Names with nothing between them, as lines that were joined, with commas.

    >>> _parted("Anna de Wit prof. dr. Lia Bos Karin Smit"), _parted("Anna Maria Bos")
    ('Anna de Wit, prof. dr. Lia Bos, Karin Smit', 'Anna Maria Bos')
    """
    if re.search(r"[,;&(]|\sen\s", piece):
        return piece
    tokens = piece.split()
    parted = tokens[:1]
    for at in range(1, len(tokens)):
        before, here = tokens[at - 1], tokens[at]
        ends_name = (
            before[:1].isupper()
            and not _is_known(before)
            and "." not in before
        )
        is_title = re.fullmatch(f"(?i:{_TITLE})", here)
        # One word of a family follows a particle.
        whole = at > 1 and tokens[at - 2].islower() and here[:1].isupper()
        begins = _is_known(here) or is_title or whole
        if ends_name and begins and 1 < at < len(tokens) - 1:
            parted[-1] += ","
        parted.append(here)
    return " ".join(parted)


def _next_person(rest: str) -> int | None:
    """Where behind a name the next one begins; the end where only a place is left."""
    for sign in _BETWEEN.finditer(rest):
        before = rest[: sign.start()].strip(" ,–—-(")
        if before and not is_place(before):
            continue
        if _person(rest[sign.end() :]):
            return sign.end()
    for word in _NEXT_LINE.finditer(rest):
        # A line below, joined to the one above: "…, lector Piet Bos, jurist".
        following = _person(rest[word.start() :])
        ends = following and rest[word.start() + following.end() :][:1] == ","
        if ends and is_place(rest[: word.start()].strip(" ,")):
            return word.start()
    is_apart = bool(re.match(r"\s?[,–—(-]", rest))
    placed = is_apart and is_place(rest.strip(" ,–—-()."))
    return len(rest) if placed else None


def _person(text: str) -> re.Match[str] | None:
    found = _PERSON.match(text)
    if found is None or is_organisation(found["name"]):
        return None
    last = fold(found["name"].split()[-1])
    if last in words("kb.volumes", "parts.toml", "no_family"):
        return None
    first = found["name"].split()[0]
    if _is_known(first) or found["title"]:
        return found
    if frequency(first) < _USUAL and not _RARE.search(found["name"]):
        return found
    return None


def _is_known(name: str) -> bool:
    first = name.split()[0]
    return is_given(first) or is_initials(first)


def is_place(text: str) -> bool:
    """Whether a text says what somebody is or where somebody works."""
    tokens = re.findall(r"[\w-]+", fold(text))
    if not 0 < len(tokens) <= _LONGEST_PLACE or text.rstrip().endswith(
        ("?", "!")
    ):
        return False
    known = words("kb.volumes", "parts.toml", "functions")
    is_function = any(token.endswith(tuple(known)) for token in tokens)
    return is_function or is_organisation(text)


_INTRODUCING = re.compile(
    r"\s(?:\([^()]+\)\s)?(?:is|zijn|was|waren|werkt|werken|werkte|doet|studeert|promoveert|"
    r"promoveerde|studeerde|schreef|schreven|works?|are)\s"
)


def introduced(text: str) -> Names:
    """Whom a text begins by introducing: "Anna de Wit en Piet Bos zijn werkzaam bij …".

    >>> [name["family"] for name in introduced("dr. Anna de Wit is lector bij De Brug.")]
    ['Wit']
    """
    said = _INTRODUCING.search(text[:LONGEST])
    found = people_in(text[: said.start()]) if said else None
    return found.names if found else ()


def same_people(one: Sequence[Mapping[str, str]], other: Names) -> bool:
    """Whether two lists name somebody of one family."""
    families = {fold(name.get("family", "")) for name in one}
    return any(fold(name.get("family", "")) in families for name in other)
