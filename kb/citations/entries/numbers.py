"""The end of an entry, read from behind: a closing date, pages, issue and volume."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kb.citations.entries.dates import YEAR, read_date
from kb.citations.wordlists import fold

_PAGES = re.compile(
    r"[\s,.:;]*\(?\s*(?P<mark>(?:pp?|blz|pag|bladzijden?|pagina['’]?s?|"
    r"S)\s?\.?\s?:?\s?)?(?P<pages>(?:[A-Z]?\d{1,5}|"
    r"[ivxlc]{1,6})\s?[-–—]{1,2}\s?[A-Z]?(?:\d{1,5}|[ivxlc]{1,6})|e\d{3,8})(?:\s?(?:e\.v|ev|"
    r"ff?)\b\.?)?\s*\)?[\s.]*$"
)
_SINGLE = re.compile(
    r"[\s,.:;]*\(?\s*(?:pp?|blz|pag|pagina|S)\s?\.\s?(?P<pages>\d{1,5})(?:\s?(?:e\.v|"
    r"ev|ff?)\b\.?)?\s*\)?[\s.]*$"
)
_ISSUE = re.compile(
    r"[\s,:;]*(?:\(\s*(?P<a>(?:nr\.?\s?)?\d{1,4}(?:\s?/\s?\d{1,4}|"
    r"\s?[-–&]\s?\d{1,2})?|special issue|"
    r"themanummer|suppl\.?\s?\d*)\s*\)|(?:,\s*|\s)(?:nr|no|nummer|number|issue|afl|aflevering|"
    r"#|n°|Heft)\s?\.?\s?(?P<b>\d{1,4}(?:\s?[-/–]\s?\d{1,4})?))[\s,:;.]*$",
    re.I,
)
_VOLUME = re.compile(
    r"[\s,:;.]*(?:(?P<mark>vol(?:ume)?|jrg|jaargang|jg|Bd|"
    r"deel)\s?\.?\s?(?P<a>\d{1,4})|(?P<c>\d{1,3})(?:e|"
    r"ste|de)\s(?:jaargang|jrg\.?)|(?:(?<=[\s,.])|^)(?P<b>\d{1,3}))[\s,:;]*$",
    re.I,
)
_DATE_NOTE = re.compile(r"[\s,]*\(([^()]{3,60})\)[\s.]*$")


@dataclass(slots=True)
class Tail:
    """What was read from the end. `rest` is what stands before it."""

    rest: str
    facts: dict[str, str] = field(default_factory=dict)
    date: str = ""
    original: int | None = None
    notes: list[str] = field(default_factory=list)
    score: float = 0.0


def _clean(text: str) -> str:
    return text.strip(" .,;:")


def take_date_note(tail: Tail) -> None:
    """ "(september 2015)" at the very end.

    "(1e Engelstalige druk verscheen in 1995)" gives the original year.
    """
    found = _DATE_NOTE.search(tail.rest)
    if not found:
        return
    inner = found.group(1)
    folded = fold(inner)
    year = re.search(YEAR, folded)
    if year and re.search(
        r"\b(?:oorspronkelijk|eerste|1e|originally|origineel|first published|original)\b",
        folded,
    ):
        tail.original = int(year.group())
    elif read_date(inner):
        tail.date = inner
    else:
        return
    tail.rest = tail.rest[: found.start()]


_COMMAS = re.compile(
    r",\s(\d{1,3}),\s(\d{1,3}),\s(?:pp?\.\s?)?(\d{1,5}\s?[-–]\s?\d{1,5})[\s.]*$"
)
_LONE = re.compile(
    r"(?<=[\s,])(\d{1,3}(?:\s?\(\d{1,3}(?:[-/]\d{1,3})?\))?)[,:]\s?(\d{1,4})[\s.]*$"
)
_YEAR_BETWEEN = re.compile(rf"[\s,]*\(\s*({YEAR})\s*\)\s*(\d{{1,3}})?[\s,:]*$")
_YEARS = re.compile(rf"{YEAR}[-–—]+{YEAR}")
_MONTH_BEFORE = re.compile(
    r"\b(?:jan|feb|maart|march|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]*\.?$",
    re.I,
)
_YEAR_VOLUME = re.compile(
    rf"[\s,]+(?:jaargang|jrg\.?|vol\.?)\s({YEAR})\s*$", re.I
)
_BARE_VOLUME = re.compile(r"[\s,]+(?:jaargang|jrg\.?|vol\.?)[\s,]*$", re.I)
_REACH = 70  # characters before the end in which numbers stand


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Search near the end only: all patterns here close with the end of the text."""
    return pattern.search(text, max(0, len(text) - _REACH))


