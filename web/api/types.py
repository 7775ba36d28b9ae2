"""What goes in and out of the API.

Each class is a schema of the OpenAPI description.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from web.language import marked as _l

_PLAIN = r"^[^\x00-\x1f\x7f]*$"
PageNumber = Annotated[
    int, Meta(ge=1, le=200, description=_l("Bladzijde van de lijst, vanaf 1."))
]
PerPage = Annotated[
    int, Meta(ge=1, le=100, description=_l("Hoeveel op een bladzijde."))
]
Query = Annotated[
    str,
    Meta(
        max_length=500,
        pattern=_PLAIN,
        description=_l("Woorden, of de zoektaal van de site."),
    ),
]
Value = Annotated[str, Meta(max_length=200, pattern=_PLAIN)]
Words = Annotated[
    str,
    Meta(
        max_length=200,
        pattern=_PLAIN,
        description=_l("Woorden uit auteurs of titel."),
    ),
]
_Values = Annotated[tuple[Value, ...], Meta(max_length=12)]
Themes = Annotated[_Values, Meta(description=_l("Code van een thema: B7."))]
Kinds = Annotated[
    _Values, Meta(description=_l("Soort passage: finding, recommendation."))
]
DocumentIds = Annotated[
    _Values, Meta(description=_l("Citekey van een document."))
]
Authors = Annotated[_Values, Meta(description=_l("Naam van een auteur."))]
Years = Annotated[
    _Values, Meta(description=_l("Jaar of jaren: 2016, 2014..2016."))
]
Municipalities = Annotated[
    _Values, Meta(description=_l("Gemeente die in de passage genoemd wordt."))
]
Types = Annotated[
    _Values, Meta(description=_l("Soort document: report, thesis."))
]
Sort = Annotated[
    Literal["relevance", "year", "page", "theme"],
    Meta(
        description=_l(
            "Beste, nieuwste, in leesvolgorde of sterkste op het thema."
        )
    ),
]
Figures = Annotated[
    _Values, Meta(description=_l("Alleen passages met cijfers: yes."))
]
PerDocument = Annotated[
    int,
    Meta(
        ge=0,
        le=100,
        description=_l(
            "Hoogstens zoveel treffers van één document op een bladzijde; 0: geen grens."
        ),
    ),
]
Language = Annotated[
    Literal["nl", "en"],
    Meta(description=_l("Taal van namen en verwijzingen.")),
]


class ListParameters(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Paging of a list."""

    page: PageNumber = 1
    per_page: PerPage = 20
    lang: Language = "nl"


class ItemParameters(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Language of one item."""

    lang: Language = "nl"


class SearchParameters(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """A question with its filters.

    A filter that is repeated allows each of its values.
    """

    q: Query = ""
    theme: Themes = ()
    kind: Kinds = ()
    document: DocumentIds = ()
    author: Authors = ()
    year: Years = ()
    municipality: Municipalities = ()
    type: Types = ()
    figures: Figures = ()
    sort: Sort = "relevance"
    page: PageNumber = 1
    per_page: PerPage = 10
    per_document: PerDocument = 0
    lang: Language = "nl"


class WorkParameters(
    ListParameters, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Works whose authors and title hold every word of `q`."""

    q: Words = ""


class Theme(msgspec.Struct, frozen=True):
    """A theme and how many passages are evidence on it."""

    code: str
    name: str
    definition: str
    framework: str
    passages: int
    url: str


class Framework(msgspec.Struct, frozen=True):
    """A named list of themes."""

    key: str
    name: str
    source: str
    themes: list[Theme]


class Frameworks(msgspec.Struct, frozen=True):
    """Every framework."""

    items: list[Framework]


class Document(msgspec.Struct, frozen=True):
    """A source of the corpus. `csl` is its record in CSL-JSON."""

    id: str
    title: str
    authors: list[str]
    year: int | None
    type: str
    source: str
    pages: int
    language: str
    keywords: list[str]
    municipalities: list[str]
    reference: str
    csl: dict[str, Any]
    url: str


class Documents(msgspec.Struct, frozen=True):
    """A page of documents."""

    total: int
    page: int
    per_page: int
    items: list[Document]


class Tag(msgspec.Struct, frozen=True):
    """A theme on a passage; `cues` are (start, end) in its text."""

    theme: str
    score: float
    evidence: bool
    origin: str
    cues: list[tuple[int, int]]


class Quoted(msgspec.Struct, frozen=True):
    """A passage ready to paste."""

    text: str
    parenthetical: str
    narrative: str
    reference: str


class Cited(msgspec.Struct, frozen=True):
    """An in-text citation: text[start:end], and the work it was resolved to."""

    surface: str
    start: int
    end: int
    work: str | None


class Passage(msgspec.Struct, frozen=True):
    """Whole sentences as they are printed.

    `page` counts the pages of the file from 1, `label` is the printed one.
    """

    id: str
    document: str
    text: str
    kind: str
    section: list[str]
    page: int
    label: str | None
    page_end: int | None
    label_origin: str
    label_end: str | None
    language: str
    tags: list[Tag]
    quotation: Quoted
    url: str


class PassageInFull(Passage, frozen=True):
    """A passage with its citations and its neighbours in the document."""

    citations: list[Cited]
    before: list[str]
    after: list[str]


class Passages(msgspec.Struct, frozen=True):
    """A page of passages."""

    total: int
    page: int
    per_page: int
    items: list[Passage]


class Why(msgspec.Struct, frozen=True):
    """Why a hit is a hit."""

    asked: str
    found: str
    how: str
    field: str
    weight: float


class Hit(msgspec.Struct, frozen=True):
    """A passage found; `marks` are (start, end) in `snippet`."""

    passage: Passage
    score: float
    snippet: str
    marks: list[tuple[int, int]]
    explain: list[Why]
    also_in: list[str]


class Count(msgspec.Struct, frozen=True):
    """A value of a facet and its hits."""

    value: str
    count: int


class SearchAnswer(msgspec.Struct, frozen=True):
    """Hits, best first; `said` is the question as it was understood."""

    total: int
    page: int
    per_page: int
    said: str
    did_you_mean: str | None
    facets: dict[str, list[Count]]
    items: list[Hit]


class Work(msgspec.Struct, frozen=True):
    """What is cited; `document` when it is itself in the corpus."""

    id: str
    csl: dict[str, Any]
    reference: str
    cited_by: list[str]
    mentions: int
    document: str | None
    url: str


class Works(msgspec.Struct, frozen=True):
    """A page of works, most cited first."""

    total: int
    page: int
    per_page: int
    items: list[Work]


class ErrorDetail(msgspec.Struct, frozen=True):
    """What went wrong."""

    code: str
    status: int
    message: str


class Error(msgspec.Struct, frozen=True):
    """Every answer that is not 200."""

    error: ErrorDetail
