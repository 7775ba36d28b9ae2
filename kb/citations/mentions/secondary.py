"""Works cited through another: "Lipsky (1980, aangehaald in Tonkens, 2008)"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeGuard

from kb.citations.entries.names import is_initials, is_particle
from kb.citations.mentions.authors import Source, read_source
from kb.citations.wordlists import alternation, longest_first
from kb.records import Citation

_CITED_IN = alternation(longest_first("words", "cited_in"))
_THROUGH = re.compile(rf"[\s,;:()]*(?:{_CITED_IN})[\s:]*(?:de\s|het\s)?", re.I)
_WITHOUT_YEAR = re.compile(
    rf"(?P<lead>\s*)(?P<cited>[^\s,;:()][^;:()]{{1,80}}?),?\s(?:{_CITED_IN})\s(?P<source>[A-Z’'].*)"
)


def with_through(found: Sequence[Citation], text: str) -> list[Citation]:
    """Citations with the one that they are known through.

    Args:
        found: the citations of a passage in text order.
        text: the passage.

    A citation is known through the next when nothing but "aangehaald in", or words
    like it, stands between them.
    """
    marked = list(found)
    for at, (cited, behind) in enumerate(itertools.pairwise(marked)):
        if _THROUGH.fullmatch(text, cited.end, behind.start):
            marked[at] = replace(cited, through=behind.start)
    return marked


def known_through(
    head: str, *, has_pages: bool = False
) -> tuple[Source, Source] | None:
    """People cited without a year, and the work that they are known through.

    Args:
        head: the words of a bracket before a year.
        has_pages: pages stand behind that year, as they do where words are quoted.

    Both are people. A title may read the same ("Wonen in Lombok"), so more must tell:
    a comma, more than a preposition, pages, or a name with a particle or initials.

    >>> cited, source = known_through("Addams, in De Wit")
    >>> cited.authors, source.authors
    (('Addams',), ('Wit',))
    >>> known_through("Wonen in Lombok")
    """
    match = _WITHOUT_YEAR.fullmatch(head.rstrip(" ,"))
    if match is None or not (has_pages or _tells(match)):
        return None
    cited = read_source(match["cited"])
    source = read_source(match["source"])
    if not (_is_personal(cited) and _is_personal(source)):
        return None
    at, behind = match.start("cited"), match.start("source")
    return (
        replace(cited, start=at + cited.start, end=at + cited.end),
        replace(source, start=behind + source.start, end=behind + source.end),
    )


def _tells(match: re.Match[str]) -> bool:
    between = match.string[match.end("cited") : match.start("source")]
    if "," in between or " " in between.strip(" ,"):
        return True
    names = f"{match['cited']} {match['source']}".split()
    return any(is_particle(name) or is_initials(name) for name in names)


def _is_personal(source: Source | None) -> TypeGuard[Source]:
    return source is not None and bool(source.authors) and not source.group
