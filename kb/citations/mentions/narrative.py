"""Citations in the sentence: "Ook Dorsman en Kuil (2014, p. 8) wijzen daarop"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kb.citations.entries.dates import YEAR, read_date
from kb.citations.entries.dates import When as Date
from kb.citations.entries.item_type import is_periodical
from kb.citations.mentions.authors import Source
from kb.citations.mentions.brackets import items
from kb.citations.mentions.narrative_authors import (
    author_before,
    organisation_in,
    periodical_before,
    person_in,
    speaker_behind,
    speaker_in,
)
from kb.citations.mentions.notation import (
    YEAR_PATTERN,
    When,
    citation,
    pages_at,
    years_of,
)
from kb.citations.mentions.titles import possessed_title, title_before
from kb.citations.wordlists import alternation, longest_first
from kb.dutch.fold import fold
from kb.records import Citation, Passage

_WORKS = alternation(longest_first("words", "works_named"))
_INVERTED = re.compile(
    r"[^\W\d_]{2,}, (?:(?:van|de|der|den|ter|ten|von) ){0,3}(?:[A-Z]|Ch|Th|Chr|IJ)\."
)
_DATED = re.compile(
    rf"\s*(?:(?:c\.|ca\.)\s)?(?P<d>[^;]{{0,40}}?(?:{YEAR})(?:\s?/\s?{YEAR})?"
    r"[a-z]?(?:\s?[/&]\s?[a-z](?![a-z]))*|z\.\s?d\.(?:-[a-z])?|n\.d\.|in druk|in press)"
    r"(?P<tail>[\s,:;].{0,90}|)$"
)
_ONE_LETTER = re.compile(
    r"(?<=\d[a-z])\s?[/&].*$"
)  # of "2014a/b" for its date
_PERIOD = re.compile(r"(?:t/m|tot|-|–|—|en verder|en later|until|to)\b|[-–—]")
_MEDIUM = re.compile(
    r"\b(?:deel|aflevering|uitzending|artikel|interview|column|blog|krant)\b"
)
_WORK_WORD = re.compile(rf"[\w-]*(?:{_WORKS})")
_SENTENCE = re.compile(
    r"(?<![A-Z])(?<!\be)(?<!\ba)[.?!][\"”’']?\s+(?=[A-Z‘“\"'])"
)
# What someone does somewhere, up to the name of that place.
_FUNCTION = re.compile(
    r",\s(?:bijzonder\s|emeritus\s|oud-)?(?:hoog)?(?:leraar|docent|lector|onderzoeker|"
    r"directeur|bestuurder|voorzitter|adviseur|projectleider)\b[^,.;()]{0,90}"
    r"\s(?:aan|bij|van)\s(?:de\s|het\s)?$"
)
# What may stand between two years of one source: "2014, 8; en 2015".
_ONLY_JOINS = re.compile(r"(?:[\s,;&\d]|\b(?:en|and)\b)*")
# Characters to the left of a date in which its sentence may begin.
_LOOK_BACK = 400


def dated(
    passage: Passage, opening: int, closing: int, inner: str
) -> list[Citation] | None:
    """The citations of a bracket that holds a date and perhaps pages or more years.

    None when it holds more: then it is a bracket of sources.
    """
    match = _DATED.match(inner)
    when = _date(match.group("d")) if match else None
    if match is None or when is None:
        return None
    tail = match.group("tail")
    pages, behind = pages_at(tail, 0)
    beyond = tail[behind:].strip(" ,;:")
    if _PERIOD.match(beyond):
        return []  # "(2023 t/m 2028)"
    if _is_more(beyond, tail, behind):
        return None
    source = _speaker(passage.text, opening, precise=len(when.parts) == 3)
    if source is None or _is_entry(passage.text, source.start, opening):
        return []
    base = opening + 1
    first = _first_years(
        inner, match.end("d"), When(when.year, when.suffix, 0, 0)
    )
    alone = len(first) == 1 and not YEAR_PATTERN.search(tail, behind)
    span = (source.start, closing if alone else base + first[0].end)
    found = [
        citation(
            passage, source, first[0], span=span, pages=pages, narrative=True
        )
    ]
    for more in first[1:]:
        span = (base + more.start, base + more.end)
        found.append(
            citation(passage, source, more, span=span, narrative=True)
        )
    at = base + match.start("tail")
    return found + list(_further(passage, source, tail, behind, at))


def _date(text: str) -> Date | None:
    return read_date(_ONE_LETTER.sub("", text.strip(" ,")))


def _is_more(beyond: str, tail: str, behind: int) -> bool:
    """Whether words behind the date say more than pages, years or a periodical."""
    if (
        not beyond
        or YEAR_PATTERN.search(tail, behind)
        or is_periodical(beyond)
    ):
        return False
    return len(beyond.split()) > 4


def _is_entry(text: str, start: int, opening: int) -> bool:
    """Whether the names are turned, "Vos, K. de": an entry of a list, no mention."""
    return bool(_INVERTED.search(text[max(0, start - 4) : opening]))


def _first_years(inner: str, end: int, read: When) -> list[When]:
    """The years of the date; several where they have letters.

    >>> [(w.year, w.suffix) for w in _first_years("2014a/b", 7, When(2014, "a", 0, 0))]
    [(2014, 'a'), (2014, 'b')]
    """
    matches = [m for m in YEAR_PATTERN.finditer(inner[:end]) if m.end() == end]
    years = list(years_of(matches[0])) if matches else []
    if len(years) > 1:
        return years
    return [replace(read, start=0, end=end)]


def _further(
    passage: Passage, source: Source, tail: str, at: int, base: int
) -> Iterator[Citation]:
    """Further years behind the first, up to a source of its own; that has the rest."""
    for match in YEAR_PATTERN.finditer(tail, at):
        between = tail[at : match.start()]
        if not _ONLY_JOINS.fullmatch(between) and not YEAR_PATTERN.search(
            between
        ):
            yield from items(passage, tail[at:], base + at)
            return
        pages, end = pages_at(tail, match.end())
        for when in years_of(match):
            last = end if when.end == match.end() else when.end
            span = (base + when.start, base + last)
            yield citation(
                passage, source, when, span=span, pages=pages, narrative=True
            )
        at = end


def _speaker(text: str, opening: int, *, precise: bool) -> Source | None:
    """Who is meant by a date in brackets.

    The title or the names right before it, or the person the sentence is about. A
    precise date (with its day) belongs to a periodical or another medium only.
    """
    end = len(text[:opening].rstrip())
    if end == 0:
        return None
    if titled := _titled(text, end, opening):
        return None if precise else titled
    direct = periodical_before(text, end) or author_before(text, end)
    sentence = _sentence_start(text, end)
    if direct is None:
        return None if precise else _from_sentence(text, sentence, end)
    if direct.group and (person := _of_employer(text, sentence, direct)):
        return replace(person, end=direct.end)
    if person := _writer_in(text, sentence, direct):
        return replace(person, end=direct.end, container=direct.authors[0])
    if not precise or is_periodical(direct.authors[0]):
        return direct
    return direct if _MEDIUM.search(text[sentence:end]) else None


def _titled(text: str, end: int, opening: int) -> Source | None:
    """A title that ends at `end`, with its writer where the sentence says whose it is."""
    if titled := possessed_title(text, end):
        return _by_its_writer(text, titled, opening)
    return title_before(text, end)


def _by_its_writer(text: str, titled: Source, opening: int) -> Source:
    """A title with who wrote it: named behind the date, or before the title."""
    sentence = _sentence_start(text, titled.start)
    writer = speaker_behind(text, text.find(")", opening) + 1) or speaker_in(
        text, sentence, titled.start
    )
    return replace(titled, names=writer.names) if writer else titled


def _of_employer(text: str, sentence: int, employer: Source) -> Source | None:
    """The person whose function and employer stand before the date.

    "aldus Anna Prins, hoogleraar zorg aan de Universiteit Ede (2014)".
    """
    function = _FUNCTION.search(text, sentence, employer.start)
    if function is None:
        return None
    return person_in(text, sentence, function.start())


def _writer_in(text: str, sentence: int, periodical: Source) -> Source | None:
    """Who writes in a periodical: "Kuipers schrijft in Trouw (3 februari 2012)"."""
    if not periodical.group or not is_periodical(" ".join(periodical.authors)):
        return None
    return person_in(text, sentence, periodical.start) or speaker_in(
        text, sentence, periodical.start
    )


def _from_sentence(text: str, sentence: int, end: int) -> Source | None:
    """A person of the sentence, or an organisation where a work is named before the date."""
    if "(" in text[sentence:end]:
        sentence = max(sentence, text.rfind(")", sentence, end) + 1)
    if person := person_in(text, sentence, end):
        return person
    last = fold(text[max(0, end - 30) : end]).split()[-1:]
    if last and _WORK_WORD.fullmatch(last[0].strip(" ,")):
        return organisation_in(text, sentence, end)
    return None


def _sentence_start(text: str, end: int) -> int:
    window = max(0, end - _LOOK_BACK)
    starts = [m.end() for m in _SENTENCE.finditer(text[window:end])]
    return window + starts[-1] if starts else window
