"""Names with their initials in front, as numbered lists and notes of jurists have them.

"D. Vos, M.J. van Dam, and P. Smit, Wie belt er aan, in: Buurtwerk, 2014."
"""

from __future__ import annotations

import re

from kb.citations.entries.names import NameList, parse_names

_INITIALS = r"(?:[A-Z][a-z]{0,2}\.[\s-]?){1,5}"
_PARTICLES = (
    r"(?:(?:[Vv][ao]n|[Dd]e[nrl]?|[Tt]en?|[Tt]er|['’]t|[Dd]i|[Ll][ae])\s)"
)
_FAMILY = rf"{_PARTICLES}{{0,3}}[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){{0,2}}"
_NAME = rf"{_INITIALS}{_FAMILY}"
_BETWEEN = r"(?:,?\s(?:and|en|&)\s|,\s)"
_OTHERS = r"(?:,?\s(?:et\sal\.|e\.a\.))"
_LIST = re.compile(
    rf"(?P<names>{_NAME}(?:{_BETWEEN}{_NAME})*{_OTHERS}?)(?P<end>,|:)\s+"
    # A title: a capital or a quotation mark, and no further initials.
    rf"(?!{_INITIALS})(?=[\"“‘'A-Z])"
)


def initials_first(text: str) -> tuple[NameList, int] | None:
    """The names that `text` begins with, and where its title begins; None where it
    begins with no such names.

    >>> found = initials_first("D. Vos, M.J. van Dam and P. Smit, Wie belt er aan")
    >>> [name["family"] for name in found[0].names], found[1]
    (['Vos', 'Dam', 'Smit'], 34)
    """
    found = _LIST.match(text)
    if found is None:
        return None
    names = parse_names(found["names"])
    return (names, found.end()) if names.names else None
