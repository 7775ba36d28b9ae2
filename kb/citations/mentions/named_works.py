"""Works that running words name with a kind, a maker and a date.

"de brief van de minister van VWS van 3 mei 2017", "het CBS-rapport Jeugd in tel d.d. mei 2022",
"het onderzoek Tussen twee deuren, Ada Prins e.a., Utrecht 2021".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from kb.bibliography.names import person_in_order
from kb.citations.entries.dates import YEAR
from kb.citations.entries.imprint import is_place
from kb.citations.entries.names import is_organisation
from kb.citations.mentions.authors import Source, organisation
from kb.citations.mentions.notation import When, citation
from kb.citations.wordlists import alternation, longest_first
from kb.records import Citation, Passage

_MONTHS = alternation(longest_first("words", "months"))
_KINDS = alternation(longest_first("words", "dated_works"))
_OFFICES = alternation(longest_first("words", "offices"))
_ON_A_DAY = rf"\d{{1,2}}\s(?:{_MONTHS})\s{YEAR}"
_NUMERIC = rf"\d{{1,2}}[-/.]\d{{1,2}}[-/.]{YEAR}"
_WHEN = (  # a month is enough behind "d.d.", behind "van" a day must stand
    rf"(?:(?:d\.\s?d\.|gedateerd)\s(?P<dated>(?:\d{{1,2}}\s)?(?:{_MONTHS})\s{YEAR}|{_NUMERIC})"
    rf"|van\s(?P<day>{_ON_A_DAY}|{_NUMERIC}))(?!\w)"
)
_QUOTED = r"[«‘“\"](?P<title>[^«»‘“”\"]{4,200})[»’”\"]"
_KIND = rf"\b(?P<kind>[\w-]{{0,30}}(?:{_KINDS}))"
# Words of a maker: to the next mark, full stops only behind initials.
_MAKER = r"(?P<maker>(?:[^.;:()«»“”\"]|(?<=\b[A-Z])\.){2,100}?)"
_ABOUT = r"(?:,?\s(?:over|inzake|betreffende|met betrekking tot)\s[^.;:()]{3,120}?)?"
_MADE_BY = re.compile(
    rf"{_KIND}(?:\s{_QUOTED})?\s(?:van|door)\s{_MAKER}{_ABOUT},?\s{_WHEN}"
)
_MADE_ON = re.compile(
    rf"{_KIND}\s{_WHEN}\s(?:van|door)\s{_MAKER}(?=\s(?:over|aan|inzake|is|was|staat)\b|[.,;:(]|$)"
)
_COMPOUND = re.compile(  # "het CBS-rapport Jeugd in tel d.d. mei 2022"
    r"\b(?!(?:De|Het|Een|Dit|Zie|In|Uit|Volgens|Ook)\s)"
    r"(?P<maker>(?:[A-Z][\w&]*-\sen\s)?(?:[A-Z][\w&]*\s){0,2}[A-Z][\w&]*)-"
    rf"(?P<kind>{_KINDS})\s"
    rf"(?:{_QUOTED}|(?P<open>[A-Z][^;:«»]{{3,160}}?))"
    rf"(?:,\s(?P<people>[A-Z][^;:()\d«»]{{4,120}}?))?,?\s{_WHEN}"
)
_PLACED = re.compile(  # "het onderzoek Tussen twee deuren, Ada Prins e.a., Utrecht 2021"
    rf"\b(?P<kind>(?i:{_KINDS}))\s(?P<title>\w[^;:()«»]{{3,140}}?),\s"
    r"(?P<people>[A-Z][^;:()\d«»]{4,120}?),\s"
    rf"(?P<place>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)\s(?P<year>{YEAR})\b"
)
# Papers of parliament set titles between marks of their own: "het rapport «Samen»".
_TITLED = re.compile(
    rf"\b[\w-]{{0,30}}(?i:{_KINDS})(?:\s(?:(?:van|door)\s(?:het\s|de\s)?)?[A-Z][^«».;:]{{2,90}})?"
    r"\s«(?P<title>[^«»]{4,200})»"
)
_OFFICE = re.compile(
    rf"(?:de\s|het\s)?(?P<office>(?i:{_OFFICES})"
    r"(?:\s(?:(?:van|voor)\s)?[A-Z][\w-]*(?:(?:,\s|\sen\s|\s)[A-Z][\w-]*){0,5})?)"
)
_AND_OFFICE = re.compile(rf"\sen\s(?=(?:de|het)\s(?i:{_OFFICES})\b)")
_AND_BODY = re.compile(r"-\sen\s")  # "SCP- en CPB-rapport"
# What may stand before the name of a maker.
_BEFORE_NAME = re.compile(
    r"(?:(?:de|het|een)\s)?(?P<bureau>(?:advies|onderzoeks)?bureau\s)?"
)
_ACRONYM = re.compile(r"[A-Z][\w&]*[A-Z]")
_AND = re.compile(r",\s(?:en\s)?|\s(?:en|&)\s")
_PERSON = re.compile(
    r"(?:[A-Z][^\W\d_]+|(?:[A-Z]\.\s?){1,4})(?:-[A-Z][^\W\d_]+)?"
    r"(?:\s(?:van|de|der|den|ter|ten|het|['’]t)){0,3}\s?[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?"
)
_ET_AL = re.compile(r",?\s(?:e\.\s?a\.|et al\.?|c\.\s?s\.)$")
# Kinds of which one maker writes many in a year: each is called by its day.
_MANY = tuple(longest_first("words", "works_called_by_day"))
_ANY_WHEN = re.compile(_WHEN)
_YEAR_BEHIND_COMMA = re.compile(rf",\s[A-Z][\w-]+(?:\s[A-Z][\w-]+)?\s{YEAR}")


def named_works(passage: Passage, found: list[Citation]) -> list[Citation]:
    """Works named with kind, maker and date that no bracket of `found` covers.

    >>> text = "In de brief van de minister van VWS van 3 mei 2017 staat meer."
    >>> [(c.surface, c.authors) for c in named_works(Passage("p", "d", text, 0), [])]
    [('brief van de minister van VWS van 3 mei 2017', ('Minister van VWS',))]
    """
    taken = [(cited.start, cited.end) for cited in found]
    more: list[Citation] = []
    for match, source in _sources(passage.text):
        if any(
            match.start() < end and start < match.end() for start, end in taken
        ):
            continue
        taken.append(match.span())
        more.append(
            citation(
                passage,
                source,
                _when(match),
                span=match.span(),
                narrative=True,
            )
        )
    return more


_Reading = tuple[re.Pattern[str], Callable[[re.Match[str]], Source | None]]


def _sources(text: str) -> Iterator[tuple[re.Match[str], Source]]:
    for pattern, reading in _readings(text):
        for match in pattern.finditer(text):
            if source := reading(match):
                yield match, source


def _readings(text: str) -> Iterator[_Reading]:
    """Those that can find anything in `text`; in most texts none can."""
    if _ANY_WHEN.search(text):
        yield _COMPOUND, _of_compound
        yield _MADE_BY, _of_maker
        yield _MADE_ON, _of_maker
    if _YEAR_BEHIND_COMMA.search(text):
        yield _PLACED, _of_people
    if "«" in text:
        yield _TITLED, _of_title


def _of_compound(match: re.Match[str]) -> Source | None:
    """By the people behind the title, else by the body before the kind."""
    title = match["title"]
    if not title and _has_sentence_end(match["open"]):
        return None
    title = (title or match["open"]).strip(" ,")
    if people := _people(match["people"] or ""):
        return Source(
            *match.span(), people.names, title=title, etal=people.etal
        )
    if match["people"]:
        title = f"{title}, {match['people']}"
    makers = tuple(map(organisation, _AND_BODY.split(match["maker"])))
    return Source(*match.span(), makers, title=title, group=True)


def _of_maker(match: re.Match[str]) -> Source | None:
    names = _offices(match["maker"]) or _makers(match)
    title = match.groupdict().get("title")
    if not names and not title:
        return None
    title = title or _title_of_letter(match)
    group = any("literal" in name for name in names)
    return Source(*match.span(), names, title=title, group=group)


def _title_of_letter(match: re.Match[str]) -> str | None:
    """A letter or an advice is called by its day: who writes one writes many."""
    kind, day = match["kind"], match["dated"] or match["day"]
    if not kind.lower().endswith(_MANY) or not day[:1].isdigit():
        return None
    return f"{kind[:1].upper()}{kind[1:]} van {day}"


def _offices(maker: str) -> tuple[Mapping[str, str], ...]:
    """Ministers and boards, each by the name of the office."""
    read = [_OFFICE.fullmatch(each) for each in _AND_OFFICE.split(maker)]
    offices = [each["office"] for each in read if each]
    if len(offices) < len(read):
        return ()
    return tuple({"literal": name[:1].upper() + name[1:]} for name in offices)


def _makers(match: re.Match[str]) -> tuple[Mapping[str, str], ...]:
    """The body or the people that stand as a whole between the kind and the date."""
    maker = match["maker"].strip(" ,")
    before = _BEFORE_NAME.match(maker)
    name = maker[before.end() :] if before else maker
    if not name[:1].isupper():
        return ()
    is_bureau = bool(before and before["bureau"]) and _is_short(name)
    if is_bureau or _ACRONYM.fullmatch(name) or is_organisation(name):
        return (organisation(name),)
    people = _people(name)
    return people.names if people else ()


def _is_short(name: str) -> bool:
    return all(word[:1].isupper() or word == "&" for word in name.split())


def _of_people(match: re.Match[str]) -> Source | None:
    people = _people(match["people"])
    if people is None or not is_place(match["place"]):
        return None
    if _has_sentence_end(match["title"]):
        return None
    title = match["title"]
    if match["kind"][0].isupper() and title[0].islower():
        title = f"{match['kind']} {title}"  # "de Handreiking buren helpen"
    return Source(*match.span(), people.names, title=title, etal=people.etal)


def _of_title(match: re.Match[str]) -> Source:
    return Source(*match.span(), title=match["title"].strip(" ,."))


def _people(text: str) -> Source | None:
    """People with a first name or initials, "e.a." behind them or not; nothing else."""
    bare = _ET_AL.sub("", text.strip())
    each = _AND.split(bare)
    if not all(_PERSON.fullmatch(one) for one in each):
        return None
    if any(is_organisation(one) for one in each):
        return None
    names = tuple(person_in_order(one.split()) for one in each)
    return Source(0, 0, names, etal=bare != text.strip())


def _has_sentence_end(text: str) -> bool:
    return re.search(r"[a-z]{2}[.?!]\s", text) is not None


def _when(match: re.Match[str]) -> When | None:
    """The year of the date; None where only a title stands."""
    groups = match.groupdict()
    told = groups.get("year") or groups.get("dated") or groups.get("day")
    years = re.findall(YEAR, told or "")
    return When(int(years[-1]), "", 0, 0) if years else None
