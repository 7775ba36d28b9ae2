"""What does a document call an act or a work? "De Wmo 2015 (hierna: de wet)".

A short name means something in the document that gives it, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from kb.citations.official.acts import act_names, name_of
from kb.datafiles import table

_FROM_HERE = (
    r"(?:hierna|verder|voortaan)(?:\s(?:te\snoemen|ook|verder|aangeduid\sals|"
    r"aan\ste\sduiden\sals|afgekort\sals))?\s?:?\s?"
)
_SIGN = r"[‘’'\"“”„*_]?"
_ABBREVIATION = r"[A-Z][\w-]{1,11}(?:\s(?:19|20)\d\d)?"
_TWO_CAPITALS = re.compile(r"[A-Z].*[A-Z]")
_ENUMERATED = r"(?:\W{0,3}|\(?[a-z0-9]{1,2}[.)]\s|-\s)"
# "de Handreiking samen bouwen (hierna: Handreiking)": the work by its kind.
_WORK = re.compile(
    r"\b(?P<term>[A-Z]\w{3,24})(?P<rest>\s[^.;:()]{4,160}?),?\s\("
    rf"{_FROM_HERE}(?:de\s|het\s)?{_SIGN}(?P<called>[A-Z]\w{{3,24}}){_SIGN}\)"
)


@dataclass(frozen=True, slots=True)
class Called:
    """The short names of a document and what each stands for.

    Attributes:
        acts: names of acts by their short name, as the document writes it.
        works: titles of works by theirs.
    """

    acts: Mapping[str, str] = field(default_factory=dict)
    works: Mapping[str, str] = field(default_factory=dict)


def called_in(texts: Iterable[str]) -> Called:
    """The short names that the texts of one document give; the first counts.

    >>> called = called_in(["In de Jeugdwet (hierna: de wet) staat het."])
    >>> called.acts
    {'wet': 'Jeugdwet'}
    """
    acts: dict[str, str] = {}
    works: dict[str, str] = {}
    for text in texts:
        for short, name in _acts_in(text):
            acts.setdefault(short, name)
        for match in _WORK.finditer(text) if _says(text) else ():
            if match["term"] == match["called"]:
                title = match["term"] + match["rest"]
                works.setdefault(match["called"], title.strip(" ,"))
    return Called(acts, works)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Said in brackets, abbreviated in brackets, and told in a list of terms."""
    common = "|".join(
        table("kb.citations.official", "official.toml")["acts"]["called"]
    )
    term = rf"{_SIGN}(?P<term>(?i:{common})(?!\w)|{_ABBREVIATION}){_SIGN}"
    gazette = r"(?:\s\([^()]{3,40}\))?"
    return (
        re.compile(
            rf"(?<![\w-]){act_names()}{gazette},?\s\(?{_FROM_HERE}(?:de\s|het\s)?{term}"
        ),
        re.compile(
            rf"(?<![\w-]){act_names()}\s\((?:de\s)?(?P<term>{_ABBREVIATION})\)"
        ),
        re.compile(
            rf"^{_ENUMERATED}(?:de\s|het\s)?{term}\s?[:=–]\s(?:de\s|het\s)?"
            rf"{act_names()}(?=\s*(?:[.;,(]|$))",
            re.M,
        ),
    )


def _acts_in(text: str) -> Iterator[tuple[str, str]]:
    """Each short name of an act with its name."""
    said, abbreviated, listed = _patterns()
    likely = [
        (said, _says(text)),
        (abbreviated, _names_act(text) and _IN_BRACKETS.search(text)),
        (listed, _names_act(text) and _IS_TOLD.search(text)),
    ]
    for pattern, may_find in likely:
        for match in pattern.finditer(text) if may_find else ():
            name = name_of(match["act"])
            short = match["term"]
            short = (
                short.lower() if short.islower() or _is_word(short) else short
            )
            if name and name == match["act"] and short != name:
                yield short, name


# Looked for first: most texts give no name, and the names of acts are many.
_IN_BRACKETS = re.compile(r"\((?:de\s)?[A-Z][\w-]*[A-Z]")
_IS_TOLD = re.compile(r"[:=–]\s(?:de\s|het\s)?[A-Z]")
_ACT_WORDS = ("wet", "Wet", "erordening", "esluit", "egeling", "erdrag")


def _says(text: str) -> bool:
    return any(word in text for word in ("hierna", "verder", "voortaan"))


def _names_act(text: str) -> bool:
    return any(word in text for word in _ACT_WORDS)


def _is_word(short: str) -> bool:
    """Whether a short name is an ordinary word with a capital: "De Wet"."""
    return not _TWO_CAPITALS.search(short) and not re.search(r"\d", short)
