"""Acts and treaties, cited by an article: "art. 2.3.2 Wmo 2015", "Jeugdwet, artikel 2.3"."""

from __future__ import annotations

import re
from functools import cache

from kb.citations.official.papers import Official
from kb.datafiles import table
from kb.dutch.fold import letters

# What no citation of an act goes without; most passages have none.
_ARTICLE = re.compile(r"[Aa]rt(?:t?\.|ikel)")
_OF = r"\s?,?\s(?:(?:van|uit|in)\s)?(?:(?:de|het)\s)?"


@cache
def _short_forms() -> dict[str, str]:
    """The full name of every known act by each of its names, letters only."""
    known = table("kb.citations.official", "official.toml")["acts"]["known"]
    names = {
        letters(name): full for full, short in known.items() for name in short
    }
    return names | {letters(full): full for full in known}


@cache
def _names() -> str:
    known = table("kb.citations.official", "official.toml")["acts"]["known"]
    every = {name for full, short in known.items() for name in (full, *short)}
    longest_first = sorted(every, key=lambda name: (-len(name), name))
    exact = "|".join(re.escape(name) for name in longest_first)
    unknown = table("kb.citations.official", "official.toml")["acts"][
        "unknown"
    ]
    return rf"(?P<act>(?:{exact})(?![\w-])|{unknown}(?![\w-]))"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The article in front of the act, and behind it."""
    acts = table("kb.citations.official", "official.toml")["acts"]
    place = rf"(?P<place>{acts['article']}{acts['part']})"
    return (
        re.compile(rf"(?<!\w){place}{_OF}{_names()}"),
        re.compile(rf"(?<![\w-]){_names()}\s?[,:(]?\s?{place}"),
    )


@cache
def _bare() -> re.Pattern[str]:
    return re.compile(rf"(?:de\s|het\s)?{_names()}")


def acts_in(text: str) -> list[Official]:
    """Acts that `text` cites with an article; one without is only spoken of.

    >>> [(a.title, a.locator) for a in acts_in("Zie artikel 3, tweede lid, Awb.")]
    [('Algemene wet bestuursrecht', 'artikel 3, tweede lid')]
    """
    if not _ARTICLE.search(text):
        return []
    matches = (
        match for pattern in _patterns() for match in pattern.finditer(text)
    )
    found = (_cited(match) for match in matches)
    return [act for act in found if act]


def _cited(match: re.Match[str]) -> Official | None:
    """The act of a match, its name cut where running words follow; None for "de wet"."""
    name = _name(match.group("act"))
    if not name:
        return None
    cut = len(match.group("act")) - len(name)
    behind = (
        match.end() - cut if match.end() == match.end("act") else match.end()
    )
    return _official(match.start(), behind, name, match.group("place"))


def _name(matched: str) -> str:
    """The name of an act without the words that go on behind it.

    >>> _name("Wet op het primair onderwijs bepaalt dat"), _name("Wet kan zorg")
    ('Wet op het primair onderwijs', '')
    """
    if letters(matched) in _short_forms():
        return matched
    acts = table("kb.citations.official", "official.toml")["acts"]
    tokens = matched.split(" ")
    running = (at for at, token in enumerate(tokens) if token in acts["ends"])
    tokens = tokens[: next(running, len(tokens))]
    while tokens and tokens[-1] in acts["links"]:
        tokens.pop()
    alone = len(tokens) == 1 and tokens[0] in (
        "Wet",
        "Verordening",
        "Besluit",
        "Regeling",
    )
    return "" if alone else " ".join(tokens)


def act_alone(text: str, start: int = 0) -> Official | None:
    """The act that `text` as a whole names: an item of a bracket of sources."""
    match = _bare().fullmatch(text)
    if match is None or _name(match.group("act")) != match.group("act"):
        return None
    return _official(start, start + len(text), match.group("act"), "")


def _official(start: int, end: int, name: str, place: str) -> Official:
    full = _short_forms().get(letters(name), name)
    title = full[:1].upper() + full[1:]
    locator = place.strip(" ,")
    identifier = f"act:{letters(title)}"
    kind = table("kb.citations.official", "official.toml")["acts"]["type"]
    return Official(start, end, title, identifier, kind, locator=locator)
