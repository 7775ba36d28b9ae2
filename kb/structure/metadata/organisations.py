"""Corporate authors: the municipality, ministry, party or institute that speaks in a document.

One that is printed alone on the cover, owns the copyright, stands in every header, or is what the
file declares gathers points; an organisation that is only spoken of does not get enough.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from kb.structure.metadata.front import Front
from kb.structure.metadata.words import any_of, word_list

_ALONE, _OWNER, _RUNNING, _DECLARED, _TITLED, _OFTEN = 3, 4, 3, 3, 2, 3
_ENOUGH = 3  # points
_COVER_LINES = 12
_OFTEN_FROM = 4  # mentions, and twice those of any other
_OWNER_LINE = re.compile(
    r"(?:©|\(c\)|copyright|uitgave(?:\s+van)?|uitgever"
    r"|afzender|onderzoek door)\s*[:–-]?\s*(?:\d{4}\s*[,–-]?\s*)?(?P<rest>.+)",
    re.IGNORECASE,
)
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
    name = r"(?:[A-ZÀ-Þ][\w’'.-]+|&|en|van|voor|de|het|der|den)"
    kinds = any_of(word_list("kinds_of_bodies"))
    ministry = rf"Ministerie van [A-ZÀ-Þ]\w+(?:(?:, | en |,? ){name})*"
    first = rf"(?:{kinds})(?: (?:van|voor|de|het|der|i-)*\s?[A-ZÀ-Þ][\w’'.-]+(?: {name})*)"
    suffixes = any_of(word_list("endings_of_bodies"))
    compound = rf"[A-ZÀ-Þ][\w-]*(?:{suffixes})(?: [A-ZÀ-Þi][\w’'-]+){{0,4}}"
    known = any_of(word_list("known_bodies"))
    return re.compile(
        rf"\b(?:(?P<known>{known})|{ministry}|{first}|{compound})(?!\w)"
    )


@cache
def _party() -> re.Pattern[str]:
    """A political party, with its place where one follows."""
    parties = any_of(word_list("parties"))
    return re.compile(rf"(?<![\w@])(?P<party>{parties})(?!\w)", re.IGNORECASE)


def organisations_in(text: str) -> Iterator[str]:
    """The organisations that a text names.

    >>> list(organisations_in("Onderzoek van de Hogeschool Veldrade voor gemeente Oosterlinge"))
    ['Hogeschool Veldrade', 'gemeente Oosterlinge']
    """
    for match in _organisation().finditer(text):
        name = _LABEL_BEHIND.sub("", match.group())
        yield re.sub(
            r"(?:\s+(?:en|van|voor|de|het|der|den|&))+$", "", name
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
    for name, worth in _signs(front):
        key = name.casefold()
        names.setdefault(key, name)
        points[key] += worth
    if not points:
        return ""
    best, worth = points.most_common(1)[0]
    return names[best][0].upper() + names[best][1:] if worth >= _ENOUGH else ""


def _signs(front: Front) -> Iterator[tuple[str, int]]:
    """Each sign that an organisation is the author, with its worth."""
    for line in front.cover[:_COVER_LINES]:
        if is_organisation(line.text):
            yield line.text.strip(" .:©"), _ALONE
    owners = filter(None, map(_OWNER_LINE.search, front.lines))
    said = [(match["rest"], _OWNER) for match in owners]
    said += [(text, _RUNNING) for text in front.running]
    said.append((str(front.given.get("author") or ""), _DECLARED))
    said.append((" ".join(line.text for line in front.cover[:4]), _TITLED))
    for text, worth in said:
        yield from ((name, worth) for name in organisations_in(text))
    if _is_letter_or_policy(front):
        yield from _named_most(front)


def _is_letter_or_policy(front: Front) -> bool:
    """Whether a document is of a sort that the body itself writes.

    A letter, a budget, minutes.
    """
    opening = " ".join(front.lines[:8]).lower()
    own = (*word_list("subject_labels"), *word_list("own_documents"))
    return any(re.search(rf"\b{re.escape(word)}", opening) for word in own)


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
    opening = " ".join((*front.lines[:12], *front.running))
    return bool(_PROGRAMME.search(opening))


def _parties(text: str) -> Iterator[str]:
    """The parties a text names, in small letters: spelled as listed, or in capitals.

    A sentence that begins with "Denk" names none.
    """
    listed = set(word_list("parties"))
    for match in _party().finditer(text):
        name = match["party"]
        if name in listed or name.isupper():
            yield name.casefold()


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
