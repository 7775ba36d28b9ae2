"""Does this passage state anything that can be quoted as evidence?

Captions, questions, agendas, title blocks and names alone state nothing. A fragment, cut
by a scan or by the layout, may state something but is no quotation to begin with.
"""

from __future__ import annotations

import re

from kb.dutch import sentences
from kb.records import Passage

# Kinds that never state anything of the author.
SILENT = frozenset(
    {"caption", "question", "contents", "colophon", "reference"}
)
# Kinds that can be quoted, but are no running text to quote first.
_BESIDE = frozenset({"footnote"})
LABEL_WORDS = 12  # fewer, without the end of a sentence: a label
NAMES_SHARE = 0.6  # of the words with a capital: names and titles
AGENDA_WORDS = 12  # to a clock time, of which there are two or more
# Words in a run of lines that the layout put one behind the other; each begins anew
# with a capital where no sentence ended.
RUN_TOGETHER = 2

_ENDED = re.compile(r"\w{2}[)\]”’\"'»]*[.!?…]")
_STATED = re.compile(r"\w{2}[)\]”’\"'»]*[.!…]")  # no question
_CLOCK = re.compile(r"\b(?:[01]?\d|2[0-3])[.:][0-5]\d\b(?![.%])")
_BULLETS = ("•", "–", "-", "*")
_QUOTES = "”’\"')"  # behind the mark that ends a sentence
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_OPENS = re.compile(r"[\"“”‘’'„«(\[•–*-]{0,3}\s?(?:[A-ZÀ-ÖØ-Þ]|\d)")
_CLOSES = re.compile(r"[.!?…:;][)\]”’\"'“»¹²³\d]{0,4}$|\)$|[”’\"]$")
_BEGINS_ANEW = re.compile(
    r"[a-zà-ÿ]{3} (?:De|Het|Een|In|Bij|Er|Dit|Deze|Om|Op|Van|Voor|Door|Ook|Meer)"
    r" [a-zà-ÿ]"
)


def states(kind: str, text: str) -> bool:
    """Whether a passage can be evidence of anything.

    >>> states("finding", "Teams die samen leren, houden hun vak bij.")
    True
    >>> states("text", "Programma 9.30 Inloop 10.00 Opening door de wethouder")
    False
    >>> states("text", "Dr. Anna de Wit, Karel Smeets, Ilse van Beek")
    False
    """
    if kind in SILENT:
        return False
    if kind == "table":
        return True
    words = _WORD.findall(text)
    return not (
        _is_label(text, words)
        or _is_agenda(text, words)
        or _is_names(words)
        or _only_asks(text)
    )


def is_quotable(passage: Passage) -> bool:
    """Whether a passage can stand as a quotation of its own in a draft.

    It states something, in whole sentences or as a whole list or table.
    """
    if passage.kind in _BESIDE or not states(passage.kind, passage.text):
        return False
    if passage.kind == "table":
        return len(passage.rows) > 1
    return _is_whole(passage.text.strip(), passage.block == "list")


def _is_whole(text: str, listed: bool) -> bool:
    begun = listed or _OPENS.match(text) is not None
    # The items of a programme or of contents have no sentence and nothing to lead them in.
    led_in = text.partition("\n")[0].rstrip().endswith(":")
    in_items = listed and (led_in or _STATED.search(text) is not None)
    ended = in_items or _CLOSES.search(text) is not None
    anew = len(_BEGINS_ANEW.findall(text))
    return begun and ended and anew < RUN_TOGETHER


def _is_label(text: str, words: list[str]) -> bool:
    lines = (line.lstrip() for line in text.split("\n"))
    listed = any(line.startswith(_BULLETS) for line in lines)
    return len(words) < LABEL_WORDS and not (listed or _ENDED.search(text))


def _is_agenda(text: str, words: list[str]) -> bool:
    times = len(_CLOCK.findall(text))
    return times > 1 and len(words) <= AGENDA_WORDS * times


def _is_names(words: list[str]) -> bool:
    capitals = sum(word[0].isupper() for word in words)
    return len(words) > 2 and capitals >= NAMES_SHARE * len(words)


def _only_asks(text: str) -> bool:
    """Whether every sentence is a question."""
    last = text.rstrip().rstrip(_QUOTES)
    if last and not last.endswith("?"):
        return False  # nearly always: sentences need not be looked for
    asked = sentences.split(text)
    return all(one.rstrip(_QUOTES).endswith("?") for one in asked)
