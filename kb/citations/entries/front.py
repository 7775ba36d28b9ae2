"""The front of an entry: where the names, the date and the rest stand.

There are several ways to read it: names and a year in brackets (APA), names closed by a full
stop or a comma (Harvard, notes), the title first. Each way gives readings with a score: how
much its names look like names, its date like a date, and how usual the order is in Dutch
lists. The weights were set by hand on tests/citations/entries/entries.yaml; they only have to
put the readings of one entry in the right order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from kb.citations.entries.dates import YEAR, When, read_date
from kb.citations.entries.imprint import is_publisher
from kb.citations.entries.initials_first import initials_first
from kb.citations.entries.markup import Printed
from kb.citations.entries.names import (
    NameList,
    is_initials,
    is_organisation,
    is_particle,
    known_body,
    parse_names,
)
from kb.citations.wordlists import alternation, longest_first

_BRACKET = re.compile(r"\(([^()]{1,80})\)|\[([^\[\]]{1,40})\]")
QUOTED = re.compile(
    r"^[\"“„‘'’](?P<t>[^“”\"]{3,300}?[^\s])[\"”’'](?=[\s.,;:(]|$)"
)
_LAW = re.compile(
    r"(?:Wet|Besluit|Verordening|Regeling|Memorie van toelichting|Regeerakkoord|"
    r"Coalitieakkoord|Grondwet|Jeugdwet|Participatiewet|[A-Z]\w+wet)\b(?!enschap)"
)

_NOTHING_KNOWN = (
    0.2  # what is left when no reading holds: all of it is the rest
)
_SURE = (
    1.5  # names and a year in brackets: no other order of things scores higher
)
_YEAR_IN_BRACKETS = 0.9
_NOTHING_BEHIND = (
    0.7  # off: names and a year alone are a citation, or a title and a year
)
_IS_LAW = 1.6
_TITLE_BEFORE_YEAR = 0.75
_YEAR_BETWEEN_STOPS = 0.45  # "Names, 2015. Title"
_UNDATED = 0.3
_SITE_OWNER = 1.7
# Initials before the family name, then a comma and a capital: no other order looks so.
_SEVERAL = 1.3
_ONE = 1.05
_MANY_BRACKETS = 8  # further ones stand in the title or behind it
_MAX_HEAD = 900  # characters of names, with a committee of forty
_SHORT_REST = 60
_LIKE_NAMES = 0.55


@dataclass(slots=True)
class Reading:
    """One way to read the front of an entry."""

    names: NameList
    when: When
    start: int  # where the rest begins
    score: float
    publisher: str = ""  # named behind a title that stands first
    before: str = ""  # title that stands before the date


def readings(printed: Printed) -> list[Reading]:
    """All ways to read the front of an entry; never empty."""
    found = [Reading(NameList(), When(), 0, _NOTHING_KNOWN)]
    for bracket in islice(_BRACKET.finditer(printed.text), _MANY_BRACKETS):
        found += _by_bracket(printed, bracket)
    if max(reading.score for reading in found) >= _SURE:
        return found
    for way in (
        _year_between_stops,
        _undated_without_brackets,
        _names_in_front,
        _initials_in_front,
        _full_name_in_front,
        _editors_in_front,
        _owner_before_address,
        _owner_of_site,
    ):
        found += way(printed)
    return found


# -- by a date in brackets


def _by_bracket(printed: Printed, bracket: re.Match[str]) -> Iterator[Reading]:
    """Readings in which the date stands in this bracket."""
    inner = bracket.group(1) or bracket.group(2)
    start, end = bracket.span()
    if when := read_date(inner):
        yield from _names_and_year(printed, start, end, when)
        yield from _title_and_year(printed, start, end, when)
        return
    if named := re.match(rf"(?P<n>.{{2,60}}?),?\s(?P<y>{YEAR}[a-z]?)$", inner):
        yield from _title_then_source(printed, start, end, named)
        return
    editors = re.match(r"(?:red|eds?|reds)\.?,?\s+(.*)$", inner, re.IGNORECASE)
    if editors and (when := read_date(editors.group(1))):  # "(red., 2014)"
        names = parse_names(printed.text[:start])
        as_editors = NameList(names.names, names.etal, True, names.score)
        yield Reading(as_editors, when, end, names.score + _YEAR_IN_BRACKETS)


def _begins_with_title(printed: Printed, head: str, start: int) -> bool:
    """Whether quotation marks or italics show that a title stands before the date."""
    inside_italics = any(a < start < b for a, b in printed.italics)
    return inside_italics or QUOTED.match(head) is not None


def _names_and_year(
    printed: Printed, start: int, end: int, when: When
) -> Iterator[Reading]:
    """ "Names (year). Title"."""
    head = printed.text[:start].strip()
    if (
        not head
        or len(head) >= _MAX_HEAD
        or _begins_with_title(printed, head, start)
    ):
        return
    if _LAW.match(head):
        yield Reading(NameList(), when, end, _IS_LAW, before=head)
        return
    names = parse_names(head)
    if names.names:
        behind = printed.text[end:].strip(" .,;")
        alone = len(behind) < 6 and not printed.facts.get("URL")
        score = (
            names.score + _YEAR_IN_BRACKETS - (_NOTHING_BEHIND if alone else 0)
        )
        yield Reading(names, when, end, score)


def _title_and_year(
    printed: Printed, start: int, end: int, when: When
) -> Iterator[Reading]:
    """ "Title (year)", with the names behind it or nowhere."""
    text = printed.text
    head, behind = text[:start].strip(), text[end:]
    quoted = QUOTED.match(head)
    if not head or not (quoted or len(behind) < _SHORT_REST):
        return
    if not quoted and not behind.strip(" .,;"):
        yield from _title_then_author(head, when, end)
    score = _TITLE_BEFORE_YEAR
    if quoted:
        score += 0.5
    if any(a < start < b for a, b in printed.italics):
        score -= 0.4
    title = quoted.group("t") if quoted else head
    yield Reading(_names_behind(behind), when, end, score, before=title)


def _names_behind(text: str) -> NameList:
    """Names behind "Title (year)", where that is all there is."""
    names = parse_names(text.strip(" ,.:"))
    return names if names.score > 0.6 and len(text) < 80 else NameList()


def _title_then_source(
    printed: Printed, start: int, end: int, named: re.Match[str]
) -> Iterator[Reading]:
    """ "'Title' (Names year)"."""
    head = printed.text[:start].strip(" ,")
    names = parse_names(named.group("n"))
    if not head or names.score < 0.5:
        return
    year = named.group("y")
    when = When((int(year[:4]),), suffix=year[4:])
    score = names.score * 0.5 + (1.0 if QUOTED.match(head) else 0.35)
    yield Reading(names, when, end, score, before=head)


def _title_then_author(head: str, when: When, end: int) -> Iterator[Reading]:
    """ "Title, A. Author, Publisher (year)" and "Title? Organisation (year)", as in notes.

    The best of the last commas and full stops at which the title can end.
    """
    found = []
    for cut in [*re.finditer(r",\s+|[.?!]\s+", head)][-6:]:
        title, source = head[: cut.end()].rstrip(" ,."), head[cut.end() :]
        source, publisher = _without_publisher(source)
        names = parse_names(source)
        if not _is_title(title) or not _is_maker(
            source, names, bool(publisher)
        ):
            continue
        score = 0.8 + 0.3 * names.score + 0.02 * len(names.names)
        score += 0.15 if publisher else 0
        found.append(Reading(names, when, end, score, publisher, title))
    if found:
        yield max(found, key=lambda reading: reading.score)


def _without_publisher(source: str) -> tuple[str, str]:
    """ "A. Author, Movisie" as author and publisher."""
    author, comma, publisher = source.rpartition(", ")
    return (
        (author, publisher)
        if comma and is_publisher(publisher)
        else (source, "")
    )


def _is_title(text: str) -> bool:
    return len(text) >= 8 and len(text.split()) >= 3


def _is_maker(source: str, names: NameList, published: bool) -> bool:
    """Whether `source` can be who made the work named before it."""
    if ":" in source or not names.names or names.score < _LIKE_NAMES:
        return False
    if any("family" in name for name in names.names):
        return published or all("given" in name for name in names.names)
    return is_organisation(source)


# -- by a date without brackets


def _year_between_stops(printed: Printed) -> Iterator[Reading]:
    """ "Names, 2015. Title"."""
    pattern = rf"[.,]\s+(?P<y>{YEAR})(?P<s>[a-z])?(?=[.,:;]\s)"
    for match in islice(re.finditer(pattern, printed.text), 3):
        names = parse_names(printed.text[: match.start() + 1])
        if names.names and match.start() < 250:
            when = When(
                (int(match.group("y")),), suffix=match.group("s") or ""
            )
            yield Reading(
                names, when, match.end(), names.score + _YEAR_BETWEEN_STOPS
            )


def _undated_without_brackets(printed: Printed) -> Iterator[Reading]:
    """ "Names, z.d. Title"."""
    found = re.match(
        r"(?P<n>.{2,200}?)[,.]?\s+"
        r"(?P<d>z\.\s?d\.|n\.\s?d\.|in druk|in press|te verschijnen|ter perse)[.,:]?\s",
        printed.text,
    )
    if found:
        names = parse_names(found.group("n"))
        when = read_date(found.group("d")) or When(undated=True)
        yield Reading(names, when, found.end(), names.score + _UNDATED)


# -- by names in front; the date stands at the end, or nowhere

_CLOSES = re.compile(r"[.:,]\s+(?=[\"'“‘A-Z0-9*])")
_FRONT = 260  # characters in which names must end


@dataclass(frozen=True, slots=True)
class _Close:
    """A sign at which the names in front may end, and what speaks for it."""

    sign: str  # full stop, colon or comma
    title_marked: bool  # italics or quotation marks begin behind it
    italic: bool
    personal: bool  # the names have initials or first names
    organisation: bool
    known_body: (
        bool  # an organisation of the tables, or "Gemeente" with its town
    )
    ends_in_initial: bool  # the full stop may belong to an initial
    closes_names: bool  # a surname behind initials stands before it

    @property
    def is_body(self) -> bool:
        """ "Movisie, Utrecht": a comma after an organisation we know closes its name."""
        return self.sign == "," and self.known_body and not self.personal

    @property
    def is_in_list(self) -> bool:
        """ "Lans, J. van der, Boer, N. de": a comma that may stand inside the list."""
        open_list = self.sign == "," and not (
            self.title_marked or self.closes_names
        )
        return open_list and not self.is_body

    @property
    def score(self) -> float:
        """The weights of all that holds."""
        told = (
            (0.60, self.title_marked),
            (0.25, self.sign != "," and not self.title_marked),
            (0.15, self.personal),
            (0.10, self.organisation and not self.personal),
            (0.30, self.is_body),
            (-0.35, self.is_in_list),
            (-0.20, self.ends_in_initial and not self.title_marked),
            (-0.35, not (self.personal or self.organisation or self.italic)),
        )
        return sum(weight for weight, holds in told if holds)


def _close_of(
    printed: Printed, match: re.Match[str], names: NameList
) -> _Close:
    text = printed.text
    at, sign = match.end(), match.group()[0]
    head = text[: match.start()]
    italic = any(abs(start - at) <= 1 for start, _ in printed.italics)
    quoted = text[at] in "\"“‘„'" and not text[at:].startswith("'s-")
    last_word = text[: match.start() + 1].split()[-1]
    return _Close(
        sign=sign,
        title_marked=italic or quoted,
        italic=italic,
        personal=any("given" in name for name in names.names),
        organisation=is_organisation(head),
        known_body=known_body(head),
        ends_in_initial=sign == "." and is_initials(last_word),
        closes_names=_ends_in_surname(head),
    )


def _ends_in_surname(text: str) -> bool:
    """Whether `text` ends in a surname behind initials.

    >>> _ends_in_surname("A. Bos, J. van der Lans"), _ends_in_surname("Lans, J. van der")
    (True, False)
    """
    last = re.split(r",|&|\sen\s|\sand\s", text)[-1].split()
    return len(last) > 1 and is_initials(last[0]) and not is_particle(last[-1])


def _names_in_front(printed: Printed) -> Iterator[Reading]:
    """Names closed by a full stop, a comma or the italics."""
    for match in islice(_CLOSES.finditer(printed.text[:_FRONT]), 9):
        names = parse_names(printed.text[: match.start() + 1])
        if not names.names or names.score < _LIKE_NAMES:
            continue
        score = names.score * 0.5 + _close_of(printed, match, names).score
        # Of two equal readings, the one that knows more people.
        score += 0.01 * len(names.names)
        yield Reading(names, When(), match.end(), score)


_FULL_NAME = re.compile(
    r"(?P<f>(?:(?:van|de|der|Van|De)\s){0,2}[A-Z][\w'’-]+),\s"
    r"(?P<g>[A-Z][a-zé]{2,}(?:\s[A-Z]\.)?)\.\s+(?=[A-Z\"“‘])"
)


def _initials_in_front(printed: Printed) -> Iterator[Reading]:
    """ "D. Vos, M.J. Dam, Title, 2014": the date is told behind the title."""
    if found := initials_first(printed.text):
        names, start = found
        several = len(names.names) > 1
        yield Reading(names, When(), start, _SEVERAL if several else _ONE)


def _full_name_in_front(printed: Printed) -> Iterator[Reading]:
    """ "Etzioni, Amitai. The spirit of community"."""
    full = _FULL_NAME.match(printed.text)
    if full and not is_organisation(full.group("f")):
        names = NameList(
            ({"family": full.group("f"), "given": full.group("g")},), score=1.0
        )
        yield Reading(names, When(), full.end(), 1.1)


_EDITORS = re.compile(
    r"(?P<n>[^()]{4,240}?)[\s,]*"
    r"\((?P<r>red|reds|redactie|eindred|eindredactie|samenst|eds?|hrsg)\.?\)"
    r"(?P<o>[\s,]+(?:e\.\s?a\.?|et\sal\.?))?[.,:]?\s+(?=\S)",
    re.IGNORECASE,
)


def _editors_in_front(printed: Printed) -> Iterator[Reading]:
    """ "A. Bos & C. Dam (red.), Title"."""
    marked = _EDITORS.match(printed.text)
    if not marked:
        return
    others = marked.group("o") or ""
    names = parse_names(f"{marked.group('n')}{others} ({marked.group('r')}.)")
    if names.names and names.score > 0.6:
        yield Reading(names, When(), marked.end(), 0.55 * names.score + 0.8)


# -- by an address

_SITES = alternation(longest_first("words", "sites"))
_FOUND = alternation(longest_first("words", "found_at"))
# "Webdossier van het Nivel uit 2018: …", "na te lezen op de themapagina van Pharos: …"
_SITE = re.compile(
    rf"(?:^(?:de |het |een )?(?:{_SITES})|"
    rf"\b(?:{_FOUND}) (?:op|via|bij|in) (?:de |het )?(?:{_SITES}))"
    r" van (?:de |het )?(?P<n>(?-i:[A-Z])[^.:;()]{1,60}?)"
    rf"(?:,? (?:uit |van )?\(?(?P<y>{YEAR})\)?)?[\s:.,]*$",
    re.IGNORECASE,
)


def _owner_before_address(printed: Printed) -> Iterator[Reading]:
    """ "Movisie via https://…"."""
    pattern = r"(?P<n>[A-Z][^.,:;()]{3,50}?)\s+(?:in|op|via)[\s.:]*$"
    web = re.match(pattern, printed.text)
    if web and printed.facts.get("URL"):
        names = parse_names(web.group("n"))
        yield Reading(names, When(), len(printed.text), names.score + 0.5)


def _owner_of_site(printed: Printed) -> Iterator[Reading]:
    site = _SITE.search(printed.text)
    if site and printed.facts.get("URL"):
        when = When((int(site.group("y")),)) if site.group("y") else When()
        names = _owner(site.group("n"))
        yield Reading(names, when, len(printed.text), _SITE_OWNER)


def _owner(name: str) -> NameList:
    """Whose site it is: a person where a first name or initials say so."""
    names = parse_names(name)
    if any("given" in found for found in names.names):
        return names
    return NameList(({"literal": name.strip(" ,.")},))
