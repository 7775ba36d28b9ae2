"""How alike are two names, two titles, two records? The judgements that linking and merging share."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.fuzz import ratio, token_set_ratio

from kb.citations.entries.names import is_organisation, split_particle
from kb.citations.wordlists import fold, squeeze

_LINKS = frozenset(
    [
        "van",
        "voor",
        "en",
        "de",
        "het",
        "der",
        "den",
        "of",
        "the",
        "and",
        "for",
        "in",
        "op",
        "aan",
        "und",
    ]
)


@dataclass(frozen=True, slots=True)
class Record:
    """What matters of a CSL record for comparing: folded surnames, year(s), title and its main part."""

    families: tuple[str, ...]
    year: int | None
    original: int | None
    title: str
    main: str
    publisher: str
    container: str
    suffix: str
    etal: bool
    type: str
    group: bool


def year_of(csl: Mapping[str, Any], field: str = "issued") -> int | None:
    """The year of a CSL date, or None."""
    value = csl.get(field)
    if isinstance(value, Mapping):
        parts = value.get("date-parts") or []
        if parts and parts[0]:
            found = re.search(r"\d{4}", str(parts[0][0]))
            return int(found.group()) if found else None
        value = value.get("raw") or value.get("literal")
    found = re.search(r"\d{4}", str(value)) if value is not None else None
    return int(found.group()) if found else None


@lru_cache(maxsize=20000)
def core_name(family: str) -> str:
    """A surname folded, without particles before or behind it."""
    particle, rest = split_particle(" ".join(family.split()))
    del particle
    parts = fold(rest).replace("'", "").replace(".", "").split()
    while len(parts) > 1 and parts[-1] in {"van", "de", "der", "den", "von"}:
        parts.pop()
    return " ".join(parts).replace("-", " ")


def families_of(csl: Mapping[str, Any]) -> tuple[str, ...]:
    """Folded surnames (or names of organisations) of authors, else of editors."""
    names: Sequence[Mapping[str, str]] = csl.get("author") or csl.get("editor") or ()
    return tuple(
        core_name(n.get("family") or n.get("literal") or n.get("name") or "")
        for n in names
    )


def record_of(csl: Mapping[str, Any]) -> Record:
    """The comparable facts of `csl`."""
    title = fold(str(csl.get("title", ""))).strip(" .")
    custom = csl.get("custom") or {}
    names = csl.get("author") or csl.get("editor") or ()
    return Record(
        families=families_of(csl), year=year_of(csl), original=year_of(csl, "original-date"), title=title, main=main_title(title),
        publisher=fold(str(csl.get("publisher", ""))), container=fold(str(csl.get("container-title", ""))),
        suffix=str(custom.get("suffix", "")), etal=bool(custom.get("etal")), type=str(csl.get("type", "")),
        group=any("literal" in n for n in names[:1]),
    )  # fmt: skip


def main_title(title: str) -> str:
    """A folded title up to its subtitle."""
    parts = re.split(r"(?<=\w{3})[:.?!]\s|\.\.\.\s|\s-\s", title, maxsplit=1)
    return squeeze(parts[0]) if parts else squeeze(title)


@lru_cache(maxsize=20000)
def acronym_of(name: str) -> str:
    """The first letters of the words of an organisation: "sociaal en cultureel planbureau" gives "scp"."""
    bare = re.sub(r"\([^()]*\)", " ", name)
    tokens = [t for t in re.findall(r"[\w]+", fold(bare)) if t not in _LINKS]
    letters = "".join(t[0] for t in tokens)
    if "planbureau" in tokens:
        letters = letters.replace("p", "p", 1)
    return letters


@lru_cache(maxsize=50000)
def name_similarity(cited: str, printed: str) -> float:
    """0..1 for two folded names: equal, one misprint, an abbreviation and its full form, or a shortened organisation."""
    if cited == printed:
        return 1.0
    if not cited or not printed:
        return 0.0
    a, b = squeeze(cited), squeeze(printed)
    if a == b:
        return 0.99
    if (inside := re.search(r"\(([\w-]{2,12})\)", printed)) and (
        inside.group(1) == cited or squeeze(printed[: inside.start()]) == a
    ):
        return 0.98
    if (
        len(a) <= 6
        and " " in printed
        and (acronym_of(printed) == a or acronym_of(printed) + "n" == a)
    ):
        return 0.93
    if len(b) <= 6 and " " in cited and acronym_of(cited) == b:
        return 0.93
    if (
        (
            printed.startswith(cited + " ")
            or cited.startswith(printed + " ")
            or printed.startswith(cited + "-")
        )
        and min(len(a), len(b)) >= 4
        and (is_organisation(printed) or is_organisation(cited))
    ):
        return 0.9
    return _misprint(a, b)


def _misprint(a: str, b: str) -> float:
    shorter = min(len(a), len(b))
    if shorter < 4 or (a[0] != b[0] and shorter < 6):
        return 0.0
    distance = DamerauLevenshtein.distance(a, b, score_cutoff=2)
    if distance == 1 and shorter >= 4:
        return 0.88 if shorter >= 5 else 0.75
    if distance == 2 and shorter >= 8:
        return 0.82
    return 0.0


def names_similarity(a: Sequence[str], b: Sequence[str]) -> float:
    """0..1 for two author lists in order; a list cut short ("e.a.") is judged on what it has."""
    size = min(len(a), len(b))
    if not size:
        return 0.0
    return sum(name_similarity(x, y) for x, y in zip(a, b, strict=False)) / size


def title_similarity(a: str, b: str) -> float:
    """0..1 for two folded titles; 0 where numbers in them contradict ("Nabij is beter 1" and "2")."""
    x, y = squeeze(a), squeeze(b)
    if not x or not y:
        return 0.0
    if x == y:
        return 1.0
    if _numbers(a) != _numbers(b) and (
        (len(x) > 0.75 * len(y) and len(y) > 0.75 * len(x)) or _parts(a) != _parts(b)
    ):
        return 0.0
    return float(ratio(x, y)) / 100


def _numbers(title: str) -> frozenset[str]:
    return frozenset(re.findall(r"\d+", title))


def _parts(title: str) -> frozenset[str]:
    """Numbers below 100 that stand by themselves: volumes, parts."""
    return frozenset(re.findall(r"(?<![\d-])\d{1,2}(?![\d-])", title))


def same_work(a: Record, b: Record) -> bool:
    """Whether two records describe one work. Errs on the side of no: two different works must never be joined."""
    if not a.title or not b.title:
        return False
    years = (
        a.year is None
        or b.year is None
        or abs(a.year - b.year) <= 1
        or a.year == b.original
        or b.year == a.original
    )
    if not years or (a.group and b.group and a.year != b.year and a.year and b.year):
        return False  # organisations publish under one title year after year
    kinds = {a.type, b.type}
    if (
        "chapter" in kinds
        and len(kinds) > 1
        and a.container != b.container
        and not kinds <= {"chapter", "article-journal", "webpage"}
    ):
        return False
    if (
        a.container
        and b.container
        and a.type == b.type
        and token_set_ratio(a.container, b.container) < 75
    ):
        return False
    if (
        squeeze(a.title) == squeeze(b.title)
        and len(a.title) > 25
        and a.year == b.year
        and (a.group or not a.families)
        and (b.group or not b.families)
    ):
        return True
    titles = _titles_agree(a, b)
    people = _people_agree(a, b)
    same_year = a.year == b.year or a.year is None or b.year is None
    if titles >= 0.93 and people >= (0.7 if same_year else 0.8):
        return (
            same_year
            or len(squeeze(a.title)) >= 20
            or len(squeeze(b.title)) >= 20
            or titles == 1.0
        )
    return (
        titles >= 0.85 and people >= 0.9 and same_year and len(squeeze(a.title)) >= 25
    )


def _titles_agree(a: Record, b: Record) -> float:
    """Whole titles alike, or one of the two is the other's main title (the subtitle is missing)."""
    if _numbers(a.title) - _numbers(b.title) and _numbers(b.title) - _numbers(a.title):
        return 0.0
    whole = title_similarity(a.title, b.title)
    if whole >= 0.93:
        return whole
    x, y = squeeze(a.title), squeeze(b.title)
    short, long_, long_main = (x, y, b.main) if len(x) < len(y) else (y, x, a.main)
    if _parts(a.title) != _parts(b.title) and len(short) < 30:
        return whole
    if (
        len(short) >= 10
        and long_.startswith(short)
        and (short == long_main or len(short) >= 24)
    ):
        return 0.95
    if (
        len(short) >= 12
        and short[: len(long_main)]
        and ratio(short, long_main) >= 92
        and _parts(a.title) == _parts(b.title)
    ):
        return 0.94
    return whole


