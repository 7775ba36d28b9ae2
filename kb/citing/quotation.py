"""How is this passage quoted?

The text as printed, with author, year and printed page, and the full reference.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape

from kb.citing.caveats import caveats
from kb.citing.excerpt import (
    without_heading,
    without_mark,
    without_signs,
)
from kb.citing.locator import locator_of
from kb.records import Document, Formatted, Passage

# APA 7 §8.27: from here on a quotation is a block of its own, without quotation marks.
BLOCK_WORDS = 40


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage ready to paste.

    `place` tells what the locator is: printed, physical, section or paragraph.
    """

    passage: str
    document: str
    block: bool
    place: str
    locator: (
        str  # "p. 12", "pp. 3-4", "p. 14 van het bestand", "paragraaf 2.3"
    )
    text: str  # the quotation with its parenthetical
    html: str
    parenthetical: str  # "(De Waal et al., 2013, p. 12)"
    parenthetical_html: str
    narrative: str  # "De Waal et al. (2013, p. 12)"
    narrative_text: str  # 'De Waal et al. (2013): “…” (p. 12).'
    narrative_html: str
    reference: str
    reference_html: str
    caveats: tuple[str, ...] = ()  # what is uncertain, a sentence each


def quoted(text: str) -> str:
    """Text in double quotation marks; those inside become single ones, as APA asks."""
    inner = re.sub(r"[“„]", "‘", text).replace("”", "’")
    inner = re.sub(r'"([^"]*)"', r"‘\1’", inner).replace('"', "’")
    return f"“{inner}”"


def _author_html(formatted: Formatted) -> str:
    """The parenthetical as HTML.

    A title in the author's place is in italics where the list prints it so.
    """
    title = re.match(r"<i>(.+?)</i>", formatted.reference_html)
    plain = (
        unescape(title[1]).rstrip(".") if title and "<" not in title[1] else ""
    )
    if not plain or not formatted.parenthetical.startswith(plain):
        return _text_html(formatted.parenthetical)
    rest = formatted.parenthetical[len(plain) :]
    return f"<i>{_text_html(plain)}</i>{_text_html(rest)}"


def _text_html(text: str) -> str:
    return escape(text, quote=False)


def _with_locator(narrative: str, locator: str) -> str:
    """The locator inside the brackets of the year, or in brackets of its own.

    >>> _with_locator("De Wit (2016)", "p. 3"), _with_locator("De Wit", "p. 3")
    ('De Wit (2016, p. 3)', 'De Wit (p. 3)')
    """
    if narrative.endswith(")"):
        return f"{narrative[:-1]}, {locator})"
    return f"{narrative} ({locator})"


def _run_in(text: str, brackets: str) -> str:
    """A quotation within the sentence: the full stop moves behind the brackets.

    >>> _run_in("Zij helpen.", "(p. 3)"), _run_in("Wie helpt?", "(p. 3)")
    ('“Zij helpen” (p. 3).', '“Wie helpt?” (p. 3).')
    """
    one_stop = text.endswith(".") and not text.endswith("..")
    return f"{quoted(text[:-1] if one_stop else text)} {brackets}."


@dataclass(frozen=True, slots=True)
class _Forms:
    """A quotation as text and as HTML, with the author behind it and before it."""

    text: str
    html: str
    narrative_text: str
    narrative_html: str


def _block(text: str, cited: _Citation) -> _Forms:
    """A quotation as a block of its own, without quotation marks."""
    place = f"({cited.locator})"
    quote = _text_html(text).replace("\n", "<br>")
    html = f"<blockquote><p>{quote} {cited.brackets_html}</p></blockquote>"
    block = f"<blockquote><p>{quote} {_text_html(place)}</p></blockquote>"
    return _Forms(
        text=f"{text} {cited.brackets}",
        html=html,
        narrative_text=f"{cited.narrative}:\n\n{text} {place}",
        narrative_html=f"<p>{_text_html(cited.narrative)}:</p>{block}",
    )


def _in_sentence(text: str, cited: _Citation) -> _Forms:
    """A quotation in quotation marks within the sentence."""
    after = f"{cited.narrative}: {_run_in(text, f'({cited.locator})')}"
    # The brackets come in as HTML of their own: an italic title must not be escaped.
    shown = _text_html(_run_in(text, "\x00")).replace(
        "\x00", cited.brackets_html
    )
    return _Forms(
        text=_run_in(text, cited.brackets),
        html=f"<p>{shown}</p>",
        narrative_text=after,
        narrative_html=f"<p>{_text_html(after)}</p>",
    )


@dataclass(frozen=True, slots=True)
class _Citation:
    """What stands around the words: who, and where."""

    locator: str
    brackets: str
    brackets_html: str
    narrative: str


def quotation(
    passage: Passage, document: Document, formatted: Formatted
) -> Quotation:
    """The passage as a quotation.

    Args:
        passage: the words, with their page.
        document: where they stand.
        formatted: the strings of the document in a style and a language.
    """
    language = formatted.language
    locator, place = locator_of(passage, document, language)
    text = without_mark(without_heading(passage))
    block = len(text.split()) >= BLOCK_WORDS
    one_item = "\n" not in text
    if (one_item or not block) and not passage.rows:
        text = without_signs(text)
    cited = _Citation(
        locator=locator,
        brackets=f"({formatted.parenthetical}, {locator})",
        brackets_html=f"({_author_html(formatted)}, {_text_html(locator)})",
        narrative=formatted.narrative or formatted.parenthetical,
    )
    forms = _block(text, cited) if block else _in_sentence(text, cited)
    return Quotation(
        passage=passage.id,
        document=document.id,
        block=block,
        place=place,
        locator=locator,
        text=forms.text,
        html=forms.html,
        parenthetical=cited.brackets,
        parenthetical_html=cited.brackets_html,
        narrative=_with_locator(cited.narrative, locator),
        narrative_text=forms.narrative_text,
        narrative_html=forms.narrative_html,
        reference=formatted.reference,
        reference_html=formatted.reference_html,
        caveats=caveats(passage, document, language),
    )
