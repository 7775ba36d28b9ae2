"""One Dutch word as a scanner read it, and the word that was printed, where that is certain.

What is certain stands in repair.toml, or follows from the word list: a repair needs a
table entry or a word at least ten times as usual as what was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from kb.datafiles import table
from kb.dutch.wordlist import frequency, is_compound, is_word

_ACUTE = re.compile(r"(?<=[aeio])é(?=[a-z])")
_PARTICIPLE = re.compile(r"^gei(?=[mnrsd][a-z]{3,}(?:d|t|de|te|den|ten)$)")
_SURE = 10.0  # times as usual as what was read
_CLEAR = 100.0  # the same, where a capital I was read as l
_USUAL = 1e-6  # share of running text of a word that may replace another
_COMMON = 2e-6  # share from which what was read is a word of its own
_RARE = 1e-7  # the least a word with a trema needs
_LEAST = 6  # letters of a word in which letters are exchanged


@cache
def rules(part: str) -> Mapping[str, str]:
    """A table of repair.toml in which both sides are strings."""
    found: dict[str, str] = table("kb.dutch", "repair.toml")[part]
    return found


@cache
def _strings(part: str, key: str) -> tuple[str, ...]:
    return tuple(table("kb.dutch", "repair.toml")[part][key])


@cache
def _vowel_pairs() -> re.Pattern[str]:
    return re.compile("|".join(rules("tremas")))


@lru_cache(maxsize=50_000)
def repaired(word: str) -> str:
    """The repaired form of a lower-case word, or the word itself.

    >>> repaired("cliént"), repaired("beinvloed"), repaired("v66r"), repaired("ziin")
    ('cliënt', 'beïnvloed', 'vóór', 'zijn')
    >>> repaired("carriére"), repaired("wijkteam")
    ('carrière', 'wijkteam')
    """
    if word in rules("words"):
        return rules("words")[word]
    if sum(c.isdigit() for c in word) > 2:
        return word
    mended = _with_trema_for_acute(word)
    if mended == word and _vowel_pairs().search(word):
        mended = _with_missing_trema(word)
    if mended == word and not (is_word(word) or is_compound(word)):
        mended = _with_letters_exchanged(word)
    return mended


def with_capital_i(word: str) -> str:
    """A word at the start of a sentence that begins with l where I was printed.

    >>> with_capital_i("lemand"), with_capital_i("ln"), with_capital_i("later")
    ('iemand', 'in', 'later')
    """
    read, printed = word.lower(), "i" + word[1:].lower()
    clear = frequency(read) * _CLEAR < frequency(printed)
    if clear and frequency(printed) >= _USUAL:
        return printed
    return repaired(read)


def _with_trema_for_acute(word: str) -> str:
    """é after a vowel is a trema misread, but for carrière and its like.

    >>> _with_trema_for_acute("financiéle"), _with_trema_for_acute("coéperatie")
    ('financiële', 'coöperatie')
    """
    if not _ACUTE.search(word):
        return word
    if is_word(word) and not is_word(word.replace("é", "ë")):
        return word
    if any(f"{stem}ére" in word for stem in _strings("grave", "stems")):
        return word.replace("é", "è")
    options = [_ACUTE.sub(letter, word) for letter in ("ë", "ö", "è", "e")]
    best = max(options, key=frequency)
    if is_word(best):
        return best
    mended = _ACUTE.sub(_likeliest_trema, word)
    usual = any(part in mended for part in _strings("usual_trema", "strings"))
    return mended if usual or is_compound(mended) else word


def _likeliest_trema(match: re.Match[str]) -> str:
    """ö in coör- and coöp-, ë elsewhere."""
    before, after = match.string[match.start() - 1], match.string[match.end()]
    return "ö" if before == "o" and after in "rp" else "ë"


def _with_missing_trema(word: str) -> str:
    """A trema that was not read, where the word with it is far more usual."""
    read = frequency(word)
    if read > _COMMON:
        return word
    tremas = rules("tremas")
    options = [
        word[: pair.start()] + tremas[pair.group()] + word[pair.end() :]
        for pair in _vowel_pairs().finditer(word)
    ]
    best = max(options, key=frequency, default=word)
    if frequency(best) >= max(_RARE, _SURE * read):
        return best
    if read:
        return word
    for part, whole in rules("parts").items():
        word = word.replace(part, whole)
    return _PARTICIPLE.sub("geï", word)


def _with_letters_exchanged(word: str) -> str:
    """The one usual word that a single confusion of letters can have made this of.

    >>> _with_letters_exchanged("onderzoekelijk"), _with_letters_exchanged("rnensen")
    ('onderzoekelijk', 'mensen')
    """
    if len(word) < _LEAST or "-" in word:
        return word
    found = set()
    for old, new in table("kb.dutch", "repair.toml")["confusions"]["pairs"]:
        for candidate in _exchanges(word, old, new):
            usual = _with_missing_trema(candidate)
            if frequency(usual) >= _USUAL and len(usual) >= _LEAST:
                found.add(usual)
    return found.pop() if len(found) == 1 else word


def _exchanges(word: str, old: str, new: str) -> Iterator[str]:
    """`word` with one `old` changed into `new`, and with all of them changed."""
    at = word.find(old)
    while at >= 0:
        yield word[:at] + new + word[at + len(old) :]
        at = word.find(old, at + 1)
    if word.count(old) > 1:
        yield word.replace(old, new)
