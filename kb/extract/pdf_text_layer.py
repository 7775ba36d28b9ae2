"""Can the text layer of a PDF be used? Image-only pages and fonts without usable Unicode are named as problems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kb.dutch.wordlist import is_word
from kb.records import Page, Problem

NEEDS_OCR = ("pdf_no_text_layer", "pdf_garbled")
_WORD = re.compile(r"[^\W\d_]{2,}")
_SAMPLE = 400  # words of a page that are looked up
_FEWEST = 40  # words on which a judgement can rest


def problems_of(name: str, pages: Sequence[Page]) -> list[Problem]:
    """A problem that names the pages that hold only an image, and one for those of which hardly a word is a word."""
    found = []
    for code, test in (("pdf_no_text_layer", lacks_text), ("pdf_garbled", is_garbled)):
        numbers = [page.number for page in pages if test(page)]
        if numbers:
            found.append(Problem(name, code, numbers[0] if len(numbers) == 1 else None, {"pages": ranges(numbers), "count": len(numbers)}))
    return found


def pages_for_ocr(pages: Sequence[Page]) -> tuple[int, ...]:
    """Numbers of the pages of which the text must come from recognition."""
    return tuple(page.number for page in pages if lacks_text(page) or is_garbled(page))


def ranges(numbers: Sequence[int], to: str = "-") -> str:
    """1, 2, 3, 7 → "1-3,7"."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ",".join(str(first) if first == last else f"{first}{to}{last}" for first, last in parts)


def lacks_text(page: Page) -> bool:
    """Whether the page shows an image over a good part of it and (nearly) no text."""
    characters = sum(len(line.text) for line in page.lines)
    covered = sum((b.x1 - b.x0) * (b.bottom - b.top) for b in page.images)
    return characters < 60 and covered > 0.4 * page.width * page.height


def is_garbled(page: Page) -> bool:
    """Whether the characters make no words, in Dutch or a neighbouring language."""
    text = " ".join(line.text for line in page.lines)
    if not text:
        return False
    strange = sum(0xE000 <= ord(c) < 0xF900 or ord(c) < 32 or c == "\ufffd" for c in text)
    if strange > 0.3 * len(text):
        return True
    words = text.split()
    if len(words) < _FEWEST:
        return False
    letters = sum(c.isalpha() for c in text)
    if letters < 0.3 * len(text.replace(" ", "")):
        digits = sum(c.isdigit() for c in text)
        return digits < 0.3 * len(text.replace(" ", ""))
    return word_share(words) < 0.3


def word_share(words: Iterable[str]) -> float:
    """Share (0..1) of words of letters that the Dutch list knows; 1.0 where there are too few to judge."""
    found = [w for w in _WORD.findall(" ".join(words))[:_SAMPLE] if not w.isupper()]
    if len(found) < 20:
        return 1.0
    return sum(is_word(w, 1e-7) for w in found) / len(found)
