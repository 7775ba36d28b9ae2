"""What sort of answer is wanted? Cue words of the question point to kinds of passages and, through the frameworks' own cues, to themes."""

from __future__ import annotations

import tomllib
from collections.abc import Collection as Collection_
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from kb.dutch.analysis import tokens
from kb.search.collection import Collection
from kb.search.forward import Rows
from kb.search.lexicon import Ints

Scores = npt.NDArray[np.float64]
_FULL = 3.0  # strength of cues at which a theme is certain
_LEAST = 1.0


class ThemeReader(Protocol):
    """Reads the themes of a text by their cues, as `kb.themes.cues.CueReader` does."""

    def read(self, text: str) -> Any: ...


@dataclass(frozen=True, slots=True)
class Intent:
    """Kinds and themes wanted (weights 0..1), whether numbers are, and the words that only say so."""

    kinds: frozenset[str] = frozenset()
    numbers: bool = False
    themes: Mapping[str, float] = field(default_factory=dict)
    cues: frozenset[str] = frozenset()

    @property
    def precise(self) -> bool:
        """Whether one passage must answer by itself."""
        return self.numbers or "definition" in self.kinds


@lru_cache(maxsize=1)
def _cues() -> tuple[tuple[str, tuple[str, ...], bool], ...]:
    data = tomllib.loads(files("kb.search").joinpath("intents.toml").read_text(encoding="utf-8"))
    return tuple((word, tuple(row["kinds"]), bool(row.get("numbers"))) for row in data.values() for word in row["words"].split())


def _fits(cue: str, word: str) -> bool:
    return word.startswith(cue[:-1]) if cue.endswith("*") else word == cue


def intent_of(words: Sequence[str], text: str = "", themes: ThemeReader | None = None) -> Intent:
    """The intent of a question given as folded words, and as text for the themes."""
    found = [(word, kinds, numbers) for word in words for cue, kinds, numbers in _cues() if _fits(cue, word)]
    weights: dict[str, float] = {}
    if themes is not None and text:
        reading = themes.read(text)
        strengths = {theme: float(reading.strength(theme)) for theme in reading.counted}
        weights = {theme: min(1.0, strength / _FULL) for theme, strength in strengths.items() if strength >= _LEAST}
    return Intent(
        frozenset(kind for _, kinds, _ in found for kind in kinds),
        any(numbers for _, _, numbers in found),
        weights,
        frozenset(word for word, _, _ in found),
    )


def kind_match(collection: Collection, rows: Ints, intent: Intent) -> Scores:
    """1.0 for rows of a wanted kind, else 0.0."""
    wanted = np.array([kind in intent.kinds for kind in collection.names.kinds] or [False], np.float64)
    return wanted[collection.columns["kind"][rows]]


def place_match(collection: Collection, rows: Ints, words: Collection_[str]) -> Scores:
    """1.0 for rows that speak of a municipality whose whole name is among the folded words asked, else 0.0."""
    asked = [all(token.folded in words for token in tokens(name)) for name in collection.names.municipalities]
    if not any(asked):
        return np.zeros(len(rows))
    taken = collection.municipalities.take(rows)
    found = taken.owners[np.array(asked)[taken.words]]
    return (np.bincount(found, minlength=len(rows)) > 0).astype(np.float64)


def number_match(collection: Collection, bodies: Rows) -> Scores:
    """A saturated count (0..1) of the numbers in each passage."""
    held = np.bincount(bodies.owners[collection.lexicon.is_number[bodies.words]], minlength=len(bodies))
    return np.asarray(held / (held + 2.0))


def theme_match(collection: Collection, rows: Ints, intent: Intent) -> Scores:
    """How far the themes of each row are those wanted, 0..1."""
    if not intent.themes or not len(collection.themes.words):
        return np.zeros(len(rows))
    weights = np.array([intent.themes.get(theme, 0.0) for theme in collection.names.themes])
    taken = collection.themes.take(rows)
    starts = collection.themes.starts
    places = np.arange(taken.starts[-1]) + np.repeat(starts[rows] - taken.starts[:-1], np.diff(taken.starts))
    values = weights[taken.words] * collection.theme_scores[places]
    return np.asarray(np.bincount(taken.owners, weights=values, minlength=len(rows)) / max(1.0, sum(intent.themes.values())))
