"""Can the text layer of a PDF be used? Image-only pages and fonts without usable
Unicode are named as problems."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from kb.dutch.wordlist import is_word
from kb.records import Page, Problem

IMAGE_ONLY, GARBLED = NEEDS_OCR = ("pdf_no_text_layer", "pdf_garbled")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LEADERS = re.compile(r"[.…·_\s]{4,}")
_OUTLINES = 600  # drawn shapes: letters turned into outlines make thousands
_EMPTY = (
    1 / 3
)  # share of pages without anything that a sound document does not have
# Characters.
_TITLE = 12  # letters on a picture that make the title of a chapter
_BARE = 60  # of a page that is an image
_OUTLINED = 8  # of a page of outlines
_COVERED = 0.4  # share of a page that an image covers
# Words.
_SAMPLE = 400  # of a page that are looked up
_FEWEST = 40  # on which a judgement can rest
_FEWEST_OF_CIPHER = 8  # where most pages of the document are spoilt
_FEWEST_LONG = 20  # words of letters that are looked up
_KNOWN = 1e-7  # frequency of the rarest word that counts
# Shares of a page.
_STRANGE = 0.3  # signs that are no text
_LETTERS = 0.3  # signs that are letters
_WORDS = 0.3  # words that the list knows
# Of a page of paper, in grey values (0..255).
_PAPER = 110
_TONE = 8  # grey values that count as one tone
_NEAR_TONES = 4
_INK = 0.5, 0.998  # share of the page in the tones of its ground


def wanting(
    pages: Sequence[Page], pictures: Collection[int] = ()
) -> dict[str, list[int]]:
    """Numbers of the pages that need OCR, by the code of their problem.

    Args:
        pictures: pages known to be photographs. Where nothing is text they count for nothing:
            a page that looks like a photograph may be one of paper.
    """
    known = pictures if any(page.lines for page in pages) else ()
    bare = [
        page for page in pages if lacks_text(page) and page.number not in known
    ]
    if len(bare) < 0.5 * len(pages):
        # Among pages with text, a few words on a picture are the title of a chapter.
        bare = [page for page in bare if _letters(page) < _TITLE]
    found = {IMAGE_ONLY: bare, GARBLED: _spoilt(pages)}
    return {
        code: [page.number for page in some]
        for code, some in found.items()
        if some
    }


def _spoilt(pages: Sequence[Page]) -> list[Page]:
    """Pages that are garbled.

    Where most are, a few words are enough to judge the others.
    """
    found = [page for page in pages if is_garbled(page)]
    if len(found) > 0.5 * len(pages):
        found = [page for page in pages if is_garbled(page, _FEWEST_OF_CIPHER)]
    return found


def _letters(page: Page) -> int:
    return sum(c.isalpha() for line in page.lines for c in line.text)


def problems_of(
    name: str, found: Mapping[str, Sequence[int]]
) -> list[Problem]:
    """One problem for each code, naming its pages."""
    return [_problem(name, code, numbers) for code, numbers in found.items()]


def _problem(name: str, code: str, numbers: Sequence[int]) -> Problem:
    values = {"pages": ranges(numbers), "count": len(numbers)}
    return Problem(
        name, code, numbers[0] if len(numbers) == 1 else None, values
    )


def emptiness(
    name: str,
    pages: Sequence[Page],
    found: Mapping[str, Sequence[int]],
    problems: Sequence[Problem],
) -> list[Problem]:
    """The problem that a document without text is, or one of which a third of the pages
    hold nothing.

    Args:
        found: pages that need OCR, which are told of already.
        problems: those told already.
    """
    if not any(page.lines for page in pages):
        told = bool(found or problems) or not pages
        problem = Problem(name, "pdf_no_text", values={"count": len(pages)})
        return [] if told else [problem]
    told_of = {problem.page for problem in problems}.union(*found.values())
    empty = [
        p.number for p in pages if _is_empty(p) and p.number not in told_of
    ]
    if len(empty) < 2 or len(empty) <= _EMPTY * len(pages):
        return []
    values = {"pages": ranges(empty), "count": len(empty)}
    return [Problem(name, "pdf_empty_pages", values=values)]


def _is_empty(page: Page) -> bool:
    return not (page.lines or page.rules or page.images)


def ranges(numbers: Sequence[int], to: str = "-") -> str:
    """Page numbers in short.

    >>> ranges([1, 2, 3, 7])
    '1-3,7'
    """
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ",".join(
        str(first) if first == last else f"{first}{to}{last}"
        for first, last in parts
    )


def lacks_text(page: Page) -> bool:
    """Whether a page shows a large image, or drawn outlines in number and (nearly) no text."""
    characters = sum(len(line.text) for line in page.lines)
    covered = sum(box.width * box.height for box in page.images)
    if characters < _BARE and covered > _COVERED * page.width * page.height:
        return True
    return characters < _OUTLINED and len(page.rules) > _OUTLINES


def looks_like_paper(brightness: Sequence[int]) -> bool:
    """Whether a page is text on paper, one tone for the most part, and no photograph.

    Args:
        brightness: grey values (0..255) of a small picture of it.
    """
    if not brightness:
        return False
    tones = Counter(value // _TONE for value in brightness)
    ground = tones.most_common(1)[0][0]
    near = sum(
        n for tone, n in tones.items() if abs(tone - ground) <= _NEAR_TONES
    )
    least, most = (share * len(brightness) for share in _INK)
    return ground * _TONE > _PAPER and least < near < most


def is_garbled(page: Page, fewest: int = _FEWEST) -> bool:
    """Whether the characters make no words, in Dutch or a neighbouring language.

    Args:
        fewest: words that are needed to judge.
    """
    text = _LEADERS.sub(" ", " ".join(line.text for line in page.lines))
    if not text.strip():
        return False
    if sum(map(_is_strange, text)) > _STRANGE * len(text):
        return True
    words = text.split()
    if len(words) < fewest:
        return False
    dense = "".join(words)
    letters, digits = (
        sum(map(str.isalpha, dense)),
        sum(map(str.isdigit, dense)),
    )
    if letters < _LETTERS * len(dense):
        return digits < _LETTERS * len(dense)
    return word_share(words) < _WORDS


def _is_strange(sign: str) -> bool:
    """Whether a sign is of no alphabet: private use, a control code, a replacement."""
    return 0xE000 <= ord(sign) < 0xF900 or ord(sign) < 32 or sign == "\ufffd"


def word_share(words: Iterable[str]) -> float:
    """Share (0..1) of words of letters that the Dutch list knows.

    1.0 where there are too few to judge.
    """
    sample = _WORD.findall(" ".join(words))[:_SAMPLE]
    found = [word for word in sample if not word.isupper()]
    if len(found) < _FEWEST_LONG:
        return 1.0
    return sum(is_word(word, _KNOWN) for word in found) / len(found)
