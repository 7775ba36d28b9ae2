"""What stands in an entry beside title, container and imprint: edition, kind of work,
numbers of papers and reports, occasions."""

from __future__ import annotations

import re
from typing import Any

from kb.citations.entries import item_type
from kb.citations.entries.dates import full_date
from kb.citations.entries.imprint import is_place
from kb.citations.entries.markup import Printed
from kb.citations.entries.names import is_organisation
from kb.citations.entries.official_sources import official_number
from kb.citations.wordlists import fold

_MAYBE_EDITION = re.compile(
    r"druk|dr\.|ed\b|[dD]ition|ditie|ufl\.|ersi|itgave|plage"
)
_EDITION = re.compile(
    r"\s*[(\[]\s*(?P<e>(?:\d+\s?(?:e|de|ste|nd|rd|th|st)|herziene|gewijzigde|tweede|derde|vierde|"
    r"vijfde|zesde|eerste|revised|second|third|fourth|fifth|first|rev\.)[^()]{0,30}?(?:druk|"
    r"dr\.|ed\.?|edition|editie|oplage|herdruk|uitgave)[^()]{0,15}|versie\s[\d.]+|version\s[\d.]+|"
    r"\d+\.\s?Aufl(?:age|\.)?)\s*[)\]]"
    r"|,\s+(?P<f>(?:\d+\s?(?:e|de|ste|nd|rd|th|st)\s(?:\w+\s)?(?:druk|ed\.|edition|"
    r"editie)|(?:tweede|"
    r"derde|vierde|vijfde|zesde|geheel herziene|herziene|revised|second|third)\s(?:\w+\s)?(?:druk|"
    r"edition|editie)))(?=[\s.,]|$)",
    re.I,
)


def edition(text: str) -> str:
    number = re.match(r"\d+", text.strip())
    if number:
        return number.group()
    ordinal = {
        "tweede": "2",
        "derde": "3",
        "vierde": "4",
        "vijfde": "5",
        "zesde": "6",
        "eerste": "1",
        "second": "2",
        "third": "3",
        "fourth": "4",
        "fifth": "5",
        "first": "1",
    }
    first = fold(text).split()[0] if text.split() else ""
    return ordinal.get(first, text.strip())


_NUMBER = re.compile(
    r"(?:[.?!*]\s+(?P<n>(?:Rapport(?:nummer|\snr\.?|\s(?=\d))|Kenmerk|Publicatie(?:nummer|\snr\.?)|"
    r"Report No\.?)[\s:]*[\w/.-]{2,25}|[A-Z]{2,}(?:/[A-Z]+)*-\d[\w/-]+)|"
    r"\s\((?P<m>[\w-]{2,20}-(?:publicatie|"
    r"rapport|reeks)\s[\w/.-]{1,15})\))\.?$"
)
_DATED_CLAUSE = re.compile(
    r"[.?!*]\s+(?:Artikel|Nieuwsbericht|Bericht|Persbericht|Blog|Blogpost|Column|"
    r"Interview)\s(?:van\s|"
    r"d\.d\.\s|dd\.?\s|op\s)?(?P<d>\d{1,2}\s[a-z]{3,9}\s\d{4})\.?$"
)
_EVENT = re.compile(
    r"[.?!*]\s+(?:Lezing|Voordracht|Inleiding|Presentatie|Keynote|Toespraak|Paper|Conference paper|"
    r"Bijdrage)(?:\s(?:presented|gepresenteerd|gehouden|uitgesproken))?\s(?:op|tijdens|bij|voor|"
    r"at|to|aan)\s(?P<e>.{4,200})$",
    re.I,
)
_KIND = re.compile(
    r"\s*\((?P<k>(?:academisch |ongepubliceerd )?(?:proefschrift|dissertatie|oratie|masterscriptie|"
    r"masterthesis|scriptie|openbare les|diss\.|PhD[ -]thesis|"
    r"lectorale rede)[^()]{0,60}|(?:vertaling|"
    r"vertaald|oorspronkelijk|herdruk)[^()]{3,80})\)",
    re.I,
)


