"""How similar are two names, two titles, two records?

The judgements that clustering and linking share. All names and titles are folded
(`record_of` does that); a similarity counts from 0 to 1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.fuzz import ratio, token_set_ratio

from kb.citations.entries.names import is_organisation, split_particle
from kb.datafiles import words
from kb.dutch.fold import fold, letters

_PARTICLES_BEHIND = words(
    "kb.citations.works", "words.toml", "particles_behind"
)
_NAME_LINKS = words("kb.citations.works", "words.toml", "name_links")

# Names. One wrong letter in "Hilhorst" is a misprint, in "Bos" it is another person.
MISPRINT = 0.88
MISPRINT_OF_FOUR_LETTERS = 0.75
TWO_MISPRINTS = 0.82
ACRONYM = 0.93
SHORTENED = 0.9
SAME_LETTERS = 0.99
ACRONYM_IN_BRACKETS = 0.98

# Titles. Two spellings of one title rarely fall below 0.93; two works of one author
# on one subject reach 0.8 ("Educating the reflective practitioner").
SAME_TITLE = 0.93
NEARLY_SAME_TITLE = 0.85
SUBTITLE_MISSING = 0.95
SUBTITLE_MISSING_AND_MISPRINT = 0.94
MAIN_TITLE_RATIO = 92  # of 100: a main title with a misprint
# Lengths of titles in letters and digits: from which a title alone says much, a year
# may differ, a beginning counts for a title, other numbers in it count for nothing.
TELLING_TITLE = 25
LONG_TITLE = 20
SHORT_TITLE = 10
LONG_BEGINNING = 24
LONG_ENOUGH_FOR_PARTS = 30

# People of two records.
SAME_PEOPLE = 0.9
LIKELY_PEOPLE = 0.7
LIKELY_PEOPLE_OTHER_YEAR = 0.8
NOBODY_NAMED = 0.75
SOME_SHARED = 0.85
PUBLISHER_AS_AUTHOR = 0.8
LIST_OF_OTHER_LENGTH = 0.1


@dataclass(frozen=True, slots=True)
class Record:
    """What matters of a CSL record for comparing, folded.

    `main` is the title up to its subtitle, `letters` the whole title, both as letters
    and digits only; `original` is the first year of a later edition.
    """

    families: tuple[str, ...]
    year: int | None
    original: int | None
    title: str
    main: str
    letters: str
    publisher: str
    container: str
    suffix: str
    etal: bool
    type: str
    group: bool
    identifier: str = ""


def year_of(csl: Mapping[str, Any], field: str = "issued") -> int | None:
    """The year of a CSL date in any of its forms, or None."""
    value = csl.get(field)
    if isinstance(value, Mapping):
        parts = value.get("date-parts")
        value = (
            parts[0][0]
            if parts and parts[0]
            else value.get("raw") or value.get("literal")
        )
    found = re.search(r"\d{4}", str(value or ""))
    return int(found.group()) if found else None


@lru_cache(maxsize=100_000)
def core_name(family: str) -> str:
    """A surname folded, without particles before or behind it.

    >>> core_name("Van der Laan"), core_name("Dartel, van"), core_name("Jager-Bos")
    ('laan', 'dartel,', 'jager bos')
    """
    _, rest = split_particle(" ".join(family.split()))
    parts = fold(rest).replace("'", "").replace(".", "").split()
    while len(parts) > 1 and parts[-1] in _PARTICLES_BEHIND:
        parts.pop()
    return " ".join(parts).replace("-", " ")


def families_of(csl: Mapping[str, Any]) -> tuple[str, ...]:
    """Folded surnames (or names of organisations) of authors, else of editors."""
    names = csl.get("author") or csl.get("editor") or ()
    return tuple(core_name(_family(name)) for name in names)


def _family(name: Mapping[str, str]) -> str:
    return name.get("family") or name.get("literal") or name.get("name") or ""


def record_of(csl: Mapping[str, Any]) -> Record:
    """The comparable facts of `csl`."""
    title = fold(str(csl.get("title", ""))).strip(" .")
    custom = csl.get("custom") or {}
    names = csl.get("author") or csl.get("editor") or ()
    return Record(
        families=families_of(csl),
        year=year_of(csl),
        original=year_of(csl, "original-date"),
        title=title,
        main=main_title(title),
        letters=letters(title),
        publisher=fold(str(csl.get("publisher", ""))),
        container=fold(str(csl.get("container-title", ""))),
        suffix=str(custom.get("suffix", "")),
        etal=bool(custom.get("etal")),
        type=str(csl.get("type", "")),
        group=any("literal" in name for name in names[:1]),
        identifier=str(custom.get("identifier", "")),
    )


def main_title(title: str) -> str:
    """A folded title up to its subtitle, letters and digits only.

    >>> main_title("de buurt aan zet: een verkenning")
    'debuurtaanzet'
    """
    parts = re.split(r"(?<=\w{3})[:.?!]\s|\.\.\.\s|\s-\s", title, maxsplit=1)
    return letters(parts[0])


# -- names


@lru_cache(maxsize=20_000)
def acronym_of(name: str) -> str:
    """The first letters of the words of an organisation.

    >>> acronym_of("Vereniging van Nederlandse Gemeenten")
    'vng'
    """
    bare = re.sub(r"\([^()]*\)", " ", name)
    tokens = re.findall(r"\w+", fold(bare))
    return "".join(t[0] for t in tokens if t not in _NAME_LINKS)


@lru_cache(maxsize=100_000)
def name_similarity(cited: str, printed: str) -> float:
    """Two folded names: equal, misprinted, an acronym and its full form, or shortened.

    >>> name_similarity("hilhorst", "hillhorst"), name_similarity("bos", "bas")
    (0.88, 0.0)
    >>> name_similarity("scp", "sociaal en cultureel planbureau")
    0.93
    """
    if cited == printed:
        return 1.0
    if not cited or not printed:
        return 0.0
    a, b = letters(cited), letters(printed)
    if a == b:
        return SAME_LETTERS
    if _acronym_in_brackets(cited, printed):
        return ACRONYM_IN_BRACKETS
    if _is_acronym_of(a, printed) or _is_acronym_of(b, cited):
        return ACRONYM
    if min(len(a), len(b)) >= 4 and _shortened(cited, printed):
        return SHORTENED
    return _misprint(a, b)


def _acronym_in_brackets(cited: str, printed: str) -> bool:
    """ "scp" or "sociaal planbureau" for "sociaal planbureau (scp)"."""
    inside = re.search(r"\(([\w-]{2,12})\)", printed)
    if not inside:
        return False
    return inside.group(1) == cited or letters(
        printed[: inside.start()]
    ) == letters(cited)


def _is_acronym_of(short: str, name: str) -> bool:
    """Whether `short` abbreviates the several words of `name`; "vngn" for "vng" too."""
    if len(short) > 6 or " " not in name:
        return False
    acronym = acronym_of(name)
    return short in (acronym, f"{acronym}n")


def _shortened(a: str, b: str) -> bool:
    """Whether one organisation is the other with words behind it."""
    short, long = sorted((a, b), key=len)
    goes_on = long.startswith((f"{short} ", f"{short}-"))
    return goes_on and (is_organisation(a) or is_organisation(b))


def _misprint(a: str, b: str) -> float:
    shorter = min(len(a), len(b))
    if shorter < 4 or (a[0] != b[0] and shorter < 6):
        return 0.0
    distance = DamerauLevenshtein.distance(a, b, score_cutoff=2)
    if distance == 1:
        return MISPRINT if shorter >= 5 else MISPRINT_OF_FOUR_LETTERS
    return TWO_MISPRINTS if distance == 2 and shorter >= 8 else 0.0


def names_similarity(a: Sequence[str], b: Sequence[str]) -> float:
    """Two author lists in order; a list cut short is judged on what it has."""
    pairs = list(zip(a, b, strict=False))
    if not pairs:
        return 0.0
    return sum(name_similarity(x, y) for x, y in pairs) / len(pairs)


# -- titles


def title_similarity(a: str, b: str) -> float:
    """Two folded titles; 0 where numbers in them contradict.

    >>> title_similarity("nabij is beter 1", "nabij is beter 2")
    0.0
    """
    return _titles(a, b, letters(a), letters(b))


def _titles(a: str, b: str, x: str, y: str) -> float:
    """`title_similarity` of titles `a` and `b` whose letters are `x` and `y`."""
    if not x or not y:
        return 0.0
    if x == y:
        return 1.0
    of_one_length = min(len(x), len(y)) > 0.75 * max(len(x), len(y))
    if _numbers(a) != _numbers(b) and (
        of_one_length or _parts(a) != _parts(b)
    ):
        return 0.0
    return ratio(x, y) / 100


@lru_cache(maxsize=20_000)
def _numbers(title: str) -> frozenset[str]:
    return frozenset(re.findall(r"\d+", title))


@lru_cache(maxsize=20_000)
def _parts(title: str) -> frozenset[str]:
    """Numbers below 100 that stand by themselves: volumes, parts."""
    return frozenset(re.findall(r"(?<![\d-])\d{1,2}(?![\d-])", title))


def _titles_agree(a: Record, b: Record) -> float:
    """Whole titles similar, or one is the other's main title (the subtitle is missing)."""
    numbers_a, numbers_b = _numbers(a.title), _numbers(b.title)
    if numbers_a - numbers_b and numbers_b - numbers_a:
        return 0.0
    whole = _titles(a.title, b.title, a.letters, b.letters)
    if whole >= SAME_TITLE:
        return whole
    short, long = sorted((a, b), key=lambda record: len(record.letters))
    return _without_subtitle(short, long) or whole


