"""Source lines that are a sentence: "Gemaakt door Pharos en Nivel. Bekijk de
Buurtmonitor online: www.…"."""

from __future__ import annotations

import re
from typing import Any

from kb.citations.entries.markup import Printed
from kb.citations.entries.names import is_given, parse_names

_MADE = re.compile(
    r"^(?:dit|deze|het|de)?\s*(?:\w+\s)?(?:is\s)?(?:tot stand gekomen|gemaakt|"
    r"ontwikkeld|ontworpen|samengesteld|opgesteld|uitgegeven|"
    r"geschreven|gebouwd)\s+door\s+(?:(?:een|het|de)\s+(?:partnerschap|samenwerking|"
    r"samenwerkingsverband|consortium|netwerk|werkgroep|"
    r"projectgroep)\s+(?:van|tussen)\s+)?(?P<n>[^.:;]+?)(?:,?\s+(?:met|in|onder|"
    r"dankzij|op|voor|namens)\s[^.:;]*)?[.:;]?\s*$",
    re.I,
)
_LOOK = re.compile(
    r"(?:bekijk|lees|download|raadpleeg|zie|bestel)\s+(?:(?:ook|de|"
    r"het)\s+)*(?P<t>(?-i:[A-Z])[^:.]{2,80}?)"
    r"(?:,?\s+(?:online|hier|op|via|bij)\b[^:]*)?[:\s]*$",
    re.I,
)


def credited(printed: Printed) -> dict[str, Any] | None:
    """The work that such a line credits and points to; None where it names nobody or no work."""
    first, *others = re.split(
        r"[.;]\s+(?=[A-Z])",
        f"{printed.text.strip(' .')}. {printed.clause}".strip(" ."),
    )
    made = _MADE.match(first)
    names = _makers(made.group("n")) if made else []
    look = next(
        (found for sentence in others if (found := _LOOK.match(sentence))),
        None,
    )
    if not names or look is None:
        return None
    return {
        "type": "webpage",
        **printed.facts,
        "author": names,
        "title": look.group("t").strip(" ,"),
    }


def _makers(text: str) -> list[dict[str, str]]:
    """Organisations, or people, that all begin with a capital: "Pharos, GGD West en
    Stichting Lezen"."""
    parts = [
        part
        for part in re.split(r"\s*,\s*(?:en\s)?|\s+(?:en|&)\s+", text)
        if part
    ]
    if not all(
        part[:1].isupper() and len(part.split()) <= 6 for part in parts
    ):
        return []
    return [_maker(part) for part in parts]


def _maker(text: str) -> dict[str, str]:
    """An organisation, unless a first name or initials make it a person."""
    first = text.split()[0]
    names = parse_names(text).names
    return (
        dict(names[0])
        if len(names) == 1
        and "given" in names[0]
        and ((is_given(first) and not first.isupper()) or "." in first)
        else {"literal": text}
    )
