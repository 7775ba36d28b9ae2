"""A word was broken at the end of a line: is the hyphen the printer's or the word's own?

Evidence, strongest first: the document's own words, the rules of Dutch spelling
(hyphens.toml), the word list, and then the odds: most hyphens at a line end are the
printer's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from kb.datafiles import words
from kb.dutch.wordlist import frequency, is_word

_SOFT = "\u00ad"
_HYPHENS = "-\u2010\u2011" + _SOFT
_LAST = re.compile(r"[^\s(\[„“‘\"'/]+$")
_FIRST = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*", re.UNICODE)
_ADDRESS = re.compile(r"://|^www\.|@|\.(?:nl|com|org|eu)/", re.IGNORECASE)
_TREMA = {"a": "ä", "e": "ë", "i": "ï", "o": "ö", "u": "ü"}
_USUAL = 1e-7  # share of running text from which a part is taken for a word
_LEAST_PART = 4  # letters of the parts of a compound that clash


def _rule(name: str) -> frozenset[str]:
    return words("kb.dutch", "hyphens.toml", name)


def vocabulary_of(lines: Iterable[str]) -> Counter[str]:
    """How often each word stands whole within `lines`: lower case, inner hyphens kept.

    >>> vocabulary_of(["Het wijk-", "team is er."]).most_common(2)
    [('het', 1), ('team', 1)]
    """
    found: Counter[str] = Counter()
    for line in lines:
        whole = _WORD.findall(line.replace(_SOFT, ""))
        if line.rstrip().endswith(tuple(_HYPHENS)):
            whole = whole[:-1]
        found.update(word.lower() for word in whole)
    return found


def join(left: str, right: str, vocabulary: Mapping[str, int]) -> str:
    """The text of two successive lines, with a word broken between them made whole.

    Args:
        left: a line, of which only the last word is looked at.
        right: the line after it, of which only the first word is.
        vocabulary: counts of the document's own words (see `vocabulary_of`).

    >>> join("de samen-", "werking groeit", {}), join("werk-", "en leertraject", {})
    ('de samenwerking groeit', 'werk- en leertraject')
    >>> join("de Wmo-", "raad", {}), join("politiek-", "bestuurlijke", {})
    ('de Wmo-raad', 'politiek-bestuurlijke')
    >>> join("de wo-", "ningcorporatie", {}), join("een wo-", "opleiding", {})
    ('de woningcorporatie', 'een wo-opleiding')
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
        return left + right if right[0].isalnum() else f"{left} {right}"
    whole = _whole(last.group(), first.group(), vocabulary)
    return head[: last.start()] + whole + right[first.end() :]


def _is_suspended(head: str, right: str) -> bool:
    """Whether the hyphen stands for a part that comes later: werk- en leertraject."""
    if not head[-1].isalpha():
        return False
    word = right.split(maxsplit=1)[0].rstrip(",;:").lower()
    if word in _rule("suspended_always"):
        return True
    return word in _rule("suspended_before") and not is_word(
        head.split()[-1] + word
    )


def _whole(before: str, after: str, vocabulary: Mapping[str, int]) -> str:
    """`before` and `after` as one word, with or without a hyphen between them."""
    glued, kept = before + after, f"{before}-{after}"
    shouted = _all_capitals(before) and _all_capitals(after)
    if shouted and len(glued) > 5 and is_word(glued):
        return glued
    as_glued = vocabulary.get(glued.lower(), 0)
    as_kept = vocabulary.get(kept.lower(), 0)
    if as_glued != as_kept:
        return glued if as_glued > as_kept else kept
    if _keeps_hyphen(before, after):
        return kept
    return _with_trema(before, after) or glued


def _all_capitals(text: str) -> bool:
    return text.isupper() and len(text) > 1


def _keeps_hyphen(before: str, after: str) -> bool:
    """Whether spelling asks for a hyphen between the parts of a word."""
    part = re.split(r"[-/]", before)[-1]
    small = part.lower()
    if _is_joined_sign(part, after) or _is_abbreviation(part, after):
        return True
    if part != before and _goes_on_chain(before, part, after):
        return True
    if _clash(small, after.lower()):
        return True  # also where the list has the word: it leaves hyphens out
    if len(part) > 1 and is_word(part + after):
        return False
    if len(part) == 1 or small in _rule("prefixes"):
        return small in _rule("prefixes")
    return _are_adjectives(small, after.lower())


def _is_joined_sign(part: str, after: str) -> bool:
    """Figures, signs and a capital after the hyphen: 2014-2015, Noord-Holland."""
    if not part or not part[-1].isalpha() or after[0].isupper():
        return True
    return any(c.isdigit() for c in part)


def _is_abbreviation(part: str, after: str) -> bool:
    if part.lower() in _rule("abbreviations"):
        # wo-opleiding, but wo-ningcorporatie: the whole may be a word of the list.
        return not (part.islower() and is_word(part + after))
    return _all_capitals(part) and not after.isupper()


def _goes_on_chain(before: str, part: str, after: str) -> bool:
    """Whether a chain such as achter-de-voordeur goes on over the line end."""
    if part.lower() in _rule("chain_words"):
        return True
    known = is_word(part, _USUAL) and is_word(after, _USUAL)
    return known and before.count("-") > 1


def _are_adjectives(part: str, after: str) -> bool:
    """Two adjectives side by side: sociaal-emotioneel."""
    first = part.endswith(tuple(_rule("adjective_first")))
    second = after.endswith(tuple(_rule("adjective_second")))
    return first and second and is_word(part) and is_word(after)


def _clash(part: str, after: str) -> bool:
    """Vowels that would be read as one, in a compound of two words: meta-analyse."""
    if part[-1] + after[0] not in _rule("clashes"):
        return False
    if min(len(part), len(after)) < _LEAST_PART:
        return False
    return is_word(part, _USUAL) and is_word(after, _USUAL)


def _with_trema(before: str, after: str) -> str | None:
    """be-invloeden → beïnvloeden: the printer's hyphen took the place of a trema."""
    pair = before[-1:].lower() + after[:1].lower()
    if pair not in _rule("clashes") or after[0] not in _TREMA:
        return None
    marked = before + _TREMA[after[0]] + after[1:]
    return marked if frequency(marked) > frequency(before + after) else None
