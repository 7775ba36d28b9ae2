"""Passages as words: spaCy's Dutch tokens with their forms and sentence numbers."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

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
# Signs, or white space that is more or other than one space.
_RUNS = re.compile(r"\S+|\s{2,}|[^\S ]")
_KEPT = 60  # characters of a run of signs of which the tokens are remembered


class Word(NamedTuple):
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


class _Token(NamedTuple):
    """A token of spaCy, without its place: its words with their offsets in a run of signs."""

    text: str
    words: tuple[tuple[frozenset[str], str, int, int], ...]


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


def _tokens(run: str) -> tuple[_Token, ...]:
    """The tokens of a run of signs without a space, remembered for each run.

    spaCy looks at one run at a time, so that its answer holds wherever the run stands.
    """
    return _tokens_kept(run) if len(run) <= _KEPT else _tokenized(run)


def _tokenized(run: str) -> tuple[_Token, ...]:
    """spaCy leaves a mere word whole: for those (questions) it is not loaded."""
    if _BARE.fullmatch(run):
        return (_Token(run, _words_in(run, 0)),)
    return tuple(
        _Token(token.text, _words_in(token.text, token.idx))
        for token in _tokenizer()(run)
    )


_tokens_kept = lru_cache(maxsize=100_000)(_tokenized)


def _words_in(
    token: str, place: int
) -> tuple[tuple[frozenset[str], str, int, int], ...]:
    """The words of a token that stands at `place`: (forms, folded, start, end)."""
    return tuple(
        (
            forms_of(piece.group()),
            fold(piece.group()),
            place + piece.start(),
            place + piece.end(),
        )
        for piece in _PIECE.finditer(token)
    )


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


@lru_cache(maxsize=100_000)
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
    marks = [at for at, token in enumerate(tokens) if token in _SEPARATOR]
    for at in marks if len(marks) >= _MARKS else ():
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
    found = list(_placed(_legible(text[:LONGEST])))
    tokens = [token.text for token, _ in found]
    sentence, sentences = 0, []
    for token in tokens:
        sentences.append(sentence)
        sentence += token in _END
    listed = _enumerations(tokens, sentences)
    return [
        Word(forms, folded, at + start, at + end, sentence, in_list)
        for (token, at), sentence, in_list in zip(
            found, sentences, listed, strict=True
        )
        for forms, folded, start, end in token.words
    ]


def _placed(text: str) -> Iterator[tuple[_Token, int]]:
    """Tokens with where their run begins; white space that is not one space is a token too."""
    for run in _RUNS.finditer(text):
        signs, at = run.group(), run.start()
        if signs[0].isspace():
            yield _Token(signs, ()), at
            continue
        for token in _tokens(signs):
            yield token, at
