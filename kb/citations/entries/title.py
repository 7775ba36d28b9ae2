"""The rest of an entry, behind names and date: title, container, numbers, publisher, in
books, articles and chapters."""

from __future__ import annotations

import re
from typing import Any

from kb.citations.entries import item_type
from kb.citations.entries.dates import YEAR, full_date
from kb.citations.entries.edition import Remarks
from kb.citations.entries.front import QUOTED
from kb.citations.entries.imprint import is_publisher, segments, take_publisher
from kb.citations.entries.markup import Printed
from kb.citations.entries.names import NameList, parse_names
from kb.citations.entries.numbers import Tail, take_date_note, take_numbers
from kb.citations.wordlists import fold, words

_INSIDE = re.compile(
    r"(?:(?<=[.,?!\"”’')*;])|(?<=[.,?!\"”’')*;]\s))\(?\b(?:In|in):\s+|"
    r"(?<=[.,?!\"”’')]\s)In\s+(?=[\"“‘'A-Z*])",
)
_EDITORS = re.compile(
    r"(?P<n>.{3,330}?)[\s,]*(?P<m>\((?:red|reds|redactie|eds?|editors?|hrsg|onder redactie)\.?\)|"
    r",?\s\b(?:red|reds|eds?|hrsg)\.)[.,:;]*\s*",
    re.I,
)
_UNDER = re.compile(
    r"[,.]?\s*\(?(?:onder redactie van|o\.r\.v\.|onder red\. van|edited by|hrsg\. von|"
    r"red\.:?)\s+(?P<n>[^():]{3,150}?)\)?"
    r"(?=[,.]\s+[A-Z][\w\s]{1,25}:|"
    r"\s*\(|$|[,.]\s*p)|\((?P<p>[^()]{4,200}?),?\s(?:red|reds|eds?)\.?\)"
)


def _editors_of(inside: str) -> tuple[list[dict[str, str]], str, int]:
    """Editors of the book a chapter stands in, the text without them, and how much of
    its front was theirs."""
    before = _EDITORS.match(inside)
    names = parse_names(before.group("n")) if before else NameList()
    if before and names.names and names.score >= 0.5:
        return (
            [dict(n) for n in names.names],
            inside[before.end() :],
            before.end(),
        )
    under = _UNDER.search(inside)
    if (
        under
        and (names := parse_names(under.group("n") or under.group("p"))).names
    ):
        return (
            [dict(n) for n in names.names],
            inside[: under.start()]
            + ". "
            + inside[under.end() :].lstrip(" ,."),
            0,
        )
    return [], inside, 0