def _without_subtitle(short: Record, long: Record) -> float:
    """How surely the shorter title is the longer one without its subtitle; 0 if not."""
    length = len(short.letters)
    same_parts = _parts(short.title) == _parts(long.title)
    if not same_parts and length < LONG_ENOUGH_FOR_PARTS:
        return 0.0
    whole_main = short.letters == long.main or length >= LONG_BEGINNING
    if (
        length >= SHORT_TITLE
        and long.letters.startswith(short.letters)
        and whole_main
    ):
        return SUBTITLE_MISSING
    misprinted = (
        long.main and ratio(short.letters, long.main) >= MAIN_TITLE_RATIO
    )
    if misprinted and same_parts and length > SHORT_TITLE + 1:
        return SUBTITLE_MISSING_AND_MISPRINT
    return 0.0


# -- records


def same_work(a: Record, b: Record) -> bool:
    """Whether two records describe one work.

    Errs on the side of no: two different works must never be joined.

    >>> once = record_of({"title": "De buurt aan zet", "author": [{"family": "Bos"}]})
    >>> again = record_of({"title": "De buurt aan zet!", "author": [{"family": "Bos"}]})
    >>> same_work(once, again)
    True
    """
    if a.identifier or b.identifier:
        return a.identifier == b.identifier
    if not (a.letters and b.letters) or not _years_fit(a, b):
        return False
    if _other_container(a, b):
        return False
    return _same_title_of_organisations(a, b) or _titles_and_people_agree(a, b)


