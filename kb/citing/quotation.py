"""How is this passage quoted? The text as printed, with author, year and printed page, and the full reference."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape

from kb.records import Document, Formatted, Passage

BLOCK_WORDS = 40  # APA 7 §8.27: from here on a quotation is a block of its own, without quotation marks
_PAGED = (".pdf",)
_FLOWING = (
    ".epub",
    ".odt",
    ".html",
    ".htm",
    ".md",
    ".markdown",
)  # no sheets to count, whatever page marks they hold
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
    },
    "en": {
        "file": "{pages} of the file",
        "number": "section {0}",
        "chapter": "chapter {0}",
        "title": "“{0}” section",
        "paragraph": "para. {0}",
    },
}


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage ready to paste. `place` tells what the locator is: printed, physical, section or paragraph."""

    passage: str
    document: str
    block: bool
    place: str
    locator: str  # "p. 12", "pp. 3-4", "p. 14 van het bestand", "paragraaf 2.3"
    text: str  # the quotation with its parenthetical
    html: str
    parenthetical: str  # "(De Waal et al., 2013, p. 12)"
    parenthetical_html: str
    narrative: str  # "De Waal et al. (2013, p. 12)"
    narrative_text: str  # 'De Waal et al. (2013): “…” (p. 12).'
    narrative_html: str
    reference: str
    reference_html: str


def _range(first: str, last: str | None, language: str) -> str:
    if last is None or last == first:
        return f"p. {first}"
    return f"pp. {first}{'-' if language == 'nl' else '–'}{last}"


def _short(heading: str) -> str:
    """A long heading cut behind a word, as APA allows in a locator."""
    return (
        heading
        if len(heading) <= _LONGEST
        else heading[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:–-") + " …"
    )


def locator_of(
    passage: Passage, document: Document, language: str = "nl"
) -> tuple[str, str]:
    """Where the passage stands, and what kind of place that is.

    The printed page; for want of it the page of the file, marked as such; in files without pages the section, or the paragraph.
    """
    words = _WORDS.get(language, _WORDS["en"])
    if passage.label:
        return _range(passage.label, passage.label_end, language), "printed"
    source = document.source.lower()
    if source.endswith(_PAGED) or (
        document.pages > 1 and not source.endswith(_FLOWING)
    ):
        pages = _range(
            str(passage.page),
            str(passage.page_end) if passage.page_end else None,
            language,
        )
        return words["file"].format(pages=pages), "physical"
    if passage.section:
        heading = passage.section[-1].strip()
        for pattern, word in ((_NUMBERED, "number"), (_CHAPTER, "chapter")):
            found = pattern.match(heading)
            if found:
                return words[word].format(found[1]), "section"
        return words["title"].format(_short(heading)), "section"
    return words["paragraph"].format(passage.position + 1), "paragraph"


def quoted(text: str) -> str:
    """Text in double quotation marks; those inside become single ones, as APA asks."""
    inner = re.sub(r"[“„]", "‘", text).replace("”", "’")
    inner = re.sub(r'"([^"]*)"', r"‘\1’", inner).replace('"', "’")
    return f"“{inner}”"


def _author_html(formatted: Formatted) -> str:
    """The parenthetical as HTML; a title in the author's place is in italics where the list prints it so."""
    title = re.match(r"<i>(.+?)</i>", formatted.reference_html)
    plain = unescape(title[1]).rstrip(".") if title and "<" not in title[1] else ""
    if plain and formatted.parenthetical.startswith(plain):
        return f"<i>{escape(plain, quote=False)}</i>{escape(formatted.parenthetical[len(plain) :], quote=False)}"
    return escape(formatted.parenthetical, quote=False)


def _with_locator(narrative: str, locator: str) -> str:
    return (
        f"{narrative[:-1]}, {locator})"
        if narrative.endswith(")")
        else f"{narrative} ({locator})"
    )


def _run_in(text: str, brackets: str) -> str:
    """“Text” (Author, 2015, p. 3). The full stop moves behind the brackets; ? and ! stay inside."""
    end = "" if text.endswith(("?", "!", "…")) else "."
    return f"{quoted(text.removesuffix('.') if end and not text.endswith('..') else text)} {brackets}."


def quotation(passage: Passage, document: Document, formatted: Formatted) -> Quotation:
    """The passage as a quotation in the style and language of `formatted`, in text and HTML."""
    language = formatted.language
    locator, place = locator_of(passage, document, language)
    text = passage.text.strip()
    block = len(text.split()) >= BLOCK_WORDS
    brackets, brackets_html = (
        f"({formatted.parenthetical}, {locator})",
        f"({_author_html(formatted)}, {escape(locator, quote=False)})",
    )
    narrative = formatted.narrative or formatted.parenthetical
    shown = _run_in(text, "\x00")
    if block:
        plain, page = f"{text} {brackets}", f"({locator})"
        html = f"<blockquote><p>{escape(text, quote=False)} {brackets_html}</p></blockquote>"
        narrative_text = f"{narrative}:\n\n{text} {page}"
        narrative_html = f"<p>{escape(narrative, quote=False)}:</p><blockquote><p>{escape(f'{text} {page}', quote=False)}</p></blockquote>"
    else:
        plain = shown.replace("\x00", brackets)
        html = f"<p>{escape(shown, quote=False).replace(chr(0), brackets_html)}</p>"
        narrative_text = f"{narrative}: {shown.replace(chr(0), f'({locator})')}"
        narrative_html = f"<p>{escape(narrative_text, quote=False)}</p>"
    return Quotation(
        passage=passage.id,
        document=document.id,
        block=block,
        place=place,
        locator=locator,
        text=plain,
        html=html,
        parenthetical=brackets,
        parenthetical_html=brackets_html,
        narrative=_with_locator(narrative, locator),
        narrative_text=narrative_text,
        narrative_html=narrative_html,
        reference=formatted.reference,
        reference_html=formatted.reference_html,
    )
