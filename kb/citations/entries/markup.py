"""An entry as printed: its text without markup, where the italics were, and what was cut out of it (URL, DOI, dates of access)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kb.citations.entries.dates import full_date
from kb.citations.entries.names import is_given
from kb.citations.wordlists import alternation, longest_first

LIMIT = 3000  # characters of an entry that are read; what follows is no reference

_LINK = re.compile(
    r"\[([^\[\]]{1,300})\]\(\s*<?((?:https?:|www\.)[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?\s*\)"
)
_URL = re.compile(
    r"<\s*((?:https?://|www\.)[^<>\s]+(?:\s[^<>\s]+){0,4})\s*>|((?:https?:\s?//|www\.)[^\s<>]+)|"
    r"(?<![\w@.])((?:[a-z0-9-]+\.){1,3}(?:nl|be|com|org|eu|net|de|gov|edu|info|uk)/[^\s<>]+)",
    re.I,
)
_DOI = re.compile(
    r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi\s?:?\s*)(10\.\d{4,9}/[^\s<>]+)", re.I
)
_BULLET = re.compile(
    r"^\s*(?:[-–—•●▪◦*·>!?®°]\s+|\[\d{1,3}\]\s*|\(\d{1,3}\)\s+|\d{1,3}[.)]\s+(?=[^\W\d_])|[¹²³⁴-⁹]+\s*)+"
)
_LIST_NUMBER = re.compile(r"\s*(?:\[(\d{1,3})\]|(\d{1,3})[.)]\s)")
_FALSE_BULLET = re.compile(
    r"(?<=\b[A-Z]\.) [-–] (?=[A-Z][a-z])|(?<=\b[Vv]an) [-–] (?=[A-Z])"
)
_ISBN = re.compile(r"[,;.]?\s*\bISBN(?:-1[03])?:?\s*([\d][\d\- xX]{8,16}[\dxX])", re.I)
_ACCESS = re.compile(
    r"[\s,.;(\[]*\b(?:laatst )?(?:geraadpleegd|opgevraagd|bezocht|bekeken|gedownload|verkregen|"
    r"opgehaald|geopend|accessed|retrieved|consulted|last accessed|abgerufen)\b"
    r"(?:\s+(?:op|dd\.?|d\.d\.|on|d\.?d|am|in|at))?:?\s*(?P<date>(?:[^()<>/:]|(?<=\d)/){0,40}?\b(?:1[89]|"
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
            return at if at <= start else max(start, at + shift) if at >= end else start

        self.italics = [
            (moved(a), moved(b)) for a, b in self.italics if moved(b) > moved(a)
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


def _take_url(printed: Printed) -> None:
    if "](" in printed.text and (link := _LINK.search(printed.text)):
        inner = link.group(1)
        printed.facts.setdefault("URL", link.group(2))
        printed.cut(
            link.start(),
            link.end(),
            " " if re.match(r"(?:https?:|www\.)", inner) else inner,
        )
    if "10." in printed.text and (doi := _DOI.search(printed.text)):
        value = doi.group(1).rstrip(".,;)")
        printed.facts["DOI"] = value
        if doi.group().lower().startswith("http"):
            printed.facts["URL"] = doi.group().rstrip(".,;)")
        printed.cut(*_with_lead(printed.text, doi.start(), doi.end()))
    urls = list(_URL.finditer(printed.text)) if _ADDRESS.search(printed.text) else []
    for found in reversed(urls):
        if found.start() > len(printed.text):
            continue  # it stood in the words that led to a later address
        value = re.sub(r"\s+", "", found.group(1) or found.group(2) or found.group(3))
        value = _trimmed(value)
        if found is urls[0]:
            printed.facts["URL"] = value
        start, end = _with_lead(printed.text, found.start(), found.end())
        clause = re.sub(r"^\W+", "", printed.text[start : found.start()])
        if found is urls[0] and clause:
            printed.clause = clause
        if found is urls[-1] and start > 40 and _stray(printed.text[end:]):
            printed.cut(
                end, len(printed.text), ""
            )  # a heading of the next page that was glued to the entry
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
    rf"(?:{alternation(longest_first('words', 'url_leads'))}|{alternation(longest_first('words', 'clauses'))})"
    rf"\b[^.?!*]{{0,70}}?[:,]?\s*[(<\[]?\s*$"
)


def _with_lead(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of a URL with the words that lead to it ("Opgevraagd dd. 20 oktober 2016 van:")."""
    window = max(0, start - 130)
    before = text[window:start]
    folded = before.lower()  # same length as `before`
    best = start
    for match in re.finditer(r"(?:(?<=[.?!*)\]\"”’,;]\s)|(?<=[.?!)\]]\s\()|^)", folded):
        at = match.start()
        if len(folded) - at > 120:
            continue
        piece = (
            folded[at:]
            .replace("dd.", "dd ")
            .replace("d.d.", "dd  ")
            .replace("www.", "www ")
            .replace(".nl", " nl")
            .replace(".org", " org")
            .replace(".com", " com")
        )
        piece = re.sub(r"^[(<\[\s]+", lambda m: " " * len(m.group()), piece)
        stripped = piece.lstrip()
        if not stripped:
            best = min(best, window + at) if not folded[at:].strip() else best
            continue
        if any(
            is_given(m.group(1)) for m in _FULL_NAME.finditer(before, at)
        ) or _SEE_SOME_SITE.match(before, at):
            continue
        if _LEAD.match(stripped) and "." not in stripped[:-1]:
            best = window + at
            break
    while best > 0 and text[best - 1] in " ([<":
        best -= 1
    while end < len(text) and text[end] in ")>]":
        end += 1
    return best, end


def read(raw: str) -> Printed:
    """`raw` without bullet, markup, URL, DOI, ISBN and date of access."""
    body = _BULLET.sub("", " ".join(raw[:LIMIT].split()))
    body = _FALSE_BULLET.sub(" ", body) if " - " in body or " – " in body else body
    printed = _plain(body)
    if number := _LIST_NUMBER.match(raw):
        printed.number = number[1] or number[2]
    _take_access(printed)
    _take_url(printed)
    _take_access(printed)
    if "ISBN" in printed.text and (isbn := _ISBN.search(printed.text)):
        printed.facts["ISBN"] = isbn.group(1).strip()
        printed.cut(isbn.start(), isbn.end())
    return printed


_ACCESS_WORD = re.compile(
    r"raadpleeg|vraagd|bezocht|bekeken|download|kregen|gehaald|geopend|cessed|retrieved|consulted|abgerufen"
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
        found.start(), found.end() + (rest.end() if rest else 0), ". " if stop else " "
    )
