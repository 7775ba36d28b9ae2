"""What sort of answer is wanted? Cue words of the question point to kinds of passages and, through the frameworks' own cues, to themes."""

from __future__ import annotations

import re
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
from kb.dutch.fold import fold
from kb.search.index.collection import Collection
from kb.search.index.forward_index import Rows
from kb.search.index.lexicon import Ints, Lexicon

Scores = npt.NDArray[np.float64]
SIGNS_HALF = 2.0  # signs at which half the most is given
CLOSE = 2  # signs that one close to the word asked counts for
_FULL = 3.0  # strength of cues at which a theme is certain
_LEAST = 1.0
_YEAR = re.compile(r"(?:19|20)\d\d")


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
    sorts: frozenset[str] = frozenset()  # sorts of answer (tables of intents.toml)
    signed: frozenset[str] = (
        frozenset()
    )  # the cues whose sort has signs, which then stand for other words than these

    @property
    def precise(self) -> bool:
        """Whether one passage must answer by itself."""
        return self.numbers or "definition" in self.kinds


@lru_cache(maxsize=1)
def _sorts() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(
        files("kb.search.question").joinpath("intents.toml").read_text(encoding="utf-8")
    )


def _fits(cue: str, word: str) -> bool:
    return word.startswith(cue[:-1]) if cue.endswith("*") else word == cue


def intent_of(
    words: Sequence[str], text: str = "", themes: ThemeReader | None = None
) -> Intent:
    """The intent of a question given as folded words, and as text for the themes."""
    asked = fold(text)
    questions = {
        name
        for name, sort in _sorts().items()
        if "question" in sort and re.fullmatch(sort["question"], asked)
    }
    cues = {
        name: sort["words"] + (" " + sort["signs"] if name in questions else "")
        for name, sort in _sorts().items()
    }
    found = {
        (name, word)
        for name, listed in cues.items()
        for cue in listed.split()
        for word in words
        if _fits(cue, word)
    }
    years = sum(_YEAR.fullmatch(word) is not None for word in set(words))
    sorts = (
        questions
        | {name for name, _ in found}
        | {name for name, sort in _sorts().items() if years >= sort.get("years", 99)}
    )
    weights: dict[str, float] = {}
    if themes is not None and text:
        reading = themes.read(text)
        strengths = {theme: float(reading.strength(theme)) for theme in reading.counted}
        weights = {
            theme: min(1.0, strength / _FULL)
            for theme, strength in strengths.items()
            if strength >= _LEAST
        }
    return Intent(
        frozenset(kind for name in sorts for kind in _sorts()[name]["kinds"]),
        any(_sorts()[name].get("numbers") for name in sorts),
        weights,
        frozenset(word for _, word in found),
        frozenset(sorts),
        frozenset(word for name, word in found if "signs" in _sorts()[name]),
    )


def kind_match(collection: Collection, rows: Ints, intent: Intent) -> Scores:
    """1.0 for rows of a wanted kind, else 0.0."""
    wanted = np.array(
        [kind in intent.kinds for kind in collection.names.kinds] or [False], np.float64
    )
    return wanted[collection.columns["kind"][rows]]


def place_match(collection: Collection, rows: Ints, words: Collection_[str]) -> Scores:
    """1.0 for rows that speak of a municipality whose whole name is among the folded words asked, else 0.0."""
    asked = [
        all(token.folded in words for token in tokens(name))
        for name in collection.names.municipalities
    ]
    if not any(asked):
        return np.zeros(len(rows))
    taken = collection.municipalities.take(rows)
    found = taken.owners[np.array(asked)[taken.words]]
    return (np.bincount(found, minlength=len(rows)) > 0).astype(np.float64)


def number_match(collection: Collection, bodies: Rows) -> Scores:
    """A saturated count (0..1) of the numbers in each passage."""
    held = np.bincount(
        bodies.owners[collection.lexicon.is_number[bodies.words]], minlength=len(bodies)
    )
    return np.asarray(held / (held + 2.0))


def _signs(lexicon: Lexicon, sorts: frozenset[str]) -> npt.NDArray[np.bool_]:
    """Which word numbers are signs of one of these sorts of answer."""
    found = np.zeros(len(lexicon.words), np.bool_)
    for name in sorts:
        for sign in _sorts()[name].get("signs", "").split():
            if sign.endswith("*"):
                found[lexicon.with_prefix(sign[:-1], len(lexicon.words))] = True
            elif sign in lexicon.number:
                found[lexicon.number[sign]] = True
    return found


def sign_match(
    collection: Collection,
    bodies: Rows,
    intent: Intent,
    asked: npt.NDArray[np.bool_] | None = None,
) -> Scores:
    """A saturated count (0..1) of the words of each passage that are signs of the sort of answer wanted.

    A sort that is told `near` what it is about (a definition) counts only signs close to a word asked: `asked`, by word number.
    """
    close = frozenset(name for name in intent.sorts if "near" in _sorts()[name])
    held = np.bincount(
        bodies.owners[_signs(collection.lexicon, intent.sorts - close)[bodies.words]],
        minlength=len(bodies),
    )
    for name in close:
        at = _signs(collection.lexicon, frozenset({name}))[bodies.words]
        if asked is not None:
            at &= _within(asked[bodies.words], bodies, _sorts()[name]["near"])
        held += CLOSE * np.bincount(bodies.owners[at], minlength=len(bodies))
    return np.asarray(held / (held + SIGNS_HALF))


def _within(
    marked: npt.NDArray[np.bool_], bodies: Rows, reach: int
) -> npt.NDArray[np.bool_]:
    """Which places stand at most `reach` words from a marked one in the same text."""
    if not marked.any():
        return marked
    places, every = np.flatnonzero(marked), np.arange(len(marked))
    after = np.searchsorted(places, every)
    found = np.zeros(len(marked), np.bool_)
    for neighbour in (
        places[np.minimum(after, len(places) - 1)],
        places[np.maximum(after - 1, 0)],
    ):
        found |= (np.abs(neighbour - every) <= reach) & (
            bodies.owners[neighbour] == bodies.owners[every]
        )
    return found


def theme_match(collection: Collection, rows: Ints, intent: Intent) -> Scores:
    """How far the themes of each row are those wanted, 0..1."""
    if not intent.themes or not len(collection.themes.words):
        return np.zeros(len(rows))
    weights = np.array(
        [intent.themes.get(theme, 0.0) for theme in collection.names.themes]
    )
    taken = collection.themes.take(rows)
    starts = collection.themes.starts
    places = np.arange(taken.starts[-1]) + np.repeat(
        starts[rows] - taken.starts[:-1], np.diff(taken.starts)
    )
    values = weights[taken.words] * collection.theme_scores[places]
    return np.asarray(
        np.bincount(taken.owners, weights=values, minlength=len(rows))
        / max(1.0, sum(intent.themes.values()))
    )
