"""What did the reader ask in the address?

Parameters in, checked and bounded values out; nothing here raises.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from werkzeug.datastructures import MultiDict

from kb.search.question.fields import read_value
from kb.search.request import SORTS, SearchRequest

MAX_QUERY = 500  # characters; longer questions are cut and the page says so
MAX_PAGE = 200
MAX_VALUES = 12  # of one facet
MAX_DIGITS = 8
MAX_NUMBERS = 200  # of one parameter
PER_DOCUMENT = 3  # hits of one document on a page, unless all are asked
MAX_VALUE = 200  # characters of one value

# facet → name of the parameter
PARAMETERS = {
    "theme": "thema",
    "kind": "soort",
    "figures": "cijfers",
    "document": "document",
    "author": "auteur",
    "year": "jaar",
    "municipality": "gemeente",
    "type": "type",
}
SORT_PARAMETERS = {
    "relevance": "relevantie",
    "year": "jaar",
    "page": "bladzijde",
    "theme": "themascore",
}
AS_WORDS = "alswoord"  # facets, by their parameter, whose words stay words
FROM, UNTIL = "vanaf", "tot"  # the fields of a range of years

Args = MultiDict[str, str]
EMPTY: tuple[object, ...] = (None, "", [], ())


def clean(text: str, limit: int = MAX_VALUE) -> str:
    """`text` without control characters, cut at `limit`.

    >>> clean(" wijk\\x00team ")
    'wijk team'
    """
    # Twice the limit is looked at: control characters at the ends may go.
    start = text[: limit * 2]
    shown = [
        " " if unicodedata.category(c).startswith("C") else c for c in start
    ]
    return "".join(shown).strip()[:limit]


def clean_lines(text: str, limit: int) -> str:
    """`text` of several lines without other control characters, cut at `limit`.

    >>> clean_lines(" een \\r\\n\\r\\n twee\\x07", 100)
    'een\\n\\n twee'
    """
    lines = (
        text[: limit * 2].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    )
    shown = "\n".join(
        clean(f"|{line}", limit + 1)[1:].rstrip() for line in lines
    )
    return shown.strip()[:limit]


def number(
    args: Args, name: str, low: int = 1, high: int = MAX_PAGE, default: int = 1
) -> int:
    """The whole number in parameter `name`, kept between `low` and `high`."""
    given = args.get(name, "")
    is_number = given.isascii() and given.isdigit() and len(given) < MAX_DIGITS
    if not is_number:
        return default
    return min(max(int(given), low), high)


def values(args: Args, name: str) -> tuple[str, ...]:
    """The distinct values of a parameter that may be repeated."""
    found = (clean(value) for value in args.getlist(name)[: MAX_VALUES * 3])
    return tuple(dict.fromkeys(value for value in found if value))[:MAX_VALUES]


def numbers(args: Args, name: str) -> frozenset[int]:
    """The whole numbers of a parameter that may be repeated; what is none is left out."""
    given = args.getlist(name)[:MAX_NUMBERS]
    return frozenset(
        int(value)
        for value in given
        if value.isascii() and value.isdigit() and len(value) < MAX_DIGITS
    )


def filters(args: Args) -> Mapping[str, tuple[str, ...]]:
    """Facet → chosen values."""
    chosen = {facet: values(args, name) for facet, name in PARAMETERS.items()}
    chosen["year"] = _read("year", (*chosen["year"], _between(args)))
    chosen["figures"] = _read("figures", chosen["figures"])
    return {facet: found for facet, found in chosen.items() if found}


def _between(args: Args) -> str:
    """The range of years in the two fields for it, whichever of them is the first year.

    >>> _between(MultiDict({"vanaf": "2016", "tot": "2012"}))
    '2012..2016'
    >>> _between(MultiDict({"vanaf": "2016"})), _between(MultiDict())
    ('2016..', '')
    """
    low, high = (clean(args.get(name, "")) for name in (FROM, UNTIL))
    if low and high:
        low, high = sorted((low, high))
    return f"{low}..{high}" if low or high else ""


def _read(facet: str, typed: Iterable[str]) -> tuple[str, ...]:
    """Values as a filter has them; what makes no sense is left out.

    >>> _read("year", ("2016..", "vorig jaar", "2014"))
    ('2016..2200', '2014')
    """
    values = [value for one in typed for value in read_value(facet, one)[1]]
    return tuple(dict.fromkeys(values))[:MAX_VALUES]


def _as_words(args: Args) -> tuple[str, ...]:
    """Facets whose filters in the words of the question stay words."""
    named = values(args, AS_WORDS)
    return tuple(facet for facet, name in PARAMETERS.items() if name in named)


def search_request(args: Args) -> SearchRequest:
    """The question in the address of a results page."""
    sorts = {value: key for key, value in SORT_PARAMETERS.items()}
    sort = sorts.get(args.get("volgorde", ""), args.get("volgorde", ""))
    wide = args.get("alle") == "1"
    return SearchRequest(
        query=clean(args.get("q", ""), MAX_QUERY),
        filters=filters(args),
        sort=sort if sort in SORTS else "relevance",
        page=number(args, "pagina"),
        per_document=0 if wide else PER_DOCUMENT,
        count_related=args.get("tel") == "alles",
        as_words=_as_words(args),
    )


def too_long(args: Args) -> bool:
    """Whether the question was cut."""
    return len(args.get("q", "")) > MAX_QUERY


def address_parameters(
    request: SearchRequest, **changes: object
) -> dict[str, object]:
    """The parameters by which an address asks `request`.

    Args:
        request: what was asked.
        changes: parameters that come on top; None or an empty value takes one away.
    """
    given: dict[str, object] = {"q": request.query}
    for facet, chosen in request.filters.items():
        given[PARAMETERS[facet]] = list(chosen)
    if request.sort != "relevance":
        given["volgorde"] = SORT_PARAMETERS[request.sort]
    if request.per_document == 0:
        given["alle"] = "1"
    if request.count_related:
        given["tel"] = "alles"
    if request.as_words:
        given[AS_WORDS] = [PARAMETERS[facet] for facet in request.as_words]
    if request.page > 1:
        given["pagina"] = request.page
    given |= changes
    return {name: value for name, value in given.items() if value not in EMPTY}
