"""What a scan did to Dutch text, undone where that is certain: cliént → cliënt, lk → Ik.

Names are left alone: a word with a capital is only repaired where a sentence begins. What
a page prints without trema (beinvloed) is read with it. Nothing here changes how many
words there are, but for a word that was broken and never put together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial

from kb.datafiles import words
from kb.dutch.word_repair import repaired, rules, with_capital_i
from kb.dutch.wordlist import frequency, is_word

Repairs = tuple[tuple[str, str], ...]
_Change = Callable[[re.Match[str]], str]

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SUSPECT = re.compile(
    r"é|\d|ii|vv|rn|l|[aeiou]i|eu|ee|ie|oo|oe", re.IGNORECASE
)
_LEAST_SUSPECT = (
    5  # letters of a word that is looked at without standing in the table
)
_ADDRESS = re.compile(r"(?:www\.|https?:)\S*$")
_ADDRESS_REACH = 60  # characters in which an address began
_ADDRESS_SIGNS = frozenset("/@_=&#\\")
_IJ = re.compile(r"(?<![^\W_])(?:[l|]J|lj)(?=[a-z]{3})|\|J(?=[a-z])")
_BROKEN = re.compile(r"(?<![\w-])([A-Za-zÀ-ÿ]{3,})- ([a-zà-ÿ]{3,})(?![\w-])")
_CAPITAL_IK = re.compile(r"(?<![^\W_])(?:lIk|1Ik|\|k)(?![^\W_])")
_OA = re.compile(r"(?<![\w.])0\.a\.")
_FEN = re.compile(r"^(?:Fen|Len)(?=\s[a-z]{3})")
_OPENING = re.compile(r"(?:^|[.!?:;…]\s+|[“‘\"'•–-]\s?|\n)$")
_OPENING_REACH = 4  # characters before a word in which a sentence began
_USUAL_EEN = "Eén"  # the usual way to write it without an accented capital


def repair(text: str) -> tuple[str, Repairs]:
    """The text with its certain repairs, and each repair once.

    Returns:
        The text, and pairs of a word as it was read and as it is repaired.

    >>> repair("De cliént woont in de wijk. lk ken hem.")
    ('De cliënt woont in de wijk. Ik ken hem.', (('cliént', 'cliënt'), ('lk', 'Ik')))
    """
    made: dict[str, str] = {}
    for signs, pattern, change in _steps():
        if any(sign in text for sign in signs):
            text = pattern.sub(partial(_noted, change=change, made=made), text)
    if any(map(_may_change, _TOKEN.findall(text))):
        text = _TOKEN.sub(partial(_noted, change=_token, made=made), text)
    return text, tuple(made.items())


@cache
def _steps() -> tuple[tuple[Sequence[str], re.Pattern[str], _Change], ...]:
    """What is looked for, in this order, and what each find becomes.

    First stand signs of which each find has one: a text without them is not searched.
    """
    ligatures = rules("ligatures")
    ligature = re.compile("[" + "".join(ligatures) + "]")
    return (
        (tuple(ligatures), ligature, lambda match: ligatures[match.group()]),
        (("lJ", "|J", "lj"), _IJ, lambda match: "IJ"),
        (("lIk", "1Ik", "|k"), _CAPITAL_IK, lambda match: "Ik"),
        (("0.a.",), _OA, lambda match: "o.a."),
        (("Fen", "Len"), _FEN, lambda match: "Een"),
        (("- ",), _BROKEN, _put_together),
    )


def _noted(match: re.Match[str], change: _Change, made: dict[str, str]) -> str:
    """What a find becomes; the whole word around it is written down in `made`."""
    new = change(match)
    if new != match.group():
        word = _word_around(match)
        made[word] = word.replace(match.group(), new, 1)
    return new


def _word_around(match: re.Match[str]) -> str:
    start, end = match.span()
    text = match.string
    while start > 0 and _is_word_sign(text[start - 1]):
        start -= 1
    while end < len(text) and _is_word_sign(text[end]):
        end += 1
    return text[start:end]


def _is_word_sign(sign: str) -> bool:
    return sign.isalnum() or sign in "’'"


def _put_together(match: re.Match[str]) -> str:
    """A word that was broken at a line end and never put together: gezondheids- centra."""
    before, after = match.groups()
    if after.lower() in words("kb.dutch", "repair.toml", "suspended", "words"):
        return match.group()
    if is_word(before, 1e-5) or not frequency(before + after):
        return match.group()
    linked = before[-1] == "s" or not is_word(before, 1e-7)
    return before + after if linked else match.group()


def _token(match: re.Match[str]) -> str:
    """One word with its repair; a capital it had, or should have had, is kept."""
    word = match.group()
    if not _may_change(word):
        return word
    opens = _opens_sentence(match)
    if _is_name(word, opens) or _in_address(match):
        return word
    if word == "1k" and not opens:
        return word
    capital_i = opens and word[0] == "l"
    small = with_capital_i(word) if capital_i else repaired(word.lower())
    if small == word.lower():
        return word
    if word[0].isupper() or (opens and word[0] in "l10|"):
        return small[0].upper() + small[1:]
    return small


def _is_name(word: str, opens: bool) -> bool:
    """A capital in mid-sentence or within the word; Eén is how one writes Één."""
    if not word[0].isupper():
        return False
    return word == _USUAL_EEN or not opens or not word[1:].islower()


def _opens_sentence(match: re.Match[str]) -> bool:
    start = match.start()
    before = _OPENING.search(
        match.string, max(0, start - _OPENING_REACH), start
    )
    return before is not None


@lru_cache(maxsize=100_000)
def _may_change(word: str) -> bool:
    """Whether there is a place where this word would be repaired; remembered for each."""
    if not _is_suspect(word):
        return False
    small = word.lower()
    if word[0] == "l" and with_capital_i(word) != small:
        return True
    return repaired(small) != small


def _is_suspect(word: str) -> bool:
    """Whether a word is in the table or shows a known misreading."""
    if word[0] == "l" or word.lower() in rules("words"):
        return True
    if len(word) < _LEAST_SUSPECT or word.isupper():
        return False
    return _SUSPECT.search(word) is not None


def _in_address(match: re.Match[str]) -> bool:
    """Whether a word is part of an address or a path."""
    text, start, end = match.string, match.start(), match.end()
    if not _ADDRESS_SIGNS.isdisjoint(
        text[max(0, start - 1) : start] + text[end : end + 1]
    ):
        return True
    if text[end : end + 1] == "." and text[end + 1 : end + 2].islower():
        return True
    return (
        _ADDRESS.search(text[max(0, start - _ADDRESS_REACH) : start])
        is not None
    )
