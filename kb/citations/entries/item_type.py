"""The CSL type of an entry, from the words in it, who published it and which fields it has."""

from __future__ import annotations

import re
from collections.abc import Set
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
    if re.match(rf"(?:{alternation(longest_first('words', 'document'))})", folded):
        return "document"
    return ""


def type_of(record: dict[str, Any], text: str, clause: str, marks: Set[str]) -> str:
    """CSL type. A press makes a book, an institute a report; a school as publisher of one author's English book a thesis."""
    title = fold(str(record.get("title", "")))
    for mark in ("chapter", "thesis", "speech", "document", "webpage"):
        if mark in marks:
            return mark
    authors = record.get("author") or record.get("editor") or []
    literal = (
        fold(str(authors[0].get("literal") or authors[0].get("family", "")))
        if authors
        else ""
    )
    container = fold(str(record.get("container-title", "")))
    if literal in words("words", "document_authors") or re.match(
        r"(?:kamerstuk|staatsblad|stb\.|stcrt|handelingen|wet (?:van|op|maatschappelijke)|besluit |[a-z]{4,}wet(?:$|[ .,(]))",
        title,
    ):
        return "document"
    if container in words("publishers", "newspapers") or literal in words(
        "publishers", "newspapers"
    ):
        return "article-newspaper"
    if (
        container
        and re.search(
            r"\bproceedings\b|\bconference\b|\bhandboek\b|\bhandbook\b", container
        )
        and "volume" not in record
    ):
        return "chapter"
    if container and not record.get("publisher"):
        return "article-journal"
    if container:
        return "chapter"
    if phrase_pattern("words", "thesis").search(fold(text)) and "scriptie" not in title:
        return "thesis"
    if re.search(
        r"\b(?:oratie|openbare les|lectorale rede|inaugurele rede|intreerede|afscheidsrede)\b",
        title,
    ):
        return "speech"
    if re.search(
        r"\b(?:oratie|paper presented|lectorale rede|openbare les)\b|\blezing\b",
        fold(text),
    ) and not is_press(str(record.get("publisher", ""))):
        return "speech"
    return _by_publisher(record, title, clause, literal)


def _by_publisher(record: dict[str, Any], title: str, clause: str, literal: str) -> str:
    publisher = str(record.get("publisher", ""))
    authors = record.get("author") or []
    if publisher:
        if (
            fold(publisher) in words("publishers", "thesis_schools")
            and len(authors) == 1
            and not is_organisation(literal)
        ):
            return "thesis" if fold(publisher) not in {"gvo / p&l", "gvo"} else "book"
        if is_press(publisher):
            return (
                "report"
                if literal and is_institute(literal) and _policy(literal)
                else "book"
            )
        return (
            "report"
            if is_institute(publisher) or (literal and is_organisation(literal))
            else "book"
        )
    url = str(record.get("URL", "")).lower()
    if url:
        if not title:
            return "webpage"
        if clause and re.match(
            r"(?:artikel|nieuws|bericht|blog|column|persbericht|web|interview|opinie)",
            clause.lower(),
        ):
            return "webpage"
        return (
            "report"
            if "rapport" in url
            or ".pdf" in url
            or "publicatie" in url
            or re.search(r"\b(?:rapport|rapportage|monitor|evaluatie)\b", title)
            else "webpage"
        )
    if mark_of(title) == "document":
        return "document"
    return "report" if not authors or is_organisation(literal) else "book"


def _policy(literal: str) -> bool:
    return bool(
        re.search(
            r"\b(?:raad|wrr|scp|rmo|planbureau|ministerie|commissie|rob|rvs|vng)\b",
            literal,
        )
    )


def settle(record: dict[str, Any], marks: Set[str]) -> dict[str, Any]:
    """Fields put where their type wants them."""
    out = dict(record)
    if out["type"] == "chapter" and not out.get("container-title"):
        out["type"] = "book"
    if out["type"] == "article-journal" and "issue" in out and "volume" not in out:
        pass
    if (
        out["type"] in {"article-journal", "article-newspaper"}
        and "page" in out
        and "volume" not in out
        and "issue" not in out
    ):
        out["container-title"] = out.get("container-title", "")
    return out
