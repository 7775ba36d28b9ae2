"""The small language in which a framework writes its cues, and its compilation to word sequences.

A cue is a row of slots, one for each word: `ruimte`, `vroegsignaler*`, `*wijkteam*`, `zorg|hulp`. `..` is a gap of at most six
words; `&` joins two rows that stand in one sentence in any order; `_` is any one word. Case and accents do not matter, and a
slot without a star also accepts the inflected forms that have it as their lemma. `<burger>` stands for a set of words (sets.yaml).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import yaml

from kb.dutch.fold import fold as fold

GAP = 6  # words that `..` may span
_FUNCTION = frozenset(
    {
        *(
            "de",
            "het",
            "een",
            "en",
            "of",
            "in",
            "op",
            "van",
            "aan",
            "te",
            "ten",
            "ter",
            "bij",
            "voor",
            "met",
            "om",
            "uit",
            "door",
            "over",
        ),
        *(
            "naar",
            "is",
            "zijn",
            "was",
            "wordt",
            "worden",
            "dat",
            "die",
            "dit",
            "deze",
            "er",
            "ook",
            "niet",
            "als",
            "maar",
            "dan",
            "nog",
        ),
        *(
            "zo",
            "je",
            "we",
            "ze",
            "hij",
            "zij",
            "men",
            "hun",
            "haar",
            "the",
            "and",
            "of",
            "to",
            "is",
            "are",
        ),
    }
)  # words that stand in every passage
START = 2  # letters by which starred slots are found
_LEAST = 3  # letters a starred slot must fix, lest it match everything


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """One word of a cue, one object for each way it is written: `words` match a form or lemma, `regex` the starred alternatives."""

    source: str
    words: frozenset[str]
    regex: re.Pattern[str] | None
    starts: frozenset[str] = (
        frozenset()
    )  # first letters of the starred alternatives; "" for one that begins with a star

    def accepts(self, forms: frozenset[str]) -> bool:
        """Whether any of the folded forms of one token fills this slot."""
        if self.source == "_":
            return True
        if self.words & forms:
            return True
        return self.regex is not None and any(
            self.regex.fullmatch(form) for form in forms
        )


@dataclass(frozen=True, slots=True)
class Row:
    """Slots that follow each other; `gaps[i]` is how many words may stand before slot i."""

    slots: tuple[Slot, ...]
    gaps: tuple[int, ...]


@dataclass(frozen=True)
class Pattern:
    """A compiled cue: all rows must stand in one sentence."""

    source: str
    weight: float
    rows: tuple[Row, ...]

    @cached_property
    def words(self) -> int:
        return sum(len(row.slots) for row in self.rows)


class UnknownSetError(ValueError):
    """A cue names a set of words that is not in sets.yaml."""


@cache
def word_sets() -> dict[str, str]:
    """The sets of words that a cue may name, each as alternatives with bars."""
    sets: dict[str, str] = yaml.safe_load(
        files("kb.themes.cues").joinpath("sets.yaml").read_text(encoding="utf-8")
    )
    return sets


def _expanded(source: str) -> str:
    """`source` with its sets written out. Raises UnknownSetError."""
    for name in re.findall(r"<([^<>|]*)>", source):
        if name not in word_sets():
            raise UnknownSetError(source)
        source = source.replace(f"<{name}>", word_sets()[name])
    return source


@cache
def _slot(source: str) -> Slot:
    plain, starred, starts = set(), [], set()
    for option in _expanded(source).split("|"):
        option = fold(option)
        if "*" in option:
            if len(option.replace("*", "")) < _LEAST:
                raise ValueError(source)
            starred.append(".*".join(re.escape(piece) for piece in option.split("*")))
            first = option.split("*")[0]
            starts.add(first[:START] if len(first) >= START else "")
        elif re.search(r"\w", option):
            plain.add(option)
        else:
            raise ValueError(source)
    return Slot(
        source,
        frozenset(plain),
        re.compile("|".join(starred)) if starred else None,
        frozenset(starts),
    )


def _row(source: str) -> Row:
    slots: list[Slot] = []
    gaps: list[int] = []
    gap = 0
    for word in source.split():
        if word == "..":
            gap = GAP
            continue
        slots.append(Slot("_", frozenset(), None) if word == "_" else _slot(word))
        gaps.append(gap if len(slots) > 1 else 0)
        gap = 0
    if not slots:
        raise ValueError(source)
    return Row(tuple(slots), tuple(gaps))


def compile_pattern(source: str, weight: float = 1.0) -> Pattern:
    """The cue `source` ready to match. Raises ValueError for an empty cue or one that matches nearly everything."""
    rows = tuple(_row(part) for part in source.split("&"))
    if all(
        slot.source == "_" or slot.words & _FUNCTION
        for row in rows
        for slot in row.slots
    ):
        raise ValueError(source)
    return Pattern(source, weight, rows)