class Body(Remarks):
    """Title, container, numbers and publisher."""

    def read(self, printed: Printed) -> dict[str, Any]:
        """All CSL fields of the text but names and date.

        `printed` tells whether an address was cut out.
        """
        fields: dict[str, Any] = {}
        self.take_remarks(fields)
        chapter = self._chapter(fields)
        if not chapter:
            self._monograph_or_article(fields, printed)
        if "title" in fields:
            fields["title"] = clean_title(fields["title"])
        if "container-title" in fields:
            fields["container-title"] = clean_title(fields["container-title"])
        return fields

    # -- chapters

    def _chapter(self, fields: dict[str, Any]) -> bool:
        """ "Title. In: A. Editor (red.), Book (pp. 3-9). Place: Publisher."

        Or "Title. In: Journal 14 (3) 253-271." False where the entry is no such thing.
        """
        found = _INSIDE.search(self.text)
        if not found or found.start() < 3:
            return False
        editors, body, offset = _editors_of(self.text[found.end() :])
        start = found.end() + offset
        italics = [
            (begin - start, end - start)
            for begin, end in self.italics
            if begin >= found.end() - 1 and end > start
        ]
        tail = self._tail(
            body, italics[0][1] if italics else None, container=True
        )
        container = self._without_year(tail.rest.strip(" ,.;:("))
        if not editors and (lead := _lead_names(container)):
            editors, container = lead
        if editors:
            fields["editor"] = editors
        fields |= tail.facts
        fields["title"] = self.text[: found.start()]
        fields["container-title"] = container
        in_book = (
            editors or {"publisher", "publisher-place"} & tail.facts.keys()
        )
        self.marks.add("chapter" if in_book else "in")
        return True

    def _without_year(self, container: str) -> str:
        """The year that closes the name of a container is the year of issue."""
        dated = re.search(rf",?\s+({YEAR})$", container)
        if not dated:
            return container
        self.date = self.date or dated.group(1)
        return container[: dated.start()]

    # -- everything else

    def _monograph_or_article(
        self, fields: dict[str, Any], printed: Printed
    ) -> None:
        end = self._end_of_title()
        container_at = next(
            (s for s in self.italics if s[0] > (end or 3)), None
        )
        tail = self._tail(self.text, end)
        rest = tail.rest
        fields |= tail.facts
        published = "publisher" in tail.facts
        numbered = not published and bool(
            {"page", "issue", "volume"} & tail.facts.keys()
        )
        if container_at and container_at[0] < len(rest) and not published:
            start, stop = container_at
            container = rest[start : max(stop, len(rest))]
            self._container(fields, rest[:start], container, numbered)
        elif end is not None and end < len(rest.rstrip(" .,;:")):
            self._beyond_title(fields, rest, end, numbered)
        elif numbered and (cut := _journal_cut(rest)):
            fields["title"], fields["container-title"] = (
                rest[: cut[0]],
                rest[cut[1] :],
            )
        else:
            self._plain(fields, rest, printed)

    def _end_of_title(self) -> int | None:
        """Where quotation marks or italics close the title; None where nothing does."""
        quoted = QUOTED.match(self.text)
        if quoted and not re.match(r"\s?[:(–-]", self.text[quoted.end() :]):
            return quoted.end()
        if self.italics and self.italics[0][0] <= 2:
            return self.italics[0][1]
        return None

    def _container(
        self,
        fields: dict[str, Any],
        title: str,
        container: str,
        numbered: bool,
    ) -> None:
        context = title[-60:]
        if (
            re.search(
                r"paper presented|gepresenteerd|presented at|lezing|voordracht|congres",
                title,
                re.I,
            )
            and not numbered
        ):
            parts = segments(title)
            fields["title"] = title[: parts[-1]] if len(parts) > 1 else title
            fields["event-title"] = container.split(",")[0].strip(" .")
            self.marks.add("speech")
            return
        fields["title"] = (
            re.sub(r"[\s.,]*\b[Ii]n:?\s*$", "", title) if context else title
        )
        fields["container-title"] = container.strip(" ,.;:")

    def _beyond_title(
        self, fields: dict[str, Any], rest: str, end: int, numbered: bool
    ) -> None:
        """A title that italics or quotation marks close, with something behind it."""
        beyond = rest[end:].strip(" .,;:")
        fields["title"] = rest[:end]
        if (
            rest[end : end + 1] in "(:"
            or rest[end : end + 2] in {" (", " :"}
            or re.match(r"\s?[:(–-]", rest[end:])
        ):
            fields["title"] = rest  # a subtitle or period outside the italics
            return
        self._leftover(fields, beyond, numbered)

    def _leftover(
        self, fields: dict[str, Any], beyond: str, numbered: bool
    ) -> None:
        """What is neither title nor numbers nor a recognised publisher."""
        if not beyond:
            return
        folded = fold(beyond)
        if item_type.mark_of(folded):
            self.marks.add(item_type.mark_of(folded))
            self._institution(fields, beyond)
            return
        if folded in words("words", "notes") or re.match(
            r"(?:concept|versie|werkdocument|intern)", folded
        ):
            self.notes.append(beyond)
            return
        if numbered or item_type.is_periodical(beyond):
            fields.setdefault(
                "container-title", re.sub(r"^[Ii]n:?\s+", "", beyond)
            )
            return
        if (
            "publisher" not in fields
            and len(beyond) < 80
            and not re.search(r"\d{3}", beyond)
            and beyond[:1].isupper()
        ):
            fields["publisher"] = beyond
        else:
            self.notes.append(beyond)

    def _plain(
        self, fields: dict[str, Any], rest: str, printed: Printed
    ) -> None:
        """A title that nothing closes: sentences behind it that say something else go."""
        parts = segments(rest)
        while len(parts) > 1:
            last = rest[parts[-1] :].strip(" .,;:")
            if not self._says_something_else(fields, last, printed):
                break
            rest = rest[: parts.pop()]
        fields["title"] = rest

    def _says_something_else(
        self, fields: dict[str, Any], last: str, printed: Printed
    ) -> bool:
        """Take up a last sentence that is no part of the title; False when it may be one."""
        folded = fold(last)
        online = bool(printed.facts.get("URL"))
        if mark := _mark_of_sentence(last):
            self.marks.add(mark)
            self._institution(fields, last)
        elif folded in words("words", "notes") or _PARLIAMENT.fullmatch(
            folded
        ):
            self.notes.append(last)
        elif item_type.is_periodical(last) and (online or self.date):
            fields["container-title"] = last
        elif online and "container-title" not in fields and _is_site(last):
            fields["container-title"] = last
            self.marks.add("webpage")
        elif not online and "publisher" not in fields and _short_imprint(last):
            fields["publisher"] = last
        else:
            return False
        return True

    # -- the end

    def _tail(
        self, text: str, italic_end: int | None, *, container: bool = False
    ) -> Tail:
        """Date, numbers, publisher and place, read from behind.

        Args:
            text: what follows names and date, or the "In:" of a chapter.
            italic_end: where the title, or the container, is known to end.
            container: whether `text` is what a chapter stands in.
        """
        tail = Tail(text.rstrip(" .,;"))
        take_date_note(tail)
        if italic_end is None or len(tail.rest) > italic_end:
            take_numbers(tail)
        if not {"issue", "volume"} & tail.facts.keys():
            self._loose_year(tail, italic_end)
        in_periodical = (
            bool({"issue", "volume"} & tail.facts.keys()) and not container
        )
        self._bracketed_publisher(tail)
        if "publisher" not in tail.facts:
            take_publisher(tail, italic_end)
        self._doubled_place(tail)
        if "publisher" not in tail.facts:
            _publisher_before_place(tail, italic_end)
        elif in_periodical and tail.score < _SURE_IMPRINT:
            _put_publisher_back(tail)
        elif container and "page" not in tail.facts:
            _pages_before_imprint(tail)
        self.date = tail.date or self.date
        self.original = tail.original or self.original
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
        if (
            place
            and "publisher" in tail.facts
            and re.search(rf"[.,]\s+{re.escape(place)}[.,\s]*$", tail.rest)
        ):
            tail.rest = re.sub(
                rf"[.,]\s+{re.escape(place)}[.,\s]*$", "", tail.rest
            )

    def _loose_year(self, tail: Tail, italic_end: int | None) -> None:
        """ "Amsterdam: Augustus, 2010", "Movisie, mei 2014"."""
        found = _DATED_END.search(tail.rest)
        if not found or not _may_be_date(
            tail.rest[: found.start()], italic_end
        ):
            return
        lead, last_words = tail.rest[: found.start()], found.group(1).split()
        named_month = (
            len(last_words) < 2
            or full_date(f"1 {' '.join(last_words[-2:])}")[1:]
        )
        if not named_month:  # "Boom 2014": only the year is the date
            found = re.search(rf"[\s,.:;]+({YEAR})$", tail.rest)
            lead = tail.rest[: found.start()] if found else lead
        parted = found and re.search(r"[:,.]", lead[-60:] + found.group()[:2])
        if not found or not (parted or italic_end):
            return
        self.date = found.group(1)
        if re.search(r",\s\d{1,2}\s[a-z]+$", lead):
            lead = re.sub(r"[\s,]+\d{1,2}(?:\s+[a-z]{3,9})?$", "", lead)
        tail.rest = lead


