"""A word was broken at the end of a line: which hyphens were the printer's, and which are the word's own?

Evidence, strongest first: the document's own words, the rules of Dutch spelling (hyphens.toml), the word list,
and then the odds: most hyphens at a line end are the printer's.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from kb.dutch.wordlist import frequency, is_word

_SOFT = "\u00ad"
_HYPHENS = "-\u2010\u2011" + _SOFT
_LAST = re.compile(r"[^\s(\[„“‘\"'/]+$")
_FIRST = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*", re.UNICODE)
_ADDRESS = re.compile(r"://|^www\.|@|\.(?:nl|com|org|eu)/", re.IGNORECASE)
_TREMA = {"a": "ä", "e": "ë", "i": "ï", "o": "ö", "u": "ü"}


@cache
def _rules() -> dict[str, frozenset[str]]:
    data = tomllib.loads(
        files("kb.dutch").joinpath("hyphens.toml").read_text(encoding="utf-8")
    )
    return {name: frozenset(values) for name, values in data.items()}


def vocabulary_of(lines: Iterable[str]) -> Counter[str]:
    """How often each word (lower case, inner hyphens kept) stands whole within `lines`; broken ends are left out."""
    found: Counter[str] = Counter()
    for line in lines:
        words = _WORD.findall(line.replace(_SOFT, ""))
        if line.rstrip().endswith(tuple(_HYPHENS)):
            words = words[:-1]
        found.update(word.lower() for word in words)
    return found


def join(left: str, right: str, vocabulary: Mapping[str, int]) -> str:
    """The text of two successive lines, with a word broken between them made whole.

    `vocabulary` counts the document's own words, lower case (see `vocabulary_of`). Only the last word of `left`
    and the first of `right` are looked at; where nothing was broken one space goes between them.
    """
    left, right = left.rstrip(), right.lstrip()
    if not left or not right:
        return left + right
    hyphen, head = left[-1], left[:-1]
    if hyphen not in _HYPHENS or not head or head[-1].isspace():
        return f"{left} {right}"
    if hyphen == _SOFT:
        return head + right
    if _is_suspended(head, right):
        return f"{left} {right}"
    last, first = _LAST.search(head), _FIRST.match(right)
    if last is None or first is None or _ADDRESS.search(head.split()[-1]):
        return f"{left}{right}" if right[0].isalnum() else f"{left} {right}"
    return (
        head[: last.start()]
        + _whole(last.group(), first.group(), vocabulary)
        + right[first.end() :]
    )


def _is_suspended(head: str, right: str) -> bool:
    word = right.split(maxsplit=1)[0].rstrip(",;:").lower()
    if not head[-1].isalpha():
        return False
    if word in _rules()["suspended_always"]:
        return True
    return word in _rules()["suspended_before"] and not is_word(head.split()[-1] + word)


def _whole(before: str, after: str, vocabulary: Mapping[str, int]) -> str:
    """`before` + `after` as one word, with or without a hyphen between them."""
    glued, kept = before + after, f"{before}-{after}"
    if (
        _all_capitals(before)
        and _all_capitals(after)
        and len(before) + len(after) > 5
        and is_word(glued)
    ):
        return glued
    seen_glued, seen_kept = (
        vocabulary.get(glued.lower(), 0),
        vocabulary.get(kept.lower(), 0),
    )
    if seen_glued != seen_kept:
        return glued if seen_glued > seen_kept else kept
    if _own_hyphen(before, after):
        return kept
    return _with_trema(before, after) or glued


def _all_capitals(text: str) -> bool:
    return text.isupper() and len(text) > 1


def _own_hyphen(before: str, after: str) -> bool:
    """Whether spelling asks for a hyphen between these two parts."""
    rules = _rules()
    part = re.split(r"[-/]", before)[-1]
    small = part.lower()
    if (
        not part
        or not part[-1].isalpha()
        or after[0].isupper()
        or any(c.isdigit() for c in part)
    ):
        return True
    if part != before and (
        small in rules["chain_words"]
        or (before.count("-") > 1 and is_word(part, 1e-7) and is_word(after, 1e-7))
    ):
        return True
    if small in rules["abbreviations"] or (_all_capitals(part) and not after.isupper()):
        return True
    if len(part) == 1:
        return small in rules["prefixes"]
    if is_word(part + after):
        return False
    if small in rules["prefixes"]:
        return True
    return _two_adjectives(small, after.lower()) or _clash_of_words(
        small, after.lower()
    )


def _two_adjectives(part: str, after: str) -> bool:
    rules = _rules()
    return (
        part.endswith(tuple(rules["adjective_first"]))
        and after.endswith(tuple(rules["adjective_second"]))
        and is_word(part)
        and is_word(after)
    )


def _clash_of_words(part: str, after: str) -> bool:
    if part[-1] + after[0] not in _rules()["clashes"] or not (
        is_word(part, 1e-7) and is_word(after, 1e-7)
    ):
        return False
    return min(len(part), len(after)) >= 4


def _with_trema(before: str, after: str) -> str | None:
    """be-invloeden → beïnvloeden: the printer's hyphen took the place of a trema."""
    if (
        before[-1:].lower() + after[:1].lower() not in _rules()["clashes"]
        or after[0] not in _TREMA
    ):
        return None
    marked = before + _TREMA[after[0]] + after[1:]
    return marked if frequency(marked) > frequency(before + after) else None
