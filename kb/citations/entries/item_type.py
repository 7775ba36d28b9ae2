"""The CSL type of an entry, from the words in it, who published it and which fields it has."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kb.citations.entries.imprint import is_institute, is_press
from kb.citations.entries.names import is_organisation
from kb.citations.wordlists import (
    alternation,
    fold,
    longest_first,
    phrase_pattern,
    words,
)

_PERIODICAL = re.compile(
    r"\b(?:journal|tijdschrift|magazine|review|quarterly|weekblad|maandblad|vakblad|nieuwsbrief|"
    r"bulletin|online|zeitschrift|archiv|annals|cahiers?|revue|courant|dagblad|krant|studies|"
    r"letters|studien)\b"
)


@lru_cache(maxsize=20000)
def is_periodical(text: str) -> bool:
    """Whether `text` names a journal, magazine or newspaper."""
    folded = fold(text).strip(" .,:;")
    return len(folded) < 90 and (
        folded in words("publishers", "periodicals")
        or folded in words("publishers", "newspapers")
        or bool(_PERIODICAL.search(folded) and len(folded.split()) <= 9)
    )


@lru_cache(maxsize=20000)
def mark_of(folded: str) -> str:
    """ "thesis", "speech" or "document" when the folded words say so, else empty."""
    if phrase_pattern("words", "thesis").search(folded):
        return "thesis"
    if phrase_pattern("words", "speech").search(folded):
        return "speech"
    if re.match(
        rf"(?:{alternation(longest_first('words', 'document'))})", folded
    ):
        return "document"
    return ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What an entry says of itself, as the rules below ask for it; texts are folded."""

    title: str
    text: str  # the whole entry
    author: str  # the first author or editor
    has_author: bool
    authors: int
    container: str
    publisher: str
    url: str
    clause: str  # what stands before the address
    volume: bool

    @classmethod
    def of(cls, record: Mapping[str, Any], text: str, clause: str) -> Facts:
        """The facts of a record; `text` is the entry, `clause` what stands before a URL."""
        people = record.get("author") or record.get("editor") or []
        first = people[0] if people else {}
        authors = record.get("author") or []
        return cls(
            title=fold(str(record.get("title", ""))),
            text=fold(text),
            author=fold(str(first.get("literal") or first.get("family", ""))),
            has_author=bool(authors),
            authors=len(authors),
            container=fold(str(record.get("container-title", ""))),
            publisher=str(record.get("publisher", "")),
            url=str(record.get("URL", "")).lower(),
            clause=clause.lower(),
            volume="volume" in record,
        )


_LAW = re.compile(
    r"kamerstuk|staatsblad|stb\.|stcrt|handelingen|wet (?:van|op|maatschappelijke)|besluit |"
    r"[a-z]{4,}wet(?:$|[ .,(])"
)
_BOOK_OF_MANY = re.compile(r"\b(?:proceedings|conference|handboek|handbook)\b")
_SPEECH_TITLE = re.compile(
    r"\b(?:oratie|openbare les|lectorale rede|inaugurele rede|intreerede|afscheidsrede)\b"
)
_SPEECH = re.compile(
    r"\b(?:oratie|paper presented|lectorale rede|openbare les|lezing)\b"
)
_WEB_CLAUSE = re.compile(
    r"(?:artikel|nieuws|bericht|blog|column|persbericht|web|interview|opinie)"
)
_REPORT_TITLE = re.compile(r"\b(?:rapport|rapportage|monitor|evaluatie)\b")
_REPORT_ADDRESS = re.compile(r"rapport|\.pdf|publicatie")
_POLICY = re.compile(
    r"\b(?:raad|wrr|scp|rmo|planbureau|ministerie|commissie|rob|rvs|vng)\b"
)


def _is_newspaper(facts: Facts) -> bool:
    papers = words("publishers", "newspapers")
    return facts.container in papers or facts.author in papers


def _is_law(facts: Facts) -> bool:
    of_parliament = facts.author in words("words", "document_authors")
    return of_parliament or _LAW.match(facts.title) is not None


def _is_thesis(facts: Facts) -> bool:
    told = phrase_pattern("words", "thesis").search(facts.text)
    return bool(told) and "scriptie" not in facts.title


def _is_speech(facts: Facts) -> bool:
    if _SPEECH_TITLE.search(facts.title):
        return True
    return _SPEECH.search(facts.text) is not None and not is_press(
        facts.publisher
    )


def _is_school_thesis(facts: Facts) -> bool:
    """A school as publisher of one author's book, as English lists print a thesis."""
    school = fold(facts.publisher) in words("publishers", "thesis_schools")
    return school and facts.authors == 1 and not is_organisation(facts.author)


def _is_press_report(facts: Facts) -> bool:
    """Advice of a council, which a press printed."""
    if not is_press(facts.publisher):
        return is_institute(facts.publisher) or is_organisation(facts.author)
    return (
        is_institute(facts.author) and _POLICY.search(facts.author) is not None
    )


def _is_page(facts: Facts) -> bool:
    """A page of a site, and not a report that lies there."""
    if not facts.title or (facts.clause and _WEB_CLAUSE.match(facts.clause)):
        return True
    report = _REPORT_ADDRESS.search(facts.url) or _REPORT_TITLE.search(
        facts.title
    )
    return not report


# The first rule that holds gives the type.
_RULES: tuple[tuple[str, Callable[[Facts], bool]], ...] = (
    ("document", _is_law),
    ("article-newspaper", _is_newspaper),
    (
        "chapter",
        lambda f: bool(_BOOK_OF_MANY.search(f.container)) and not f.volume,
    ),
    ("article-journal", lambda f: bool(f.container) and not f.publisher),
    ("chapter", lambda f: bool(f.container)),
    ("thesis", _is_thesis),
    ("speech", _is_speech),
    ("thesis", lambda f: bool(f.publisher) and _is_school_thesis(f)),
    ("report", lambda f: bool(f.publisher) and _is_press_report(f)),
    ("book", lambda f: bool(f.publisher)),
    ("webpage", lambda f: bool(f.url) and _is_page(f)),
    ("report", lambda f: bool(f.url)),
    ("document", lambda f: mark_of(f.title) == "document"),
    ("report", lambda f: not f.has_author or is_organisation(f.author)),
)
_BY_MARK = ("chapter", "thesis", "speech", "document", "webpage")


def type_of(
    record: Mapping[str, Any], text: str, clause: str, marks: Set[str]
) -> str:
    """CSL type. A press makes a book, an institute a report.

    Args:
        record: CSL fields of the entry.
        text: the entry.
        clause: the words before its address.
        marks: what a remark in the entry says it is; that decides.
    """
    for mark in _BY_MARK:
        if mark in marks:
            return mark
    facts = Facts.of(record, text, clause)
    return next((kind for kind, holds in _RULES if holds(facts)), "book")


def settled(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record; a chapter in no book is a book."""
    if record["type"] == "chapter" and not record.get("container-title"):
        return {**record, "type": "book"}
    return dict(record)