_LONGEST_MARK = 14  # words of a sentence that says what kind of work it is
_SURE_IMPRINT = (
    0.8  # below it a "publisher" behind an issue number is part of the title
)
_PAPER_LEAD = re.compile(
    r"(?:aanhangsel\s)?(?:kamerstuk|handelingen|staatsblad|staatscourant|stb|stcrt|tk)"
)
_PARLIAMENT = re.compile(r"(?:tk|kamerstuk(?:ken)?) .*")
_DATED_END = re.compile(
    rf"[\s,.:;]+((?:\d{{1,2}}\s[a-z]{{3,9}}\s|(?<!:\s)[A-Za-z]{{3,9}}\s)?{YEAR})$"
)
# Behind these a year is part of the sentence: "beleid van 2014", "tussen 2010 en 2014".
_YEAR_OF_TEXT = re.compile(
    r"\b(?:in|van|sinds|tot|naar|en|jaar|na|voor|nr\.?|\d{4})$", re.IGNORECASE
)


def _may_be_date(before: str, italic_end: int | None) -> bool:
    """Whether a year behind `before` can be that of issue, and no part of the title."""
    if italic_end is not None and len(before) < italic_end - 1:
        return False
    return len(before) > 3 and not _YEAR_OF_TEXT.search(before)


