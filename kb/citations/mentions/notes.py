"""Notes that are citations: "12 Van der Laan 2010, p. 45.", "Ibid., p. 4."."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.citations.entries.dates import YEAR
from kb.citations.entries.elsewhere import sources_of_note
from kb.citations.entries.names import is_sentence, parse_names
from kb.citations.entries.parse import parse_entry
from kb.citations.entries.splitting import (
    Piece,
    has_sentences,
    is_note_entry,
    without_pointing,
)
from kb.citations.mentions.authors import Source, lead_in, read_source
from kb.citations.mentions.brackets import items
from kb.citations.mentions.notation import When, citation, pages_at, source_of
from kb.citations.mentions.note_sources import sources_in_note
from kb.citations.reasons import Why
from kb.citations.wordlists import alternation, longest_first, words
from kb.dutch.fold import fold
from kb.records import Citation, Csl, Passage

_LONGEST_SHORT_NOTE = 120
_MARK = re.compile(r"\s*(?:(?:\d{1,3}|[*†]|[¹²³⁴-⁹]+)[.)]?\s+|[¹²³⁴-⁹]+)?")
_IBID = re.compile(
    r"\s*(?:ibid(?:em)?\.?|idem|id\.|t\.a\.p\.|loc\. ?cit\.)(?![\w])(?P<rest>.{0,20})$",
    re.I,
)
# As jurists write: "T. Jansen, Het wijkteam, Boom 2014, p. 3-5".
_INITIALED = r"(?:[A-Z][a-z]?\.\s?){1,4}(?:[a-z’']{1,4}\s){0,3}[A-Z][\w’'-]+"
_LEGAL_NOTE = re.compile(
    rf"(?P<n>{_INITIALED}(?:(?:,\s|\s(?:en|&)\s){_INITIALED}){{0,4}}(?:\se\.a\.)?),\s"
    rf"(?P<t>[^,][^()]{{3,160}}?),\s(?P<i>[^,()]{{2,60}}?)[,\s(]+(?P<y>{YEAR})\)?"
    r"(?P<p>,\s(?:p|blz)\.\s?.{1,30})?"
)
_SAME_WORK = re.compile(
    r"(?P<n>[^()]{3,80}?),?\s(?:a\.\s?w\.|o\.\s?c\.|op\.\s?cit\.|t\.\s?a\.\s?p\.)"
    r"(?:\s\((?:noot|n\.)\s\d+\))?"
)


def ibid(
    passage: Passage, start: int, inner: str, last: Citation
) -> Citation | None:
    """ "(ibid., p. 9)": the citation before it, at another page."""
    match = _IBID.match(inner)
    if match is None:
        return None
    pages, _ = pages_at(match.group("rest"), 0)
    when = When(last.year, last.suffix, 0, 0)
    span = (start, start + len(inner))
    return citation(passage, source_of(last), when, span=span, pages=pages)


def is_note(passage: Passage) -> bool:
    """Whether a passage stands at the foot of a page, or among the notes at the end."""
    return "footnote" in (passage.kind, passage.block)


_NOTES_HEADING = re.compile(r"(?:voet|eind)?noten\b|(?:end)?notes\b")
_NUMBERED_NOTE = re.compile(r"\d{1,3}[.)]?\s+(?=\S)")


def notes_in(passage: Passage) -> list[tuple[int, str]]:
    """The notes of a passage that a heading "Noten" stands above, each with its place.

    >>> text = "1. Zie Bos 2014, p. 3."
    >>> notes_in(Passage("p", "d", text, 0, section=("Noten bij hoofdstuk 2",)))
    [(0, '1. Zie Bos 2014, p. 3.')]
    """
    above = fold(passage.section[-1]).strip() if passage.section else ""
    if is_note(passage) or not _NOTES_HEADING.match(above):
        return []
    notes, at = [], 0
    for line in passage.text.split("\n"):
        notes.append((at, line))
        at += len(line) + 1
    numbered = all(_NUMBERED_NOTE.match(line) for _, line in notes)
    return notes if numbered else []


def named_in_note(passage: Passage) -> list[Citation]:
    """The sources that a note names one behind the other, each in full."""
    at, _ = _body(passage)
    return sources_in_note(passage, at)


def whole_note(passage: Passage) -> list[Citation]:
    """The entry that a note is as a whole: "T. Jansen, Het wijkteam, Boom 2014"."""
    at, body = _body(passage)
    if is_note_entry(body):
        return _entry(passage, (at, at + len(body)), body)
    legal = _LEGAL_NOTE.fullmatch(body)
    return _legal_note(passage, at, legal) if legal else []


def sources_named(passage: Passage) -> list[Citation]:
    """The sources that a note names without being one as a whole.

    They are the entries that `entries.elsewhere` reads from it, cited where they stand.
    """
    piece = Piece(passage.text, passage.page, passage.label)
    found: list[Citation] = []
    for source in sources_of_note(piece):
        named = without_pointing(source.text)
        start, end = _span(named, passage.text)
        if start >= 0:
            found += _entry(passage, (start, end), named.rstrip(" ."))
    return found


def _span(named: str, text: str) -> tuple[int, int]:
    """Where a note names a source: from its first words to its last, (-1, -1) if nowhere.

    Between them may stand what is no part of it: "De gids is te raadplegen via gids.nl".

    >>> _span("De gids, gids.nl/x", "1 De gids is te raadplegen via gids.nl/x.")
    (2, 40)
    """
    whole = text.find(named)
    if whole >= 0:
        return whole, whole + len(named.rstrip(" ."))
    first, last = named.split(", ")[0], named.split()[-1].rstrip(".")
    start, end = text.find(first), text.rfind(last)
    return (start, end + len(last)) if 0 <= start < end else (-1, -1)


# "‘Wie belt er aan’, Bureau De Brug (2018)", "“Wie belt er aan”, 3 mei 2018, Ada Prins".
_QUOTED_NOTE = re.compile(
    rf"[‘“\"'](?P<t>[^“”\"]{{6,200}}?)[’”\"'],?\s"
    rf"(?:(?P<d>(?:\d{{1,2}}\s)?[a-z]{{3,9}}\s(?P<y>{YEAR})),\s)?"
    rf"(?P<n>[A-Z][^(),;:]{{1,60}}?)(?:\s\((?P<o>[^()\d]{{2,40}})\))?"
    rf"(?:,?\s\(?(?P<z>{YEAR})\)?)?$"
)


def quoted_title(passage: Passage) -> list[Citation]:
    """A title in quotation marks with its maker behind it, at the end of a note."""
    at, body = _body(passage)
    found = _QUOTED_NOTE.search(body)
    if found is None or not (found["y"] or found["z"]):
        return []
    names = parse_names(found["n"])
    if not names.names or is_sentence(found["n"]):
        return []
    year = int(found["y"] or found["z"])
    group = "literal" in names.names[0]
    title = found["t"].strip()
    source = Source(
        at + found.start(),
        at + found.end(),
        names.names,
        title=title,
        group=group,
    )
    when = When(year, "", 0, 0)
    span = (at + found.start(), at + found.end())
    return [citation(passage, source, when, span=span)]


# "Balans van de buurt, cijfers voor iedereen (juni 2019)".
_MONTH = alternation(longest_first("words", "months"))
_TITLE_AND_DATE = re.compile(
    rf"(?P<t>[A-Z][^():]{{12,160}})\s\((?:(?:{_MONTH})\s)?(?P<y>{YEAR})\)"
)
_FEWEST_WORDS_OF_TITLE = 4


def title_and_date(passage: Passage) -> list[Citation]:
    """A title that nobody is named with: a note of it and its date, and no more."""
    at, body = _body(passage)
    found = _TITLE_AND_DATE.fullmatch(body)
    if found is None or is_sentence(found["t"]) or has_sentences(found["t"]):
        return []
    title = found["t"].strip()
    few = len(title.split()) < _FEWEST_WORDS_OF_TITLE
    if few or words("words", "not_published") & set(fold(title).split()):
        return []
    span = (at, at + len(body))
    when = When(int(found["y"]), "", 0, 0)
    return [citation(passage, Source(*span, title=title), when, span=span)]


def note_citations(passage: Passage) -> list[Citation]:
    """A short note that is a citation, or that points back.

    "Van der Laan 2010, p. 45.", "Ibid.", "Jansen, a.w., p. 4".
    """
    at, body = _body(passage)
    if _IBID.match(body):
        pages, _ = pages_at(body, _name_end(body))
        same = citation(
            passage, Source(at, at), span=(at, at + len(body)), pages=pages
        )
        return [replace(same, reason=Why.SAME_AS_BEFORE.value)]
    if again := _SAME_WORK.match(body):
        return _again(passage, at, body, again)
    if len(passage.text) > _LONGEST_SHORT_NOTE:
        return []
    found = items(passage, body, at) if body else []
    near = (
        found
        and found[0].start - at < 25
        and len(passage.text) - found[-1].end < 4
    )
    return found if near else []


def _body(passage: Passage) -> tuple[int, str]:
    """A note without its mark, lead-in and closing stop, and where it begins."""
    mark = _MARK.match(passage.text)
    at = mark.end() if mark else 0
    at += lead_in(passage.text[at:])
    return at, passage.text[at:].rstrip(" .")


def _name_end(body: str) -> int:
    found = re.match(r"\s*[^\s,;:]+", body)
    return found.end() if found else 0


def _again(
    passage: Passage, at: int, body: str, match: re.Match[str]
) -> list[Citation]:
    """A work cited before, by its author: "Jansen, a.w., p. 4"."""
    source = read_source(match.group("n"))
    if source is None or not source.authors:
        return []
    pages, end = pages_at(body, match.end())
    return [citation(passage, source, span=(at, at + end), pages=pages)]


def _legal_note(
    passage: Passage, at: int, match: re.Match[str]
) -> list[Citation]:
    names = parse_names(match.group("n"))
    if not names.names:
        return []
    title = match.group("t").strip(" ‘’“”\"'*")
    end = at + match.end()
    source = Source(at, end, names.names, title=title, etal=names.etal)
    when = When(int(match.group("y")), "", 0, 0)
    pages, _ = pages_at(match.group("p") or "", 0)
    return [citation(passage, source, when, span=(at, end), pages=pages)]


def _entry(
    passage: Passage, span: tuple[int, int], body: str
) -> list[Citation]:
    """The first entry of a note, cited where it stands."""
    csl = parse_entry(body)
    names = tuple(csl.get("author") or csl.get("editor") or ())
    title = csl.get("title")
    if not names and not title:
        return _page_on_the_web(passage, span, csl)
    if title and not names and has_sentences(str(title)):
        return []
    group = any("literal" in name for name in names[:1])
    source = Source(*span, names, title=title, group=group)
    issued = csl.get("issued") or {}
    year = (
        issued.get("date-parts", [[None]])[0][0]
        if isinstance(issued, dict)
        else None
    )
    when = When(year, "", 0, 0)
    return [citation(passage, source, when, span=span)]


def _page_on_the_web(
    passage: Passage, span: tuple[int, int], csl: Csl
) -> list[Citation]:
    """A note that is an address, and says no more of what stands there."""
    if not csl.get("URL") or not csl.get("custom"):
        return []
    made = citation(passage, Source(*span), span=span)
    kept = ("type", "URL", "accessed", "custom")
    return [replace(made, csl={k: csl[k] for k in kept if csl.get(k)})]
