"""Characters → words.

Where does white part them, and which accents belong to which letter?
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from kb.dutch.wordlist import is_compound, is_word
from kb.extract.pdf.characters import Glyph
from kb.records import Word

_SOFT_HYPHEN = "\u00ad"
_ACCENTS = {
    "¨": "\u0308",
    "´": "\u0301",
    "`": "\u0300",
    "ˆ": "\u0302",
    "¸": "\u0327",
    "˜": "\u0303",
}
_PUNCTUATION = ".,;:!?()[]'\"‘’“”"
_DOTLESS = {"ı": "i", "ȷ": "j"}
_UNDER_ACCENT = (
    0.3  # share of a letter's width that its accent at least covers
)
# Shares of the size of type.
_SPACE = 0.1  # the least advance of a written space that counts
_BARE = 0.16  # the least white between words where italic type writes no space
_UNWRITTEN = 0.25  # the same in upright type, which leans over nothing
_TRACKING = 0.04, 0.4  # letters set this far apart are letter-spaced
_BEYOND_TRACKING = 0.15  # white between words beyond that between letters
_DRIFT = 0.12  # a baseline may differ by this within a word
_BACK = 0.3  # and a character may stand this far before the last
_SMALLER = 0.8  # of the size before it: quite another type
_LEAST_TRACKED = 6  # characters that show how far letters stand apart
_AFAR = 150  # characters within which an accent finds its letter: a line
_LETTERS = 0.7  # share of them that must be letters
# Words glued together because the file writes no spaces (78 in one programme).
_GLUED = 4  # letters from which on an unknown word is looked into
_SEAM = 0.05  # the least white that may be a space in it
_KNOWN = 1e-7  # frequency of the rarest word that counts


@dataclass(frozen=True, slots=True)
class Run:
    """A word as it comes from the file, with its baseline, whether it is turned, and shown."""

    word: Word
    base: float
    turned: bool = False
    invisible: bool = False


def words_of(glyphs: Iterable[Glyph]) -> Iterator[Run]:
    """Words in the order of the file.

    Turned text, whatever its angle, as one run a line.
    """
    for stretch in _stretches(with_accents_home(list(glyphs))):
        tracking = _tracking(stretch)
        run: list[Glyph] = []
        for glyph in stretch:
            if run and _begins_word(run[-1], glyph, tracking):
                yield from _parted(run)
                run = []
            run.append(glyph)
        yield from _parted(run)


def with_accents_home(glyphs: list[Glyph]) -> list[Glyph]:
    """`glyphs`, each accent behind the letter it is drawn over.

    Files may write accents after the word, and a reader puts them anywhere on the line.
    """
    lost = [
        (at, home)
        for at, glyph in enumerate(glyphs)
        if glyph.text in _ACCENTS
        and not _is_home(glyphs, at)
        and (home := _home_of(glyphs, at)) is not None
    ]
    if not lost:
        return glyphs
    moved = {at for at, _home in lost}
    behind: dict[int, list[Glyph]] = {}
    for at, home in lost:
        accent = replace(glyphs[at], gap=False, white=0.0, step=0.0)
        behind.setdefault(home, []).append(accent)
    found: list[Glyph] = []
    for at, glyph in enumerate(glyphs):
        found += [] if at in moved else [glyph]
        found += behind.get(at, [])
    return found


def _is_home(glyphs: Sequence[Glyph], at: int) -> bool:
    """Whether an accent is written beside the letter it is drawn over."""
    beside = (*glyphs[max(0, at - 1) : at], *glyphs[at + 1 : at + 2])
    return any(_covers(glyphs[at], other) for other in beside)


def _home_of(glyphs: Sequence[Glyph], at: int) -> int | None:
    """Where the letter is that an accent is drawn over, on its line; None where none is."""
    accent = glyphs[at]
    near = range(max(0, at - _AFAR), min(len(glyphs), at + _AFAR))
    return next(
        (
            other
            for other in sorted(near, key=lambda other: abs(other - at))
            if abs(glyphs[other].base - accent.base) < accent.style.size / 2
            and _covers(accent, glyphs[other])
        ),
        None,
    )


def _stretches(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Characters that follow each other on one baseline in one type."""
    stretch: list[Glyph] = []
    for glyph in glyphs:
        if stretch and _leaves_line(stretch[-1], glyph):
            yield stretch
            stretch = []
        stretch.append(glyph)
    if stretch:
        yield stretch


def _leaves_line(last: Glyph, glyph: Glyph) -> bool:
    """Whether `glyph` stands on another baseline than the one before it or in other type."""
    if last.turned or glyph.turned:
        return last.turned != glyph.turned or last.style != glyph.style
    size = max(last.style.size, glyph.style.size, 1.0)
    if abs(glyph.base - last.base) > _DRIFT * size:
        return True
    if glyph.x0 < last.x0 - _BACK * size:
        return True
    return min(last.style.size, glyph.style.size) < _SMALLER * size


def _tracking(stretch: Sequence[Glyph]) -> float:
    """White in points between the letters of a letter-spaced stretch.

    0.0 for others.
    """
    letters = sum(glyph.text.isalpha() for glyph in stretch)
    if len(stretch) < _LEAST_TRACKED or stretch[0].turned:
        return 0.0
    if letters < _LETTERS * len(stretch):
        return 0.0
    size = stretch[0].style.size
    usual = median(other.x0 - one.x1 for one, other in pairwise(stretch))
    least, most = _TRACKING
    return usual if least * size < usual < most * size else 0.0


