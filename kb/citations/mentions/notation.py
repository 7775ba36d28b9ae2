"""The notation of citations: years with letters, pages, and the record made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.citations.entries.dates import YEAR
from kb.citations.mentions.authors import Source
from kb.records import Citation, Passage

# "2014", "2014a", "2014a/b", "1995/2003", "z.d.-a", "in druk"; no part of a number.
YEAR_PATTERN = re.compile(
    rf"(?<![\d-])(?:(?P<y>{YEAR})(?:\s?/\s?(?P<y2>{YEAR}))?"
    r"(?P<s>[a-z](?:\s?[,/&]\s?[a-z](?![a-z]))*)?(?![\w-]|\.\d|\s?%)"
    r"|(?P<nd>(?:z\.\s?d\.|z\.\s?j\.|n\.\s?d\.|(?<=,\s)(?:N\.?\s?D\.?|nd|zd)(?=[\s,;)]|$))(?:\s?-?(?P<ns>[a-z])(?![\w.]))?"
    r"|in druk|in press|forthcoming))"
)
_PAGES = re.compile(
    r"\s*[,:;]?\s*(?:(?:p|pp|pag|blz|pagina|par|S)\s?\.?\s*"
    r"(?P<a>\d{1,4}(?:\s?(?:-|–|—|en|,|e\.v\.)\s?\d{1,4})*)"
    r"|[,:]\s*(?P<b>\d{1,3}(?:\s?[-–]\s?\d{1,4})?)"
    r"(?=\s*(?:e\.v\.?|ev\.?|ff?\.?)?\s*(?:$|[;,)])))"
    r"(?:\s?(?:e\.v\.?|ev\.?|ff?\.)(?!\w))?"
)
_ONLY_PAGES = re.compile(
    r"\s*(?:p|pp|pag|blz|pagina)\s?\.?\s*(?P<p>\d{1,4}(?:\s?[-–]\s?\d{1,4})?)\s*"
)


@dataclass(frozen=True, slots=True)
class When:
    """A year of publication as cited: its number, its letter, and where it ends."""

    year: int | None
    suffix: str
    start: int
    end: int


def years_of(match: re.Match[str]) -> Iterator[When]:
    """The years of a match of `YEAR_PATTERN`: one, or one for each letter.

    >>> [(w.year, w.suffix) for w in years_of(YEAR_PATTERN.search("Bos, 2014a/b"))]
    [(2014, 'a'), (2014, 'b')]
    """
    start, end = match.span()
    if match.group("nd"):
        yield When(None, match.group("ns") or "", start, end)
        return
    year = int(match.group("y2") or match.group("y"))
    suffixes = match.group("s")
    if not suffixes:
        yield When(year, "", start, end)
        return
    for found in re.finditer(r"[a-z]", suffixes):
        at = match.start("s") + found.start()
        yield When(year, found.group(), start, at + 1)
        start = at + 2


def pages_at(text: str, at: int) -> tuple[str | None, int]:
    """The pages that stand at `at`, and the offset behind them.

    >>> pages_at("2014, p. 12–15)", 4)
    ('12-15', 14)
    """
    match = _PAGES.match(text, at)
    if match is None:
        return None, at
    printed = match.group("a") or match.group("b")
    return re.sub(r"\s+", "", printed).replace("–", "-"), match.end()


def only_pages(text: str) -> str | None:
    """The pages when `text` holds nothing else: "(p. 5)" behind a quotation.

    >>> only_pages("p. 5"), only_pages("Bos, p. 5")
    ('5', None)
    """
    match = _ONLY_PAGES.fullmatch(text)
    return match.group("p") if match else None


def citation(
    passage: Passage,
    source: Source,
    when: When | None = None,
    *,
    span: tuple[int, int],
    pages: str | None = None,
    narrative: bool = False,
) -> Citation:
    """The record of one citation; `span` is cut before a closing comma or colon."""
    start, end = span
    while end > start and passage.text[end - 1] in " ,;:":
        end -= 1
    return Citation(
        passage=passage.id,
        surface=passage.text[start:end],
        start=start,
        end=end,
        authors=source.authors,
        year=when.year if when else None,
        suffix=when.suffix if when else "",
        title=source.title,
        pages=pages,
        narrative=narrative,
        etal=source.etal,
        group=source.group,
        names=source.names,
    )


def source_of(cited: Citation) -> Source:
    """Who a citation cites, for another citation of the same."""
    return Source(
        cited.start,
        cited.end,
        cited.names,
        title=cited.title,
        etal=cited.etal,
        group=cited.group,
    )


def with_pages_behind(
    found: list[Citation], text: str, at: int, pages: str
) -> list[Citation]:
    """A page in brackets of its own belongs to the citation before its quotation."""
    if not found or found[-1].pages is not None:
        return found
    between = text[found[-1].end : at]
    sentences = re.findall(r"[.?!][\"”’']?\s+[A-Z]", between)
    if len(between) >= 500 or len(sentences) >= 2:
        return found
    return [*found[:-1], replace(found[-1], pages=pages)]
