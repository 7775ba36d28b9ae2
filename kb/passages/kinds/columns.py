"""What the learned layer is told of each passage of a document: named numbers.

What the rules say of it and of the other passages, the role of its section, its form, and
words that tell who speaks and how.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from kb.datafiles import table
from kb.passages.kinds.forms import citations_in, is_signpost, quoted_share
from kb.passages.kinds.rules import Ruled, imperatives_in
from kb.passages.kinds.wording import rules

Array = NDArray[np.float64]

# Kinds between which something is weighed; the others are settled by layout or form.
WEIGHED = (
    "text",
    "finding",
    "policy",
    "recommendation",
    "definition",
    "method",
    "figure",
    "literature",
    "respondent_quote",
    "question",
)
# Shares of kinds by the rules in documents by others; a document of few passages is drawn
# to them, as by so many passages more.
USUAL: Mapping[str, float] = {"text": 0.55, "policy": 0.2, "finding": 0.07}
RARE = 0.02
DRAWN = 4
MOST = 4.0  # a weight, a number or a count above this counts as this
LONG = 5.0  # logarithm of the words of a passage of some 150
MOST_A_SENTENCE = 1.5  # words of a list a sentence that count
_ENDS = re.compile(r"[.!?]")
_NUMBER = re.compile(r"\d+")
_STOPS = ".:;,?!…%€=©-"


def columns_of(
    found: Sequence[Ruled], rows: Sequence[int]
) -> tuple[list[str], Array]:
    """(names of the columns, rows × columns) of passages of one document.

    Args:
        found: what the rules say of all its passages, in order.
        rows: the passages wanted, one at least.
    """
    own = [_own(found[at]) for at in rows]
    names = list(own[0])
    values = np.array([[row[name] for name in names] for row in own])
    others = [f"others_{kind}" for kind in WEIGHED]
    return [*names, *others], np.hstack([values, _others(found)[rows]])


def _own(found: Ruled) -> dict[str, float]:
    return {
        **_ruled(found),
        **_form(found),
        **_words(found),
    }


def _ruled(found: Ruled) -> dict[str, float]:
    """What the rules weigh, the kind they give, and the role they go by."""
    weights = found.weights
    kinds = {f"rule_{kind}": float(found.kind == kind) for kind in WEIGHED}
    roles = {
        f"role_{role}": float(found.seen.role == role) for role in _roles()
    }
    wording = {
        f"weight_{kind}": min(MOST, weights.get(kind, 0.0))
        for kind, patterns in rules().kinds
        if patterns
    }
    return {**kinds, **roles, **wording, "statement": float(found.statement)}


@cache
def _roles() -> tuple[str, ...]:
    return (*(role for role, _ in rules().roles), "reported", "decided")


def _form(found: Ruled) -> dict[str, float]:
    """The form of the text, whatever its words."""
    seen = found.seen
    text = seen.text
    sentences = _sentences(text)
    numbers = len(_NUMBER.findall(text))
    return {
        "length": math.log1p(len(text.split())) / LONG,
        "numbers": min(MOST, numbers / sentences),
        "percent": min(MOST, text.count("%")),
        "citations": min(MOST, citations_in(text)),
        "quoted": quoted_share(text),
        "asks": float("?" in text),
        "ends_asking": float(text.rstrip().endswith("?")),
        "ends_in_colon": float(text.rstrip().endswith(":")),
        "address": float("http" in text or "www." in text),
        "begins_small": float(text[:1].islower()),
        "imperatives": min(MOST, imperatives_in(text)),
        "signpost": float(is_signpost(seen)),
    }


def _words(found: Ruled) -> dict[str, float]:
    """How often the words of each list of columns.toml stand there, a sentence."""
    lists = _lists()
    counts = dict.fromkeys(lists, 0)
    for word in found.seen.low.split():
        for name in _lists_with(word.strip(_STOPS)):
            counts[name] += 1
    sentences = _sentences(found.seen.text)
    return {
        f"word_{name}": min(MOST_A_SENTENCE, count / sentences)
        for name, count in counts.items()
    }


def _sentences(text: str) -> int:
    return max(1, len(_ENDS.findall(text)))


@cache
def _lists() -> Mapping[str, tuple[frozenset[str], tuple[str, ...]]]:
    """Of each list its whole words, and the beginnings of words."""
    written: Mapping[str, list[str]] = table(
        "kb.passages.kinds", "columns.toml"
    )["words"]
    return {
        name: (
            frozenset(word for word in words if not word.endswith("*")),
            tuple(word[:-1] for word in words if word.endswith("*")),
        )
        for name, words in written.items()
    }


@lru_cache(maxsize=50_000)
def _lists_with(word: str) -> tuple[str, ...]:
    """The lists that have a word."""
    return tuple(
        name
        for name, (words, beginnings) in _lists().items()
        if word in words or word.startswith(beginnings)
    )


def _others(found: Sequence[Ruled]) -> Array:
    """What share of the other passages of the document is of each kind by the rules."""
    given = np.array(
        [[it.kind == kind for kind in WEIGHED] for it in found], dtype=float
    )
    usual = np.array([USUAL.get(kind, RARE) for kind in WEIGHED])
    others = given.sum(axis=0) - given + DRAWN * usual
    return np.asarray(others / (len(found) - 1 + DRAWN))
