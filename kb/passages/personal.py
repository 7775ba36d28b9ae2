"""Does this passage tell who took part, or how to reach a person?

Lists of respondents and thanks, and e-mail addresses and mobile numbers of persons. Such
a passage is read in its document; elsewhere a sentence stands in its place.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from kb.dutch.fold import fold
from kb.errors import sentence
from kb.records import Passage

# In a section on who took part two names are a list; running text there has fewer.
FEWEST_NAMES = 2

_EMAIL = re.compile(
    r"\b([\w.+-]+)\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+"
)
# As people write it: 06-12345678, 06 1234 56 78, +31 6 12345678, 0031612345678.
_MOBILE = re.compile(
    r"(?<![\d.,])(?:0|(?:\+|00)31[\s-]?(?:\(0\)[\s-]?)?)6"
    r"(?:[\s.–-]{0,3}\d){8}(?!\d)"
)
# A given name or initials, and a family name with or without what comes before it.
_NAME = re.compile(
    r"\b(?:[A-Z]\.(?:\s?[A-Z]\.)*|[A-Z][a-zà-ÿ]+)"
    r"(?:\s(?:van|de|den|der|ten|ter|te|’t|'t|el|la|von|op))*"
    r"\s[A-Z][a-zà-ÿ]+(?:-[A-Z][a-zà-ÿ]+)*"
)


@cache
def _words() -> dict[str, Any]:
    text = files("kb.passages").joinpath("personal.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _of_people() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_words()['sections'])})\b")


def is_personal(text: str, section: Sequence[str]) -> bool:
    """Whether a passage names who took part, or holds an address of a person.

    Args:
        text: of the passage.
        section: the headings above it.

    >>> is_personal("Anna de Wit, Karel Smeets, Ilse van Beek", ["Dankwoord"])
    True
    >>> is_personal("Anna de Wit, Karel Smeets, Ilse van Beek", ["Literatuur"])
    False
    """
    if has_private_address(text):
        return True
    is_list = len(_NAME.findall(text)) >= FEWEST_NAMES
    return is_list and _is_of_people(section)


def has_private_address(text: str) -> bool:
    """Whether there is an e-mail address or mobile number that is a person's.

    >>> has_private_address("Bel Karel Smeets: 06 - 12 34 56 78.")
    True
    >>> has_private_address("Mail naar info@wijkteam-oost.example of bel 14 030.")
    False
    """
    offices = frozenset(_words()["offices"])
    boxes = (found[1].lower() for found in _EMAIL.finditer(text))
    is_private = any(_first_word(box) not in offices for box in boxes)
    return is_private or _MOBILE.search(text) is not None


def _first_word(mailbox: str) -> str:
    return re.split(r"[._+]", mailbox, maxsplit=1)[0]


def _is_of_people(section: Sequence[str]) -> bool:
    return any(_of_people().search(fold(heading)) for heading in section)


def away_from_home(passage: Passage, language: str = "nl") -> Passage:
    """A passage as it is shown outside its document: without the words that are personal.

    Args:
        passage: any one; what is not personal stays as it is.
        language: of the sentence in their place.
    """
    if not is_personal(passage.text, passage.section):
        return passage
    instead = sentence("personal_passage", {}, language)
    return replace(
        passage, text=instead, raw=None, repairs=(), rows=(), block="paragraph"
    )
