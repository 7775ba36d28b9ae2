"""The rest of an entry, behind names and date: title, container, numbers, publisher, in books, articles and chapters."""

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
    r"(?:(?<=[.,?!\"”’')*;])|(?<=[.,?!\"”’')*;]\s))\(?\b(?:In|in):\s+|(?<=[.,?!\"”’')]\s)In\s+(?=[\"“‘'A-Z*])",
)
_EDITORS = re.compile(
    r"(?P<n>.{3,330}?)[\s,]*(?P<m>\((?:red|reds|redactie|eds?|editors?|hrsg|onder redactie)\.?\)|"
    r",?\s\b(?:red|reds|eds?|hrsg)\.)[.,:;]*\s*",
    re.I,
)
_UNDER = re.compile(
    r"[,.]?\s*\(?(?:onder redactie van|o\.r\.v\.|onder red\. van|edited by|hrsg\. von|red\.:?)\s+(?P<n>[^():]{3,150}?)\)?"
    r"(?=[,.]\s+[A-Z][\w\s]{1,25}:|"
    r"\s*\(|$|[,.]\s*p)|\((?P<p>[^()]{4,200}?),?\s(?:red|reds|eds?)\.?\)"
)


def _editors_of(inside: str) -> tuple[list[dict[str, str]], str, int]:
    """Editors of the book a chapter stands in, the text without them, and how much of its front was theirs."""
    before = _EDITORS.match(inside)
    names = parse_names(before.group("n")) if before else NameList()
    if before and names.names and names.score >= 0.5:
        return [dict(n) for n in names.names], inside[before.end() :], before.end()
    under = _UNDER.search(inside)
    if under and (names := parse_names(under.group("n") or under.group("p"))).names:
        return (
            [dict(n) for n in names.names],
            inside[: under.start()] + ". " + inside[under.end() :].lstrip(" ,."),
            0,
        )
    return [], inside, 0


