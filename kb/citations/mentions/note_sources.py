"""Sources that a note names one behind the other, as jurists and historians write them.

"Zie J. Bos, Het loket, Utrecht: De Brug 2014, p. 3; WRR, Dichtbij, Den Haag 2016."
Each stands behind a semicolon, a full stop or a word that points, and is read to its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb.citations.entries.dates import YEAR
from kb.citations.entries.imprint import is_place
from kb.citations.entries.item_type import is_periodical
from kb.citations.entries.names import (
    is_organisation,
    is_sentence,
    parse_names,
)
from kb.citations.mentions.authors import Source, organisation, read_source
from kb.citations.mentions.notation import When, citation, pages_at
from kb.citations.wordlists import alternation, longest_first
from kb.records import Citation, Passage

_INITIALS = r"(?:[A-Z][a-z]?\.[\s-]?){1,5}"
_PARTICLES = r"(?:(?:van|de|der|den|ter|ten|het|in|la|von|[’']t)\s){0,3}"
_SURNAME = r"[A-Z][\w’'-]+(?:[\s-][A-Z][\w’'-]+)?"
_PERSON = rf"{_INITIALS}\s?{_PARTICLES}{_SURNAME}"
_AND = r"(?:,\s|,?\s(?:en|&|and)\s)"
_ET_AL = r"(?:,?\s(?:e\.\s?a\.|c\.\s?s\.|et\sal\.?))?"
_EDITORS = r"(?:\s\((?:red|reds|eds?)\.\))?"
_PEOPLE = rf"(?P<people>{_PERSON}(?:{_AND}{_PERSON}){{0,5}}{_ET_AL}){_EDITORS}"
_BODY = r"(?P<body>[A-Z][^,;:()‘’“”\"]{1,80}?)"
_TITLE = r"(?:[‘“\"'](?P<quoted>[^‘“”\";]{4,220}?)[’”\"']|(?P<title>[A-Z][^;‘“”\"]{3,220}?))"
# Publisher, place, journal: each begins with a capital, what goes on in lower case is title.
_IMPRINT = (
    r"(?P<imprint>(?:,\s(?:(?:diss\.|proefschrift|oratie|in:?)\s)?"
    r"[A-Z’'‘][^,;]{1,90}?){0,4}?)"
)
_YEAR = rf"(?:,?\s\(?|\()(?P<year>{YEAR})(?:\s?[/,]\s?\d{{1,4}}(?=[,.]|$))?\)?"
_PLACE = (
    r"(?:,?\s(?P<place>(?:pp?|blz|par|hfst|nr|n)\.\s?[\w.:-]+(?:\s?[-–]\s?\d+)?"
    r"|(?:hoofdstuk|paragraaf|bijlage|§)\s?[\w.]+)(?:\se\.v\.)?)?"
)
_CALLED = r"(?:,?\s\((?:hierna|verder|voortaan)[^()]{2,60}\))?"
_END = rf"{_CALLED}{_PLACE}(?:\s?e\.v\.?)?\s*(?=[.;]|$)"
_DATED = re.compile(
    rf"(?:{_PEOPLE}|{_BODY}),\s{_TITLE}{_IMPRINT}{_YEAR}{_END}"
)
# Without a year a place of publication must tell that it is a work.
_UNDATED = re.compile(
    rf"{_PEOPLE},\s{_TITLE}(?P<imprint>(?:,\s[A-Z][^,;.]{{2,50}}){{1,3}}){_END}"
)
# The title first: "Samen op de stoep (2019), Anna de Wit".
_NAMED = rf"[A-Z][^\W\d_]+(?:-[A-Z][^\W\d_]+)?\s{_PARTICLES}[A-Z][\w’'-]+"
_TITLE_FIRST = re.compile(
    rf"(?P<title>[A-Z][^();.]{{8,160}})\s\((?P<year>{YEAR})\),\s"
    rf"(?P<people>{_NAMED}(?:{_AND}{_NAMED}){{0,4}}{_ET_AL}){_END}"
)
# The maker before a colon: "CBS: Jaarboek buurten (A12; 2019)".
_COLON = re.compile(
    rf"{_BODY}:\s(?P<title>[A-Z][^();:]{{8,200}}?)\s"
    rf"\((?:[^();]{{1,30}}[;,]\s)?(?:[a-z]+\s)?(?P<year>{YEAR})\){_END}"
)
_MONTHS = alternation(longest_first("words", "months"))
_DAY = rf"\d{{1,2}}\s(?:{_MONTHS})\s(?P<year>{YEAR})"
_NEWS = (
    re.compile(
        rf"(?P<paper>[A-Z][\w\s]{{2,30}}?),?\s{_DAY},\s[‘“\"'](?P<quoted>[^‘“”\";]{{4,220}}?)[’”\"']{_END}"
    ),
    re.compile(
        rf"[‘“\"'](?P<quoted>[^‘“”\";]{{4,220}}?)[’”\"'],\s(?P<paper>[A-Z][\w\s]{{2,30}}?),?\s{_DAY}{_END}"
    ),
)
# "Bos e.a. (noot 12), p. 4", "De Wit 2015, a.w., p. 14".
_BACK = re.compile(
    r"(?P<names>[A-Z’'][^();:.\d]{2,80}?(?:\s(?:e\.\s?a\.|c\.\s?s\.))?)"
    rf"(?:,?\s\(?(?P<year>{YEAR})\)?)?,?\s(?:\(?(?:supra\s)?(?:voet)?(?:noot|n\.)\s\d{{1,3}}\)?"
    r"|\(?(?:a\.\s?w|o\.\s?c|op\.\s?cit|loc\.\s?cit|t\.\s?a\.\s?p)\.?"
    rf"(?:\s\((?:voet)?noot\s\d{{1,3}}\))?\)?){_END}"
)
_POINTS = (
    r"(?:[Zz]ie|[Vv]gl\.?|[Vv]ergelijk|[Cc]f\.?|[Oo]ntleend\saan|[Zz]o\sook|[Aa]nders|[Bb]ron:)"
    r"(?:\s(?:ook|o\.a\.|onder\s(?:meer|andere|anderen)|bijv\.|bijvoorbeeld|hierover|nader|"
    r"verder|uitgebreid|recent|hiervoor|daarover|eerder|reeds)|\svoor\s[^.;:]{3,60}?:|:)*\s"
)
_STARTS = re.compile(
    rf"(?:(?:^|(?<=[.;]\s)|(?<=,\s)|(?<=\s)){_POINTS}|^|(?<=;\s)|(?<=\.\s)(?=[A-Z‘“]))"
)


@dataclass(frozen=True, slots=True)
class _Read:
    """A source as a note names it, and where its words end."""

    source: Source
    year: int | None
    pages: str | None
    end: int


def sources_in_note(passage: Passage, at: int) -> list[Citation]:
    """The sources that a note names in full, in text order.

    Args:
        passage: the note.
        at: where its text begins, behind its mark.

    >>> note = Passage("n", "d", "Zie J. Bos, Het loket, De Brug 2014; WRR, Dichtbij, 2016.", 0)
    >>> [(c.authors, c.title, c.year) for c in sources_in_note(note, 0)]
    [(('Bos',), 'Het loket', 2014), (('WRR',), 'Dichtbij', 2016)]
    """
    found: list[Citation] = []
    text = passage.text
    end = at
    for start in _starts(text, at):
        if start < end:
            continue
        read = _read(text, start)
        if read is None:
            continue
        end = read.end
        when = When(read.year, "", 0, 0) if read.year else None
        found.append(
            citation(
                passage,
                read.source,
                when,
                span=(start, read.end),
                pages=read.pages,
            )
        )
    return found


def _starts(text: str, at: int) -> Iterator[int]:
    """Where a source may begin."""
    yield at
    for match in _STARTS.finditer(text, at):
        if match.end() > at:
            yield match.end()


def _read(text: str, start: int) -> _Read | None:
    if back := _BACK.match(text, start):
        return _again(back)
    for news in _NEWS:
        if (match := news.match(text, start)) and is_periodical(
            match["paper"]
        ):
            return _of(match, (organisation(match["paper"]),))
    for dated in (_DATED, _TITLE_FIRST, _COLON):
        if match := dated.match(text, start):
            return _of(match, _names(match))
    match = _UNDATED.match(text, start)
    if match and any(map(is_place, match["imprint"].split(", "))):
        return _of(match, _names(match))
    return None


def _names(match: re.Match[str]) -> tuple[Mapping[str, str], ...]:
    """The people, or the body where it is known to be one."""
    if people := match.groupdict().get("people"):
        return parse_names(people).names
    body = match.groupdict().get("body") or ""
    if is_sentence(body):
        return ()
    is_short = re.fullmatch(r"[A-Z][\w&-]*[A-Z][\w&]*", body) is not None
    return (organisation(body),) if is_short or is_organisation(body) else ()


def _of(
    match: re.Match[str], names: tuple[Mapping[str, str], ...]
) -> _Read | None:
    groups = match.groupdict()
    title = (groups.get("quoted") or groups.get("title") or "").strip(" ,.")
    if not names or _tells(title):
        return None
    people = groups.get("people") or ""
    source = Source(
        *match.span(),
        names,
        title=title,
        etal=bool(people) and parse_names(people).etal,
        group="literal" in names[0],
    )
    year = groups.get("year")
    end = match.start() + len(match.group().rstrip(" ,."))
    return _Read(source, int(year) if year else None, _pages(match), end)


def _tells(title: str) -> bool:
    """Whether what would be a title goes on as a sentence."""
    return re.search(r"[a-z]{3}[.?!]\s[A-Z]\w*\s[a-z]", title) is not None


def _pages(match: re.Match[str]) -> str | None:
    place = match.groupdict().get("place") or ""
    pages, _ = pages_at(place, 0)
    return pages


def _again(match: re.Match[str]) -> _Read | None:
    """A work cited before, by its authors."""
    source = read_source(match["names"])
    if source is None or not source.authors or is_sentence(match["names"]):
        return None
    year = int(match["year"]) if match["year"] else None
    end = match.start() + len(match.group().rstrip(" ,."))
    return _Read(source, year, _pages(match), end)
