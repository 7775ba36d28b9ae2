"""Which sentences of a passage are quoted? A reader often needs one or two of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from kb.dutch import sentences
from kb.records import Passage

# What stands for sentences left out between two that are quoted (APA 7 §8.31).
OMISSION = " […] "
# The sign or number of an item of a list, which is no part of its words.
_SIGN = re.compile(r"^(?:[•‣▪◦○●–-]\s+|\d{1,2}[.)]\s+(?=\S)|[a-z]\)\s+)")

# The mark of a note that is set apart from the last word.
_MARK_BEHIND = re.compile(r"(?<=[.!?)])\s[*†‡]{1,2}$")


def sentences_of(passage: Passage) -> tuple[str, ...]:
    """The sentences of a passage, in order; what they hold together is its whole text."""
    text = passage.text
    return tuple(text[start:end].strip() for start, end in spans_of(passage))


def spans_of(passage: Passage) -> tuple[tuple[int, int], ...]:
    """Where its sentences stand; an item of a list is one, also without a full stop."""
    found = []
    at = 0
    for line in passage.text.splitlines(keepends=True):
        spans = sentences.spans(line)
        found += [(at + start, at + end) for start, end in spans]
        at += len(line)
    return tuple(found)


def excerpt(passage: Passage, chosen: Collection[int]) -> Passage:
    """The passage with only the chosen sentences.

    Args:
        passage: a passage; its page stays that of the whole.
        chosen: numbers of sentences, from 1. Numbers that are not there are ignored.

    Returns:
        The passage itself where nothing or everything is chosen. Else a copy with the
        chosen sentences, "[…]" where one was skipped in between, and only the repairs
        that stand in them.
    """
    every = sentences_of(passage)
    kept = [number for number in range(1, len(every) + 1) if number in chosen]
    if not kept or len(kept) == len(every):
        return passage
    text = _joined(every, kept)
    repairs = tuple((was, now) for was, now in passage.repairs if now in text)
    return replace(passage, text=text, repairs=repairs)


def without_signs(text: str) -> str:
    """Lines of a list as running text, without the signs before them.

    >>> without_signs("Een team:\\n• belt aan;\\n• luistert.")
    'Een team: belt aan; luistert.'
    """
    return " ".join(_SIGN.sub("", line.strip()) for line in text.split("\n"))


def without_heading(passage: Passage) -> str:
    r"""The text of a passage without the title that stands as its first line.

    A slide, or a box, has its title in its text; a heading is no part of a sentence.

    >>> slide = "Wie helpt?\nBuren helpen."
    >>> without_heading(Passage("p", "d", slide, 0, section=("Wie helpt?",)))
    'Buren helpen.'
    """
    first, _newline, rest = passage.text.strip().partition("\n")
    heading = passage.section[-1] if passage.section else ""
    repeats = first.split() == heading.split()
    return rest.strip() if rest and repeats else passage.text.strip()


def without_mark(text: str) -> str:
    """A text without the mark of a note that stands apart behind its last word.

    >>> without_mark("Het plein is leeg. *")
    'Het plein is leeg.'
    """
    return _MARK_BEHIND.sub("", text)


def _joined(every: Sequence[str], kept: Sequence[int]) -> str:
    """The kept sentences as one text.

    >>> _joined(["Een.", "Twee.", "Drie.", "Vier."], [1, 2, 4])
    'Een. Twee. […] Vier.'
    """
    text = without_signs(every[kept[0] - 1])
    for before, number in pairwise(kept):
        gap = " " if number == before + 1 else OMISSION
        text += gap + without_signs(every[number - 1])
    return text
