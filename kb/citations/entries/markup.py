"""An entry as printed: its text without markup, where the italics were, and what was cut
out of it (URL, DOI, dates of access)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kb.citations.entries.dates import full_date
from kb.citations.entries.names import is_given
from kb.citations.wordlists import alternation, longest_first

LIMIT = (
    3000  # characters of an entry that are read; what follows is no reference
)

_LINK = re.compile(
    r"\[([^\[\]]{1,300})\]\(\s*<?((?:https?:|www\.)[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?\s*\)"
)
_URL = re.compile(
    r"<\s*((?:https?://|www\.)[^<>\s]+(?:\s[^<>\s]+){0,4})\s*>|((?:https?:\s?//|www\.)[^\s<>]+)|"
    r"(?<![\w@.])((?:[a-z0-9-]+\.){1,3}(?:nl|be|com|org|eu|net|de|gov|edu|info|uk)/[^\s<>]+)",
    re.I,
)
_DOI = re.compile(
    r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi\s?:?\s*)(10\.\d{4,9}/[^\s<>]+)",
    re.I,
)
_BULLET = re.compile(
    r"^\s*(?:[-–—•●▪◦*·>!?®°]\s+|\[\d{1,3}\]\s*|\(\d{1,3}\)\s+|"
    r"\d{1,3}[.)]\s+(?=[^\W\d_])|[¹²³⁴-⁹]+\s*)+"
)
_LIST_NUMBER = re.compile(r"\s*(?:\[(\d{1,3})\]|(\d{1,3})[.)]\s)")
_FALSE_BULLET = re.compile(
    r"(?<=\b[A-Z]\.) [-–] (?=[A-Z][a-z])|(?<=\b[Vv]an) [-–] (?=[A-Z])"
)
_ISBN = re.compile(
    r"[,;.]?\s*\bISBN(?:-1[03])?:?\s*([\d][\d\- xX]{8,16}[\dxX])", re.I
)
_ACCESS = re.compile(
    r"[\s,.;(\[]*\b(?:laatst )?(?:geraadpleegd|opgevraagd|bezocht|bekeken|gedownload|verkregen|"
    r"opgehaald|geopend|accessed|retrieved|consulted|last accessed|abgerufen)\b"
    r"(?:\s+(?:op|dd\.?|d\.d\.|on|d\.?d|am|in|at))?:?\s*(?P<date>(?:[^()<>/:]|"
    r"(?<=\d)/){0,40}?\b(?:1[89]|"
    r"20)\d\d(?:-\d\d-\d\d)?)\b[)\]]?[.,]?",
    re.I,
)


@dataclass(slots=True)
class Printed:
    """`italics` are half-open spans of `text`. Cut pieces are kept by their CSL name in `facts`."""

    text: str
    italics: list[tuple[int, int]] = field(default_factory=list)
    facts: dict[str, object] = field(default_factory=dict)
    clause: str = ""  # "Nieuwsbericht van 18 juni 2015" before a URL
    number: str = ""  # of an entry in a numbered list

    def cut(self, start: int, end: int, instead: str = " ") -> None:
        """Replace text[start:end] and move the italics along."""
        shift = len(instead) - (end - start)
        self.text = self.text[:start] + instead + self.text[end:]

        def moved(at: int) -> int:
            return (
                at
                if at <= start
                else max(start, at + shift)
                if at >= end
                else start
            )

        self.italics = [
            (moved(a), moved(b))
            for a, b in self.italics
            if moved(b) > moved(a)
        ]


def _plain(raw: str) -> Printed:
    """Text without asterisks, with their spans."""
    out: list[str] = []
    italics: list[tuple[int, int]] = []
    size, opened = 0, -1
    for piece in re.split(r"(\*{1,3})", raw):
        if piece.startswith("*"):
            if opened < 0:
                opened = size
            else:
                if size > opened:
                    italics.append((opened, size))
                opened = -1
            continue
        out.append(piece)
        size += len(piece)
    return Printed("".join(out), italics)


_ADDRESS = re.compile(r"://|www|http|\.[a-z]{2,4}/", re.I)


def _take_link(printed: Printed) -> None:
    """ "[text](address)": the text stays, unless it is the address again."""
    link = _LINK.search(printed.text) if "](" in printed.text else None
    if link:
        inner = link.group(1)
        printed.facts.setdefault("URL", link.group(2))
        is_address = re.match(r"(?:https?:|www\.)", inner)
        printed.cut(link.start(), link.end(), " " if is_address else inner)


def _take_doi(printed: Printed) -> None:
    doi = _DOI.search(printed.text) if "10." in printed.text else None
    if doi:
        printed.facts["DOI"] = doi.group(1).rstrip(".,;)")
        if doi.group().lower().startswith("http"):
            printed.facts["URL"] = doi.group().rstrip(".,;)")
        printed.cut(*_with_lead(printed.text, doi.start(), doi.end()))


def _take_urls(printed: Printed) -> None:
    """All addresses with the words that lead to them; the first is the record's."""
    if not _ADDRESS.search(printed.text):
        return
    urls = list(_URL.finditer(printed.text))
    for found in reversed(urls):
        if found.start() > len(printed.text):
            continue  # it stood in the words that led to a later address
        start, end = _with_lead(printed.text, found.start(), found.end())
        if found is urls[0]:
            written = found.group(1) or found.group(2) or found.group(3)
            printed.facts["URL"] = _trimmed(re.sub(r"\s+", "", written))
            clause = re.sub(r"^\W+", "", printed.text[start : found.start()])
            printed.clause = clause or printed.clause
        if found is urls[-1] and start > 40 and _stray(printed.text[end:]):
            # A heading of the next page that was glued to the entry.
            printed.cut(end, len(printed.text), "")
        printed.cut(start, end, ". " if printed.text[end:].strip(" .") else "")