def _people_agree(a: Record, b: Record) -> float:
    if not a.families or not b.families:
        return 0.75
    both = names_similarity(a.families, b.families)
    if len(a.families) != len(b.families) and not (a.etal or b.etal):
        both -= 0.1
    if both >= 0.7:
        return both
    if set(a.families) & set(b.families) and len(
        set(a.families) & set(b.families)
    ) >= min(len(a.families), len(b.families)):
        return 0.85
    # the publisher given as the author, or an abbreviation
    for one, other in ((a, b), (b, a)):
        if (
            one.group
            and one.families[0]
            and other.publisher
            and name_similarity(one.families[0], other.publisher) >= 0.9
        ):
            return 0.8
        if (
            one.group
            and other.group
            and token_set_ratio(one.families[0], other.families[0]) >= 95
        ):
            return 0.8
    initials = (
        {acronym_of(f) for f in a.families} & {acronym_of(f) for f in b.families}
        if a.group and b.group
        else set()
    )
    if any(len(i) > 3 for i in initials):
        return 0.75
    if (
        a.group
        and b.group
        and a.families[0].split()[0] == b.families[0].split()[0]
        and len(a.families[0].split()[0]) > 8
        and squeeze(a.title) == squeeze(b.title)
    ):
        return 0.8
    return both