def _mark_of_sentence(text: str) -> str:
    """The kind of work that a sentence names; of papers only those of parliament do."""
    if len(text.split()) > _LONGEST_MARK:
        return ""
    mark = item_type.mark_of(fold(text))
    return (
        ""
        if mark == "document" and not _PAPER_LEAD.match(fold(text))
        else mark
    )


def _lead_names(container: str) -> tuple[list[dict[str, str]], str] | None:
    """Editors before a book title without "(red.)".

    >>> _lead_names("Jansen, E. & Stam, M., Leren transformeren in teams")[1]
    'Leren transformeren in teams'
    """
    best = None
    for match in list(re.finditer(r"[,.:]\s+(?=[A-Z0-9])", container))[:8]:
        names = parse_names(container[: match.start() + 1])
        title = container[match.end() :]
        if names.score <= 0.95 or len(title) <= 8 or " " not in title:
            continue
        if names.names and all("given" in name for name in names.names):
            best = [dict(name) for name in names.names], title
    return best


def _journal_cut(rest: str) -> tuple[int, int] | None:
    """Where title and periodical meet in unmarked text: end of the one, start of the other."""
    parts = segments(rest)
    if len(parts) > 1 and len(rest[parts[-1] :].split()) <= _LONGEST_MARK:
        return parts[-1], parts[-1]
    commas = list(re.finditer(r",\s+(?:in:?\s+)?(?=[A-Z])", rest))
    return (commas[-1].start(), commas[-1].end()) if commas else None


def _put_publisher_back(tail: Tail) -> None:
    """Behind volume and issue stands a periodical, not a publisher."""
    place = tail.facts.pop("publisher-place", None)
    tail.rest = f"{tail.rest}. {tail.facts.pop('publisher')}"
    if place:
        tail.rest += f", {place}"


def _pages_before_imprint(tail: Tail) -> None:
    """ "Book (pp. 3-9). Place: Publisher"."""
    inner = Tail(tail.rest)
    take_numbers(inner)
    if "page" in inner.facts:
        tail.facts |= inner.facts
        tail.rest = inner.rest


def _publisher_before_place(tail: Tail, italic_end: int | None) -> None:
    """ "Movisie. Utrecht"."""
    if "publisher-place" not in tail.facts:
        return
    again = Tail(tail.rest)
    take_publisher(again, italic_end)
    if "publisher" in again.facts:
        tail.facts["publisher"] = again.facts["publisher"]
        tail.rest = again.rest


def _is_site(text: str) -> bool:
    return not is_publisher(text) and _site_name(text)


def _site_name(text: str) -> bool:
    """ "CSS-Tricks", "Sociale Vraagstukken", "Zorgvisie.nl": the site that APA 7 prints
    between title and address."""
    tokens = text.split()
    if not 1 <= len(tokens) <= 4 or not all(t[0].isupper() for t in tokens):
        return False
    return (
        len(tokens) > 1
        or re.search(r"[a-z][A-Z]|[A-Z].*[-.].|\d", text) is not None
    )


def _short_imprint(text: str) -> bool:
    tokens = text.split()
    return 1 <= len(tokens) <= 5 and is_publisher(text)


def clean_title(title: str) -> str:
    """Without closing full stop, quotation marks around the whole, and stray separators."""
    text = " ".join(title.split()).strip(" ,;:")
    text = (
        re.sub(r"[\s,.]*\b[Ii]n:?$", "", text)
        if re.search(r"[,.]\s*[Ii]n:?$", text)
        else text
    )
    if (quoted := QUOTED.match(text)) and quoted.end() >= len(
        text.rstrip(" .,")
    ):
        text = quoted.group("t")
    elif text[:1] in '‘“"„' and not re.search(r"[’”\"']", text[1:]):
        text = text[1:]
    text = re.sub(r"^[\s#]+", "", text)
    if labelled := re.match(
        r"(?:Rapport|Onderzoek|Publicatie|Boek|Artikel|Nota|Brochure|"
        r"Handreiking)\s+[‘“\"](?P<t>[^‘“”\"]{5,})[’”\"]?$",
        text,
    ):
        text = labelled.group("t")
    return (
        text.rstrip(" ,;:")
        if text.endswith("..")
        else re.sub(r"(?<!\.)\.$", "", text.rstrip(" ,;:"))
    )