def _stray(text: str) -> bool:
    """Whether what stands behind the last URL of an entry is no part of it."""
    body = text.strip(" .,;)>]")
    return (
        len(body.split()) > 2
        and body[:1].isupper()
        and not re.search(
            r"\d|geraadpleegd|opgevraagd|retrieved|accessed|[.:(]", body, re.I
        )
    )


def _trimmed(url: str) -> str:
    url = url.rstrip(".,;:'\"’”")
    while url.endswith(")") and url.count("(") < url.count(")"):
        url = url[:-1].rstrip(".,;:")
    return url.rstrip(">]")


_SEE_SOME_SITE = re.compile(
    r"\W*(?:[Zz]ie(?: ook)?|[Bb]ekijk|[Bb]ron)\b.{3,40}\bvan (?:de |het )?[A-Z]"
)
_FULL_NAME = re.compile(r"\b([A-Z][\w-]+)\s(?:(?:van|de|der|den)\s)*[A-Z]\w+")
_LEAD = re.compile(
    rf"(?:{alternation(longest_first('words', 'url_leads'))}|"
    rf"{alternation(longest_first('words', 'clauses'))})"
    rf"\b[^.?!*]{{0,70}}?[:,]?\s*[(<\[]?\s*$"
)


_WINDOW = 130  # characters before an address in which its lead begins
_LONGEST_LEAD = 120
_LEAD_BEGINS = re.compile(r"(?:(?<=[.?!*)\]\"”’,;]\s)|(?<=[.?!)\]]\s\()|^)")
_INNER_STOPS = (
    ("dd.", "dd "),
    ("d.d.", "dd  "),
    ("www.", "www "),
    (".nl", " nl"),
    (".org", " org"),
    (".com", " com"),
)


def _without_inner_stops(text: str) -> str:
    """`text` without full stops that end no sentence, of the same length."""
    for written, instead in _INNER_STOPS:
        text = text.replace(written, instead)
    return re.sub(r"^[(<\[\s]+", lambda found: " " * len(found.group()), text)


def _names_someone(before: str, at: int) -> bool:
    """Whether a person or a site is named from `at` on: that is no lead, but the source."""
    people = _FULL_NAME.finditer(before, at)
    if any(is_given(found.group(1)) for found in people):
        return True
    return _SEE_SOME_SITE.match(before, at) is not None


def _start_of_lead(before: str) -> int:
    """Where the words begin that lead to an address behind `before`; its end for none."""
    folded = before.lower()  # same length as `before`
    best = len(before)
    for match in _LEAD_BEGINS.finditer(folded):
        at = match.start()
        if len(folded) - at > _LONGEST_LEAD:
            continue
        words_ = _without_inner_stops(folded[at:]).lstrip()
        if not words_:
            best = min(best, at) if not folded[at:].strip() else best
        elif _names_someone(before, at):
            continue
        elif _LEAD.match(words_) and "." not in words_[:-1]:
            return at
    return best


def _with_lead(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of an address with the words that lead to it and the brackets around.

    "Opgevraagd dd. 20 oktober 2016 van:"
    """
    window = max(0, start - _WINDOW)
    best = window + _start_of_lead(text[window:start])
    while best > 0 and text[best - 1] in " ([<":
        best -= 1
    while end < len(text) and text[end] in ")>]":
        end += 1
    return best, end


def read(raw: str) -> Printed:
    """`raw` without bullet, markup, URL, DOI, ISBN and date of access."""
    body = _BULLET.sub("", " ".join(raw[:LIMIT].split()))
    body = (
        _FALSE_BULLET.sub(" ", body)
        if " - " in body or " – " in body
        else body
    )
    printed = _plain(body)
    if number := _LIST_NUMBER.match(raw):
        printed.number = number[1] or number[2]
    _take_access(printed)
    _take_link(printed)
    _take_doi(printed)
    _take_urls(printed)
    _take_access(printed)
    if "ISBN" in printed.text and (isbn := _ISBN.search(printed.text)):
        printed.facts["ISBN"] = isbn.group(1).strip()
        printed.cut(isbn.start(), isbn.end())
    return printed


_ACCESS_WORD = re.compile(
    r"raadpleeg|vraagd|bezocht|bekeken|download|kregen|gehaald|geopend|cessed|"
    r"retrieved|consulted|abgerufen"
)


def _take_access(printed: Printed) -> None:
    found = (
        _ACCESS.search(printed.text)
        if _ACCESS_WORD.search(printed.text.lower())
        else None
    )
    if not found:
        return
    date = full_date(found.group("date"))
    if date:
        printed.facts["accessed"] = {"date-parts": [list(date)]}
    rest = re.match(
        r"\s*,?\s*(?:van|via|op|from|at|von)\s*:?\s*(?=<|https?:|www\.|$)",
        printed.text[found.end() :],
    )
    stop = found.group()[:1] == "." or found.group().lstrip()[:1] == "."
    printed.cut(
        found.start(),
        found.end() + (rest.end() if rest else 0),
        ". " if stop else " ",
    )
