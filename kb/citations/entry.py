"""One entry of a reference list to CSL-JSON: several readings of where the names, the year and the title stand, the best one kept.

A reading is (names, date, what follows). Each is scored on how much its names look like names, its date like a date and on
the order usual in Dutch lists (APA, Harvard, notes by commas, title first). The winner's rest is read from behind by `tail`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from kb.citations import kinds
from kb.citations.dates import YEAR, When, full_date, read_date
from kb.citations.names import NameList, is_initials, is_organisation, parse_names
from kb.citations.printed import Printed, read
from kb.citations.tables import fold, words
from kb.citations.tail import Tail, is_place, is_publisher, segments, take_date_note, take_numbers, take_publisher

_BRACKET = re.compile(r"\(([^()]{1,80})\)|\[([^\[\]]{1,40})\]")
_LEAD = re.compile(
    r"^(?:zie (?:ook|onder meer|bijvoorbeeld)?:?\s*|vgl\.?\s+|vergelijk\s+|ontleend aan:?\s+|bron:\s*|uit:\s+|source:\s*|cf\.?\s+|naar:\s+|overgenomen uit:?\s+|gebaseerd op:?\s+|see (?:also)?:?\s*)",
    re.I,
)
_EDITION = re.compile(
    r"\s*[(\[]\s*(?P<e>(?:\d+\s?(?:e|de|ste|nd|rd|th|st)|herziene|gewijzigde|tweede|derde|vierde|vijfde|zesde|eerste|revised|second|third|fourth|fifth|first|rev\.)[^()]{0,30}?(?:druk|ed\.?|edition|editie|oplage|herdruk|uitgave)[^()]{0,15}|versie\s[\d.]+|version\s[\d.]+)\s*[)\]]"
    r"|,\s+(?P<f>(?:\d+\s?(?:e|de|ste|nd|rd|th|st)\s(?:\w+\s)?(?:druk|ed\.|edition|editie)|(?:tweede|derde|vierde|vijfde|zesde|geheel herziene|herziene|revised|second|third)\s(?:\w+\s)?(?:druk|edition|editie)))(?=[\s.,]|$)",
    re.I,
)
_QUOTED = re.compile(r"^[\"“„‘'’](?P<t>[^“”\"]{3,300}?[^\s])[\"”’'](?=[\s.,;:(]|$)")


@dataclass(slots=True)
class _Reading:
    names: NameList
    when: When
    start: int  # where the rest begins
    score: float
    title: str = ""
    before: str = ""  # title that stands before the date


def parse_entry(raw: str) -> dict[str, Any]:
    """CSL-JSON of one entry; fields that are not printed are absent. Never raises; empty for empty text."""
    printed = read(raw)
    lead = _LEAD.match(printed.text)
    if lead:
        printed.cut(0, lead.end(), "")
    if not printed.text.strip(" ."):
        return _only_facts(printed)
    reading = max(_readings(printed), key=lambda r: r.score)
    return _build(printed, reading)


def _only_facts(printed: Printed) -> dict[str, Any]:
    return {"type": "webpage", **printed.facts} if printed.facts else {}


def _readings(printed: Printed) -> list[_Reading]:
    text = printed.text
    found = [_Reading(NameList(), When(), 0, 0.2)]
    for match in list(_BRACKET.finditer(text))[:8]:
        inner = match.group(1) or match.group(2)
        if when := read_date(inner):
            found += _bracketed(printed, match.start(), match.end(), when)
        elif named := re.match(rf"(?P<n>.{{2,60}}?),?\s(?P<y>{YEAR}[a-z]?)$", inner):
            found += _title_then_source(printed, match.start(), match.end(), named.group("n"), named.group("y"))
        elif editors := re.match(r"(?:red|eds?|reds)\.?,?\s+(.*)$", inner, re.I):
            if when := read_date(editors.group(1)):
                names = parse_names(text[: match.start()])
                found.append(_Reading(NameList(names.names, names.etal, True, names.score), when, match.end(), names.score + 0.9))
    for match in list(re.finditer(rf"[.,]\s+(?P<y>{YEAR})(?P<s>[a-z])?(?=[.,:;]\s)", text))[:3]:
        names = parse_names(text[: match.start() + 1])
        if names.names and match.start() < 250:
            found.append(_Reading(names, When((int(match.group("y")),), suffix=match.group("s") or ""), match.end(), names.score + 0.45))
    if match := re.match(r"(?P<n>.{2,200}?)[,.]?\s+(?P<d>z\.\s?d\.|n\.\s?d\.|in druk|in press)[.,:]?\s", text):
        names = parse_names(match.group("n"))
        found.append(_Reading(names, read_date(match.group("d")) or When(undated=True), match.end(), names.score + 0.3))
    found += _without_date_in_front(printed)
    if (web := re.match(r"(?P<n>[A-Z][^.,:;()]{3,50}?)\s+(?:in|op|via)[\s.:]*$", text)) and printed.facts.get("URL"):
        names = parse_names(web.group("n"))
        found.append(_Reading(names, When(), len(text), names.score + 0.5))
    return [r for r in found if len(text) - r.start >= 0]


def _bracketed(printed: Printed, start: int, end: int, when: When) -> list[_Reading]:
    """ "Names (year). Title", or "Title (year)"."""
    text = printed.text
    head = text[:start].strip()
    out: list[_Reading] = []
    quoted = _QUOTED.match(head)
    inside = any(a < start < b for a, b in printed.italics)
    if head and not quoted and not inside and len(head) < 900:
        names = parse_names(head)
        if names.names:
            out.append(_Reading(names, when, end, names.score + 0.9 - (0.3 if len(text) - end < 12 else 0)))
    if head and (len(text) - end < 60 or quoted):
        body = quoted.group("t") if quoted else head
        rest_names = _after_title(head, text[end:])
        out.append(_Reading(rest_names, when, end, 0.75 + (0.5 if quoted else 0) - (0.4 if inside else 0), before=body))
    return out


def _after_title(head: str, after: str) -> NameList:
    names = parse_names(after.strip(" ,.:")) if after.strip(" ,.:") else NameList()
    return names if names.score > 0.6 and len(after) < 80 else NameList()


def _title_then_source(printed: Printed, start: int, end: int, names_text: str, year: str) -> list[_Reading]:
    """ "'Title' (Names year)"."""
    head = printed.text[:start].strip(" ,")
    names = parse_names(names_text)
    if not head or names.score < 0.5:
        return []
    when = When((int(year[:4]),), suffix=year[4:])
    quoted = bool(_QUOTED.match(head))
    return [_Reading(names, when, end, names.score * 0.5 + (1.0 if quoted else 0.35), before=head)]


def _without_date_in_front(printed: Printed) -> list[_Reading]:
    """Names closed by a full stop, a comma or the italics, the date at the end or nowhere."""
    text = printed.text
    out: list[_Reading] = []
    for match in list(re.finditer(r"[.:,]\s+(?=[\"'“‘A-Z0-9*])", text[:260]))[:9]:
        at = match.end()
        names = parse_names(text[: match.start() + 1])
        if not names.names or names.score < 0.55:
            continue
        italic = any(abs(a - at) <= 1 for a, _ in printed.italics)
        quote = text[at] in "\"“‘„'" and not text[at:].startswith("'s-")
        personal = any("given" in n for n in names.names)
        last_initial = match.group()[0] == "." and is_initials(text[: match.start() + 1].split()[-1])
        joined = match.group()[0] == "," and not (italic or quote) and not _closes_names(text[: match.start()])
        score = names.score * 0.5 + (0.6 if italic or quote else 0.25 if match.group()[0] != "," else 0.0)
        score += (0.15 if personal else 0.0) + (0.1 if is_organisation(text[: match.start()]) and not personal else 0.0)
        score -= 0.35 if joined else 0.0
        score -= 0.2 if last_initial and not (italic or quote) else 0.0
        if not personal and not is_organisation(text[: match.start()]) and not italic:
            score -= 0.35
        out.append(_Reading(names, When(), at, score + 0.01 * len(names.names)))
    return out


def _closes_names(text: str) -> bool:
    """Whether `text` ends in a surname after initials: "J. van der Lans" (and not "Lans, J. van der")."""
    last = re.split(r",|&|\sen\s|\sand\s", text)[-1].split()
    return len(last) > 1 and is_initials(last[0])


# -- from a reading to a record


def _build(printed: Printed, reading: _Reading) -> dict[str, Any]:
    record: dict[str, Any] = {}
    custom: dict[str, Any] = {}
    when = reading.when
    rest = printed.text[reading.start :]
    skip = re.match(r"[\s.,:;)\]]*", rest)
    start = reading.start + (skip.end() if skip else 0)
    rest = printed.text[start:]
    italics = [(a - start, b - start) for a, b in printed.italics if b > start]
    if reading.before:
        rest, italics = reading.before, []
    record |= _names_fields(reading.names)
    editors_first = re.match(r"\(?(?:red|reds|eds?|hrsg)\.?\)?[.,:]?\s+", rest, re.I)
    if editors_first and reading.names.names and not reading.before:
        record["editor"] = record.pop("author", record.get("editor"))
        rest = rest[editors_first.end() :]
        italics = [(a - editors_first.end(), b - editors_first.end()) for a, b in italics]
    body = _Body(rest, italics)
    record |= body.read(printed)
    if when.parts:
        record["issued"] = {"date-parts": [list(when.parts)]}
    elif body.date and (parts := full_date(body.date)):
        record["issued"] = {"date-parts": [list(parts)]}
    elif printed.clause and (parts := full_date(printed.clause)):
        record["issued"] = {"date-parts": [list(parts)]}
    original = when.original or body.original
    if original and original != (record.get("issued") or {}).get("date-parts", [[None]])[0][0]:
        record["original-date"] = {"date-parts": [[original]]}
    if when.edition and "edition" not in record:
        record["edition"] = _edition(when.edition)
    record |= printed.facts
    for key, value in (("etal", reading.names.etal), ("suffix", when.suffix), ("undated", when.undated), ("in_press", when.press)):
        if value:
            custom[key] = value
    if body.notes:
        record["note"] = "; ".join(body.notes)
    record["type"] = kinds.type_of(record, printed.text, printed.clause, body.marks)
    record = kinds.settle(record, body.marks)
    if custom:
        record["custom"] = custom
    return {k: v for k, v in record.items() if v not in (None, "", [], {})}


def _names_fields(names: NameList) -> dict[str, Any]:
    if not names.names:
        return {}
    return {"editor" if names.editors else "author": [dict(n) for n in names.names]}


def _edition(text: str) -> str:
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


class _Body:
    """What follows names and date: title, container, numbers, publisher."""

    def __init__(self, text: str, italics: list[tuple[int, int]]) -> None:
        self.text = text
        self.italics = [(max(0, a), b) for a, b in italics if b > 0]
        self.date = ""
        self.original: int | None = None
        self.notes: list[str] = []
        self.marks: set[str] = set()

    def read(self, printed: Printed) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        self._take_edition(fields)
        chapter = self._chapter(fields)
        if not chapter:
            self._monograph_or_article(fields, printed)
        if "title" in fields:
            fields["title"] = clean_title(fields["title"])
        if "container-title" in fields:
            fields["container-title"] = clean_title(fields["container-title"])
        return fields

    def _take_edition(self, fields: dict[str, Any]) -> None:
        found = _EDITION.search(self.text)
        if found:
            fields["edition"] = _edition(found.group("e") or found.group("f"))
            self._cut(found.start(), found.end())

    def _cut(self, start: int, end: int, instead: str = "") -> None:
        scratch = Printed(self.text, self.italics)
        scratch.cut(start, end, instead)
        self.text, self.italics = scratch.text, scratch.italics

    # -- chapters

    def _chapter(self, fields: dict[str, Any]) -> bool:
        """ "Title. In: A. Editor & B. Editor (red.), Book (pp. 3-9). Place: Publisher."; or In: Journal 14 (3) 253-271."""
        found = re.search(
            r"(?:(?<=[.,?!\"”’')*;])|(?<=[.,?!\"”’')*;]\s))\(?\b(?:In|in):\s+|(?<=[.,?!\"”’')]\s)In\s+(?=[\"“‘'A-Z*])", self.text
        )
        if not found or found.start() < 3:
            return False
        title, inside = self.text[: found.start()], self.text[found.end() :]
        tail_italics = [(a - found.end(), b - found.end()) for a, b in self.italics if a >= found.end() - 1]
        editors = re.match(
            r"(?P<n>.{3,330}?)[\s,]*(?P<m>\((?:red|reds|redactie|eds?|editors?|hrsg|onder redactie)\.?\)|,?\s\b(?:red|reds|eds?|hrsg)\.)[.,:;]*\s*",
            inside,
            re.I,
        )
        names = parse_names(editors.group("n")) if editors else NameList()
        if editors and names.names and names.score >= 0.5:
            fields["editor"] = [dict(n) for n in names.names]
            body, offset = inside[editors.end() :], editors.end()
        else:
            body, offset = inside, 0
            under = re.search(
                r"[,.]?\s*\(?(?:onder redactie van|o\.r\.v\.|onder red\. van|edited by|hrsg\. von|red\.:?)\s+(?P<n>[^():]{3,150}?)\)?(?=[,.]\s+[A-Z][\w\s]{1,25}:|\s*\(|$|[,.]\s*p)|\((?P<p>[^()]{4,200}?),?\s(?:red|reds|eds?)\.?\)",
                inside,
            )
            if under and (names := parse_names(under.group("n") or under.group("p"))).names:
                fields["editor"] = [dict(n) for n in names.names]
                body = inside[: under.start()] + ". " + inside[under.end() :].lstrip(" ,.")
        italics = [(a - offset, b - offset) for a, b in tail_italics if b > offset]
        fields["title"] = title
        tail = self._tail(body, italics, titled=False, container=True)
        container = tail.rest.strip(" ,.;:(")
        if "editor" not in fields and (lead := self._lead_names(container)):
            fields["editor"], container = lead
        fields |= tail.facts
        fields["container-title"] = container
        self.marks.add("chapter" if "editor" in fields or "publisher" in tail.facts or "publisher-place" in tail.facts else "in")
        return True

    def _lead_names(self, container: str) -> tuple[list[dict[str, str]], str] | None:
        """Editors before the book title without "(red.)": "In: Jansen, E. & Stam, M., Leren transformeren"."""
        best = None
        for match in list(re.finditer(r"[,.:]\s+(?=[A-Z0-9])", container))[:8]:
            names = parse_names(container[: match.start() + 1])
            if (
                names.names
                and names.score > 0.95
                and all("given" in n for n in names.names)
                and len(container) - match.end() > 8
                and " " in container[match.end() :]
            ):
                best = [dict(n) for n in names.names], container[match.end() :]
        return best

    # -- everything else

    def _monograph_or_article(self, fields: dict[str, Any], printed: Printed) -> None:
        quoted = _QUOTED.match(self.text)
        italics = self.italics
        if quoted:
            end = quoted.end()
        elif italics and italics[0][0] <= 2:
            end = italics[0][1]
        else:
            end = None
        second = next(((a, b) for a, b in italics if a > (end or 3)), None)
        tail = self._tail(self.text, italics, titled=False, first_end=end)
        rest = tail.rest
        fields |= tail.facts
        numbered = bool({"page", "issue", "volume"} & tail.facts.keys()) and "publisher" not in tail.facts
        if second and second[0] < len(rest) and not ("publisher" in tail.facts and not numbered):
            title, container = rest[: second[0]], rest[second[0] : max(second[1], len(rest))]
            self._container(fields, title, container, numbered)
        elif end is not None and end < len(rest.rstrip(" .,;:")):
            self._beyond_title(fields, rest, end, numbered)
        elif numbered and (cut := self._journal_cut(rest)):
            fields["title"], fields["container-title"] = rest[: cut[0]], rest[cut[1] :]
        else:
            self._plain(fields, rest, end, printed)

    def _container(self, fields: dict[str, Any], title: str, container: str, numbered: bool) -> None:
        context = title[-60:]
        if re.search(r"paper presented|gepresenteerd|presented at|lezing|voordracht|congres", title, re.I) and not numbered:
            parts = segments(title)
            fields["title"] = title[: parts[-1]] if len(parts) > 1 else title
            fields["event-title"] = container.split(",")[0].strip(" .")
            self.marks.add("speech")
            return
        fields["title"] = re.sub(r"[\s.,]*\b[Ii]n:?\s*$", "", title) if context else title
        fields["container-title"] = container.strip(" ,.;:")

    def _beyond_title(self, fields: dict[str, Any], rest: str, end: int, numbered: bool) -> None:
        """A title that italics or quotation marks close, with something behind it."""
        beyond = rest[end:].strip(" .,;:")
        fields["title"] = rest[:end]
        if rest[end : end + 1] in "(:" or rest[end : end + 2] in {" (", " :"} or re.match(r"\s?[:(–-]", rest[end:]):
            fields["title"] = rest  # a subtitle or period outside the italics
            return
        self._leftover(fields, beyond, numbered)

    def _leftover(self, fields: dict[str, Any], beyond: str, numbered: bool) -> None:
        """What is neither title nor numbers nor a recognised publisher."""
        if not beyond:
            return
        folded = fold(beyond)
        if kinds.mark_of(folded):
            self.marks.add(kinds.mark_of(folded))
            self._institution(fields, beyond)
            return
        if folded in words("words", "notes") or re.match(r"(?:concept|versie|werkdocument|intern)", folded):
            self.notes.append(beyond)
            return
        if numbered or kinds.is_periodical(beyond):
            fields.setdefault("container-title", re.sub(r"^[Ii]n:?\s+", "", beyond))
            return
        if "publisher" not in fields and len(beyond) < 80 and not re.search(r"\d{3}", beyond) and beyond[:1].isupper():
            fields["publisher"] = beyond
        else:
            self.notes.append(beyond)

    def _institution(self, fields: dict[str, Any], text: str) -> None:
        """The school named with a thesis or an inaugural address."""
        for part in re.split(r"[,.:(;]\s*", text):
            part = part.strip(" )")
            if part and not kinds.mark_of(fold(part)) and is_organisation(part) and "publisher" not in fields:
                fields["publisher"] = part
            elif part and is_place(part):
                fields.setdefault("publisher-place", part)

    def _journal_cut(self, rest: str) -> tuple[int, int] | None:
        """Where title and periodical meet in unmarked text: (end of the title, start of the periodical)."""
        parts = segments(rest)
        if len(parts) > 1:
            at = parts[-1]
            piece = rest[at:]
            if len(piece.split()) <= 14:
                return at, at
        comma = [m for m in re.finditer(r",\s+(?:in:?\s+)?(?=[A-Z])", rest)]
        if comma:
            return comma[-1].start(), comma[-1].end()
        return None

    def _plain(self, fields: dict[str, Any], rest: str, end: int | None, printed: Printed) -> None:
        parts = segments(rest)
        while len(parts) > 1:
            last = rest[parts[-1] :].strip(" .,;:")
            folded = fold(last)
            mark = kinds.mark_of(folded)
            if mark and (
                mark != "document" or re.match(r"(?:aanhangsel\s)?(?:kamerstuk|handelingen|staatsblad|staatscourant|stb|stcrt|tk)", folded)
            ):
                self.marks.add(mark)
                self._institution(fields, last)
            elif folded in words("words", "notes") or re.fullmatch(r"(?:tk|kamerstuk(?:ken)?) .*", folded):
                self.notes.append(last)
            elif kinds.is_periodical(last) and (printed.facts.get("URL") or self.date):
                fields["container-title"] = last
            elif "publisher" not in fields and printed.facts.get("URL") is None and _short_imprint(last) and len(parts) > 1:
                fields["publisher"] = last
            else:
                break
            rest = rest[: parts.pop()]
        fields["title"] = rest

    # -- the end

    def _tail(
        self, text: str, italics: list[tuple[int, int]], *, titled: bool, container: bool = False, first_end: int | None = None
    ) -> Tail:
        tail = Tail(text.rstrip(" .,;"))
        italic_end = first_end if first_end is not None else (italics[0][1] if container and italics else None)
        take_date_note(tail)
        if not (italic_end is not None and len(tail.rest) <= italic_end):
            take_numbers(tail)
            if "page" not in tail.facts and "issue" not in tail.facts and "volume" not in tail.facts:
                self._loose_year(tail, italic_end)
        pages = dict(tail.facts)
        self._bracketed_publisher(tail)
        if "publisher" not in tail.facts:
            take_publisher(tail, italic_end, titled)
        self._doubled_place(tail)
        if "publisher" in tail.facts and {"volume", "issue"} & pages.keys() and not container and tail.score < 0.8:
            tail.rest = f"{tail.rest}. {tail.facts.pop('publisher')}"
            if place := tail.facts.pop("publisher-place", None):
                tail.rest += f", {place}"
        elif "publisher" in tail.facts and "page" not in tail.facts:
            inner = Tail(tail.rest)
            if container:
                take_numbers(inner)
                if "page" in inner.facts:
                    tail.facts |= inner.facts
                    tail.rest = inner.rest
        if tail.facts.get("publisher-place") and "publisher" not in tail.facts:
            again = Tail(tail.rest)
            take_publisher(again, italic_end, titled)
            if "publisher" in again.facts:
                tail.facts |= {"publisher": again.facts["publisher"]}
                tail.rest = again.rest
        self.date, self.original = tail.date or self.date, tail.original or self.original
        return tail

    def _bracketed_publisher(self, tail: Tail) -> None:
        """A publisher in brackets at the end: Title. (Werkplaatsen Sociaal Domein/Movisie)."""
        found = re.search(r"[.?!]\s+\((?P<p>[A-Z][^()]{2,80})\)$", tail.rest)
        if found and is_publisher(found.group("p")):
            tail.facts["publisher"] = found.group("p")
            tail.rest, tail.score = tail.rest[: found.start() + 1], 0.9

    def _doubled_place(self, tail: Tail) -> None:
        """Utrecht. Utrecht: Movisie — the place printed twice belongs to no title."""
        place = str(tail.facts.get("publisher-place", ""))
        if place and "publisher" in tail.facts and re.search(rf"[.,]\s+{re.escape(place)}[.,\s]*$", tail.rest):
            tail.rest = re.sub(rf"[.,]\s+{re.escape(place)}[.,\s]*$", "", tail.rest)

    def _loose_year(self, tail: Tail, italic_end: int | None) -> None:
        """ "Amsterdam: Augustus, 2010." """
        found = re.search(rf"(?:[\s,.:;]+)((?:[A-Za-z]{{3,9}}\s)?{YEAR})$", tail.rest)
        if (
            found
            and found.start() > 8
            and (italic_end is None or found.start() >= italic_end - 1)
            and not re.search(r"\b(?:in|van|sinds|tot|naar|en|jaar|na|voor|nr\.?|\d{4})$", tail.rest[: found.start()], re.I)
        ):
            lead = tail.rest[: found.start()]
            words_ = found.group(1).split()
            if len(words_) == 2 and not full_date(f"1 {found.group(1)}")[1:]:
                found = re.search(rf"[\s,.:;]+({YEAR})$", tail.rest)
                lead = tail.rest[: found.start()] if found else lead
            if found and (re.search(r"[:,.]", lead[-60:] + found.group()[:2]) or italic_end):
                self.date = found.group(1)
                tail.rest = re.sub(r"[\s,]+\d{1,2}(?:\s+[a-z]{3,9})?$", "", lead) if re.search(r",\s\d{1,2}\s[a-z]+$", lead) else lead


def _short_imprint(text: str) -> bool:
    tokens = text.split()
    return 1 <= len(tokens) <= 5 and is_publisher(text)


def clean_title(title: str) -> str:
    """Without closing full stop, quotation marks around the whole, and stray separators."""
    text = " ".join(title.split()).strip(" ,;:")
    text = re.sub(r"[\s,.]*\b[Ii]n:?$", "", text) if re.search(r"[,.]\s*[Ii]n:?$", text) else text
    if (quoted := _QUOTED.match(text)) and quoted.end() >= len(text.rstrip(" .,")):
        text = quoted.group("t")
    elif text[:1] in '‘“"„' and not re.search(r"[’”\"']", text[1:]):
        text = text[1:]
    text = re.sub(r"^[\s#]+", "", text)
    if labelled := re.match(
        r"(?:Rapport|Onderzoek|Publicatie|Boek|Artikel|Nota|Brochure|Handreiking)\s+[‘“\"](?P<t>[^‘“”\"]{5,})[’”\"]?$", text
    ):
        text = labelled.group("t")
    return text.rstrip(" ,;:") if text.endswith("..") else re.sub(r"(?<!\.)\.$", "", text.rstrip(" ,;:"))
