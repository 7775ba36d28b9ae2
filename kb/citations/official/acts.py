"""Acts and treaties, cited by an article: "art. 2.3.2 Wmo 2015", "Jeugdwet, artikel 2.3"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from kb.citations.official.papers import Official
from kb.datafiles import table
from kb.dutch.fold import letters

# What no citation of an act goes without; most passages have none.
_ARTICLE = re.compile(r"[Aa]rt(?:t?\.|ikel|\s\d)|[Oo]verweging")
# A space that a PDF sets within a number: "artikel 2. 11".
_PARTED = re.compile(r"(?<=\d[.:])\s(?=\d)")
_LONGEST_PLACE = 160  # characters of an article with its parts
# The short form that a text makes of a name: "Besluit zorgaanspraken AWBZ (Bza), art. 2".
_SHORT_FORM = r"(?:\s\([A-Z][\w-]{1,10}\))?"
# Behind an ordinary word goes on the name of another act: "de wet op de jeugdzorg".
_GOES_ON = r"\s(?:op|tot|van|inzake|houdende|voor)\s"
_OF_THE = r",?\s(?:van|uit|in)\s(?:de|het)\s"
NONE_CALLED: Mapping[str, str] = MappingProxyType({})
# "artikel 453 van boek 7 van het Burgerlijk Wetboek".
_BOOK = r"(?:,?\s(?:van\s)?[Bb]oek\s\d{1,2}[A-Z]?)?"
_OF = _BOOK + r"\s?,?\s(?:(?:van|uit|in)\s)?(?:(?:de|het)\s)?"


@cache
def _short_forms() -> dict[str, str]:
    """The full name of every known act by each of its names, letters only."""
    known = table("kb.citations.official", "official.toml")["acts"]["known"]
    names = {
        letters(name): full for full, short in known.items() for name in short
    }
    return names | {letters(full): full for full in known}


@cache
def act_names() -> str:
    """A pattern for the names of acts, known and unknown, as the group `act`."""
    known = table("kb.citations.official", "official.toml")["acts"]["known"]
    every = {name for full, short in known.items() for name in (full, *short)}
    longest_first = sorted(every, key=lambda name: (-len(name), name))
    exact = "|".join(re.escape(name) for name in longest_first)
    unknown = table("kb.citations.official", "official.toml")["acts"][
        "unknown"
    ]
    return rf"(?P<act>(?:{exact})(?![\w-])|{unknown}(?![\w-]))"


@cache
def _place() -> str:
    """A pattern for articles with their parts, as the group `place`."""
    acts = table("kb.citations.official", "official.toml")["acts"]
    pieces = {"{ordinal}": acts["ordinal"], "{letter}": acts["letter"]}
    pieces["{and}"] = acts["and"]
    details = "|".join(acts["details"])
    for name, pattern in pieces.items():
        details = details.replace(name, pattern)
    number, joined = acts["number"], acts["joined"]
    row = rf"(?:\s?,?\s?(?:{details})|{joined}{number})"
    return rf"(?P<place>{acts['head']}{number}{row}{{0,30}}+(?:\(\w{{1,3}}\)){{0,3}})"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """The article in front of the act, behind it, and behind it in a sentence."""
    acts = table("kb.citations.official", "official.toml")["acts"]
    place = _place()
    return (
        re.compile(rf"(?<!\w){place}{_OF}{act_names()}"),
        re.compile(
            rf"(?<![\w-]){act_names()}{_SHORT_FORM}(?:\shet|\s?[,:(])?\s?{place}"
        ),
        re.compile(rf"(?<![\w-]){act_names()}{acts['says']}{place}"),
    )


@cache
def _bare() -> re.Pattern[str]:
    return re.compile(rf"(?:de\s|het\s)?{act_names()}")


def acts_in(
    text: str, called: Mapping[str, str] = NONE_CALLED
) -> list[Official]:
    """Acts that `text` cites with an article; one without is only spoken of.

    Args:
        text: any text.
        called: the short names of its document, each with the act it stands for.

    >>> [(a.title, a.locator) for a in acts_in("Zie artikel 3, tweede lid, Awb.")]
    [('Algemene wet bestuursrecht', 'artikel 3, tweede lid')]
    >>> [a.title for a in acts_in("artikel 3 van de wet", {"wet": "Jeugdwet"})]
    ['Jeugdwet']
    """
    if not _ARTICLE.search(text):
        return []
    found = _with_article(text)
    if called:
        found += _of_called(text, called, found)
    more: list[Official] = []
    for act in found:
        more += _before(text, act)
        if other := _behind(text, act):
            more.append(other)
    new = [other for other in more if not _overlaps(other, found)]
    return sorted((*found, *new), key=lambda act: act.start)


def _with_article(text: str) -> list[Official]:
    """Acts with an article right before or behind their name."""
    found = []
    for pattern in _patterns():
        acts = (_cited(match) for match in pattern.finditer(text))
        found += [act for act in acts if act]
    return found


def _of_called(
    text: str, called: Mapping[str, str], found: list[Official]
) -> list[Official]:
    """Articles of acts that the document gave a short name."""
    acts = []
    for match in _short_pattern(tuple(called)).finditer(text):
        groups = match.groupdict()
        short = groups.get("word") or groups.get("name") or ""
        act = _official(*match.span(), called[short], match["place"])
        if not _overlaps(act, found):
            acts.append(act)
    return acts


@cache
def _short_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """An article of an act by its short name: an ordinary word has its article, "de wet"."""
    place = _place()
    words = [name for name in names if name.islower()]
    others = [name for name in names if not name.islower()]
    either = []
    if words:
        either.append(rf"{_OF_THE}(?P<word>{_any(words)})(?!{_GOES_ON})")
    if others:
        either.append(rf"{_OF}(?P<name>{_any(others)})")
    return re.compile(rf"(?<!\w){place}(?:{'|'.join(either)})(?![\w-])")


def _any(names: list[str]) -> str:
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(re.escape(name) for name in longest_first)


def _overlaps(one: Official, others: list[Official]) -> bool:
    return any(a.start < one.end and one.start < a.end for a in others)


# What stands between articles that share the act behind the last of them.
_SHARED = (
    r"\s?,?\s(?:jo\.?(?:\sjo)?|juncto|en|of|alsmede|respectievelijk|resp\.|"
    r"in samenhang met|gelezen in samenhang met|in verbinding met|"
    r"in combinatie met)(?:\s(?:het bepaalde in|met|de))?\s$|,\s$"
)


@cache
def _place_before() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """An article at the end of a text, and what may stand behind it."""
    place = _place()
    return re.compile(rf"(?<!\w){place}$"), re.compile(_SHARED)


def _before(text: str, act: Official) -> list[Official]:
    """Articles of the same act named before it.

    >>> text = "artikel 6, eerste lid, jo. artikel 9, tweede lid, AVG"
    >>> [found.locator for found in acts_in(text)]
    ['artikel 6, eerste lid', 'artikel 9, tweede lid']
    """
    place, shared = _place_before()
    found: list[Official] = []
    start = act.start
    while between := shared.search(text, 0, start):
        if between.end() != start:
            break
        window = text[
            max(0, between.start() - _LONGEST_PLACE) : between.start()
        ]
        # The last article that reaches the separator, not the first that begins.
        heads = [m.start() for m in _ARTICLE.finditer(window)]
        match = next(
            (m for at in reversed(heads) if (m := place.match(window, at))),
            None,
        )
        if match is None:
            break
        start = between.start() - (len(window) - match.start())
        locator = match["place"].strip(" ,")
        end = start + len(match["place"].rstrip(" ,"))
        found.append(replace(act, start=start, end=end, locator=locator))
    return found


def _behind(text: str, act: Official) -> Official | None:
    """A number with an act of its own behind "artikel 23 AVG en 41 UAVG"."""
    match = _and_number().match(text, act.end)
    if match is None:
        return None
    name = name_of(match["act"])
    if not name:
        return None
    end = match.start("act") + len(name)
    return _official(match.start("place"), end, name, match["place"])


@cache
def _and_number() -> re.Pattern[str]:
    number = r"(?P<place>\d+[a-z]{0,2}(?:[.:]\d+[a-z]{0,2}){0,4})"
    return re.compile(rf"\s(?:en|of)\s{number}{_OF}{act_names()}")


def _cited(match: re.Match[str]) -> Official | None:
    """The act of a match, its name cut where running words follow; None for "de wet"."""
    name = name_of(match.group("act"))
    if not name:
        return None
    cut = len(match.group("act")) - len(name)
    behind = (
        match.end() - cut if match.end() == match.end("act") else match.end()
    )
    return _official(match.start(), behind, name, match.group("place"))


def name_of(matched: str) -> str:
    """The name of an act without the words that go on behind it.

    >>> name_of("Wet op het primair onderwijs bepaalt dat"), name_of("Wet kan zorg")
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
    alone = len(tokens) == 1 and tokens[0] in acts["alone"]
    return "" if alone else " ".join(tokens)


def act_alone(text: str, start: int = 0) -> Official | None:
    """The act that `text` as a whole names: an item of a bracket of sources."""
    match = _bare().fullmatch(text)
    if match is None or name_of(match.group("act")) != match.group("act"):
        return None
    return _official(start, start + len(text), match.group("act"), "")


def _official(start: int, end: int, name: str, place: str) -> Official:
    full = _short_forms().get(letters(name), name)
    title = full[:1].upper() + full[1:]
    locator = _PARTED.sub("", place.strip(" ,"))
    identifier = f"act:{letters(title)}"
    kind = table("kb.citations.official", "official.toml")["acts"]["type"]
    return Official(start, end, title, identifier, kind, locator=locator)
