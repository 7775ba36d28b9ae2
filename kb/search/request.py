"""What is asked and what is answered, the same for every engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FACETS = (
    "theme",
    "kind",
    "document",
    "author",
    "year",
    "municipality",
    "type",
    "figures",
)
SORTS = ("relevance", "year", "page", "theme")


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A question with what else a reader chose.

    `filters` maps a facet to the values of which one must hold; several facets must all hold.
    """

    query: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1
    per_page: int = 10
    per_document: int = 3  # most hits of one document on a page; 0: no limit
    collapse: bool = True  # near-duplicates under the best one
    facets: bool = True  # count facets, else leave them empty
    snippets: bool = True
    count_related: bool = (
        False  # facets count related hits too, not only direct ones
    )
    # Facets whose filters in the words of the question stay words: "na 2015".
    as_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Snippet:
    """Whole sentences of a passage, and the spans in them that matched."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    start: int = 0  # offset in Passage.text


@dataclass(frozen=True, slots=True)
class Match:
    """Why a hit is a hit: what was asked, what was found, and how they meet.

    `how` is exact, stem (an inflection), part (a compound, or its parts in a row), spelling,
    prefix or phrase in what makes a hit direct; synonym or translation in what is related.
    """

    asked: str
    found: str
    how: str
    field: str  # text, section
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found.

    `also_in` are its near-duplicates, whether the question finds them or not. A hit is `direct`
    when it holds what was asked; others hold only words for the same.
    """

    passage: str
    document: str
    score: float
    page: int = 1
    label: str | None = None
    text: str = ""
    snippet: Snippet = field(default_factory=lambda: Snippet(""))
    explain: tuple[Match, ...] = ()
    also_in: tuple[str, ...] = ()
    direct: bool = True


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet and how many hits have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Implied:
    """A filter that the question asked for in words: "na 2015"."""

    words: str
    facet: str
    values: tuple[str, ...]


NO_DEFINITION = (
    "query_no_definition"  # a note: none was found where one was asked
)


@dataclass(frozen=True, slots=True)
class Reading:
    """How the query was understood, for saying it back."""

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()  # words that carry no weight
    absent: tuple[str, ...] = ()  # words that no passage holds itself
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    implied: tuple[
        Implied, ...
    ] = ()  # those of the filters that were asked in words
    named: str = ""  # somebody whom passages must name: "volgens Tonkens"
    sorts: tuple[
        str, ...
    ] = ()  # of answer: definition, figure, bottleneck, example, …
    expansions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    opposites: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # tegenhangers
    operator: str = (
        "or"  # or: the more the better; and: all; any: one is enough
    )
    literal: bool = False  # it could not be parsed and was searched as words
    notes: tuple[str, ...] = ()  # codes in messages/search.toml


@dataclass(frozen=True, slots=True)
class Results:
    """The answer.

    Near-duplicates count once. Direct hits come first, related ones follow. `facets` maps each
    of FACETS to its values, most frequent first; they count direct hits, or all where there are
    none or the request says so.
    """

    request: SearchRequest
    reading: Reading = field(default_factory=Reading)
    total: int = 0  # all, direct and related
    direct: int = 0
    related: int = 0
    # Place in `hits` from which all are related. Long questions may have some before it.
    related_from: int | None = None
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    did_you_mean: str | None = None
    # A wider query with more hits, when this one has none, or few and asks for exact words.
    loosened: str | None = None
    nearest_themes: tuple[str, ...] = ()
    searched_documents: int = 0
    searched_passages: int = 0
    engine: str = ""
    milliseconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion: `kind` is theme, document, author, phrase or municipality.

    `value` its code or id.
    """

    kind: str
    text: str
    value: str
