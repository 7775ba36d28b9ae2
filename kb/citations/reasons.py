"""Why does a citation mean this work, or none? Each piece of the answer is one of `Why`.

A reason is kept with the citation as text; `str` makes it of the pieces, and what is
decided by a reason asks for its pieces, not for its words.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """The pieces of reasons; readers see them in their own words."""

    AUTHOR = "author"
    SPELLED_DIFFERENTLY = "author, spelled differently"
    OTHER_ORDER = "authors, in another order"
    ONE_OF_THE_AUTHORS = "one of the authors"
    PUBLISHER = "publisher"
    NO_AUTHORS = "no authors"
    OTHER_AUTHORS = "authors differ"
    COMMON_SURNAME = "a common surname"
    SEVERAL_WORKS = "more than one work of these authors"
    YEAR = "year"
    NO_YEAR = "no year"
    OTHER_YEAR = "year differs"
    NEXT_YEAR = "year differs by one"
    OTHER_LETTER = "other letter at the year"
    TITLE = "title"
    OTHER_TITLE = "title differs"
    NUMBER = "number"
    OTHER_NUMBER = "other number"
    IN_CORPUS = "document of the corpus"
    IN_LITERATURE = "literature.bib"
    LISTED_ELSEWHERE = "list of another document"
    OTHER_LIST = "from another list of the document"
    IN_THIS_VOLUME = "an article in this volume"
    SAME_AS_BEFORE = "the same as in the note before"
    NO_ENTRY = "no entry fits"
    AMBIGUOUS = "ambiguous"
    TOO_WEAK = "too weak"


@dataclass(frozen=True, slots=True)
class Reason:
    """Pieces in the order in which they were found.

    >>> print(Reason((Why.AUTHOR, Why.YEAR)).because(Why.TITLE))
    author; year; title
    >>> print(Reason((Why.AUTHOR,)).too_weak())
    too weak: author
    """

    pieces: tuple[Why, ...] = ()
    printed_year: int | None = None  # of the entry, where it differs
    works: tuple[str, str] | None = None  # that fit equally well

    def __contains__(self, why: Why) -> bool:
        return why in self.pieces

    def because(self, *whys: Why) -> Reason:
        """This reason with pieces behind it."""
        pieces = (*self.pieces, *whys)
        return Reason(pieces, self.printed_year, self.works)

    def too_weak(self) -> Reason:
        """The same, for what is no link."""
        pieces = (Why.TOO_WEAK, *self.pieces)
        return Reason(pieces, self.printed_year, self.works)

    def __str__(self) -> str:
        weak = self.pieces[:1] == (Why.TOO_WEAK,)
        told = "; ".join(map(self._written, self.pieces[weak:]))
        return f"{Why.TOO_WEAK}: {told}" if weak else told

    def _written(self, why: Why) -> str:
        if why is Why.OTHER_YEAR and self.printed_year:
            return f"{why} ({self.printed_year})"
        if why is Why.AMBIGUOUS and self.works:
            return f"{why}: {self.works[0]} and {self.works[1]} fit equally"
        return why.value


def is_ambiguous(reason: str) -> bool:
    """Whether the reason of a citation says that two works fit equally well.

    >>> is_ambiguous("ambiguous: bos2014 and bos2014b fit equally"), is_ambiguous("year")
    (True, False)
    """
    return reason.partition(":")[0] == Why.AMBIGUOUS
