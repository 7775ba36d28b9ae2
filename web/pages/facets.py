"""What a reader can narrow a search by: the values found, and what is chosen already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from flask import g, url_for

from kb.search.question.fields import FIRST_YEAR, LAST_YEAR
from kb.search.request import FacetValue, Results, SearchRequest
from web import parameters, words
from web.generation import Generation
from web.pages.cards import documents
from web.pages.query_summary import value_name

SHOWN = 8  # values of a facet before "meer"
MOST_VALUES = 50  # of a facet, those under "meer" included
FORM = ("jaar", "pagina", parameters.FROM, parameters.UNTIL)
_HOLE = "-_-"  # where a value comes in the pattern of an address
Filters = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class FacetLink:
    """A value of a facet: choosing or undoing it is following `address`."""

    name: str
    count: int
    address: str
    chosen: bool
    members: tuple[FacetLink, ...] = ()  # of a group of values


@dataclass(frozen=True, slots=True)
class YearFields:
    """The form that asks for a range of years.

    Its fields as filled in, and what else is asked.
    """

    low: str
    high: str
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its first and further values."""

    code: str
    first: tuple[FacetLink, ...]
    more: tuple[FacetLink, ...]
    years: YearFields | None = None


@dataclass(frozen=True, slots=True)
class ChosenFilter:
    """A filter in use: undoing it is following `address`.

    Attributes:
        name: as a reader knows it.
        address: of the same question without it.
        words: those of the question that asked for it, if it was not chosen.
    """

    name: str
    address: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """All that narrows one search."""

    generation: Generation
    request: SearchRequest
    results: Results
    filters: Filters = field(init=False)
    _patterns: dict[str, str] = field(default_factory=dict)  # by facet

    def __post_init__(self) -> None:
        """Filters the question asked for in words count as chosen."""
        implied = {
            one.facet: one.values for one in self.results.reading.implied
        }
        object.__setattr__(
            self, "filters", {**implied, **self.request.filters}
        )

    def facets(self) -> tuple[Facet, ...]:
        """Every facet that has something to choose."""
        found = self.results.facets
        codes = [code for code in parameters.PARAMETERS if found.get(code)]
        return tuple(self._facet(code, found[code]) for code in codes)

    def chosen(self) -> tuple[ChosenFilter, ...]:
        """The filters in use; those the question asked for in words first."""
        implied = [
            ChosenFilter(
                self._name(one.facet, one.values[0]),
                self._as_words(one.facet),
                one.words,
            )
            for one in self.results.reading.implied
        ]
        picked = [
            ChosenFilter(
                self._name(facet, value), self._toggled(facet, (value,))
            )
            for facet, values in self.request.filters.items()
            for value in values
        ]
        return (*implied, *picked)

    def _facet(self, code: str, found: Sequence[FacetValue]) -> Facet:
        counts = {value.value: value.count for value in found}
        for value in self.filters.get(code, ()):
            # A chosen value that finds nothing must stay to be undone.
            counts.setdefault(value, 0)
        years = self._years() if code == "year" else None
        links = list(self._links(code, counts))
        links.sort(key=lambda link: not link.chosen and code != "kind")
        first, more = links[:SHOWN], links[SHOWN:MOST_VALUES]
        return Facet(code, tuple(first), tuple(more), years)

    def _links(
        self, code: str, counts: Mapping[str, int]
    ) -> Iterator[FacetLink]:
        if code == "kind":
            yield from self._groups(counts)
            return
        parts = self._parts(counts) if code == "document" else {}
        within = {part for members in parts.values() for part in members}
        for value, count in counts.items():
            if value in within or ".." in value:
                continue
            link = self._link(code, (value,), self._name(code, value), count)
            members = tuple(
                self._link(code, (part,), self._title(part), counts[part])
                for part in parts.get(value, ())
            )
            yield replace(link, members=members)

    def _parts(self, counts: Mapping[str, int]) -> dict[str, list[str]]:
        """Of each collection found, its parts that were found."""
        found: dict[str, list[str]] = {}
        known = documents(self.generation)
        for id in counts:
            volume = known[id].volume if id in known else None
            if volume is not None and volume in counts:
                found.setdefault(volume, []).append(id)
        return found

    def _title(self, id: str) -> str:
        """The title of a part: parts of a collection often have the same authors."""
        return documents(self.generation)[id].title

    def _groups(self, counts: Mapping[str, int]) -> Iterator[FacetLink]:
        """Kinds of passages as readers look for them together."""
        for name, kinds in words.KIND_GROUPS:
            there = tuple(kind for kind in kinds if kind in counts)
            if not there:
                continue
            total = sum(counts[kind] for kind in there)
            group = self._link("kind", there, str(name), total)
            members = tuple(
                self._link(
                    "kind", (kind,), self._name("kind", kind), counts[kind]
                )
                for kind in there
            )
            yield replace(group, members=members if len(there) > 1 else ())

    def _link(
        self, code: str, values: tuple[str, ...], name: str, count: int
    ) -> FacetLink:
        chosen = set(values) <= set(self.filters.get(code, ()))
        return FacetLink(name, count, self._toggled(code, values), chosen)

    def _name(self, facet: str, value: str) -> str:
        return value_name(self.generation, facet, value)

    def _toggled(self, facet: str, values: tuple[str, ...]) -> str:
        """The address with these values chosen, or no longer."""
        now = self.filters.get(facet, ())
        if not now:
            return self._filled(facet, values)
        if facet == "year" and not set(values) <= set(now):
            # A year chosen takes the place of a range.
            now = tuple(value for value in now if ".." not in value)
        left = tuple(value for value in now if value not in values)
        every = len(left) + len(values) == len(now)
        then = left if every else (*left, *values)
        filters = {**self.request.filters, facet: then}
        return address(replace(self.request, filters=filters, page=1))

    def _filled(self, facet: str, values: tuple[str, ...]) -> str:
        """The address with these values chosen, where none of the facet is.

        A page has some eighty of them: one is made, and filled in.
        """
        name = parameters.PARAMETERS[facet]
        if facet not in self._patterns:
            filters = {**self.request.filters, facet: (_HOLE,)}
            asked = replace(self.request, filters=filters, page=1)
            self._patterns[facet] = address(asked)
        chosen = urlencode([(name, value) for value in values])
        return self._patterns[facet].replace(f"{name}={_HOLE}", chosen, 1)

    def _as_words(self, facet: str) -> str:
        """The address that leaves the words of a filter words."""
        as_words = (*self.request.as_words, facet)
        return address(replace(self.request, as_words=as_words, page=1))

    def _years(self) -> YearFields:
        """The two fields of a range of years, as it is now."""
        ranges = [v for v in self.filters.get("year", ()) if ".." in v]
        low, _dots, high = (ranges or [""])[0].partition("..")
        given = parameters.address_parameters(self.request)
        others = [
            (name, str(value))
            for name, values in given.items()
            if name not in FORM
            for value in (values if isinstance(values, list) else [values])
        ]
        return YearFields(
            "" if low == str(FIRST_YEAR) else low,
            "" if high == str(LAST_YEAR) else high,
            tuple(others),
        )


def address(request: SearchRequest, **changes: object) -> str:
    """The address of the results page of `request`."""
    given = parameters.address_parameters(request, **changes)
    if "results_path" not in g:
        g.results_path = url_for(
            "search.page"
        )  # keeps the language; too slow for every facet value
    path, _, kept = g.results_path.partition("?")
    query = "&".join(
        part for part in (urlencode(given, doseq=True), kept) if part
    )
    return f"{path}?{query}" if query else path
