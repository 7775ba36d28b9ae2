"""The body whose address a document carries: www.oosterlinge.nl beside a postcode is the
imprint of Oosterlinge.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kb.structure.metadata.front import Front
from kb.structure.metadata.words import word_list

_SITE = re.compile(
    r"(?:@|www\.|\b)(?P<name>[a-z0-9][a-z0-9-]{2,40})\.(?:nl|be|eu|org|com|net)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\b\d{4}\s?[A-Z]{2}\b|\bPostbus\s\d|\+31|\b0\d{1,3}[\s-]{1,3}\d|@"
)
_AROUND = 2  # lines of one imprint
_LONGEST = 120  # characters of a line of one
_ONE_BODY = 1  # sites; an imprint with more is of several


def imprinted_body(front: Front) -> str:
    """The name that a document spells as the site in its imprint; "" where it has none.

    >>> lines = ["Wijzer in de wijk", "Dorpsplein 1", "1234 AB Veld", "www.stadslab-veld.nl"]
    >>> imprinted_body(Front((), lines, body="Bij Stadslab Veld denken wij mee."))
    'Stadslab Veld'
    """
    lines = [*front.lines, *(line.text for line in front.cover)]
    sites = {name for line in _imprint(lines) for name in _sites_in(line)}
    if len(sites) != _ONE_BODY:
        return ""
    return _as_spelled(sites.pop(), f"{front.text}\n{front.body}")


def _imprint(lines: Sequence[str]) -> Iterator[str]:
    """Lines with an address, or right beside one."""
    short = [line for line in lines if len(line) <= _LONGEST]
    for at, line in enumerate(short):
        around = short[max(0, at - _AROUND) : at + _AROUND + 1]
        if any(_ADDRESS.search(other) for other in around):
            yield line


def _sites_in(line: str) -> Iterator[str]:
    for match in _SITE.finditer(line):
        name = match["name"].lower()
        if name not in word_list("common_sites"):
            yield name


def _as_spelled(site: str, text: str) -> str:
    """The words that a site is made of, as the text writes them most."""
    letters = [re.escape(c) for c in site if c.isalnum()]
    spelled = re.compile(
        rf"(?<![\w@./-]){'[ ’&-]{0,2}'.join(letters)}(?![\w@/-]|\.\w)",
        re.IGNORECASE,
    )
    found = Counter(
        match.group()
        for match in spelled.finditer(text)
        if match.group()[0].isupper()
    )
    return found.most_common(1)[0][0] if found else ""
