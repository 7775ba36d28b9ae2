"""Corporate authors: the municipality, ministry, party or institute that speaks in a document.

One that is printed alone on the cover, owns the copyright, stands in every header, or is what the
file declares gathers points; an organisation that is only spoken of does not get enough.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from kb.structure.metadata.front import Front
from kb.structure.metadata.imprint import imprinted_body
from kb.structure.metadata.words import any_of, word_list

_ALONE, _OWNER, _RUNNING, _DECLARED, _TITLED, _OFTEN = 3, 4, 3, 3, 2, 3
_IMPRINTED = 3
_ENOUGH = 3  # points
_COVER_LINES = 12
_OFTEN_FROM = 4  # mentions, and twice those of any other
_OWNER_LINE = re.compile(
    r"(?:©|\(c\)|copyright|uitgave(?:\s+van)?|uitgever"
    r"|afzender|onderzoek door"
    r"|naam(?: organisatie| instelling| rechtspersoon)?(?=\s*:))"
    r"\s*[:–-]?\s*(?:\d{4}\s*[,–-]?\s*)?(?P<rest>.+)",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\b(?:in opdracht van|commissioned by)\s+(.{3,80})", re.I)
_LABEL_BEHIND = re.compile(
    r"\s+(?:Samenstelling|Postbus|Datum|Auteurs?|Afdeling|Contact|Januari|Februari|Maart"
    r"|April|Mei|Juni|Juli|Augustus|September|Oktober|November|December)\b.*$"
)
_PROGRAMME = re.compile(
    r"verkiezing\w*programma|programma voor de verkiezingen|programma \d{4}|partijprogramma",
    re.IGNORECASE,
)


@cache
def _organisation() -> re.Pattern[str]:
    """Names of organisations.

    A word of their kind with capitals before or behind it, or a known name.
    """
    name = r"(?:[A-ZÀ-Þ][\w’'.-]+|&|en|in|van|voor|de|het|der|den)"
    kinds = any_of(word_list("kinds_of_bodies"))
    ministry = rf"Ministerie van [A-ZÀ-Þ]\w+(?:(?:, | en |,? ){name})*"
    first = rf"(?:{kinds})(?: (?:van|voor|de|het|der|i-)*\s?[A-ZÀ-Þ][\w’'.-]+(?: {name})*)"
    suffixes = any_of(word_list("endings_of_bodies"))
    compound = rf"[A-ZÀ-Þ][\w-]*(?:{suffixes})(?: [A-ZÀ-Þi][\w’'-]+){{0,4}}"
    legal = r"(?:[A-ZÀ-Þ][\w’'-]* (?:& |en )?){1,5}(?:N\.V\.|B\.V\.|NV|BV)"
    known = any_of(word_list("known_bodies"))
    return re.compile(
        rf"\b(?:(?P<known>{known})|{ministry}|{first}|{compound}|{legal})(?!\w)"
    )


@cache
def _party() -> re.Pattern[str]:
    """A political party, with its place where one follows."""
    # Two parties that are one write their hyphen in several ways.
    parties = any_of(word_list("parties")).replace(r"\-", "[-‐‑–/]")
    return re.compile(rf"(?<![\w@])(?P<party>{parties})(?!\w)", re.IGNORECASE)


def organisations_in(text: str) -> Iterator[str]:
    """The organisations that a text names.

    >>> list(organisations_in("Onderzoek van de Hogeschool Veldrade voor gemeente Oosterlinge"))
    ['Hogeschool Veldrade', 'gemeente Oosterlinge']
    """
    for match in _organisation().finditer(text):
        name = _LABEL_BEHIND.sub("", match.group())
        yield re.sub(
            r"(?:\s+(?:en|in|van|voor|de|het|der|den|&))+$", "", name
        ).strip()


def is_organisation(text: str) -> bool:
    """Whether a text is the name of an organisation and nothing else.

    >>> is_organisation("Gemeente Oosterlinge"), is_organisation("Werken bij de gemeente")
    (True, False)
    """
    bare = text.strip(" .:©")
    return next(organisations_in(bare), None) == bare and len(bare) > 2


def corporate_author(front: Front) -> str:
    """The organisation that most signs of authorship point to.

    Empty where none has enough.
    """
    # Signs are read for bodies, and parties are not among them; a programme names
    # many bodies of which none wrote it.
    if _is_programme(front):
        party = _speaking_party(front)
        if party:
            return party
    # Counted in small letters, since covers set names in capitals; told as the
    # first sign writes it.
    points: Counter[str] = Counter()
    names: dict[str, str] = {}
    clients = _said_of_clients(front).casefold()
    signs = ((n, w) for n, w in _signs(front) if n.casefold() not in clients)
    for name, worth in signs:
        key = name.casefold()
        names.setdefault(key, name)
        points[key] += worth
    if not points:
        return ""
    best, worth = points.most_common(1)[0]
    return names[best][0].upper() + names[best][1:] if worth >= _ENOUGH else ""


def _signs(front: Front) -> Iterator[tuple[str, int]]:
    """Each sign that an organisation is the author, with its worth."""
    cover = [line.text.strip() for line in front.cover[:_COVER_LINES]]
    for text in cover:
        if is_organisation(text):
            yield text.strip(" .:©"), _ALONE
    if own := imprinted_body(front):
        yield own, _IMPRINTED
    owners = filter(None, map(_OWNER_LINE.search, front.lines))
    said = [(match["rest"], _OWNER) for match in owners]
    said += [(text, _RUNNING) for text in front.running]
    declared = front.given.get("author") or front.given.get("account")
    said.append((str(declared or ""), _DECLARED))
    said.append((" ".join(cover[:4]), _TITLED))
    for text, worth in said:
        yield from ((name, worth) for name in organisations_in(text))
    if _is_letter_or_policy(front):
        yield from _named_most(front)


def _said_of_clients(front: Front) -> str:
    """The lines of the front that name who asked for it or who gets it."""
    labels = word_list("client_labels")
    lines = [*front.lines, "", *(line.text.strip() for line in front.cover)]
    said = []
    for above, line in pairwise(lines):
        label, _, behind = line.partition(":")
        if label.strip().lower() in labels:
            said.append(behind)
        if above.rstrip(" :").lower() in labels:
            said.append(line)
    cover = (line.text for line in front.cover[:_COVER_LINES])
    told = [*cover, *front.running, str(front.given.get("author", ""))]
    return "\n".join((*said, *_ASKED.findall("\n".join(told))))


def _is_letter_or_policy(front: Front) -> bool:
    """Whether a document is of a sort that the body itself writes.

    A letter, a budget, minutes.
    """
    first = [line.lower() for line in front.lines[:8]]
    opening = " ".join(first)
    labels, own = word_list("subject_labels"), word_list("own_documents")
    return any(line.split(":")[0].strip() in labels for line in first) or any(
        re.search(rf"(?<![\w-]){re.escape(word)}", opening) for word in own
    )


def _named_most(front: Front) -> Iterator[tuple[str, int]]:
    """The organisation that is named far more often than any other."""
    mentions = Counter(
        name.casefold() for name in organisations_in(front.body)
    )
    # Filled up to two, where the document names one body or none.
    ranked = [*mentions.most_common(2), ("", 0), ("", 0)]
    (name, count), (_, next_count) = ranked[:2]
    if count >= max(_OFTEN_FROM, 2 * next_count):
        spelled = (
            n for n in organisations_in(front.body) if n.casefold() == name
        )
        yield next(spelled), _OFTEN


def _is_programme(front: Front) -> bool:
    """Whether a document is the programme of a political party."""
    given = str(front.given.get("title", ""))
    opening = " ".join((*front.lines[:12], *front.running, given))
    return bool(_PROGRAMME.search(opening))


def _parties(text: str) -> Iterator[str]:
    """The parties a text names, in small letters: spelled as listed, or in capitals.

    A sentence that begins with "Denk" names none.
    """
    listed = set(word_list("parties"))
    for match in _party().finditer(text):
        name = match["party"]
        if _one_hyphen(name) in listed or name.isupper():
            yield _one_hyphen(name).casefold()


def _one_hyphen(name: str) -> str:
    return re.sub(r"[‐‑–/]", "-", name)


def _speaking_party(front: Front) -> str:
    """The party that is named most on the first pages, with its place where the cover gives
    it.
    """
    text = "\n".join(
        (*front.lines, *front.running, str(front.given.get("title", "")))
    )
    named = Counter(_parties(text))
    if not named:
        return ""
    small = named.most_common(1)[0][0]
    return next(
        name for name in word_list("parties") if name.casefold() == small
    )
