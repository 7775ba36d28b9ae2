"""Passages as words: spaCy's Dutch tokens with their forms and sentence numbers."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from kb.dutch.fold import fold

LONGEST = (
    20_000  # characters looked at; what follows cannot change what it is about
)
_END = frozenset(".?!•")
_SEPARATOR = frozenset(",;")
_HEAD = 5  # letters the head of a compound has at least
_TAIL = 3  # letters before the head
_MARKS = 3  # separators that make an enumeration
_APART = 5  # tokens between two of them at most
_PIECE = re.compile(r"[^\W_](?:[^\s/().,;:]*[^\W_])?")
_RUN = re.compile(r"\S{100,}")
_BARE = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?:'s)?|\d+")
_BARE_TEXT = re.compile(rf"\s*(?:(?:{_BARE.pattern})(?:\s+|$))*")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Word:
    """A token with its place.

    `forms` are the folded word, its lemma and the lemma of its head; `listed` says that it
    stands in an enumeration of four or more short items.
    """

    forms: frozenset[str]
    folded: str
    start: int
    end: int
    sentence: int
    listed: bool = False


@cache
def _tokenizer() -> Any:
    import spacy

    return spacy.blank("nl").tokenizer


def bare(text: str) -> str:
    """`text` as mere words and numbers, as it can be read without spaCy.

    >>> bare("Wie helpt wie? (2015)")
    'Wie helpt wie 2015'
    """
    return " ".join(_BARE.findall(text))


def _tokens(text: str) -> list[tuple[str, int]]:
    """Tokens with their offsets.

    spaCy parts mere words at spaces only, so for those (questions) it is not loaded.
    """
    if _BARE_TEXT.fullmatch(text):
        return [
            (found.group(), found.start()) for found in _WORD.finditer(text)
        ]
    return [(token.text, token.idx) for token in _tokenizer()(text)]


@cache
def _lemmas() -> Mapping[str, str]:
    """spaCy's table of 213,000 Dutch words, read without spaCy; a lemma is kept once."""
    data = files("spacy_lookups_data").joinpath(
        "data", "nl_lemma_lookup.json.gz"
    )
    found: dict[str, str] = json.loads(gzip.decompress(data.read_bytes()))
    same: dict[str, str] = {}
    for word, lemma in found.items():
        found[word] = same.setdefault(lemma, lemma)
    return found


def _lemma(word: str) -> str | None:
    lemma = _lemmas().get(word)
    return None if lemma is None else fold(lemma)


@lru_cache(maxsize=200_000)
def forms_of(word: str) -> frozenset[str]:
    """Folded form and lemma; for an unknown compound the form with its head's lemma.

    >>> sorted(forms_of("Buurtregisseurs"))
    ['buurtregisseur', 'buurtregisseurs']
    """
    folded = fold(word)
    found = {folded}
    lemma = _lemma(word.lower()) or _lemma(folded) or _by_its_head(folded)
    if lemma is not None:
        found.add(lemma)
    if "-" in folded:
        found.add(folded.replace("-", ""))
    return frozenset(found)


def _by_its_head(folded: str) -> str | None:
    """The longest known head brings an unknown compound to its lemma."""
    for at in range(_TAIL, len(folded) - _HEAD + 1):
        head = _lemma(folded[at:])
        if head is not None:
            return folded[:at] + head
    return None


def _enumerations(
    tokens: Sequence[str], sentences: Sequence[int]
) -> list[bool]:
    """Which tokens stand in an enumeration: three separators, each near the next."""
    listed = [False] * len(tokens)
    runs: list[list[int]] = []
    for at, token in enumerate(tokens):
        if token not in _SEPARATOR:
            continue
        last = runs[-1][-1] if runs else None
        if (
            last is not None
            and at - last <= _APART
            and sentences[at] == sentences[last]
        ):
            runs[-1].append(at)
        else:
            runs.append([at])
    for run in runs:
        if len(run) >= _MARKS:
            # One item stands before the first mark, and one behind the last.
            for at in range(max(0, run[0] - 1), min(len(tokens), run[-1] + 3)):
                listed[at] = True
    return listed


def _legible(text: str) -> str:
    """Endless runs without a space lose their signs: spaCy is quadratic in them."""
    return _RUN.sub(lambda run: re.sub(r"[\W_]", " ", run.group()), text)


def words_of(text: str) -> list[Word]:
    """The words of `text` (its first 20,000 characters), without punctuation, in order.

    >>> [(word.folded, word.sentence) for word in words_of("Zij helpt. Hij niet.")]
    [('zij', 0), ('helpt', 0), ('hij', 1), ('niet', 1)]
    """
    found = _tokens(_legible(text[:LONGEST]))
    tokens = [token for token, _ in found]
    sentence, sentences = 0, []
    for token in tokens:
        sentences.append(sentence)
        sentence += token in _END
    listed = _enumerations(tokens, sentences)
    words = []
    for at, (token, place) in enumerate(found):
        for piece in _PIECE.finditer(token):
            start, end = place + piece.start(), place + piece.end()
            surface = piece.group()
            forms, folded = forms_of(surface), fold(surface)
            words.append(
                Word(forms, folded, start, end, sentences[at], listed[at])
            )
    return words
