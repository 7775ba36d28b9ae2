"""What must be changed in a record before it is formatted, and undone after?

Dutch names, subtitles, laws. Source of the rules: De APA-richtlijnen uitgelegd (Werkgroep
APA, 2021) and the measurements in docs/quality.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from kb.bibliography.bibtex_to_csl import bare_doi
from kb.bibliography.csl_fields import date_parts
from kb.bibliography.names import split_particle
from kb.datafiles import table
from kb.records import Csl

_DATA: dict[str, Any] = table("kb.citing", "preparation.json")
_LEADING = tuple(_DATA["leading"])
_NAMES = (*_LEADING, *_DATA["other_roles"])
_LAWS, _OWN = frozenset(_DATA["laws"]), frozenset(_DATA["never_printed"])
_BY_NUMBER = ("bill", "hearing")  # named by their number, not by a title
_ENGLISH, _DUTCH = frozenset(_DATA["english"]), frozenset(_DATA["dutch"])
_DATES = ("issued", "accessed", "original-date", "event-date")
# Stands for an & that is part of a name or title, to tell it from the style's own.
AMPERSAND = "\ue0a6"
NO_DATE = "\ue0a7"  # stands for the date of a work that is cited without one
_AFTER_COLON = re.compile(r"([:?!] +[‘’“”\"'(«„]*)([^\W\d_])(\w*)")
_APOSTROPHE = re.compile(r"^['’‘](?:s|t|n)\b ?", re.IGNORECASE)


def capital(text: str) -> str:
    """First letter as a capital; "'t Hart" stays as it is."""
    return text if _APOSTROPHE.match(text) else text[:1].upper() + text[1:]


def capital_after_colon(title: str) -> str:
    """APA: a subtitle begins with a capital.

    Abbreviations and words with capitals of their own stay.
    """

    def raised(match: re.Match[str]) -> str:
        return (
            match[1]
            + (match[2].upper() if match[3] == match[3].lower() else match[2])
            + match[3]
        )

    title = re.sub(r"([?!]): +", r"\1 ", title)
    apostrophe = re.sub(
        r"([:?!] +)(['’‘](?:s|t|n) )(\w)",
        lambda m: m[1] + m[2] + m[3].upper(),
        title,
    )
    return (
        apostrophe if apostrophe != title else _AFTER_COLON.sub(raised, title)
    )


def sentence_case(title: str) -> str:
    """A title begins with a capital; "eHealth" and the like stay."""
    return title if title[1:2].isupper() else capital(title)


def initials(given: str) -> str:
    """ "P.-J." of "Pieter-Jan", "J. W." of "Jan Willem" or "J.W."."""
    words = [
        [
            part[0].upper() + "."
            for part in word.split("-")
            if part[:1].isalpha()
        ]
        for word in re.split(r"[\s.]+(?!-)", given)
    ]
    return " ".join("-".join(word) for word in words if word)


def with_initials(record: Mapping[str, Any]) -> dict[str, Any]:
    """First names as initials, so that "V." and "Vincent" are one person where a style
    prints initials only."""
    names = {
        role: [_initialled(n) for n in record[role]]
        for role in _NAMES
        if record.get(role)
    }
    return {**record, **names}


def _initialled(name: Mapping[str, Any]) -> dict[str, Any]:
    return (
        {**name, "given": initials(str(name["given"])) or name["given"]}
        if name.get("given")
        else dict(name)
    )


def _particle_and_family(name: Mapping[str, Any]) -> tuple[str, str]:
    particle = " ".join(
        filter(
            None,
            (
                name.get("dropping-particle", ""),
                name.get("non-dropping-particle", ""),
            ),
        )
    )
    if particle:
        return particle, str(name.get("family", ""))
    family = str(name.get("family", ""))
    return (
        split_particle(family)
        if family[:1].islower() or family[:1] in "'’‘"
        else ("", family)
    )


def _joined(particle: str, family: str) -> str:
    return (
        particle
        + ("" if not particle or particle.endswith(("'", "’")) else " ")
        + family
    )


def _leading_name(name: Mapping[str, Any]) -> dict[str, Any]:
    """A name at the head of a reference: particle first, with a capital ("De Waal, V.")."""
    if name.get("literal"):
        first = str(name["literal"]).split(" ")[0]
        return {
            **name,
            "literal": capital(str(name["literal"]))
            if first in ("de", "het", "een")
            else name["literal"],
        }
    particle, family = _particle_and_family(name)
    kept = {
        k: v
        for k, v in name.items()
        if k not in ("dropping-particle", "non-dropping-particle")
    }
    glued = family[:2].lower() in ("d'", "d’", "l'", "l’")
    return {
        **kept,
        "family": capital(_joined(particle, family))
        if particle or glued
        else family,
    }


def _later_name(name: Mapping[str, Any]) -> dict[str, Any]:
    """A name behind its initials: particle in small letters ("In V. de Waal")."""
    if name.get("literal"):
        return dict(name)
    particle, family = _particle_and_family(name)
    kept = {
        k: v
        for k, v in name.items()
        if k not in ("dropping-particle", "non-dropping-particle")
    }
    if not name.get("given"):
        return {
            **kept,
            "family": capital(_joined(particle, family))
            if particle
            else family,
        }
    return {
        **kept,
        "family": family,
        **({"non-dropping-particle": particle} if particle else {}),
    }


def _date_of(value: Any) -> dict[str, Any]:
    """A date with numbers in it, or its words; empty when it says nothing."""
    year = re.fullmatch(r"\s*(\d{4})\s*", str(value))
    if year:
        return {"date-parts": [[int(year[1])]]}
    if not isinstance(value, Mapping):
        return {}
    said = {
        name: value[name]
        for name in ("circa", "season", "literal", "raw")
        if isinstance(value.get(name), str | int)
    }
    ends = date_parts({"date": value}, "date")
    if ends:
        return {**said, "date-parts": ends}
    return said if said.get("raw") or said.get("literal") else {}


def _dates(csl: Csl) -> dict[str, Any]:
    """Dates with numbers in them; what is empty or no number is left out."""
    dates = {variable: _date_of(csl.get(variable)) for variable in _DATES}
    return {variable: date for variable, date in dates.items() if date}


def _text(value: Any) -> str:
    """A value as text without the signs that XML and pandoc refuse."""
    return (
        ""
        if isinstance(value, bool)
        else "".join(
            c for c in str(value) if c >= " " and not "\ud800" <= c <= "\udfff"
        ).strip()
    )


def _people(csl: Csl, role: str) -> list[dict[str, Any]]:
    """Names of a role that say something, each part as text."""
    given = csl.get(role)
    names = (
        [n for n in given if isinstance(n, Mapping)]
        if isinstance(given, list | tuple)
        else []
    )
    made = [
        {
            k: _text(v)
            for k, v in n.items()
            if isinstance(v, str | int) and _text(v)
        }
        for n in names
    ]
    return [
        n
        for n in made
        if any(n.get(k) for k in ("family", "literal", "given"))
    ]


def edition_number(text: str) -> str:
    """ "2" of "2e druk", "2nd ed." or "Tweede"; what says more ("herz. dr.") stays as it is."""
    words: dict[str, str] = _DATA["editions"]
    bare = re.sub(
        r" (?:druk|dr\.?|ed\.?|editie|edition)$",
        "",
        text.strip(),
        flags=re.IGNORECASE,
    )
    found = re.fullmatch(
        r"(\d+)(?:ste|de|e|st|nd|rd|th)?\.?", bare, re.IGNORECASE
    )
    return words.get(bare.lower()) or (found[1] if found else text)


def raised_names(csl: Csl, conventions: str) -> list[tuple[str, str]]:
    """("Nico De Boer", "Nico de Boer") for each leading name whose particle was given a capital."""
    if conventions == "en":
        return []
    pairs = []
    for name in _people(csl, leading_role(csl) or ""):
        particle, family = _particle_and_family(name)
        if particle and name.get("given"):
            pairs.append(
                (
                    f"{name['given']} {capital(_joined(particle, family))}",
                    f"{name['given']} {_joined(particle, family)}",
                )
            )
    return pairs


def leading_role(csl: Csl) -> str | None:
    """The role whose names stand at the head of the reference.

    A chapter's editors never do when it has authors.
    """
    return next((role for role in _LEADING if _people(csl, role)), None)


def _names(csl: Csl, conventions: str) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    lead = leading_role(csl)
    for role in _NAMES:
        people = _people(csl, role)
        if not people:
            continue
        as_printed = (
            dict
            if conventions == "en"
            else _leading_name
            if role == lead
            else _later_name
        )
        made = [as_printed(p) for p in people]
        if (
            role == lead
            and _is_open(csl)
            and made[-1].get("literal") != "others"
        ):
            made.append({"literal": "others"})
        changed[role] = made
    return changed


def _is_open(csl: Csl) -> bool:
    """Whether the record says "and others"."""
    custom = csl.get("custom")
    return bool(csl.get("etal")) or (
        isinstance(custom, Mapping) and bool(custom.get("etal"))
    )


def _plain(text: Any) -> str:
    return re.sub(r"[\W_]+", " ", str(text)).strip().casefold()


def _without_repeats(csl: dict[str, Any]) -> None:
    """Drop a publisher or site that is the author, and a place, which APA 7 does not print."""
    lead = leading_role(csl)
    names = [
        _plain(n["literal"])
        for n in _people(csl, lead or "author")
        if n.get("literal")
    ]
    said = {*names, " ".join(names)} - {""}
    for field in (
        "publisher",
        *(
            ("container-title",)
            if csl["type"] in ("webpage", "post", "post-weblog")
            else ()
        ),
    ):
        if _plain(csl.get(field, "")) in said:
            del csl[field]


def language_of(title: str) -> str:
    """en-US when a title has more English than Dutch small words, else nl-NL.

    Titles get capitals in English only.
    """
    words = re.findall(r"[a-z]+", title.lower())
    return (
        "en-US"
        if sum(w in _ENGLISH for w in words) > sum(w in _DUTCH for w in words)
        else "nl-NL"
    )


def _protected(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("&", AMPERSAND)
    if isinstance(value, list):
        return [_protected(item) for item in value]
    return (
        {k: _protected(v) for k, v in value.items()}
        if isinstance(value, Mapping)
        else value
    )


def _scalars(csl: Csl) -> dict[str, str]:
    """Fields with one value, as text, but for those that no style may print."""
    kept_out = (*_OWN, *_NAMES, *_DATES)
    given = {k: v for k, v in csl.items() if isinstance(v, str | int | float)}
    texts = {
        name: _text(value)
        for name, value in given.items()
        if name not in kept_out
    }
    return {name: text for name, text in texts.items() if text}


def _with_capitals(made: dict[str, Any]) -> None:
    """Titles begin with a capital, and subtitles; names of periodicals stay as they are."""
    for field in ("title", "container-title", "original-title"):
        periodical = field == "container-title" and made["type"].startswith(
            "article"
        )
        if made.get(field) and not periodical:
            made[field] = capital_after_colon(sentence_case(str(made[field])))


def _as_official_source(made: dict[str, Any]) -> None:
    """A paper of parliament, act or judgment as Dutch practice names it.

    Its number says when and where it appeared, so no author and no date stand beside it:
    "Kamerstukken II 2013/14, 33841, nr. 3 (Memorie van toelichting)". An act is called by its
    name, with its place in the official journal behind it.
    """
    number = str(made.pop("number", ""))
    made["type"], kind = "document", made["type"]
    if leading_role(made) or (kind == "bill" and "issued" in made):
        if number:
            made["number"] = number
        return
    title = str(made.get("title", number))
    if number and number not in title:
        by_number = kind in _BY_NUMBER
        first, second = (number, title) if by_number else (title, number)
        made["title"], made["title-short"] = f"{first} ({second})", first
    if number or "issued" not in made:
        made["issued"] = {"literal": NO_DATE}


def _in_words(made: dict[str, Any], language: str) -> None:
    """Edition as a number, the state of publication in the language, a DOI without address."""
    if made.get("status"):
        states = _DATA["states"].get(language, {})
        made["status"] = states.get(str(made["status"]), made["status"])
    if made.get("edition"):
        made["edition"] = edition_number(str(made["edition"]))
    if made.get("DOI"):
        made["DOI"] = bare_doi(str(made["DOI"]))


def prepared(
    csl: Csl, id: str, conventions: str = "nl", language: str = "nl"
) -> dict[str, Any]:
    """A copy of the record as the processor must get it.

    Args:
        csl: the record.
        id: what the processor is to call it.
        conventions: nl (Werkgroep APA) or en (American).
        language: of the list. In an English one a title without a known language gets its
            likely one, so that Dutch titles get no English capitals.
    """
    made: dict[str, Any] = dict(_scalars(csl))
    made["type"] = str(csl.get("type") or "document")
    made |= _names(csl, conventions) | _dates(csl)
    _described(made, language)
    _with_capitals(made)
    _in_words(made, language)
    if conventions != "en" and made["type"] in _LAWS:
        _as_official_source(made)
    _without_repeats(made)
    if language != "nl":
        known = made.get("language") or language_of(str(made.get("title", "")))
        made["language"] = str(known)
    protected: dict[str, Any] = {
        name: value if name in ("URL", "DOI") else _protected(value)
        for name, value in made.items()
    }
    return {**protected, "id": id}


_PAGE_AT = {"nl": "[Webpagina op {0}]", "en": "[Web page at {0}]"}


def _described(made: dict[str, Any], language: str) -> None:
    """APA 7 section 9.22: a work without title and author gets a description in brackets."""
    named = made.get("title") or any(made.get(role) for role in _LEADING)
    site = urlsplit(str(made.get("URL", ""))).netloc
    if not named and made["type"] == "webpage" and site:
        said = _PAGE_AT.get(language, _PAGE_AT["en"])
        made["title"] = said.format(site)


_NO_DATE_PRINTED = re.compile(r",?\s*[(\[]?\ue0a7[)\]]?(?=(\.)?)")


def restored(text: str, sign: str = "&") -> str:
    """Text after formatting: protected signs in their place, dates left out on purpose gone."""
    text = text.replace(AMPERSAND, sign)
    if NO_DATE not in text:
        return text
    text = _NO_DATE_PRINTED.sub("", text)
    return re.sub(r"\.(</[bi]>)?\.", r".\1", text)


_INITIAL_AND_PARTICLE = re.compile(
    r"((?:\b[A-ZÀ-Ý]\. ?)+)((?:De|Den|Der|Van|Ter|Ten|Te|Het|Op|In|Von|Du|La|"
    r"Le)(?: (?:de|den|der|het|'t|’t|la))?)(?= [A-ZÀ-Ý])"
)


def small_particle(text: str) -> str:
    """ "A. De Boer" (initials added to tell namesakes apart) is printed "A. de Boer"."""
    return _INITIAL_AND_PARTICLE.sub(lambda m: m[1] + m[2].lower(), text)
