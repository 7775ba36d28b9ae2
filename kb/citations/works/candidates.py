"""Which works can a citation mean? Candidates by the letters of their names and titles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from kb.citations.works.judging import identifier_of, publishers_of
from kb.citations.works.similarity import Record, core_name
from kb.datafiles import words
from kb.dutch.fold import letters
from kb.records import Citation

_NAME_LINKS = words("kb.citations.works", "words.toml", "name_links")

# A key that more candidates share is read with the year: "Jansen" of 2015.
CROWD = 80
# Works of one name and year among which a citation is sought: with all of a list of 8,000
# such entries, each cited with another co-author, linking took over four minutes.
MOST_OF_ONE_NAME_AND_YEAR = 100


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A work as one entry or record describes it.

    `place` is where it was found: an origin of works, or the place of a reference.
    """

    record: Record
    work: str | None
    reference: str | None = None
    list_number: int = 0
    place: str = "list"


class Candidates:
    """The works of one document, or of the corpus, found by name and title."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self.by_key: dict[str, list[Candidate]] = defaultdict(list)
        self.by_year: dict[str, list[Candidate]] = defaultdict(list)
        for candidate in candidates:
            record = candidate.record
            for key in dict.fromkeys(_keys_of(record)):
                self.by_key[key].append(candidate)
                self.by_year[f"{key}|{record.year or ''}"].append(candidate)

    def likely(self, citation: Citation) -> list[Candidate]:
        """Candidates that share a key with the first author, or with the title.

        Where too many do, those of about the year, or without one.
        """
        found: dict[Candidate, None] = {}
        for key in _keys_for(citation):
            under_key = self.by_key.get(key, [])
            if len(under_key) > CROWD:
                under_key = list(self._of_about(key, citation.year))
            found.update(dict.fromkeys(under_key))
        return list(found)

    def _of_about(self, key: str, year: int | None) -> Iterator[Candidate]:
        years = ("", year - 1, year, year + 1) if year else ("",)
        for each in years:
            under_key = self.by_year.get(f"{key}|{each}", [])
            if len(under_key) <= CROWD or key.startswith("="):
                yield from under_key[:MOST_OF_ONE_NAME_AND_YEAR]


def _keys_of(record: Record) -> Iterator[str]:
    for family in record.families:
        yield from _name_keys(family)
    for publisher in (
        publishers_of(record.publisher) if record.publisher else ()
    ):
        yield from _name_keys(publisher)
    if record.letters:
        yield f"t{record.letters[:6]}"
    if record.identifier:
        yield f"#{record.identifier}"


def _keys_for(citation: Citation) -> Iterator[str]:
    if citation.authors:
        yield from _name_keys(core_name(citation.authors[0]))
    if citation.title:
        yield f"t{letters(citation.title)[:6]}"
    if citation.csl:
        yield f"#{identifier_of(citation)}"


@lru_cache(maxsize=50_000)
def _name_keys(name: str) -> tuple[str, ...]:
    """Keys under which a (misprinted) name is looked for.

    The whole name, its first letters, its first with its last two, its acronym.

    >>> _name_keys("sociaal en cultureel planbureau")
    ('=sociaalencultureelplanbureau', 'soc', 's_au', 'scp')
    """
    bare = letters(name)
    if not bare:
        return ()
    keys = [f"={bare}", bare[:3], f"{bare[:1]}_{bare[-2:]}"]
    tokens = [letters(w) for w in name.split() if w not in _NAME_LINKS]
    if len(tokens) > 1:
        keys.append("".join(token[:1] for token in tokens)[:3])
    return tuple(keys)
