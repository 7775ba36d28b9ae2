"""Filters that a question asks for in words: in Zeist, na 2015, volgens Tonkens.

They are said back and can be undone; a filter is only taken where the collection has what it
names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.datafiles import table
from kb.dutch.analysis import is_weightless
from kb.dutch.fold import folded_word
from kb.search.filters import words_of_name
from kb.search.index.candidates import Passages
from kb.search.question.fields import FIRST_YEAR, LAST_YEAR, year_in
from kb.search.request import Implied

_SIGNS = re.compile(
    r'[":()*+~]|(?<!\S)-|(?<!\S)(?:EN|OF|NIET|AND|OR|NOT)(?!\S)'
)
LONGEST_NAME = 4  # words
_SHORT = 4  # letters of a name that must be written with a capital: Best, Ede
_YEAR = r"((?:19|20)\d\d)"
Found = tuple[Implied, int, int]  # a filter with where its words begin and end


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whom passages must name.

    Attributes:
        name: as typed.
        strict: the question in which the name is required.
        loose: the question in which it is a word like others.
    """

    name: str
    strict: str
    loose: str


@dataclass(frozen=True)
class ImpliedFilters:
    """Reads filters in questions about one collection."""

    collection: Passages

    def read(
        self, text: str, as_words: Sequence[str] = ()
    ) -> tuple[str, tuple[Implied, ...]]:
        """The question without the words of its filters, and the filters.

        A question with signs of the query language says its filters in that.

        Args:
            text: the question.
            as_words: facets whose words stay words of the question.
        """
        if _SIGNS.search(text):
            return text, ()
        read = (
            *self._years(text),
            *self._municipalities(text),
            *self._authors(text),
        )
        found = [one for one in read if one[0].facet not in as_words]
        for _, start, end in sorted(found, key=lambda one: -one[1]):
            text = text[:start] + text[end:]
        rest = " ".join(text.split())
        return rest, tuple(implied for implied, _, _ in found)

    def named(self, text: str, as_words: Sequence[str] = ()) -> Named | None:
        """Somebody whom passages must name: volgens Tonkens, where no author is called so."""
        if "author" in as_words or _SIGNS.search(text):
            return None
        for pattern in _patterns("named").values():
            match = re.search(pattern, text)
            if match and self._is_met(match["name"]):
                required = " ".join(
                    f"+{word}"
                    for word in match["name"].split()
                    if not is_weightless(folded_word(word))
                )
                rest = text[: match.start()] + text[match.end() :]
                return Named(
                    match["name"],
                    " ".join(f"{required} {rest}".split()),
                    " ".join(f"{rest} {match['name']}".split()),
                )
        return None

    def _is_met(self, name: str) -> bool:
        """Whether passages have every word of a name."""
        known = self.collection.lexicon.number
        return all(folded_word(word) in known for word in name.split())

    def _years(self, text: str) -> Iterator[Found]:
        for name, pattern in _patterns("year").items():
            for match in re.finditer(
                pattern.replace("YEAR", _YEAR), text, re.IGNORECASE
            ):
                value = _year_range(
                    name, [int(year) for year in match.groups()]
                )
                if any(
                    year_in(s.year, (value,))
                    for s in self.collection.names.sources
                ):
                    yield _found("year", value, match)

    def _municipalities(self, text: str) -> Iterator[Found]:
        names = self.collection.names.municipalities
        for pattern in _patterns("municipality").values():
            for name, match in _named(pattern, names, text):
                yield _found("municipality", name, match)

    def _authors(self, text: str) -> Iterator[Found]:
        for pattern in _patterns("author").values():
            for name, match in _named(pattern, self._family_names, text):
                yield _found("author", name, match)

    @cached_property
    def _family_names(self) -> list[str]:
        """Words of authors' names behind the first one; halves of double names too."""
        found = set()
        for source in self.collection.names.sources:
            for name in source.authors:
                family, comma, _ = name.partition(",")
                words = re.split(r"[\s-]+", family)
                found |= set(words if comma else words[1:])
        return sorted(name for name in found if name[:1].isupper())

    def author_named(self, text: str) -> bool:
        """Whether a question is nothing but the name of an author."""
        asked = words_of_name(text)
        if not asked or len(asked) > LONGEST_NAME:
            return False
        authors = (
            words_of_name(name)
            for source in self.collection.names.sources
            for name in source.authors
        )
        return any(asked <= name for name in authors)


def _patterns(facet: str) -> dict[str, str]:
    found: dict[str, str] = table(__package__, "implied.toml")[facet]
    return {
        name: rf"(?<!\w){pattern}(?!\w)" for name, pattern in found.items()
    }


def _year_range(name: str, years: Sequence[int]) -> str:
    """The range that the words of a pattern mean, as a filter has it.

    >>> _year_range("from_next", [2015]), _year_range("between", [2012, 2015])
    ('2016..2200', '2012..2015')
    """
    first, last = years[0], years[-1]
    bounds = {
        "from_next": (first + 1, LAST_YEAR),
        "from": (first, LAST_YEAR),
        "until_before": (FIRST_YEAR, last - 1),
        "until": (FIRST_YEAR, last),
    }
    low, high = bounds.get(name, (min(years), max(years)))
    return f"{low}..{high}"


def _named(
    pattern: str, names: Iterable[str], text: str
) -> Iterator[tuple[str, re.Match[str]]]:
    """Names that stand in a text as a pattern has them, with where.

    Of two in one the longer.
    """
    taken: list[re.Match[str]] = []
    wording = re.compile(
        pattern.replace("NAME", r"(?P<name>.+)"), re.IGNORECASE
    )
    if not wording.search(text):
        return
    ordered = sorted(names, key=len, reverse=True)
    for name in ordered:
        exact = pattern.replace("NAME", f"(?P<name>{re.escape(name)})")
        for match in re.finditer(exact, text, re.IGNORECASE):
            inside = any(
                match.start() < m.end() and m.start() < match.end()
                for m in taken
            )
            if not inside and _written_as_name(match["name"], name):
                taken.append(match)
                yield name, match
    for match in tuple(taken):
        yield from _listed(match, ordered, text)


def _listed(
    match: re.Match[str], names: Sequence[str], text: str
) -> Iterator[tuple[str, re.Match[str]]]:
    """Names that follow a name in a list: in Zeist, Utrecht of Zwolle."""
    known = {folded_word(name): name for name in names}
    one_of = "|".join(map(re.escape, names))
    following = re.compile(
        rf"(?:,|,? (?:en|of|and|or)) (?P<name>{one_of})(?![\w-])",
        re.IGNORECASE,
    )
    end = match.end()
    while more := following.match(text, end):
        name = known[folded_word(more["name"])]
        if not _written_as_name(more["name"], name):
            return
        yield name, more
        end = more.end()


def _written_as_name(written: str, name: str) -> bool:
    """Whether a name that may be a word (Best, Ede) is written with its capital."""
    return len(folded_word(name)) > _SHORT or written[0] == name[0]


def _found(facet: str, value: str, match: re.Match[str]) -> Found:
    return (
        Implied(match.group().strip(" ,"), facet, (value,)),
        match.start(),
        match.end(),
    )
