"""The small language in which a framework writes its cues, and its compilation.

A cue is a row of slots, one for each word: `ruimte`, `vroegsignaler*`, `*wijkteam*`,
`zorg|hulp`. `..` is a gap of at most six words; `&` joins two rows that stand near one
another in one sentence; `!` names a row that must not stand in that sentence, for a word
with another meaning (`vroegsignalering ! faillissement*`); `_` is any one word.
Case and accents do not matter, and a slot without a star also accepts the inflected forms
that have it as their lemma. `<burger>` stands for a set of words (sets.yaml).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kb.datafiles import table, words
from kb.dutch.fold import fold

GAP = 6  # words that `..` may span
START = 2  # letters by which starred slots are found
_LEAST = 3  # letters a starred slot must fix, lest it match everything


@dataclass(frozen=True, slots=True)
class Option:
    """An alternative with a star, such as `*wijkteam*`.

    A form that fits begins with `start`, if not "", and holds `core`, which is quick to see.
    """

    regex: re.Pattern[str]
    start: str
    core: str

    def accepts(self, form: str) -> bool:
        """Whether a folded form is written so."""
        return self.core in form and self.regex.fullmatch(form) is not None


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """One word of a cue; there is one object for each way it is written.

    `words` match a form or lemma, `options` the forms that are written with a star.
    """

    source: str
    words: frozenset[str]
    options: tuple[Option, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether any one word fills it."""
        return self.source == "_"

    def accepts(self, forms: frozenset[str]) -> bool:
        """Whether any of the folded forms of one token fills this slot."""
        if self.anything or self.words & forms:
            return True
        return any(
            option.accepts(form) for option in self.options for form in forms
        )


@dataclass(frozen=True, slots=True)
class Row:
    """Slots that follow each other; `gaps[i]` is how many words may stand before slot i."""

    slots: tuple[Slot, ...]
    gaps: tuple[int, ...]


@dataclass(frozen=True)
class Pattern:
    """A compiled cue: all rows stand in one sentence, and none of `excluded` does."""

    source: str
    weight: float
    rows: tuple[Row, ...]
    excluded: tuple[Row, ...] = ()


class UnknownSetError(ValueError):
    """A cue names a set of words that is not in sets.yaml."""


def word_sets() -> dict[str, str]:
    """The sets of words that a cue may name, each as alternatives with bars."""
    sets: dict[str, str] = table("kb.themes.cues", "sets.yaml")
    return sets


def _expanded(source: str) -> str:
    """`source` with its sets written out. Raises UnknownSetError."""
    for name in re.findall(r"<([^<>|]*)>", source):
        if name not in word_sets():
            raise UnknownSetError(source)
        source = source.replace(f"<{name}>", word_sets()[name])
    return source


@cache
def slot_of(source: str) -> Slot:
    """The slot that `source` writes.

    Raises:
        UnknownSetError: a set that is not in sets.yaml.
        ValueError: an alternative without letters, or with too few beside its star.

    >>> slot_of("wijkteam*|generalist").accepts(frozenset({"wijkteams"}))
    True
    """
    if source == "_":
        return Slot("_", frozenset())
    options = [fold(option) for option in _expanded(source).split("|")]
    if any(_too_wide(option) for option in options):
        raise ValueError(source)
    plain = frozenset(option for option in options if "*" not in option)
    starred = [_option(option) for option in options if "*" in option]
    return Slot(source, plain, tuple(starred))


@cache
def _option(source: str) -> Option:
    regex = re.compile(re.escape(source).replace(r"\*", ".*"))
    return Option(regex, _start(source), max(source.split("*"), key=len))


def _too_wide(option: str) -> bool:
    """Whether an alternative would match nearly everything, or nothing."""
    if "*" in option:
        return len(option.replace("*", "")) < _LEAST
    return re.search(r"\w", option) is None


def _start(option: str) -> str:
    """The first letters of a starred alternative; "" where a star stands among them."""
    head = option.split("*")[0]
    return head[:START] if len(head) >= START else ""


def _row(source: str) -> Row:
    slots: list[Slot] = []
    gaps: list[int] = []
    gap = 0
    for word in source.split():
        if word == "..":
            gap = GAP
            continue
        slots.append(slot_of(word))
        gaps.append(gap if len(slots) > 1 else 0)
        gap = 0
    if not slots:
        raise ValueError(source)
    return Row(tuple(slots), tuple(gaps))


def _says_nothing(slot: Slot) -> bool:
    everywhere = words("kb.themes.cues", "function_words.toml", "words")
    return slot.source == "_" or bool(slot.words & everywhere)


def compile_pattern(source: str, weight: float = 1.0) -> Pattern:
    """The cue `source` ready to match.

    Raises:
        ValueError: an empty cue, or one that matches nearly everything.

    >>> cue = compile_pattern("ruimte .. krijgen & <professional> ! parkeer*")
    >>> len(cue.rows), len(cue.excluded)
    (2, 1)
    """
    wanted, *excluded = source.split("!")
    rows = tuple(_row(part) for part in wanted.split("&"))
    if all(_says_nothing(slot) for row in rows for slot in row.slots):
        raise ValueError(source)
    return Pattern(
        source, weight, rows, tuple(_row(part) for part in excluded)
    )
