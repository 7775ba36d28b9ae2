"""Which names stand in this one text? Lists as people type them where a program wants one
name: "Bos, I., Jansen, P. & Gemeente Ede"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kb.bibliography.names import (
    begins_as_person,
    is_given,
    is_initials,
    is_organisation_alone,
    is_organisation_with_comma,
    is_others,
)
from kb.bibliography.wordlists import phrases

_BETWEEN = re.compile(r",?\s+(?:and|en|und|\\?&)\s+", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*")
_ROLE_AT_END = re.compile(
    r"\((?:eind)?(?:redactie|reds?|eds?|editors?|hrsg)\.?\)\s*,?\s*$",
    re.IGNORECASE,
)
_FEWEST_IN_PAIRS = 4  # "family, given, family, given"


def cut_names(text: str) -> list[str]:
    """The names in a text, each as written; "et al." is one of them, by itself.

    >>> cut_names("Bos, I., Jansen, P. & Gemeente Ede")
    ['Bos, I.', 'Jansen, P.', 'Gemeente Ede']
    >>> cut_names("P. Jansen, I. Bos en K. de Wit e.a.")
    ['P. Jansen', 'I. Bos', 'K. de Wit', 'e.a.']
    >>> cut_names("Ministerie van Onderwijs, Cultuur en Wetenschap")
    ['Ministerie van Onderwijs, Cultuur en Wetenschap']
    """
    if ";" in text:
        parts = [part for part in text.split(";") if part.strip()]
        return [name for part in parts for name in cut_names(part)]
    named, others = _without_others(" ".join(text.split()))
    return [*_named(named), *others]


def is_editorial(text: str) -> bool:
    """Whether a list of names says that they are editors: "Jansen, P. & Bos, I. (red.)"."""
    return bool(_ROLE_AT_END.search(text))


@cache
def _others_at_end() -> re.Pattern[str]:
    said = phrases("kb.bibliography", "names.toml", "etal")
    longest_first = sorted(said, key=len, reverse=True)
    words = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?:,|\s)\s*(?P<said>{words})\.?\s*$", re.IGNORECASE)


def _without_others(text: str) -> tuple[str, list[str]]:
    """A list without "et al." at its end, and that."""
    found = _others_at_end().search(text)
    if not found:
        return text, []
    before = text[: found.start()]
    kept = before if before.endswith(".") else before.rstrip(" ,")
    return kept, [found["said"]]


def _named(text: str) -> list[str]:
    first, _comma, rest = text.partition(",")
    if not first.strip():
        return [text] if text.strip() else []
    if rest and is_organisation_with_comma(first, rest):
        return [text]
    pieces = [
        name for piece in _BETWEEN.split(text) for name in _by_commas(piece)
    ]
    told = all(map(_tells_itself, pieces))
    return pieces if told and len(pieces) > 1 else [text]


def _by_commas(text: str) -> list[str]:
    """Several names with only commas between them."""
    parts = [part for part in _COMMA.split(text.strip(" ,")) if part]
    if len(parts) > 1 and all(map(begins_as_person, parts)):
        return parts
    pairs = list(zip(parts[::2], parts[1::2], strict=False))
    even = len(parts) % 2 == 0 and len(parts) >= _FEWEST_IN_PAIRS
    if even and all(_is_first_names(given) for _family, given in pairs):
        return [f"{family}, {given}" for family, given in pairs]
    return [text.strip(" ,")] if text.strip(" ,") else []


def _is_first_names(text: str) -> bool:
    first = text.split()[0]
    return is_initials(first) or is_given(first)


def _tells_itself(name: str) -> bool:
    """Whether a piece is a name for sure, so that what stood beside it was one too."""
    parts: Sequence[str] = [part for part in _COMMA.split(name) if part]
    if len(parts) > 1:
        return _is_first_names(parts[-1])
    whole = is_others(name) or begins_as_person(name)
    return whole or is_organisation_alone(name)
