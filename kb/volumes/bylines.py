"""Which people does a line name, and nothing else? Under a title, behind one, under a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from kb.citations.entries.names import NameList, parse_names
from kb.datafiles import words
from kb.dutch.fold import fold
from kb.records import Block

LONGEST_BYLINE = 200  # characters
_NAMES_LIKELY = 0.5  # score of a list of names
_LEADS = "|".join(sorted(words("kb.volumes", "parts.toml", "bylines")))
_BYLINE = re.compile(rf"(?:{_LEADS})\s?:?\s+", re.I)


def byline(block: Block) -> NameList | None:
    """The people that a line under a title names, and nothing else.

    >>> byline(Block("paragraph", "Tekst: Anna de Wit")).names[0]["family"]
    'Wit'
    """
    if (
        block.kind not in ("paragraph", "heading")
        or len(block.text) > LONGEST_BYLINE
    ):
        return None
    return only_people(_BYLINE.sub("", block.text.strip(), count=1))


def only_people(text: str) -> NameList | None:
    """Names with given names, nothing else; a sentence or an organisation is none.

    >>> found = only_people("Anna de Wit en Piet Prins")
    >>> [name["family"] for name in found.names]
    ['Wit', 'Prins']
    >>> only_people("De wijk slaapt niet.") is None
    True
    """
    if not text or text[-1] in ".?!:;" or any(char.isdigit() for char in text):
        return None
    found = parse_names(text)
    names = tuple(_with_given(name) for name in found.names)
    whole = all(name.get("family") and name.get("given") for name in names)
    known = any(name.get("given") for name in found.names)
    if not whole or not known or found.score < _NAMES_LIKELY:
        return None
    return replace(found, names=names)


def _with_given(name: Mapping[str, str]) -> dict[str, str]:
    """A name of two words beside full names: its first word is a given name too.

    >>> _with_given({"family": "Kofi Mensah"})
    {'family': 'Mensah', 'given': 'Kofi'}
    """
    parts = name.get("family", "").split()
    if name.get("given") or len(parts) != 2 or not parts[0][:1].isupper():
        return dict(name)
    return {**name, "given": parts[0], "family": parts[1]}


def people_behind(title: str, row: str) -> NameList | None:
    """Who stands behind a title in a line of the contents."""
    rest = row[len(title) :] if fold(row).startswith(fold(title)) else ""
    return only_people(rest.strip(" ,–-|/"))
