"""Lists of names as Dutch reference lists print them.

"Waal, V. de", "A. Sprinkhuizen", "Dartel, van H.", "Movisie en Divosa". A list is cut into
chunks at commas and conjunctions; each chunk is told by its shape (surname, initials,
particle, or both), and a small machine joins the chunks to persons. A list without initials
is read as organisations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kb.bibliography.names import is_given as is_given
from kb.bibliography.names import is_initials as is_initials
from kb.bibliography.names import is_organisation as is_organisation
from kb.bibliography.names import is_particle as is_particle
from kb.bibliography.names import split_particle as in_parts
from kb.citations.wordlists import fold, phrase_pattern, words

Name = dict[str, str]

_INITIALS = re.compile(r"(?:[^\W\d_]\.?[-‐–]?)+\.?")
_SEPARATOR = re.compile(
    r"\s*(?:[,;]\s*(?:&|\ben\b|\band\b|\bund\b)|[,;]|&|\+|\s(?:en|and|und)(?=\s))\s*"
)
_ETAL = re.compile(
    r"[,\s]*(?:\be\.\s?a\.?|\bea\.|\bet\.?\s?al(?:\.|\b|ii)|\bc\.s\.|\b(?:en|and|&)\s(?:anderen|"
    r"others|collega['’]s|colleagues|co-auteurs))(?=\W|$)\.?",
    re.I,
)
_MAYBE_ETAL = re.compile(
    r"e\.|\bea|\bet\b|al\.|c\.s|anderen|others|collega|colleagues|auteurs",
    re.I,
)
_EDITOR = r"(?:hoofd|eind)?(?:red|reds|ed|eds|hrsg|redactie|editors?|samenst|samenstelling)"
_EDITORS = re.compile(
    rf"[,\s]*(?:\(\s*{_EDITOR}\s*\.?\s*\)|"
    r"\b(?:eind)?(?:red|reds|eds|ed|hrsg)\.(?=[\s),.:]|$)|"
    r"\((?:onder redactie|onder eindredactie)\))[.,]?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NameList:
    """Names in print order; `score` in 0..1 tells how much the text looks like a list of names."""

    names: tuple[Name, ...] = ()
    etal: bool = False
    editors: bool = False
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class _Chunk:
    family: str = ""
    given: str = ""
    particle: str = ""
    comma: bool = False  # a comma (not "en", "&") stands before it

    @property
    def shape(self) -> str:
        return (
            ("F" if self.family else "")
            + ("I" if self.given else "")
            + ("P" if self.particle else "")
        )


def split_particle(text: str) -> tuple[str, str]:
    """(particle in lower case, surname) of "Van der Lans", "de Wit", "Oude Vrielink"."""
    particle, family = in_parts(text)
    return particle.lower(), family


def _chunk(text: str, comma: bool) -> _Chunk:
    """One piece between commas and conjunctions, its words told apart.

    >>> [_chunk(text, True).shape for text in ("V. de", "A. van Dam", "Snyder W.")]
    ['IP', 'FIP', 'FI']
    """
    parts = [
        p for p in text.replace(" -", "-").split() if p not in {"-", "–", "—"}
    ]
    if len(parts) > 1 and fold(parts[0]).strip(".") in words(
        "names", "titles"
    ):
        parts = parts[1:]
    shape = "".join(map(_letter_of, parts))
    for pattern, made in _CHUNK_SHAPES:
        found = re.fullmatch(pattern, shape)
        if found:
            return made(parts, found, comma)
    return _full_name(parts, comma)


def _letter_of(word: str) -> str:
    """I of initials, P of a particle, F of anything else."""
    if is_initials(word):
        return "I"
    return "P" if is_particle(word) else "F"


def _given_chunk(
    parts: list[str], found: re.Match[str], comma: bool
) -> _Chunk:
    """Initials and particles only: "V. de", "van H.", "van der"."""
    given = [
        p
        for p, letter in zip(parts, found.string, strict=True)
        if letter == "I"
    ]
    behind = [
        p
        for p, letter in zip(parts, found.string, strict=True)
        if letter == "P"
    ]
    return _Chunk("", " ".join(given), " ".join(behind).lower(), comma)


def _initials_first(
    parts: list[str], found: re.Match[str], comma: bool
) -> _Chunk:
    """ "A. Sprinkhuizen", "L. de Caluwé"."""
    at = found.end(1)
    particle, family = split_particle(" ".join(parts[at:]))
    return _Chunk(family, " ".join(parts[:at]), particle, comma)


def _initials_last(
    parts: list[str], found: re.Match[str], comma: bool
) -> _Chunk:
    """ "Snyder W.", "Berg M. van den"."""
    start, end = found.span(2)
    particle, family = split_particle(" ".join(parts[:start]))
    behind = " ".join(parts[end:]).lower()
    return _Chunk(
        family, " ".join(parts[start:end]), behind or particle, comma
    )


# The letters of a chunk's words, and how such a chunk is read; the first that fits.
_CHUNK_SHAPES = (
    (r"I+P*|P+I+|P+", _given_chunk),
    (r"(I+).+", _initials_first),
    (r"(.+?)(I+)P*", _initials_last),
)


def _full_name(parts: list[str], comma: bool) -> _Chunk:
    """ "Hans van Ewijk" as given name and surname; anything else as a surname."""
    at = _given_names(parts)
    if at and at == len(parts) - sum(map(is_particle, parts[at:])):
        # "Arum, Silke van": no surname is left
        return _Chunk(
            "", " ".join(parts[:at]), " ".join(parts[at:]).lower(), comma
        )
    if not at and _first_name_unknown(parts):
        at = 1
    particle, family = split_particle(" ".join(parts[at:]))
    article = len(parts) == 2 and parts[0] in ("De", "Het")
    if article and family[:1].islower():  # "Het wijkteam" is no person
        return _Chunk(family=" ".join(parts), comma=comma)
    return _Chunk(family, " ".join(parts[:at]), particle, comma)


def _given_names(parts: list[str]) -> int:
    """How many words at the start are first names or initials; one word at least stays."""
    if len(parts) < 2 or not is_given(parts[0]) or is_particle(parts[0]):
        return 0
    at = 1
    while at < len(parts) - 1 and not is_particle(parts[at]):
        if not (is_given(parts[at]) or is_initials(parts[at])):
            break
        at += 1
    return at


_MIDDLE = frozenset(
    {"van", "von", "de", "der", "den", "ten", "ter", "te", "het", "'t"}
)


def _first_name_unknown(parts: list[str]) -> bool:
    """Whether a word before particles and one surname must be a first name: "Eelkje van
    der Veen"."""
    middle = parts[1:-1]
    return (
        0 < len(middle) <= 3
        and all(fold(p) in _MIDDLE for p in middle)
        and not is_particle(parts[0])
        and "-" not in parts[0]
        and parts[-1][:1].isupper()
        and not is_organisation(" ".join(parts))
    )