class Remarks:
    """Text of an entry behind names and date, from which remarks are cut.

    `marks` tell what kind of work they speak of.
    """

    def __init__(self, text: str, italics: list[tuple[int, int]]) -> None:
        self.text = text
        self.italics = [(max(0, a), b) for a, b in italics if b > 0]
        self.date = ""
        self.original: int | None = None
        self.notes: list[str] = []
        self.marks: set[str] = set()

    def take_remarks(self, fields: dict[str, Any]) -> None:
        """Cut all remarks out of the text and put what they say in `fields`."""
        self._take_edition(fields)
        self._take_paper(fields)
        self._take_kind(fields)
        self._take_number(fields)
        self._take_event(fields)

    def _take_edition(self, fields: dict[str, Any]) -> None:
        found = (
            _EDITION.search(self.text)
            if _MAYBE_EDITION.search(self.text)
            else None
        )
        if found:
            fields["edition"] = edition(found.group("e") or found.group("f"))
            ends_title = (
                re.match(r"\s+[A-Z]", self.text[found.end() :]) is not None
            )  # "… (4e druk) Amsterdam: Bert Bakker"
            self._cut(found.start(), found.end(), "." if ends_title else "")

    def _take_paper(self, fields: dict[str, Any]) -> None:
        """The number of a parliamentary paper or official journal: "Kamerstukken II
        2013/14, 33 841, nr. 3"."""
        found = official_number(self.text)
        if not found or found.start <= 8:
            return
        behind = self.text[found.end :].strip(" .,)")
        if not behind or full_date(behind):
            fields["number"] = found.title
            self._cut(
                len(self.text[: found.start].rstrip(" (")), len(self.text)
            )
            self.marks.add("document")

    def _take_number(self, fields: dict[str, Any]) -> None:
        """The number of a report or letter at the end, "Rapportnummer 2018/030", and a
        dated "Artikel 12 juni 2015"."""
        if not any(c.isdigit() for c in self.text[-12:]):
            return
        if (found := _NUMBER.search(self.text)) and found.start() > 8:
            fields["number"] = (found.group("n") or found.group("m")).strip(
                " .()"
            )
            self._cut(
                found.start() + (0 if found.group().startswith(" ") else 1),
                found.end(),
            )
        if found := _DATED_CLAUSE.search(self.text):
            self.date = self.date or found.group("d")
            self.marks.add("webpage")
            self._cut(found.start() + 1, len(self.text))

    def _take_event(self, fields: dict[str, Any]) -> None:
        """ "Lezing op het congres …", "Paper presented at …": what follows the title is
        the occasion."""
        found = _EVENT.search(self.text)
        if found and found.start() > 8:
            self.date = self.date or (
                found.group("e") if full_date(found.group("e")) else ""
            )
            fields["event-title"] = found.group("e").strip(" .")
            self.marks.add("speech")
            self._cut(found.start() + 1, len(self.text))

    def _take_kind(self, fields: dict[str, Any]) -> None:
        """A bracket that says what the work is, "(proefschrift)", or how it came about,
        "(vertaling van …)"."""
        if label := re.search(
            r"\s*\[(?:Blog|Blogbericht|Blogpost|Internet|Website|Webpagina|Video|"
            r"Podcast|PDF|Factsheet|"
            r"Brochure|Online|Proefschrift|Doctoral dissertation|Rapport)[^\]]{0,40}\]",
            self.text,
            re.I,
        ):
            if mark := item_type.mark_of(fold(label.group())):
                self.marks.add(mark)
                self._institution(fields, label.group().strip(" []"))
            self._cut(label.start(), label.end())
        while found := _KIND.search(self.text):
            if mark := item_type.mark_of(fold(found.group("k"))):
                self.marks.add(mark)
            else:
                self.notes.append(found.group("k"))
            self._cut(found.start(), found.end())

    def _cut(self, start: int, end: int, instead: str = "") -> None:
        scratch = Printed(self.text, self.italics)
        scratch.cut(start, end, instead)
        self.text, self.italics = scratch.text, scratch.italics

    def _institution(self, fields: dict[str, Any], text: str) -> None:
        """The school named with a thesis or an inaugural address."""
        for part in re.split(r"[,.:(;]\s*", text):
            part = part.strip(" )")
            if (
                part
                and not item_type.mark_of(fold(part))
                and is_organisation(part)
                and "publisher" not in fields
            ):
                fields["publisher"] = part
            elif part and is_place(part):
                fields.setdefault("publisher-place", part)