_ODD_END = re.compile(
    r"(?:\d\s?(?:e\.v|ev|ff?)|[-–][ivxlc]+|issue|nummer|\d[a-z])$"
)


def take_numbers(tail: Tail) -> None:
    """Pages, issue and volume, in that order from behind."""
    end = tail.rest[-12:].rstrip(" .)]")
    if not end[-1:].isdigit() and not _ODD_END.search(end):
        return
    before = tail.rest
    if commas := _last(
        _COMMAS, tail.rest
    ):  # "Public Administration, 85, 2, 279-299"
        tail.facts |= {
            "volume": commas.group(1),
            "issue": commas.group(2),
            "page": re.sub(r"\s", "", commas.group(3)).replace("–", "-"),
        }
        tail.rest = tail.rest[: commas.start()]
        return
    _take_pages(tail)
    _take_year_between(tail)
    if "issue" not in tail.facts and (found := _last(_ISSUE, tail.rest)):
        tail.facts["issue"] = _clean(
            re.sub(
                r"^nr\.?\s?",
                "",
                found.group("a") or found.group("b"),
                flags=re.I,
            )
        )
        tail.rest = tail.rest[: found.start()]
    _take_year_between(tail)
    _take_volume(tail, before != tail.rest)


_YEAR_ISSUE = re.compile(
    rf"[\s,]+(?P<y>{YEAR})(?:\s?/\s?|,?\s(?:nr|afl|no)\.?\s?)(?P<i>\d{{1,3}})[\s,:]*$",
    re.IGNORECASE,
)


def _take_year_between(tail: Tail) -> None:
    """ "Rooilijn 49 (2016) 4, p. 239-247", "jaargang 78 (2016), nr. 2", and, as lawyers write
    it, "Zorg & Recht 2015/3, p. 12".
    """
    if yearly := _last(_YEAR_ISSUE, tail.rest):
        tail.date = tail.date or yearly["y"]
        tail.facts["issue"] = yearly["i"]
        tail.rest = tail.rest[: yearly.start()]
    if between := _last(_YEAR_BETWEEN, tail.rest):
        tail.date = tail.date or between.group(1)
        if between.group(2):
            tail.facts["issue"] = between.group(2)
        tail.rest = tail.rest[: between.start()]


def _take_pages(tail: Tail) -> None:
    lone = _last(_LONE, tail.rest)
    if lone:
        if not re.fullmatch(YEAR, lone.group(2)):  # "Maatwerk, 2, 27"
            tail.facts["page"] = lone.group(2)
            tail.rest = tail.rest[: lone.end(1)]
        return
    found = _last(_SINGLE, tail.rest) or _last(_PAGES, tail.rest)
    if not found or _MONTH_BEFORE.search(
        tail.rest[: found.start()]
    ):  # "April 22-24"
        return
    pages = re.sub(r"\s+", "", found.group("pages"))
    if not _YEARS.fullmatch(pages) or found.groupdict().get("mark"):
        tail.facts["page"] = re.sub(r"[–—]|--", "-", pages)
        tail.rest = tail.rest[: found.start()]


def _take_volume(tail: Tail, numbered: bool) -> None:
    found = _last(_VOLUME, tail.rest)
    if (
        found
        and (found.group("mark") or found.group("c") or numbered)
        and found.start() > 0
    ):
        value = found.group("a") or found.group("b") or found.group("c")
        if found.group("mark") or not re.fullmatch(r"(?:1[89]|20)\d\d", value):
            tail.facts["volume"] = value
        tail.rest = tail.rest[: found.start()]
    elif found := _last(_YEAR_VOLUME, tail.rest):
        tail.facts["volume"] = found.group(1)
        tail.rest = tail.rest[: found.start()]
    if (
        tail.rest[-9:]
        .rstrip(" ,")
        .lower()
        .endswith((" jaargang", " jrg", " jrg.", " vol.", " vol"))
    ):
        tail.rest = _BARE_VOLUME.sub("", tail.rest)