def _chunks(text: str) -> list[_Chunk]:
    found: list[_Chunk] = []
    at, comma = 0, False
    for match in [*_SEPARATOR.finditer(text), None]:
        piece = text[at : match.start() if match else len(text)].strip(" ,;")
        if piece:
            found.append(_chunk(piece, comma))
        if match:
            comma, at = (
                match.group().strip()[:1] in {",", ";"}
                and match.group().strip() in {",", ";"},
                match.end(),
            )
    return found


def _name(family: str, given: str = "", particle: str = "") -> Name:
    name = {"family": family.rstrip(".") if len(family) > 3 else family}
    if given:
        name["given"] = given
    if particle:
        if family[:1].islower():
            name["family"] = family[0].upper() + family[1:]
        name["non-dropping-particle"] = particle.replace("’", "'").replace(
            "‘", "'"
        )
    return name


def _persons(chunks: list[_Chunk]) -> tuple[list[Name], float]:
    """Persons of the chunks, and the share of them that has initials or a first name."""
    names: list[Name] = []
    known = at = 0
    while at < len(chunks):
        here, step = chunks[at], 1
        if here.family:
            own = _own_given(here, _at(chunks, at + 1))
            given, particle, step = own or _behind_surname(chunks, at)
            names.append(_name(here.family, given, particle))
            known += bool(given)
        elif here.shape == "P" and names:
            names[-1]["non-dropping-particle"] = here.particle
        elif here.given and names and "given" not in names[-1]:
            names[-1]["given"] = here.given
            known += 1
        at += step
    return names, known / len(names) if names else 0.0


def _at(chunks: list[_Chunk], at: int) -> _Chunk:
    return chunks[at] if at < len(chunks) else _Chunk()


def _own_given(here: _Chunk, after: _Chunk) -> tuple[str, str, int] | None:
    """ "M. Bos", and "M. Bos, M." with the initials twice."""
    if not here.given:
        return None
    repeated = after.shape == "I" and after.comma
    return here.given, here.particle, 2 if repeated else 1


def _behind_surname(chunks: list[_Chunk], at: int) -> tuple[str, str, int]:
    """What belongs to the surname chunks[at].

    Returns:
        Initials or first names, particle, and how many chunks the whole name takes.
    """
    here, after, third = chunks[at], _at(chunks, at + 1), _at(chunks, at + 2)
    if after.shape in {"I", "IP"} and (after.comma or not here.comma):
        if third.shape == "P" and third.comma:
            return after.given, third.particle, 3
        return after.given, after.particle or here.particle, 2
    if _lacks_comma(after, third):
        chunks[at + 1] = _Chunk(after.family, "", after.particle, comma=True)
        return after.given, here.particle, 1
    if after.family and after.comma and not after.given:
        given = _given_after(after)
        if given:
            return given, after.particle or here.particle, 2
    return "", here.particle, 1