def _titles_and_people_agree(a: Record, b: Record) -> bool:
    """Whether titles and people say enough together; what one lacks the other makes up."""
    titles = _titles_agree(a, b)
    if titles < NEARLY_SAME_TITLE:
        return False
    people = _people_agree(a, b)
    same_year = a.year == b.year or a.year is None or b.year is None
    enough = LIKELY_PEOPLE if same_year else LIKELY_PEOPLE_OTHER_YEAR
    if titles >= SAME_TITLE and people >= enough:
        longest = max(len(a.letters), len(b.letters))
        return same_year or longest >= LONG_TITLE or titles == 1.0
    telling = len(a.letters) >= TELLING_TITLE
    return people >= SAME_PEOPLE and same_year and telling


def _years_fit(a: Record, b: Record) -> bool:
    """At most a year apart, or an edition and its original.

    Organisations publish under one title year after year: theirs must be equal.
    """
    if a.year is None or b.year is None or a.year == b.year:
        return True
    if a.group and b.group:
        return False
    return (
        abs(a.year - b.year) <= 1
        or a.year == b.original
        or b.year == a.original
    )


_LOOSE_TYPES = {"chapter", "article-journal", "webpage"}


def _other_container(a: Record, b: Record) -> bool:
    """A chapter beside its whole volume, or two containers with different names."""
    if a.type != b.type:
        types = {a.type, b.type}
        return (
            "chapter" in types
            and a.container != b.container
            and not types <= _LOOSE_TYPES
        )
    if not a.container or not b.container:
        return False
    return token_set_ratio(a.container, b.container) < 75


def _same_title_of_organisations(a: Record, b: Record) -> bool:
    if a.letters != b.letters or len(a.title) <= 25 or a.year != b.year:
        return False
    return all(record.group or not record.families for record in (a, b))


def _people_agree(a: Record, b: Record) -> float:
    if not a.families or not b.families:
        return NOBODY_NAMED
    in_order = names_similarity(a.families, b.families)
    if len(a.families) != len(b.families) and not (a.etal or b.etal):
        in_order -= LIST_OF_OTHER_LENGTH
    if in_order >= LIKELY_PEOPLE:
        return in_order
    shared = set(a.families) & set(b.families)
    if shared and len(shared) >= min(len(a.families), len(b.families)):
        return SOME_SHARED
    if _is_publisher_of(a, b) or _is_publisher_of(b, a):
        return PUBLISHER_AS_AUTHOR
    if a.group and b.group:
        return max(in_order, _organisations_agree(a, b))
    return in_order


def _is_publisher_of(one: Record, other: Record) -> bool:
    """Whether `one` gives as its author what `other` gives as its publisher."""
    if not one.group or not other.publisher:
        return False
    return name_similarity(one.families[0], other.publisher) >= SHORTENED


def _organisations_agree(a: Record, b: Record) -> float:
    if token_set_ratio(a.families[0], b.families[0]) >= 95:
        return PUBLISHER_AS_AUTHOR
    acronyms = {acronym_of(f) for f in a.families} & {
        acronym_of(f) for f in b.families
    }
    if any(len(acronym) > 3 for acronym in acronyms):
        return NOBODY_NAMED
    first = a.families[0].split()[:1]
    telling = first == b.families[0].split()[:1] and len("".join(first)) > 8
    return PUBLISHER_AS_AUTHOR if telling and a.letters == b.letters else 0.0
