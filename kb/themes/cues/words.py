"""Passages as words: spaCy's Dutch tokens with their folded form, lemma and compound parts, and sentence numbers."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from kb.themes.cues.patterns import fold

LONGEST = 20_000  # characters of one passage that are looked at; what follows cannot change what it is about
_END = frozenset(".?!•")
_PART = 5  # letters the head of a compound has at least


@dataclass(frozen=True, slots=True)
class Word:
    """A token with its place: `forms` are the folded word, its lemma and the lemma of its head."""

    forms: frozenset[str]
    folded: str
    start: int
    end: int
    sentence: int
    listed: bool = False  # stands in an enumeration of four or more short items


@cache
def _tokenizer() -> Any:
    import spacy

    return spacy.blank("nl").tokenizer


_BARE = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?:'s)?|\d+")
_BARE_TEXT = re.compile(rf"\s*(?:(?:{_BARE.pattern})(?:\s+|$))*")


def bare(text: str) -> str:
    """`text` as mere words and numbers, without signs between them: what can be read without spaCy."""
    return " ".join(_BARE.findall(text))


def _tokens(text: str) -> list[tuple[str, int]]:
    """Tokens with their offsets. spaCy parts mere words at spaces only, so for those (questions) it is not loaded."""
    if _BARE_TEXT.fullmatch(text):
        return [(found.group(), found.start()) for found in re.finditer(r"\S+", text)]
    return [(token.text, token.idx) for token in _tokenizer()(text)]


@cache
def _lemmas() -> Mapping[str, str]:
    """spaCy's table of Dutch lemmas, read without spaCy: 213,000 words; a lemma is kept once however many words have it."""
    packed = (
        files("spacy_lookups_data")
        .joinpath("data", "nl_lemma_lookup.json.gz")
        .read_bytes()
    )
    found: dict[str, str] = json.loads(gzip.decompress(packed))
    same: dict[str, str] = {}
    for word, lemma in found.items():
        found[word] = same.setdefault(lemma, lemma)
    return found


def _known(word: str) -> str | None:
    lemma = _lemmas().get(word)
    return None if lemma is None else fold(lemma)


@lru_cache(maxsize=200_000)
def forms_of(word: str) -> frozenset[str]:
    """Folded form, lemma, and for a compound whose whole is unknown the form with its head's lemma."""
    folded = fold(word)
    found = {folded}
    lemma = _known(word.lower()) or _known(folded)
    if lemma is None:
        for at in range(3, len(folded) - _PART + 1):
            head = _known(folded[at:])
            if head is not None:
                found.add(folded[:at] + head)
                break
    else:
        found.add(lemma)
    if "-" in folded:
        found.add(folded.replace("-", ""))
    return frozenset(found)


_SEPARATOR = frozenset(",;")


def _enumerations(tokens: list[tuple[str, int]], sentences: list[int]) -> list[bool]:
    """Which tokens stand in an enumeration: at least three separators in a sentence with at most four words between."""
    listed = [False] * len(tokens)
    marks: list[int] = []
    for at in range(len(tokens) + 1):
        last = at == len(tokens) or (
            bool(marks) and sentences[at] != sentences[marks[-1]]
        )
        separator = at < len(tokens) and tokens[at][0] in _SEPARATOR
        if marks and (last or (separator and at - marks[-1] > 5)):
            if len(marks) >= 3:
                listed[marks[0] - 1 : marks[-1] + 3] = [True] * len(
                    listed[marks[0] - 1 : marks[-1] + 3]
                )
            marks = []
        if separator:
            marks.append(at)
    return listed


_RUN = re.compile(r"\S{100,}")


def _legible(text: str) -> str:
    """Endless runs without a space lose their signs (each becomes a space): spaCy is quadratic in them."""
    return _RUN.sub(lambda run: re.sub(r"[\W_]", " ", run.group()), text)


def words_of(text: str) -> list[Word]:
    """The words of `text` (its first 20,000 characters), without punctuation, in order."""
    text = _legible(text[:LONGEST])
    tokens = _tokens(text)
    sentence, sentences = 0, []
    for surface, _ in tokens:
        sentences.append(sentence)
        sentence += surface in _END
    listed = _enumerations(tokens, sentences)
    words = []
    for (surface, start), number, in_list in zip(
        tokens, sentences, listed, strict=True
    ):
        for piece in re.finditer(r"[^\W_](?:[^\s/().,;:]*[^\W_])?", surface):
            begin, end = start + piece.start(), start + piece.end()
            forms = forms_of(piece.group())
            words.append(Word(forms, fold(piece.group()), begin, end, number, in_list))
    return words
