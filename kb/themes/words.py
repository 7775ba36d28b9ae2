"""Passages as words: spaCy's Dutch tokens with their folded form, lemma and compound parts, and sentence numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from kb.themes.patterns import fold

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


@cache
def _lemmas() -> Any:
    from spacy.lookups import load_lookups

    return load_lookups("nl", ["lemma_lookup"]).get_table("lemma_lookup")


def _known(word: str) -> str | None:
    lemma = _lemmas().get(word)
    return fold(lemma) if isinstance(lemma, str) else None


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
        last = at == len(tokens) or (bool(marks) and sentences[at] != sentences[marks[-1]])
        separator = at < len(tokens) and tokens[at][0] in _SEPARATOR
        if marks and (last or (separator and at - marks[-1] > 5)):
            if len(marks) >= 3:
                listed[marks[0] - 1 : marks[-1] + 3] = [True] * len(listed[marks[0] - 1 : marks[-1] + 3])
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
    tokens = [(token.text, token.idx) for token in _tokenizer()(text)]
    sentence, sentences = 0, []
    for surface, _ in tokens:
        sentences.append(sentence)
        sentence += surface in _END
    listed = _enumerations(tokens, sentences)
    words = []
    for (surface, start), number, in_list in zip(tokens, sentences, listed, strict=True):
        for piece in re.finditer(r"[^\W_](?:[^\s/().,;:]*[^\W_])?", surface):
            begin, end = start + piece.start(), start + piece.end()
            forms = forms_of(piece.group())
            words.append(Word(forms, fold(piece.group()), begin, end, number, in_list))
    return words
