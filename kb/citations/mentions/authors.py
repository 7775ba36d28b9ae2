"""The author words of an in-text citation: are these people, an organisation, a title, or no source at all?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.citations.entries.imprint import is_place
from kb.citations.entries.item_type import is_periodical
from kb.citations.entries.names import (
    is_given,
    is_initials,
    is_organisation,
    is_particle,
    parse_names,
)
from kb.citations.wordlists import (
    alternation,
    fold,
    longest_first,
    phrase_pattern,
    words,
)

_LEAD = re.compile(
    rf"(?:(?:{alternation(longest_first('words', 'lead_ins'))})(?![\w-])\s*[:,]?\s*)+"
)
_MONTHS = alternation(longest_first("words", "months"))
_DATE_END = re.compile(
    rf"[\s,;(]*(?:(?:\d{{1,2}}(?:\s?-\s?\d{{1,2}})?\s+)?(?:{_MONTHS}|{alternation(longest_first('words', 'seasons'))})[\s,.]*|"
    rf"\b(?:uit|van|sinds|anno|versie|d\.d\.|dd\.?)\s*)+$"
)
_QUOTED = re.compile(r"^[\"“„‘'’](?P<t>[^“”„\"]{2,250}?)[\"”’'](?=[\s.,;:)(]|$)")
_GENERIC = re.compile(r"\d+\s*%|[=<>]|\b\d{5,}\b")


@dataclass(frozen=True, slots=True)
class Source:
    """Who (or what) is cited; `start` and `end` are the span inside the text it was read from."""

    start: int
    end: int
    authors: tuple[str, ...] = ()
    title: str | None = None
    container: str | None = None
    etal: bool = False
    group: bool = False


def lead_in(text: str) -> int:
    """Length of the words that only lead to a source: "zie ook ", "vgl. ", "bron: "."""
    folded = text.lower()
    found = _LEAD.match(folded)
    if not found:
        return 0
    # "In 't Veld" and "Uit den Boogaard" are names, "Bron" alone is none
    end = found.end()
    return (
        end
        if end < len(text)
        and not (
            end
            and is_particle(text[:end].strip())
            and text[:1].isupper()
            and text[end : end + 1].islower()
        )
        else 0
    )


_PERSONAL = re.compile(
    r",?\s*(?:persoonlijke (?:communicatie|mededeling)|personal communication|interview|mondelinge mededeling)[\s,]*$",
    re.I,
)


def strip_dates(text: str) -> str:
    """`text` without day, month or season at its end: "Trouw, 6 mei" gives "Trouw"."""
    lowered = text.lower()
    found = _DATE_END.search(lowered)
    bare = text[: found.start()] if found and found.end() == len(lowered) else text
    return _PERSONAL.sub("", bare)


def words_of(text: str) -> list[str]:
    """The words of `text`, without the signs that part names."""
    return re.findall(r"[^\s,;&/()+]+", text)


def is_law_or_count(tokens: list[str]) -> bool:
    """Every word is a law, a unit or a date word: "Wmo", "hoofdstuk", "1 januari"."""
    stop = words("words", "no_source")
    bare = [fold(t).strip(".:'\"") for t in tokens]
    meaningful = [
        b
        for b in bare
        if b and not b.isdigit() and b not in words("publishers", "organisation_links")
    ]
    return all(b in stop or (b.endswith("wet") and len(b) > 5) for b in meaningful)


_LOWER_LEAD = re.compile(
    r"(?:[a-z]+\s){0,5}[a-z]+:\s+(?=[A-Z‘“'’])"
)  # "voor een overzicht: "
COMMISSION = re.compile(
    r"(?:[a-z]*commissie|kabinet|werkgroep|taskforce|projectgroep)-[A-Z]"
)


def read_source(text: str, *, led: bool = False) -> Source | None:
    """The source that `text` (what stands before a year in brackets) names, or None.

    `led` says that "bron:" or the like stands before it, which makes a title without quotation marks likely.
    """
    start = lead_in(text)
    if said := _LOWER_LEAD.match(text[start:]):
        start += said.end()
    led = led or (
        start > 0
        and fold(text[:start])
        .strip(" :,")
        .endswith(
            (
                "bron",
                "bronnen",
                "uit",
                "naar",
                "source",
                "overgenomen uit",
                "ontleend aan",
            )
        )
    )
    body = strip_dates(text[start:]).strip()
    body = body.rstrip(" ,;:.([") + (
        "." if re.search(r"(?:\ba|al|a\.\s?a)\.[\s,]*$", body) else ""
    )
    offset = text.find(body, start) if body else -1
    if not body or offset < 0 or len(body) > 260:
        return None
    span = (offset, offset + len(body))
    if quoted := _QUOTED.match(body):
        behind = body[quoted.end() :].strip(" ,.")
        names = people(behind) if behind else None
        return Source(
            *span,
            authors=names.authors if names else (),
            title=quoted.group("t"),
            group=bool(names and names.group),
        )
    inner = people(body)
    if inner:
        return Source(
            *span,
            authors=inner.authors,
            etal=inner.etal,
            group=inner.group,
            title=inner.title,
            container=inner.container,
        )
    if (
        led
        and body[0].isupper()
        and not is_law_or_count(words_of(body))
        and len(body.split()) <= 14
        and not is_place(body)
    ):
        return Source(*span, title=body)
    return None


_ABBREVIATED = re.compile(
    r"\s*[(\[][A-Z][\w-]{1,9}[)\]]$"
)  # "World Health Organization [WHO]"


def people(body: str, *, spoken: bool = False) -> Source | None:
    """People, an organisation, a periodical or a programme that `body` as a whole names; `spoken`: a verb of saying stands beside it."""
    body = _ABBREVIATED.sub("", body)
    tokens = words_of(body)
    if (
        not tokens
        or fold(tokens[0]) in words("words", "measures")
        or is_law_or_count(tokens)
        or _GENERIC.search(body)
        or (is_town(body) and not spoken)
        or len(tokens) > 22
    ):
        return None
    if phrase_pattern("words", "programmes").match(fold(body)) and len(tokens) <= 9:
        return Source(0, 0, authors=(body,), title=body, group=True)
    container = None
    if inside := re.match(
        r"(?P<who>[^()]{3,80}?)\s+in\s+(?:het (?:blad|magazine|tijdschrift)\s+|de\s+|het\s+)?(?P<c>[A-Z][^()]{2,60})$",
        body,
    ):
        known = is_periodical(inside.group("c")) or any(
            is_given(t) or is_initials(t) or is_particle(t)
            for t in inside.group("who").split()
        )
        if known and (who := people(inside.group("who"))) and not who.group:
            return Source(
                0, 0, authors=who.authors, etal=who.etal, container=inside.group("c")
            )
    if not _capital_enough(tokens):
        return None
    found = parse_names(body)
    if not found.names or found.score < 0.5:
        return None
    families = tuple(
        n.get("literal") or _without_trailing_particle(n.get("family", ""))
        for n in found.names
    )
    group = any("literal" in n for n in found.names) or is_organisation(body)
    if (
        len(tokens) == 1
        and not group
        and not spoken
        and fold(body).endswith(_NOUN_ENDINGS)
        and len(body) > 9
    ):
        return None
    if (
        not group
        and not spoken
        and all(is_town(f) for f in families)
        and not found.etal
        and not any(n.get("given") for n in found.names)
    ):
        return None
    return Source(
        0, 0, authors=families, etal=found.etal, group=group, container=container
    )


def is_town(text: str) -> bool:
    """Whether `text` is a place and not also a likely surname."""
    return is_place(text) and fold(text) not in words("names", "towns")


_NOUN_ENDINGS = tuple(sorted(words("words", "noun_endings")))


def _without_trailing_particle(family: str) -> str:
    parts = family.split()
    while len(parts) > 1 and is_particle(parts[-1]):
        parts.pop()
    return " ".join(parts)


def _capital_enough(tokens: list[str]) -> bool:
    """Surnames and organisations have capitals; only particles, conjunctions and "e.a." go without."""
    links = words("publishers", "organisation_links")
    for token in tokens:
        folded = fold(token).strip(".:'\"")
        if (
            token[0].isupper()
            or token[0].isdigit()
            or COMMISSION.match(token)
            or token[0] in "'’‘-"
            or folded in links
            or is_particle(token)
        ):
            continue
        if folded in {
            "e.a",
            "e",
            "a",
            "ea",
            "et",
            "al",
            "c.s",
            "collega's",
            "anderen",
            "colleagues",
            "others",
            "and",
            "en",
        } or folded in words("publishers", "organisation_words"):
            continue
        # a surname typed without its capital ("Van der lans") or a periodical ("zorg en welzijn")
        if (
            any(is_particle(t) for t in tokens)
            and token is tokens[-1]
            and len(tokens) >= 3
        ):
            continue
        return fold(" ".join(tokens)) in words("publishers", "periodicals") or fold(
            " ".join(tokens)
        ) in words("publishers", "newspapers")
    return any(
        t[0].isupper()
        or bool(COMMISSION.match(t))
        or t[0].isdigit()
        or fold(t) in words("publishers", "newspapers")
        for t in tokens
    ) or fold(" ".join(tokens)) in words("publishers", "periodicals")