class Body(Remarks):
    """Title, container, numbers and publisher."""

    def read(self, printed: Printed) -> dict[str, Any]:
        """All CSL fields of the text but names and date; `printed` tells whether an address was cut out."""
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
        """ "Title. In: A. Editor & B. Editor (red.), Book (pp. 3-9). Place: Publisher."; or In: Journal 14 (3) 253-271."""
        found = _INSIDE.search(self.text)
        if not found or found.start() < 3:
            return False
        inside = self.text[found.end() :]
        editors, body, offset = _editors_of(inside)
        if editors:
            fields["editor"] = editors
        start = found.end() + offset
        italics = [
            (a - start, b - start)
            for a, b in self.italics
            if a >= found.end() - 1 and b > start
        ]
        fields["title"] = self.text[: found.start()]
        tail = self._tail(body, italics, titled=False, container=True)
        container = tail.rest.strip(" ,.;:(")
        if dated := re.search(rf",?\s+({YEAR})$", container):
            self.date = self.date or dated.group(1)
            container = container[: dated.start()]
        if "editor" not in fields and (lead := self._lead_names(container)):
            fields["editor"], container = lead
        fields |= tail.facts
        fields["container-title"] = container
        self.marks.add(
            "chapter"
            if "editor" in fields
            or "publisher" in tail.facts
            or "publisher-place" in tail.facts
            else "in"
        )
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
        quoted = QUOTED.match(self.text)
        italics = self.italics
        if quoted and not re.match(r"\s?[:(–-]", self.text[quoted.end() :]):
            end = quoted.end()
        elif italics and italics[0][0] <= 2:
            end = italics[0][1]
        else:
            end = None
        second = next(((a, b) for a, b in italics if a > (end or 3)), None)
        tail = self._tail(self.text, italics, titled=False, first_end=end)
        rest = tail.rest
        fields |= tail.facts
        numbered = (
            bool({"page", "issue", "volume"} & tail.facts.keys())
            and "publisher" not in tail.facts
        )
        if (
            second
            and second[0] < len(rest)
            and not ("publisher" in tail.facts and not numbered)
        ):
            title, container = (
                rest[: second[0]],
                rest[second[0] : max(second[1], len(rest))],
            )
            self._container(fields, title, container, numbered)
        elif end is not None and end < len(rest.rstrip(" .,;:")):
            self._beyond_title(fields, rest, end, numbered)
        elif numbered and (cut := self._journal_cut(rest)):
            fields["title"], fields["container-title"] = rest[: cut[0]], rest[cut[1] :]
        else:
            self._plain(fields, rest, end, printed)

    def _container(
        self, fields: dict[str, Any], title: str, container: str, numbered: bool
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

    def _leftover(self, fields: dict[str, Any], beyond: str, numbered: bool) -> None:
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
            fields.setdefault("container-title", re.sub(r"^[Ii]n:?\s+", "", beyond))
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

    def _plain(
        self, fields: dict[str, Any], rest: str, end: int | None, printed: Printed
    ) -> None:
        parts = segments(rest)
        while len(parts) > 1:
            last = rest[parts[-1] :].strip(" .,;:")
            folded = fold(last)
            mark = item_type.mark_of(folded) if len(last.split()) <= 14 else ""
            if mark and (
                mark != "document"
                or re.match(
                    r"(?:aanhangsel\s)?(?:kamerstuk|handelingen|staatsblad|staatscourant|stb|stcrt|tk)",
                    folded,
                )
            ):
                self.marks.add(mark)
                self._institution(fields, last)
            elif folded in words("words", "notes") or re.fullmatch(
                r"(?:tk|kamerstuk(?:ken)?) .*", folded
            ):
                self.notes.append(last)
            elif item_type.is_periodical(last) and (
                printed.facts.get("URL") or self.date
            ):
                fields["container-title"] = last
            elif (
                printed.facts.get("URL")
                and "container-title" not in fields
                and not is_publisher(last)
                and _site_name(last)
            ):
                fields["container-title"] = last
                self.marks.add("webpage")
            elif (
                "publisher" not in fields
                and printed.facts.get("URL") is None
                and _short_imprint(last)
                and len(parts) > 1
            ):
                fields["publisher"] = last
            else:
                break
            rest = rest[: parts.pop()]
        fields["title"] = rest

    # -- the end

    def _tail(
        self,
        text: str,
        italics: list[tuple[int, int]],
        *,
        titled: bool,
        container: bool = False,
        first_end: int | None = None,
    ) -> Tail:
        tail = Tail(text.rstrip(" .,;"))
        italic_end = (
            first_end
            if first_end is not None
            else (italics[0][1] if container and italics else None)
        )
        take_date_note(tail)
        if not (italic_end is not None and len(tail.rest) <= italic_end):
            take_numbers(tail)
            if "issue" not in tail.facts and "volume" not in tail.facts:
                self._loose_year(tail, italic_end)
        pages = dict(tail.facts)
        self._bracketed_publisher(tail)
        if "publisher" not in tail.facts:
            take_publisher(tail, italic_end, titled)
        self._doubled_place(tail)
        if (
            "publisher" in tail.facts
            and {"volume", "issue"} & pages.keys()
            and not container
            and tail.score < 0.8
        ):
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
        self.date, self.original = (
            tail.date or self.date,
            tail.original or self.original,
        )
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
            tail.rest = re.sub(rf"[.,]\s+{re.escape(place)}[.,\s]*$", "", tail.rest)

    def _loose_year(self, tail: Tail, italic_end: int | None) -> None:
        """ "Amsterdam: Augustus, 2010." """
        found = re.search(
            rf"(?:[\s,.:;]+)((?:\d{{1,2}}\s[a-z]{{3,9}}\s|(?<!:\s)[A-Za-z]{{3,9}}\s)?{YEAR})$",
            tail.rest,
        )
        if (
            found
            and found.start() > 3
            and (italic_end is None or found.start() >= italic_end - 1)
            and not re.search(
                r"\b(?:in|van|sinds|tot|naar|en|jaar|na|voor|nr\.?|\d{4})$",
                tail.rest[: found.start()],
                re.I,
            )
        ):
            lead = tail.rest[: found.start()]
            words_ = found.group(1).split()
            if len(words_) >= 2 and not full_date(f"1 {' '.join(words_[-2:])}")[1:]:
                found = re.search(rf"[\s,.:;]+({YEAR})$", tail.rest)
                lead = tail.rest[: found.start()] if found else lead
            if found and (
                re.search(r"[:,.]", lead[-60:] + found.group()[:2]) or italic_end
            ):
                self.date = found.group(1)
                tail.rest = (
                    re.sub(r"[\s,]+\d{1,2}(?:\s+[a-z]{3,9})?$", "", lead)
                    if re.search(r",\s\d{1,2}\s[a-z]+$", lead)
                    else lead
                )


def _site_name(text: str) -> bool:
    """ "CSS-Tricks", "Sociale Vraagstukken", "Zorgvisie.nl": the site that APA 7 prints between title and address."""
    tokens = text.split()
    if not 1 <= len(tokens) <= 4 or not all(t[0].isupper() for t in tokens):
        return False
    return len(tokens) > 1 or re.search(r"[a-z][A-Z]|[A-Z].*[-.].|\d", text) is not None


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
    if (quoted := QUOTED.match(text)) and quoted.end() >= len(text.rstrip(" .,")):
        text = quoted.group("t")
    elif text[:1] in '‘“"„' and not re.search(r"[’”\"']", text[1:]):
        text = text[1:]
    text = re.sub(r"^[\s#]+", "", text)
    if labelled := re.match(
        r"(?:Rapport|Onderzoek|Publicatie|Boek|Artikel|Nota|Brochure|Handreiking)\s+[‘“\"](?P<t>[^‘“”\"]{5,})[’”\"]?$",
        text,
    ):
        text = labelled.group("t")
    return (
        text.rstrip(" ,;:")
        if text.endswith("..")
        else re.sub(r"(?<!\.)\.$", "", text.rstrip(" ,;:"))
    )
