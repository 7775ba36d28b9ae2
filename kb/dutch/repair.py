"""What a scan did to Dutch words, undone where that is certain (repair.toml and the word list): cliént → cliënt, lk → Ik.

Names are left alone: a word with a capital is only repaired where a sentence begins. What a page prints without trema (beinvloed)
is read with it. Nothing here changes how many words there are.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib.resources import files

from kb.dutch.wordlist import frequency, is_word

Repairs = tuple[tuple[str, str], ...]

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SUSPECT = re.compile(r"é|\d|ii|vv|rn|l|[aeiou]i|eu|ee|ie|oo|oe", re.IGNORECASE)
_ACUTE = re.compile(r"(?<=[aeio])é(?=[a-z])")
_ADDRESS = re.compile(r"(?:www\.|https?:)\S*$")
_LIGATURES = {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
    "ĳ": "ij",
    "Ĳ": "IJ",
}
_LIGATURE = re.compile("[" + "".join(_LIGATURES) + "]")
_IJ = re.compile(r"(?<![^\W_])(?:[l|]J|lj)(?=[a-z]{3})|\|J(?=[a-z])")
_BROKEN = re.compile(r"(?<![\w-])([A-Za-zÀ-ÿ]{3,})- ([a-zà-ÿ]{3,})(?![\w-])")
_CAPITAL_IK = re.compile(r"(?<![^\W_])(?:lIk|1Ik|\|k)(?![^\W_])")
_OA = re.compile(r"(?<![\w.])0\.a\.")
_FEN = re.compile(r"^(?:Fen|Len)(?=\s[a-z]{3})")
_TREMAS = {
    "ei": "eï",
    "ui": "uï",
    "ai": "aï",
    "oi": "oï",
    "ie": "ië",
    "ee": "eë",
    "oo": "oö",
    "oe": "oë",
    "eu": "eü",
    "ii": "iï",
    "ae": "aë",
}
_PARTICIPLE = re.compile(r"^gei(?=[mnrsd][a-z]{3,}(?:d|t|de|te|den|ten)$)")
_VOWELS = re.compile("|".join(_TREMAS))
_USUAL_TREMA = (
    "cliënt",
    "coör",
    "coöp",
    "iële",
    "iën",
    "iëren",
    "iërend",
    "iëring",
    "geë",
    "beë",
    "creë",
)
_BEGINS = re.compile(r"(?:^|[.!?:;…]\s+|[“‘\"'•–-]\s?|\n)$")
_SURE = 10.0  # times as usual as what was printed


@cache
def _tables() -> dict[str, dict[str, object]]:
    data: dict[str, dict[str, object]] = tomllib.loads(
        files("kb.dutch").joinpath("repair.toml").read_text(encoding="utf-8")
    )
    return data


def repair(text: str) -> tuple[str, Repairs]:
    """The text with its certain repairs, and each repair once as (as printed, as repaired)."""
    made: dict[str, str] = {}

    def note(
        pattern: re.Pattern[str], change: Callable[[re.Match[str]], str], value: str
    ) -> str:
        def replaced(match: re.Match[str]) -> str:
            new = change(match)
            if new != match.group():
                made[_around(match)] = _around(match).replace(match.group(), new, 1)
            return new

        return pattern.sub(replaced, value)

    text = note(_LIGATURE, lambda m: _LIGATURES[m.group()], text)
    text = note(_IJ, lambda m: "IJ", text)
    text = note(_CAPITAL_IK, lambda m: "Ik", text)
    text = note(_OA, lambda m: "o.a.", text)
    text = note(_FEN, lambda m: "Een", text)
    text = note(_BROKEN, _mended_break, text)
    text = note(_TOKEN, _token, text)
    return text, tuple(made.items())


def _mended_break(match: re.Match[str]) -> str:
    """A word that was broken at the end of a line and never put together: gezondheids- centra."""
    before, after = match.groups()
    whole = before + after
    suspended = after.lower() in (
        "en",
        "of",
        "tot",
        "als",
        "naar",
        "maar",
        "dan",
        "voor",
        "met",
        "van",
        "versus",
    )
    sure = (
        frequency(whole) > 0
        and not suspended
        and (before[-1] == "s" or not is_word(before, 1e-7))
        and not is_word(before, 1e-5)
    )
    return whole if sure else match.group()


def _around(match: re.Match[str]) -> str:
    """The whole word in which something was found."""
    start, end = match.span()
    text = match.string
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] in "’'"):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] in "’'"):
        end += 1
    return text[start:end]


def _token(match: re.Match[str]) -> str:
    word = match.group()
    if not _may_change(word):
        return word
    if word[0].isupper() and (
        not word[1:].islower()
        or not _BEGINS.search(match.string, max(0, match.start() - 4), match.start())
    ):
        return word
    if _in_address(match):
        return word
    if word == "Eén":  # the usual way to write it without an accented capital
        return word
    opens = (
        _BEGINS.search(match.string, max(0, match.start() - 4), match.start())
        is not None
    )
    if word == "1k" and not opens:
        return word
    small = (
        _capital_misread(word) if opens and word[0] == "l" else _repaired(word.lower())
    )
    if small == word.lower():
        return word
    capital = word[0].isupper() or (opens and word[0] in "l10|")
    return small[0].upper() + small[1:] if capital else small


def _capital_misread(word: str) -> str:
    """A sentence that begins with l where I was printed: lemand, ln, lntegraal."""
    read, printed = word.lower(), "i" + word[1:].lower()
    return (
        printed
        if frequency(printed) >= 1e-6 and frequency(read) * 100 < frequency(printed)
        else _repaired(read)
    )


def _may_change(word: str) -> bool:
    return (
        word.lower() in _words()
        or word[0] == "l"
        or (len(word) >= 5 and not word.isupper() and _SUSPECT.search(word) is not None)
    )


def _in_address(match: re.Match[str]) -> bool:
    """Whether a word is part of an address or a path."""
    text, start, end = match.string, match.start(), match.end()
    if set(text[max(0, start - 1) : start] + text[end : end + 1]) & set("/@_=&#\\"):
        return True
    dotted = text[end : end + 1] == "." and text[end + 1 : end + 2].islower()
    return dotted or _ADDRESS.search(text[max(0, start - 60) : start]) is not None


@cache
def _words() -> dict[str, str]:
    return {str(k): str(v) for k, v in _tables()["words"].items()}


@lru_cache(maxsize=50_000)
def _repaired(word: str) -> str:
    """The repaired form of one lower-case word, or the word itself."""
    if word in _words():
        return _words()[word] or word
    if any(c.isdigit() for c in word) and sum(c.isdigit() for c in word) > 2:
        return word
    mended = _with_trema_for_acute(word)
    if mended == word and any(pair in word for pair in _TREMAS):
        mended = _with_missing_trema(word)
    if mended == word and not _is_known(word):
        mended = _with_letters_swapped(word)
    return mended


@cache
def _parts() -> dict[str, str]:
    return {str(k): str(v) for k, v in _tables()["parts"].items()}


def _is_known(word: str) -> bool:
    return is_word(word) or is_compound(word)


@lru_cache(maxsize=50_000)
def is_compound(word: str) -> bool:
    """Whether a word falls apart into two or three usual words, with a linking s, e or en between them at most."""
    for at in range(3, len(word) - 2):
        if not is_word(word[:at], 1e-7):
            continue
        rest = word[at:]
        for link in ("", "s", "e", "en", "n"):
            tail = rest[len(link) :]
            if (
                rest.startswith(link)
                and len(tail) >= 3
                and (is_word(tail, 1e-7) or (len(tail) >= 7 and _two(tail)))
            ):
                return True
    return False


def _two(word: str) -> bool:
    return any(
        is_word(word[:at], 1e-6) and is_word(word[at:], 1e-6)
        for at in range(3, len(word) - 2)
    )


def _with_trema_for_acute(word: str) -> str:
    """é after a vowel is a trema misread, but for carrière and its like: ié → ië, oé → oö or oë."""
    if not _ACUTE.search(word) or (
        is_word(word) and not is_word(word.replace("é", "ë"))
    ):
        return word
    if any(f"{stem}ére" in word for stem in _graves()):
        return word.replace("é", "è")
    options = [_ACUTE.sub(letter, word) for letter in ("ë", "ö", "è", "e")]
    best = max(options, key=frequency)
    if is_word(best):
        return best
    mended = _ACUTE.sub(
        lambda m: (
            "ö" if m.string[m.start() - 1] == "o" and m.string[m.end()] in "rp" else "ë"
        ),
        word,
    )
    return (
        mended
        if any(part in mended for part in _USUAL_TREMA) or is_compound(mended)
        else word
    )


@cache
def _graves() -> tuple[str, ...]:
    stems = _tables()["grave"]["stems"]
    return tuple(str(stem) for stem in stems) if isinstance(stems, list) else ()


def _with_missing_trema(word: str) -> str:
    """A trema that was not printed, where the word with it is far more usual."""
    printed = frequency(word)
    if printed > 2e-6:
        return word
    options = [
        word[: m.start()] + _TREMAS[m.group()] + word[m.end() :] for m in _pairs(word)
    ]
    best = max(options, key=frequency, default=word)
    if frequency(best) >= max(1e-7, _SURE * printed):
        return best
    if printed:
        return word
    for part, whole in _parts().items():
        word = word.replace(part, whole)
    return _PARTICIPLE.sub("geï", word)


def _pairs(word: str) -> Iterator[re.Match[str]]:
    return _VOWELS.finditer(word)


def _with_letters_swapped(word: str) -> str:
    """The one usual word that a single confusion of letters can have made this of."""
    if len(word) < 6 or "-" in word:
        return word
    pairs = _tables()["confusions"]["pairs"]
    found = set()
    for old, new in pairs if isinstance(pairs, list) else ():
        for candidate in _swaps(word, old, new):
            usual = _with_missing_trema(candidate)
            if frequency(usual) >= 1e-6 and len(usual) >= 6:
                found.add(usual)
    return found.pop() if len(found) == 1 else word


def _swaps(word: str, old: str, new: str) -> Iterator[str]:
    """`word` with one `old` changed into `new`, and with all of them changed."""
    at = word.find(old)
    while at >= 0:
        yield word[:at] + new + word[at + len(old) :]
        at = word.find(old, at + 1)
    if word.count(old) > 1:
        yield word.replace(old, new)
