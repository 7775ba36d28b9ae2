"""What recognition misread in the text of a scanned page, mended by its context.

Quotation marks are told by those they pair with and by the manner of the document, an I at
the head of a sentence and a nought by what follows. Other words are left to the repair of
passages. What was read stays in `raw`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from kb.dutch.wordlist import is_word
from kb.records import Block

_PROSE = ("paragraph", "list", "footnote", "quote", "heading")
_OPENING = re.compile(r"(?<![^\s(\[])[‘“„\"'](?=[^\W_])")
_CLOSING = re.compile(r"(?<=[\w.,?!…)])[’”\"'“](?=[\s.,;:?!)\]]|\d{1,2}\b|$)")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['’‘](?=[^\W\d_])")
_NOUGHT = re.compile(
    r"(?<![^\W_])O(?=-met(?:ing|en)|[.,]\d)|(?<=\d)[oO](?=\d|%)"
)
_ONE = re.compile(r"(?<![^\W_])l(?=\d)|(?<=\d)l(?=\d|%)")
_ELISION = re.compile(
    r"(?<![^\s(])[‘'](?=[snt](?:-[A-Z]|\s))"
)  # ’s-Graveland, ’t huis
_SMALL_L = re.compile(r"(?:(?<=[.?!:]\s)|(?<=[‘“„])|^)l[a-zà-ÿ]+")
_STRAY = re.compile(
    r"(?<=[.?!])[*°®\"“”’](?=\s|$)"
)  # what a raised figure was taken for
_SINGLE, _DOUBLE = "‘’'", '“”„"'
_ALIKE = 0.6  # share of the marks of a document that are of one kind
_LONGEST = 400  # characters of a quotation


@dataclass(frozen=True, slots=True)
class Manner:
    """How a document writes: its quotation marks, "" where it has no manner, and its apostrophe."""

    opening: str = ""
    closing: str = ""
    apostrophe: str = ""


def mended(blocks: Sequence[Block], pages: Collection[int]) -> list[Block]:
    """`blocks`, those of recognised `pages` with what was surely misread mended."""
    read = [block for block in blocks if block.page in pages]
    manner = manner_of(block.text for block in read)
    return [
        _mended(block, manner)
        if block.page in pages and block.kind in _PROSE
        else block
        for block in blocks
    ]


def manner_of(texts: Iterable[str]) -> Manner:
    """The manner that most marks of `texts` show."""
    marks: Counter[str] = Counter()
    apostrophes: Counter[str] = Counter()
    for text in texts:
        marks.update(_OPENING.findall(text))
        marks.update(_CLOSING.findall(text))
        apostrophes.update(_APOSTROPHE.findall(text))
    single = sum(marks[sign] for sign in _SINGLE)
    double = sum(marks[sign] for sign in _DOUBLE)
    apostrophe = "’" if apostrophes["’"] > apostrophes["'"] else ""
    if single >= _ALIKE * (single + double) and marks["‘"] + marks["’"]:
        return Manner("‘", "’", apostrophe)
    if double >= _ALIKE * (single + double) and marks["“"] + marks["”"]:
        low = marks["„"] > marks["“"]
        return Manner("„" if low else "“", "”", apostrophe)
    return Manner(apostrophe=apostrophe)


def _mended(block: Block, manner: Manner) -> Block:
    text = quoted(figured(block.text), manner)
    if text == block.text:
        return block
    return replace(block, text=text, raw=block.raw or block.text)


def figured(text: str) -> str:
    """`text` with capital I and noughts where a scan gave l and O.

    >>> figured("Zij bleef. lemand zei: de O-meting van 2O15 duurde l0 dagen.")
    'Zij bleef. Iemand zei: de 0-meting van 2015 duurde 10 dagen.'
    >>> figured("in ‘s-Graveland, in 't bos")
    'in ’s-Graveland, in ’t bos'
    """
    text = _NOUGHT.sub("0", text)
    text = _ELISION.sub("’", _ONE.sub("1", text))
    return _SMALL_L.sub(_with_capital, text)


def _with_capital(match: re.Match[str]) -> str:
    word = match.group()
    capital = f"I{word[1:]}"
    return capital if is_word(capital) and not is_word(word) else word


def quoted(text: str, manner: Manner) -> str:
    """`text` with its pairs of quotation marks in the manner of the document.

    >>> quoted("Zij zei: ‘Kom maar.” En ‘ga” ook.", Manner("‘", "’"))
    'Zij zei: ‘Kom maar.’ En ‘ga’ ook.'
    >>> quoted("de collega's van “Thuis”", Manner("‘", "’", "’"))
    'de collega’s van ‘Thuis’'
    >>> quoted("Dat is zo.” Niemand ging.*", Manner("‘", "’"))
    'Dat is zo. Niemand ging.'
    """
    if manner.apostrophe:
        text = _APOSTROPHE.sub(manner.apostrophe, text)
    if not manner.opening:
        return text
    signs = list(text)
    closings = [match.start() for match in _CLOSING.finditer(text)]
    done = -1
    for match in _OPENING.finditer(text):
        at = match.start()
        after = (end for end in closings if at < end <= at + _LONGEST)
        end = next(after, None)
        if at > done and end is not None:
            signs[at], signs[end] = manner.opening, manner.closing
            done = end
    text = "".join(signs)
    return _STRAY.sub(
        lambda found: found.group() if found.group() == manner.closing else "",
        text,
    )