def _lacks_comma(after: _Chunk, third: _Chunk) -> bool:
    """ "Kuil, D. Dorsman, M.": the comma between two people is missing."""
    if not after.comma or not after.shape.startswith("FI"):
        return False
    return third.shape in {"I", "IP"} and is_initials(after.given.split()[0])


def _given_after(chunk: _Chunk) -> str:
    """First names standing behind a surname: "Ewijk, Hans van"."""
    parts = chunk.family.split()
    while parts and is_particle(parts[-1]):
        parts.pop()
    return (
        " ".join(parts)
        if parts and all(is_given(p) or is_initials(p) for p in parts)
        else ""
    )


def _organisations(text: str) -> list[Name]:
    """One organisation, or several where each part is one by itself ("Movisie en
    Divosa", "VNG, Divosa en Movisie")."""
    whole = text.strip(" .,;:")
    if fold(whole) not in words("publishers", "periodicals"):
        parts = _parts(whole)
        if len(parts) > 1 and _separate(parts):
            return [{"literal": p} for p in parts]
    return [{"literal": whole}]


def known_body(part: str) -> bool:
    """An organisation by itself: in the table, an abbreviation, or a kind of body with
    its town ("Gemeente Zwolle", "Hogeschool Viaa")."""
    folded = fold(part)
    if folded in words("publishers", "institute") or re.fullmatch(
        r"[A-Z][A-Z&+\d-]{1,7}", part
    ):
        return True
    tokens = part.split()
    return (
        1 < len(tokens) <= 4
        and folded.split()[0] in words("publishers", "bodies")
        and tokens[-1][0].isupper()
    )


def _parts(text: str) -> list[str]:
    return [
        p.strip()
        for p in re.split(
            r"\s*[,;]\s*(?:en\s|and\s|&\s)?|\s+(?:en|and|&)\s+|\s*/\s*", text
        )
        if p.strip()
    ]


def _all_known(text: str) -> bool:
    """Whether `text` lists organisations only: "VNG & Divosa"."""
    parts = _parts(text.strip(" .,;:"))
    return len(parts) > 1 and all(known_body(p) for p in parts)


def _separate(parts: list[str]) -> bool:
    """Whether the parts of "A en B" are organisations each: all known, or all names of
    one word that are no common noun."""
    if all(known_body(p) for p in parts):
        return True
    nouns = words("publishers", "common_nouns")
    return all(
        len(p.split()) == 1
        and p[:1].isupper()
        and len(p) > 1
        and fold(p) not in nouns
        for p in parts
    )


def strip_editors(text: str) -> tuple[str, bool]:
    """`text` without "(red.)", "eds.", and whether it held one.

    Who had the last hand in a report ("eindred.") is cited as its author.

    >>> strip_editors("T. Vos (red.)"), strip_editors("T. Vos (eindred.)")
    (('T. Vos', True), ('T. Vos', False))
    """
    if (
        "ed" not in text
        and "Ed" not in text
        and "hrsg" not in text.lower()
        and "samenst" not in text
    ):
        return text.strip(" ,"), False
    roles = [role.lower() for role in _EDITORS.findall(text)]
    editors = any("eind" not in role for role in roles)
    return _EDITORS.sub(" ", text).strip(" ,"), editors


def strip_etal(text: str) -> tuple[str, bool]:
    """`text` without "e.a.", "et al.", and whether it held one."""
    if not _MAYBE_ETAL.search(text):
        return text.strip(" ,"), False
    cleaned = _ETAL.sub(" ", text)
    return cleaned.strip(" ,"), cleaned != text


def _looks_personal(text: str) -> bool:
    """Has initials in it, which organisations do not."""
    return any(
        is_initials(w.strip(",;()"))
        and (w.rstrip(",;").endswith(".") or len(w.strip(",;.")) == 1)
        for w in text.split()
    )


_MAX_NAME = 110  # characters; the longest names of ministries have some 90
_MAX_SENTENCE_FREE = 3  # words that a name may have whatever they are


def is_sentence(text: str) -> bool:
    """Whether `text` says something instead of naming someone: no name is made of it.

    >>> is_sentence("De gemeente heeft drie teams gevormd"), is_sentence("Gemeente Ede")
    (True, False)
    >>> is_sentence("Stichting Zijn wie je bent")
    False
    """
    tokens = text.split()
    if len(text) > _MAX_NAME or re.search(
        r"[a-z]{3}[.?!]\s+[A-Z]\w*\s+[a-z]", text
    ):
        return True
    if len(tokens) <= _MAX_SENTENCE_FREE:
        return False
    finite = words("words", "finite") | words("words", "verbs")
    # With a capital such a word is part of a title or name: "Stichting Zijn".
    return any(token.strip(",;:()") in finite for token in tokens)


