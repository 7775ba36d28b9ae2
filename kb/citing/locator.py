"""Where does a passage stand? The page where that is certain, else what APA allows instead.

A page is certain when its number is printed on it, or when the printed numbers before
and after leave one possibility. Any other number was worked out, and a supervisor who
looks it up may not find it: then the section is named, or the paragraph (APA 7 §8.28).
"""

from __future__ import annotations

import re

from kb.records import Document, Passage

_PAGED = (".pdf",)
# No sheets to count, whatever page marks they hold.
_FLOWING = (".epub", ".odt", ".html", ".htm", ".md", ".markdown")
_LONGEST = 60  # letters of a heading in a locator
_NUMBERED = re.compile(r"^(\d+(?:\.\d+)*)\.?\s+\S")
_CHAPTER = re.compile(r"^(?:hoofdstuk|chapter)\s+(\d+)\b", re.IGNORECASE)
_WORDS = {
    "nl": {
        "file": "{pages} van het bestand",
        "number": "paragraaf {0}",
        "chapter": "hoofdstuk {0}",
        "title": "paragraaf “{0}”",
        "paragraph": "alinea {0}",
        "computed": "{page} (berekend)",
        "between": "{page} (berekend; gedrukt is {before} en {after})",
        "beside": "{page} (berekend; gedrukt is {known})",
    },
    "en": {
        "file": "{pages} of the file",
        "number": "section {0}",
        "chapter": "chapter {0}",
        "title": "“{0}” section",
        "paragraph": "para. {0}",
        "computed": "{page} (computed)",
        "between": "{page} (computed; printed are {before} and {after})",
        "beside": "{page} (computed; printed is {known})",
    },
}


def locator_of(
    passage: Passage, document: Document, language: str = "nl"
) -> tuple[str, str]:
    """Where the passage stands, and what kind of place that is.

    Returns:
        A locator as APA writes it, and "printed" (the page), "physical" (the page of
        the file, marked as such, where no number is known), "section" or "paragraph".
    """
    if has_certain_page(passage):
        return page_range(passage, language), "printed"
    words = _WORDS.get(language, _WORDS["en"])
    if passage.label is None and _has_sheets(document, passage.page):
        first = document.file_at(passage.page)[1]
        end = passage.page_end
        last = str(document.file_at(end)[1]) if end else None
        pages = _range(str(first), last, language)
        return words["file"].format(pages=pages), "physical"
    if passage.section:
        return _section(passage.section[-1].strip(), words), "section"
    return words["paragraph"].format(passage.position + 1), "paragraph"


def has_certain_page(passage: Passage) -> bool:
    """Whether a quotation may give the page.

    >>> between = Passage("p", "d", "Zin.", 0, label="12", label_origin="between")
    >>> from dataclasses import replace
    >>> has_certain_page(replace(between, label_between=("11", "13")))
    True
    >>> has_certain_page(replace(between, label_between=("8", "23")))
    False
    """
    if passage.label is None:
        return False
    if passage.label_origin == "printed":
        return True
    return passage.label_origin == "between" and _one_possibility(passage)


def _one_possibility(passage: Passage) -> bool:
    """Whether the printed neighbours are the numbers just before and just after."""
    before, after = passage.label_between
    last = passage.label_end or passage.label
    numbers = (before, passage.label, last, after)
    if not all(number and number.isdecimal() for number in numbers):
        return False
    low, first, end, high = (int(number) for number in numbers if number)
    return low + 1 == first and end + 1 == high


def page_range(passage: Passage, language: str = "nl") -> str:
    """The label of a passage as a page or pages, whatever its origin; "" without one."""
    if passage.label is None:
        return ""
    return _range(passage.label, passage.label_end, language)


def computed_page(passage: Passage, language: str = "nl") -> str:
    """The page that was worked out, with what is printed around it; else "".

    >>> found = Passage("p", "d", "Zin.", 0, label="28", label_origin="between",
    ...                 label_between=("23", "61"))
    >>> computed_page(found)
    'p. 28 (berekend; gedrukt is 23 en 61)'
    """
    if passage.label is None or passage.label_origin == "printed":
        return ""
    words = _WORDS.get(language, _WORDS["en"])
    page = page_range(passage, language)
    before, after = passage.label_between
    if before and after:
        return words["between"].format(page=page, before=before, after=after)
    if before or after:
        return words["beside"].format(page=page, known=before or after)
    return words["computed"].format(page=page)


def _range(first: str, last: str | None, language: str) -> str:
    if last is None or last == first:
        return f"p. {first}"
    dash = "-" if language == "nl" else "–"
    return f"pp. {first}{dash}{last}"


def _has_sheets(document: Document, page: int) -> bool:
    """Whether the pages of the file can be counted by a reader."""
    source = document.file_at(page)[0].lower()
    if source.endswith(_PAGED):
        return True
    return document.pages > 1 and not source.endswith(_FLOWING)


def _section(heading: str, words: dict[str, str]) -> str:
    """A section by its number, or else by its title.

    >>> _section("2.3 Preventie", _WORDS["nl"]), _section("Preventie", _WORDS["en"])
    ('paragraaf 2.3', '“Preventie” section')
    """
    for pattern, word in ((_NUMBERED, "number"), (_CHAPTER, "chapter")):
        found = pattern.match(heading)
        if found:
            return words[word].format(found[1])
    return words["title"].format(_short(heading))


def _short(heading: str) -> str:
    """A long heading cut behind a word, as APA allows in a locator."""
    if len(heading) <= _LONGEST:
        return heading
    whole_words = heading[:_LONGEST].rsplit(" ", 1)[0]
    return whole_words.rstrip(" ,;:–-") + " …"
