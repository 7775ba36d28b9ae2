"""Can the text layer of a PDF be used? Image-only pages and fonts without usable Unicode are named as problems."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from kb.dutch.wordlist import is_word
from kb.records import Page, Problem

NEEDS_OCR = ("pdf_no_text_layer", "pdf_garbled")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LEADERS = re.compile(r"[.…·_\s]{4,}")
_OUTLINES = 600  # drawn shapes: letters turned into outlines make thousands
_SAMPLE = 400  # words of a page that are looked up
_EMPTY = 1 / 3  # share of pages without anything that a sound document does not have
_FEWEST = 40  # words on which a judgement can rest


def wanting(
    pages: Sequence[Page], pictures: Collection[int] = ()
) -> dict[str, list[int]]:
    """Numbers of the pages that need OCR, by the code of their problem; `pictures` are pages known to be photographs."""
    if not any(page.lines for page in pages):
        pictures = ()  # where nothing is text, a page that looks like a photograph may be one of paper
    bare = [
        page.number
        for page in pages
        if lacks_text(page) and page.number not in pictures
    ]
    if len(bare) < 0.5 * len(
        pages
    ):  # among pages with text, a few words on a picture are the title of a chapter
        titled = {
            page.number
            for page in pages
            if sum(c.isalpha() for line in page.lines for c in line.text) >= 12
        }
        bare = [number for number in bare if number not in titled]
    spoilt = [page.number for page in pages if is_garbled(page)]
    if len(spoilt) > 0.5 * len(pages):
        spoilt = [page.number for page in pages if is_garbled(page, fewest=8)]
    return {
        code: numbers
        for code, numbers in zip(NEEDS_OCR, (bare, spoilt), strict=True)
        if numbers
    }


def problems_of(name: str, found: Mapping[str, Sequence[int]]) -> list[Problem]:
    """One problem for each code, naming its pages."""
    return [
        Problem(
            name,
            code,
            numbers[0] if len(numbers) == 1 else None,
            {"pages": ranges(numbers), "count": len(numbers)},
        )
        for code, numbers in found.items()
    ]


def emptiness(
    name: str,
    pages: Sequence[Page],
    found: Mapping[str, Sequence[int]],
    problems: Sequence[Problem],
) -> list[Problem]:
    """The problem that a document without any text is, or one of which a third of the pages hold nothing at all."""
    told = {problem.page for problem in problems} | {
        number for numbers in found.values() for number in numbers
    }
    empty = [
        page.number
        for page in pages
        if not (page.lines or page.rules or page.images) and page.number not in told
    ]
    if not any(page.lines for page in pages):
        return (
            []
            if found or problems or not pages
            else [Problem(name, "pdf_no_text", values={"count": len(pages)})]
        )
    if len(empty) < 2 or len(empty) <= _EMPTY * len(pages):
        return []
    return [
        Problem(
            name,
            "pdf_empty_pages",
            values={"pages": ranges(empty), "count": len(empty)},
        )
    ]


def ranges(numbers: Sequence[int], to: str = "-") -> str:
    """1, 2, 3, 7 → "1-3,7"."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ",".join(
        str(first) if first == last else f"{first}{to}{last}" for first, last in parts
    )


def lacks_text(page: Page) -> bool:
    """Whether a page shows a large image, or drawn outlines in number, and (nearly) no text."""
    characters = sum(len(line.text) for line in page.lines)
    covered = sum((b.x1 - b.x0) * (b.bottom - b.top) for b in page.images)
    return (characters < 60 and covered > 0.4 * page.width * page.height) or (
        characters < 8 and len(page.rules) > _OUTLINES
    )


def looks_like_paper(brightness: Sequence[int]) -> bool:
    """Whether grey values (0..255) of a page are those of text on paper, one tone for the most part, and not of a photograph."""
    if not brightness:
        return False
    tones = Counter(value // 8 for value in brightness)
    ground = tones.most_common(1)[0][0]
    near = sum(count for tone, count in tones.items() if abs(tone - ground) <= 4)
    return ground * 8 > 110 and 0.5 * len(brightness) < near < 0.998 * len(brightness)


def is_garbled(page: Page, fewest: int = _FEWEST) -> bool:
    """Whether the characters make no words, in Dutch or a neighbouring language; `fewest` words are needed to judge."""
    text = _LEADERS.sub(" ", " ".join(line.text for line in page.lines))
    if not text.strip():
        return False
    strange = sum(
        0xE000 <= ord(c) < 0xF900 or ord(c) < 32 or c == "\ufffd" for c in text
    )
    if strange > 0.3 * len(text):
        return True
    words = text.split()
    if len(words) < fewest:
        return False
    dense = text.replace(" ", "")
    letters, digits = sum(c.isalpha() for c in dense), sum(c.isdigit() for c in dense)
    if letters < 0.3 * len(dense):
        return digits < 0.3 * len(dense)
    return word_share(words) < 0.3


def word_share(words: Iterable[str]) -> float:
    """Share (0..1) of words of letters that the Dutch list knows; 1.0 where there are too few to judge."""
    found = [w for w in _WORD.findall(" ".join(words))[:_SAMPLE] if not w.isupper()]
    if len(found) < 20:
        return 1.0
    return sum(is_word(w, 1e-7) for w in found) / len(found)
