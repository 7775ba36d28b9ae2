"""The front of an entry: where the names, the date and the rest stand. Several readings, each with a score.

A reading is (names, date, what follows). Each is scored on how much its names look like names, its date like a date and on
the order usual in Dutch lists (APA, Harvard, notes by commas, title first).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.citations.entries.dates import YEAR, When, read_date
from kb.citations.entries.imprint import is_publisher
from kb.citations.entries.markup import Printed
from kb.citations.entries.names import (
    NameList,
    is_initials,
    is_organisation,
    known_body,
    parse_names,
)
from kb.citations.wordlists import alternation, longest_first

_BRACKET = re.compile(r"\(([^()]{1,80})\)|\[([^\[\]]{1,40})\]")
QUOTED = re.compile(r"^[\"“„‘'’](?P<t>[^“”\"]{3,300}?[^\s])[\"”’'](?=[\s.,;:(]|$)")


@dataclass(slots=True)
class Reading:
    """One way to read the front of an entry."""

    names: NameList
    when: When
    start: int  # where the rest begins
    score: float
    title: str = ""
    publisher: str = ""  # named behind such a title
    before: str = ""  # title that stands before the date


_SURE = 1.5  # names and a year in brackets: no other order of things scores higher


def readings(printed: Printed) -> list[Reading]:
    text = printed.text
    found = [Reading(NameList(), When(), 0, 0.2)]
    for match in list(_BRACKET.finditer(text))[:8]:
        inner = match.group(1) or match.group(2)
        if when := read_date(inner):
            found += _bracketed(printed, match.start(), match.end(), when)
        elif named := re.match(rf"(?P<n>.{{2,60}}?),?\s(?P<y>{YEAR}[a-z]?)$", inner):
            found += _title_then_source(
                printed, match.start(), match.end(), named.group("n"), named.group("y")
            )
        elif (editors := re.match(r"(?:red|eds?|reds)\.?,?\s+(.*)$", inner, re.I)) and (
            when := read_date(editors.group(1))
        ):
            names = parse_names(text[: match.start()])
            found.append(
                Reading(
                    NameList(names.names, names.etal, True, names.score),
                    when,
                    match.end(),
                    names.score + 0.9,
                )
            )
    if max(r.score for r in found) >= _SURE:
        return found
    for match in list(
        re.finditer(rf"[.,]\s+(?P<y>{YEAR})(?P<s>[a-z])?(?=[.,:;]\s)", text)
    )[:3]:
        names = parse_names(text[: match.start() + 1])
        if names.names and match.start() < 250:
            found.append(
                Reading(
                    names,
                    When((int(match.group("y")),), suffix=match.group("s") or ""),
                    match.end(),
                    names.score + 0.45,
                )
            )
    if undated := re.match(
        r"(?P<n>.{2,200}?)[,.]?\s+(?P<d>z\.\s?d\.|n\.\s?d\.|in druk|in press)[.,:]?\s",
        text,
    ):
        names = parse_names(undated.group("n"))
        found.append(
            Reading(
                names,
                read_date(undated.group("d")) or When(undated=True),
                undated.end(),
                names.score + 0.3,
            )
        )
    found += _without_date_in_front(printed)
    if (
        web := re.match(r"(?P<n>[A-Z][^.,:;()]{3,50}?)\s+(?:in|op|via)[\s.:]*$", text)
    ) and printed.facts.get("URL"):
        names = parse_names(web.group("n"))
        found.append(Reading(names, When(), len(text), names.score + 0.5))
    if printed.facts.get("URL") and (site := _SITE.search(text)):
        year = site.group("y")
        found.append(
            Reading(
                _owner(site.group("n")),
                When((int(year),)) if year else When(),
                len(text),
                1.7,
            )
        )
    return [r for r in found if len(text) - r.start >= 0]


# "Webdossier van het Nivel uit 2018: …", "na te lezen op de themapagina van Pharos: …"
_SITES = alternation(longest_first("words", "sites"))
_FOUND = alternation(longest_first("words", "found_at"))
_SITE = re.compile(
    rf"(?:^(?:de |het |een )?(?:{_SITES})|\b(?:{_FOUND}) (?:op|via|bij|in) (?:de |het )?(?:{_SITES}))"
    rf" van (?:de |het )?(?P<n>(?-i:[A-Z])[^.:;()]{{2,60}}?)(?:,? (?:uit |van )?\(?(?P<y>{YEAR})\)?)?[\s:.,]*$",
    re.I,
)


def _owner(name: str) -> NameList:
    """Whose site it is: a person where a first name or initials say so, else an organisation."""
    names = parse_names(name)
    return (
        names
        if any("given" in n for n in names.names)
        else NameList(({"literal": name.strip(" ,.")},))
    )


def _bracketed(printed: Printed, start: int, end: int, when: When) -> list[Reading]:
    """ "Names (year). Title", or "Title (year)"."""
    text = printed.text
    head = text[:start].strip()
    out: list[Reading] = []
    quoted = QUOTED.match(head)
    inside = any(a < start < b for a, b in printed.italics)
    if head and not quoted and not inside and len(head) < 900:
        names = parse_names(head)
        if names.names and not _LAW.match(head):
            alone = len(text[end:].strip(" .,;")) < 6 and not printed.facts.get("URL")
            out.append(
                Reading(names, when, end, names.score + 0.9 - (0.7 if alone else 0))
            )
        if _LAW.match(head):
            out.append(Reading(NameList(), when, end, 1.6, before=head))
    if head and (len(text) - end < 60 or quoted):
        body = quoted.group("t") if quoted else head
        rest_names = _after_title(head, text[end:])
        if not quoted and not text[end:].strip(" .,;"):
            out += _reversed(head, when, end)
        out.append(
            Reading(
                rest_names,
                when,
                end,
                0.75 + (0.5 if quoted else 0) - (0.4 if inside else 0),
                before=body,
            )
        )
    return out


_LAW = re.compile(
    r"(?:Wet|Besluit|Verordening|Regeling|Memorie van toelichting|Regeerakkoord|Coalitieakkoord|"
    r"Grondwet|Jeugdwet|Participatiewet|[A-Z]\w+wet)\b(?!enschap)"
)


def _reversed(head: str, when: When, end: int) -> list[Reading]:
    """ "Title, A. Author, Publisher (year)" and "Title? Organisation (year)", as notes print it."""
    best: Reading | None = None
    for cut in [m for m in re.finditer(r",\s+|[.?!]\s+", head)][-6:]:
        title, source = head[: cut.end()].rstrip(" ,."), head[cut.end() :]
        publisher = ""
        parts = source.rsplit(", ", 1)
        if len(parts) == 2 and is_publisher(parts[1]):
            source, publisher = parts
        names = parse_names(source)
        if (
            ":" in source
            or not names.names
            or names.score < 0.55
            or len(title) < 8
            or len(title.split()) < 3
        ):
            continue
        people = any("family" in n for n in names.names)
        if people and not (publisher or all("given" in n for n in names.names)):
            continue
        if not people and not is_organisation(source):
            continue
        score = (
            0.8
            + 0.3 * names.score
            + (0.15 if publisher else 0)
            + 0.02 * len(names.names)
        )
        if best is None or score > best.score:
            best = Reading(names, when, end, score, before=title, publisher=publisher)
    return [best] if best else []


def _after_title(head: str, after: str) -> NameList:
    names = parse_names(after.strip(" ,.:")) if after.strip(" ,.:") else NameList()
    return names if names.score > 0.6 and len(after) < 80 else NameList()


def _title_then_source(
    printed: Printed, start: int, end: int, names_text: str, year: str
) -> list[Reading]:
    """ "'Title' (Names year)"."""
    head = printed.text[:start].strip(" ,")
    names = parse_names(names_text)
    if not head or names.score < 0.5:
        return []
    when = When((int(year[:4]),), suffix=year[4:])
    quoted = bool(QUOTED.match(head))
    return [
        Reading(
            names, when, end, names.score * 0.5 + (1.0 if quoted else 0.35), before=head
        )
    ]


def _without_date_in_front(printed: Printed) -> list[Reading]:
    """Names closed by a full stop, a comma or the italics, the date at the end or nowhere."""
    text = printed.text
    out: list[Reading] = []
    for match in list(re.finditer(r"[.:,]\s+(?=[\"'“‘A-Z0-9*])", text[:260]))[:9]:
        at = match.end()
        names = parse_names(text[: match.start() + 1])
        if not names.names or names.score < 0.55:
            continue
        italic = any(abs(a - at) <= 1 for a, _ in printed.italics)
        quote = text[at] in "\"“‘„'" and not text[at:].startswith("'s-")
        personal = any("given" in n for n in names.names)
        body = (
            match.group()[0] == ","
            and not personal
            and known_body(text[: match.start()])
        )
        last_initial = match.group()[0] == "." and is_initials(
            text[: match.start() + 1].split()[-1]
        )
        joined = (
            match.group()[0] == ","
            and not (italic or quote)
            and not _closes_names(text[: match.start()])
        )
        score = names.score * 0.5 + (
            0.6 if italic or quote else 0.25 if match.group()[0] != "," else 0.0
        )
        score += (0.15 if personal else 0.0) + (
            0.1 if is_organisation(text[: match.start()]) and not personal else 0.0
        )
        score -= 0.35 if joined and not body else 0.0
        score += 0.3 if body else 0.0
        score -= 0.2 if last_initial and not (italic or quote) else 0.0
        if not personal and not is_organisation(text[: match.start()]) and not italic:
            score -= 0.35
        out.append(Reading(names, When(), at, score + 0.01 * len(names.names)))
    if (full := _FULL_NAME.match(text)) and not is_organisation(
        full.group("f")
    ):  # "Etzioni, Amitai. The spirit …"
        out.append(
            Reading(
                NameList(
                    ({"family": full.group("f"), "given": full.group("g")},), score=1.0
                ),
                When(),
                full.end(),
                1.1,
            )
        )
    if marked := re.match(
        r"(?P<n>[^()]{4,240}?)[\s,]*\((?:red|reds|redactie|eds?|hrsg)\.?\)[.,:]\s+(?=\S)",
        text,
        re.I,
    ):
        names = parse_names(f"{marked.group('n')} (red.)")
        if names.names and names.score > 0.6:
            out.append(Reading(names, When(), marked.end(), 0.55 * names.score + 0.8))
    return out


_FULL_NAME = re.compile(
    r"(?P<f>(?:(?:van|de|der|Van|De)\s){0,2}[A-Z][\w'’-]+),\s(?P<g>[A-Z][a-zé]{2,}(?:\s[A-Z]\.)?)\.\s+(?=[A-Z\"“‘])"
)


def _closes_names(text: str) -> bool:
    """Whether `text` ends in a surname after initials: "J. van der Lans" (and not "Lans, J. van der")."""
    last = re.split(r",|&|\sen\s|\sand\s", text)[-1].split()
    return len(last) > 1 and is_initials(last[0])