def _spaced(text: str) -> str:
    """One kind of spacing around commas, initials and hyphens."""
    # "Jager- Vreugdenhil", as a line end left it.
    text = re.sub(r"(?<=\w)-\s+(?=[A-Z])", "-", text)
    return " ".join(text.replace(",", ", ").replace(" ,", ",").split())


def _without_signs(body: str) -> str:
    """`body` without the signs around it; the full stop of an initial stays."""
    ends_in_stop = body.rstrip(" ,;:&").endswith(".")
    bare = re.sub(r"(?<=\.)(?=[A-Z][a-z]{2,})", " ", body).strip(" ,;:.&")
    last = bare.split()[-1] if bare else ""
    return bare if not ends_in_stop or is_particle(last) else f"{bare}."


def _has_title_signs(body: str) -> bool:
    """Quotation marks, colons and question marks stand in titles, not in names."""
    straight = re.sub(r"'(?:t|s|n)\b|(?<=\w)'(?=\w)", "", body)
    return (
        any(c in body for c in '‘“”"?!')
        or ": " in body
        or " '" in f" {straight}"
    )


@lru_cache(maxsize=4096)
def parse_names(text: str) -> NameList:
    """The names in `text`: the part of an entry before the year, or the editors of a book.

    >>> [n["family"] for n in parse_names("Bos, A., Dam, J. van & Oude Luttikhuis, P.").names]
    ['Bos', 'Dam', 'Oude Luttikhuis']
    >>> parse_names("De teams zijn in alle wijken van start gegaan").names
    ()
    """
    body, editors = strip_editors(_spaced(text))
    body, etal = strip_etal(body)
    body = _without_signs(body)
    if not body.strip(".") or _has_title_signs(body):
        return NameList(etal=etal, editors=editors)
    if not _looks_personal(body) and (
        _all_known(body) or is_organisation(body) or not _person_like(body)
    ):
        if is_sentence(body):
            return NameList(etal=etal, editors=editors)
        score = _organisation_score(body)
        return NameList(tuple(_organisations(body)), etal, editors, score)
    names, share = _persons(_chunks(body))
    if any(map(is_sentence, map(_whole, names))):
        return NameList(etal=etal, editors=editors)
    odd = sum(map(_odd, names))
    score = (0.55 + 0.45 * share) * (0.55 if odd else 1.0)
    score -= 0.3 * odd / max(1, len(names))
    return NameList(tuple(names), etal, editors, max(0.0, score))


def _whole(name: Name) -> str:
    return " ".join(name.values())


_MARRIED = re.compile(
    r"[A-Z][\w'’]+-(?:van|de|von|ten|ter)(?:\s(?:der?|den|het|'t))?\s[A-Z]\w+$"
)


def _person_like(text: str) -> bool:
    """Surnames only ("Teekman", "Oude Vrielink en Klok", "Hans van Ewijk", "Welmers-van
    de Poll")."""
    return all(
        bool(_MARRIED.match(c.family))
        or (
            len(c.family.split()) <= (3 if c.given else 2)
            and (_capital(c.family) or bool(c.particle))
        )
        for c in _chunks(text)
        if c.family
    )


def _capital(family: str) -> bool:
    """Whether a surname begins with a capital: "Bos", "'s-Gravesande"."""
    return bool(re.match(r"['’‘]?(?:[^\W\d_a-zà-ÿ]|s-[A-Z])", family))


def _odd(name: Name) -> bool:
    family = name.get("family", "")
    words_ = family.split()
    if _MARRIED.match(family):
        return False
    return (
        len(words_) > 3
        or not (_capital(family) or name.get("non-dropping-particle"))
        or any(w.islower() and not is_particle(w) for w in words_[1:])
        or any(c in family for c in "?!:")
        or re.search(r"[a-z]{3}\.\s", family) is not None
    )


def _organisation_score(text: str) -> float:
    links = words("publishers", "organisation_links")
    tokens = re.findall(r"[\w&'’/+-]+", text)
    if not tokens or not (
        tokens[0][0].isupper()
        or tokens[0][0].isdigit()
        or is_organisation(text)
    ):
        return 0.1
    strange = len(
        [t for t in tokens if t[0].islower() and fold(t) not in links]
    )
    score: float = (
        (0.8 if is_organisation(text) else 0.6)
        - 0.2 * strange
        - 0.03 * max(0, len(tokens) - 8)
    )
    if strange and phrase_pattern("words", "works_named").search(fold(text)):
        score -= 0.4
    return max(score, 0.0)