def _begins_word(last: Glyph, glyph: Glyph, tracking: float) -> bool:
    """Whether white stands between two characters of a stretch.

    Args:
        tracking: points of white between the letters of this stretch anyhow.
    """
    if glyph.turned:
        return False
    size = max(last.style.size, glyph.style.size, 1.0)
    between = glyph.x0 - last.x1
    if tracking:
        white = max(glyph.white, between)
        return white > tracking + _BEYOND_TRACKING * size
    # The box of a slanted letter holds what leans over: its advance says more.
    slanted = last.style.italic and (glyph.gap or between > 0.03 * size)
    if slanted and glyph.step > (_SPACE if glyph.gap else _BARE) * size:
        return True
    if glyph.white > _SPACE * size:
        return True
    return between > (_SPACE if glyph.gap else _UNWRITTEN) * size


def _parted(run: list[Glyph]) -> Iterator[Run]:
    """The word of a run of characters, or its words where it glues several together."""
    for part in _unglued(run):
        yield _run(part)


def _unglued(run: list[Glyph]) -> list[list[Glyph]]:
    """`run` cut at its widest gaps, where it is no word itself and all its parts are.

    A long compound has no gaps wider than the rest, or parts that are words without one.
    """
    letters = sum(glyph.text.isalpha() for glyph in run)
    if letters < _GLUED or run[0].turned or is_word(_plain(run), _KNOWN):
        return [run]
    least = _SEAM * run[0].style.size
    usual = median(max(0.0, glyph.step) for glyph in run[1:])
    seams = [
        at
        for at, glyph in enumerate(run)
        if at and glyph.step > max(least, 2 * usual + 0.5 * least)
    ]
    if not seams:
        return [run]
    edges = [0, *seams, len(run)]
    parts = [run[begin:end] for begin, end in pairwise(edges)]
    known = sum(_is_known(part) for part in parts)
    return parts if known == len(parts) else [run]


def _plain(run: Sequence[Glyph]) -> str:
    return "".join(glyph.text for glyph in run).strip(_PUNCTUATION).casefold()


def _is_known(part: Sequence[Glyph]) -> bool:
    """Whether a part of a glued word is a word or a number by itself.

    Single letters are not.
    """
    text = _plain(part)
    return text.isdigit() or (len(text) > 1 and is_word(text, _KNOWN))


def _run(run: list[Glyph]) -> Run:
    style = run[0].style
    turned = run[0].turned
    base = max(glyph.base for glyph in run) if turned else run[0].base
    top, bottom = base - 0.75 * style.size, base + 0.25 * style.size
    if turned:
        top, bottom = min(glyph.top for glyph in run), base
    word = Word(
        _text(run),
        min(glyph.x0 for glyph in run),
        top,
        max(glyph.x1 for glyph in run),
        bottom,
        style.size,
        style.font,
        style.bold,
        style.italic,
        style.color,
    )
    return Run(word, base, turned, style.invisible)


def _text(run: list[Glyph]) -> str:
    """The text of one word: composed, and without soft hyphens within it."""
    if run[0].turned:
        first, *others = run
        return first.text + "".join(
            f" {g.text}" if g.gap else g.text for g in others
        )
    text = "".join(_with_accents(run))
    if not text.isascii():
        text = _decoded(unicodedata.normalize("NFC", text))
    return text[:-1].replace(_SOFT_HYPHEN, "") + text[-1:]


def _decoded(text: str) -> str:
    """`text`, a word read in the code table of another machine as what was printed.

    Some fonts name no letters, and their codes are of either of two tables.

    >>> _decoded("(coˆperatie)"), _decoded("financiÎle"), _decoded("café")
    ('(coöperatie)', 'financiële', 'café')
    """
    word = text.strip(_PUNCTUATION)
    if word.isascii() or is_word(word.casefold()):
        return text
    try:
        other = word.encode("mac_roman").decode("cp1252")
    except UnicodeError:
        return text
    return text.replace(word, other) if _is_usual(other) else text


def _is_usual(word: str) -> bool:
    small = word.casefold()
    if len(word) < _GLUED or not word.isalpha():
        return False
    return is_word(small, _KNOWN) or is_compound(small)


def _with_accents(run: list[Glyph]) -> list[str]:
    """The letters of `run`, each with the accent that is drawn over it as a sign of its own.

    Old typesetting writes the accent before its letter, some programs behind it.
    """
    parts: list[str] = []
    waiting = ""  # an accent before its letter
    for at, glyph in enumerate(run):
        accent = _ACCENTS.get(glyph.text)
        if accent and at + 1 < len(run) and _covers(glyph, run[at + 1]):
            waiting = accent
        elif accent and parts and _covers(glyph, run[at - 1]):
            parts[-1] = _composed(parts[-1], accent)
        else:
            parts.append(
                _composed(glyph.text, waiting) if waiting else glyph.text
            )
            waiting = ""
    return parts


def _covers(accent: Glyph, letter: Glyph) -> bool:
    """Whether an accent is drawn over a letter rather than beside it."""
    if not letter.text.isalpha():
        return False
    shared = min(accent.x1, letter.x1) - max(accent.x0, letter.x0)
    narrow = min(accent.x1 - accent.x0, letter.x1 - letter.x0)
    return shared > _UNDER_ACCENT * narrow


def _composed(letter: str, accent: str) -> str:
    return _DOTLESS.get(letter, letter) + accent
