"""What sort of answer is wanted?

Cue words of the question point to kinds of passages and, through the frameworks' own cues, to
themes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from kb.datafiles import table
from kb.dutch.fold import fold

_CERTAIN = 3.0  # strength of cues at which a theme is certain
_LEAST = 1.0  # strength below which a theme is not asked
_YEAR = re.compile(r"(?:19|20)\d\d")
_NEVER = 99  # years no question names


class ThemeReader(Protocol):
    """Reads the themes of a text by their cues, as `kb.themes.cues` does."""

    def read(self, text: str) -> Any: ...


@dataclass(frozen=True, slots=True)
class Intent:
    """The sorts of answer wanted, and the words that only say so."""

    sorts: frozenset[str] = frozenset()  # tables of intents.toml
    themes: Mapping[str, float] = field(
        default_factory=dict
    )  # theme to weight, 0..1
    cues: frozenset[str] = frozenset()
    signed: frozenset[str] = (
        frozenset()
    )  # cues whose sort has signs of its own
    carried: frozenset[str] = frozenset()  # cues that say nothing more
    worded: bool = (
        False  # as a whole: "waarom werkt het niet", of which no word says it
    )

    @property
    def kinds(self) -> frozenset[str]:
        """Kinds of passages preferred."""
        return frozenset(
            kind for sort in self.sorts for kind in sorts()[sort]["kinds"]
        )

    @property
    def numbers(self) -> bool:
        """Whether figures are wanted."""
        return any(sorts()[sort].get("numbers") for sort in self.sorts)

    @property
    def precise(self) -> bool:
        """Whether one passage must answer by itself."""
        return self.numbers or "definition" in self.sorts


def sorts() -> Mapping[str, Mapping[str, Any]]:
    """The sorts of answer a question may ask for."""
    found: Mapping[str, Mapping[str, Any]] = table(__package__, "intents.toml")
    return found


def intent_of(
    words: Sequence[str], text: str = "", themes: ThemeReader | None = None
) -> Intent:
    """The intent of a question given as folded words, and as text for the themes.

    >>> intent = intent_of(["aanbevelingen", "werkdruk"])
    >>> sorted(intent.sorts), sorted(intent.cues)
    (['recommendation'], ['aanbevelingen'])
    >>> sorted(intent_of(["wijkteam"], "waarom werkt het wijkteam niet?").sorts)
    ['bottleneck']
    """
    worded, dated = _worded(text), _dated(words)
    cues = {
        name: _cues(sort, words, name in worded)
        for name, sort in sorts().items()
    }
    cued = {name for name, found in cues.items() if found}
    signed = [cues[name] for name in cued if "signs" in sorts()[name]]
    return Intent(
        frozenset(worded | dated | cued),
        _themes(text, themes) if text and themes is not None else {},
        frozenset().union(*cues.values()),
        frozenset().union(*signed),
        frozenset(
            word
            for name in worded
            for word in words
            if _fits_one(sorts()[name].get("carried", ""), word)
        ),
        bool(worded),
    )


def _worded(text: str) -> set[str]:
    """Sorts for which a question as a whole is worded."""
    asked = fold(text)
    wordings = {
        n: sort["question"].strip()
        for n, sort in sorts().items()
        if "question" in sort
    }
    return {
        name
        for name, wording in wordings.items()
        if re.fullmatch(wording, asked)
    }


def _dated(words: Sequence[str]) -> set[str]:
    """Sorts that a question asks for by naming years."""
    years = len({word for word in words if _YEAR.fullmatch(word)})
    return {
        name
        for name, sort in sorts().items()
        if years >= sort.get("years", _NEVER)
    }


def _cues(
    sort: Mapping[str, Any], words: Sequence[str], worded: bool
) -> frozenset[str]:
    """The words that ask for a sort of answer.

    In a question worded for it its signs do too: *verstaan* in "wat wordt verstaan onder".
    """
    also = ("signs", "carried") if worded else ()
    listed = " ".join([sort["words"], *(sort.get(name, "") for name in also)])
    return frozenset(word for word in words if _fits_one(listed, word))


def _fits_one(cues: str, word: str) -> bool:
    """Whether a word is one of some cues."""
    return any(fits(cue, word) for cue in cues.split())


def fits(cue: str, word: str) -> bool:
    """Whether a word is a cue, or begins as one with a star behind it.

    >>> fits("knelpunt*", "knelpunten"), fits("tip", "tips")
    (True, False)
    """
    return word.startswith(cue[:-1]) if cue.endswith("*") else word == cue


def _themes(text: str, themes: ThemeReader) -> dict[str, float]:
    reading = themes.read(text)
    strengths = {
        theme: float(reading.strength(theme)) for theme in reading.counted
    }
    return {
        theme: min(1.0, strength / _CERTAIN)
        for theme, strength in strengths.items()
        if strength >= _LEAST
    }


def theme_reader(frameworks: Any) -> Any:
    """Reads themes in questions; None without frameworks."""
    if frameworks is None:
        return None
    from kb.themes.cues.reader import CueReader, CuesFound
    from kb.themes.cues.words import bare

    class Bare(CueReader):
        """Reads a question as mere words, for which spaCy is not needed."""

        def read(self, text: str) -> CuesFound:
            return super().read(bare(text))

    return Bare(frameworks)
