"""What the words of a line say of it, wherever it stands.

Markers, captions, names of parts, sentence ends.
"""

from __future__ import annotations

import re

from kb.extract.bullets import DRAWN, ORNAMENTS, ROUND, SHARED

BULLETS = DRAWN + ORNAMENTS + SHARED
_BULLET = re.compile(
    rf"^[{BULLETS}*>-]\s+(?=\S)"
    rf"|^[{DRAWN}{ORNAMENTS}](?=\w)"
    r"|^o\s(?=[A-Z])"
)
_NUMBER = re.compile(
    r"^(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|\[\d{1,3}\])\s+(?=\S)"
    # No white is to be seen behind it.
    r"|^\((?:\d{1,2}|[a-z])\)(?=[A-ZÀ-Þ‘'“\"„])|^\d{1,2}\.(?=[A-ZÀ-Þ][a-zà-ÿ])"
)
_HEADING_NUMBER = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?|[A-Z]\.|[IVXLC]{1,7}\.)\s+(?=[A-Z‘'“\"„(])"
)
_OPENING = "([‘“„'\""
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:d\.d|art|nr|no|bijv|bv|e\.a|o\.a|m\.b\.t|i\.v\.m|t\.a\.v|ca|dr|drs"
    r"|mr|prof|ir|ing|blz|p|pp|vgl|resp|incl|excl|St|mw|dhr|(?:[A-Z]\.){1,3}[A-Z])\.$"
)
_SENTENCE_END = re.compile(
    r"(?:[.!?…][’”'\")\]]*|[:;])(?:\s?\d{1,3}|\*)?$"
)  # with the mark of a note, if any
_CAPTION = re.compile(
    r"^(?:figuur|fig\.|tabel|grafiek|afbeelding|table|figure|schema|diagram|foto|kaart"
    r"|illustratie)\s*\d+(?:[.\-]\d+)*\s*[.:|–-]?\s*",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"(?:\.\s?){4,}\s*(?:\d{1,4}|[ivxl]{1,6})?\s*$|…{2,}")
_REFERENCES = re.compile(
    r"""^(?:(?:(?:hoofdstuk|bijlage|deel)\s+)?
        (?:\d{1,3}|[IVXLC]{1,7}|[A-Z])(?:\.\d+)*[.:]?\s+[–-]?\s*)?
    (?:geraadpleegde\s+|gebruikte\s+|aangehaalde\s+|lijst\s+van\s+)?
    (?:literatuur(?:lijst|opgave|verwijzingen|overzicht)?
      |referenties|referentielijst|bronnen(?:lijst|opgave|vermelding)?
      |bibliografie|references|bibliography
      |literatuur\ en\ bronnen|bronnen\ en\ literatuur
      |aangehaald\ werk|geciteerde\ werken|works\ cited)\s*:?$""",
    re.IGNORECASE | re.VERBOSE,
)
_CONTENTS = re.compile(
    r"^(?:inhoud(?:sopgave|stafel)?|inhoud van|table of contents|contents)\s*:?$",
    re.IGNORECASE,
)
_NOTES = re.compile(r"^(?:eind)?noten\s*:?$", re.IGNORECASE)
_FOOTNOTE = re.compile(r"^(?:\d{1,3}|[*†‡]{1,3}|[a-z])(?=[\s.)]|[A-Z‘'“\"(])")


def ends_sentence(text: str) -> bool:
    """Whether `text` ends a sentence or announces a list; an abbreviation with its point does not.

    >>> ends_sentence("Zij kwam terug."), ends_sentence("zie o.a."), ends_sentence("zij")
    (True, False, False)
    >>> ends_sentence("volgens J.P."), ends_sentence("hepatitis B.")
    (False, True)
    """
    text = text.rstrip()
    return bool(_SENTENCE_END.search(text)) and not _ABBREVIATION.search(text)


def opens_small(text: str) -> bool:
    """Whether a text begins with a small letter, behind whatever opens it.

    >>> opens_small("(zie aldaar) en"), opens_small("Zie"), opens_small("2 en")
    (True, False, False)
    """
    return text.lstrip(_OPENING)[:1].islower()


def is_broken_off(text: str) -> bool:
    """Whether `text` stops within a word."""
    return text.rstrip().endswith(("-", "\u00ad"))


def marker_of(text: str) -> str | None:
    """The bullet or number with which `text` begins as an item of a list.

    >>> marker_of("• brood"), marker_of("b) melk"), marker_of("brood en melk")
    ('• ', 'b) ', None)
    >>> marker_of("(2)Kaas"), marker_of("(2)k")
    ('(2)', None)
    """
    match = _BULLET.match(text) or _NUMBER.match(text)
    return match.group() if match else None


def begins_with_bullet(text: str) -> bool:
    """Whether `text` begins with a bullet, which no heading has.

    >>> begins_with_bullet("• Brood"), begins_with_bullet("1. Brood")
    (True, False)
    """
    return bool(_BULLET.match(text))


def opens_with_point(text: str) -> bool:
    """Whether `text` begins with a round bullet.

    >>> opens_with_point("• Brood"), opens_with_point("– Brood")
    (True, False)
    """
    return text[:1] in tuple(ROUND) and begins_with_bullet(text)


def is_numbered_heading(text: str) -> bool:
    """Whether `text` begins as a numbered heading does.

    >>> is_numbered_heading("2.1 Werkwijze"), is_numbered_heading("2 teams")
    (True, False)
    """
    return bool(_HEADING_NUMBER.match(text))


def is_caption(text: str) -> bool:
    """Whether `text` begins as the caption of a table or figure does."""
    return bool(_CAPTION.match(text))


def is_reference_heading(text: str) -> bool:
    """Whether `text` is the name of a reference list."""
    return bool(_REFERENCES.match(text.strip()))


def is_notes_heading(text: str) -> bool:
    """Whether `text` is the name of a list of endnotes."""
    return bool(_NOTES.match(text.strip()))


def is_contents_heading(text: str) -> bool:
    """Whether `text` is the name of a table of contents, in the north or in Flanders.

    >>> is_contents_heading("Inhoudstafel"), is_contents_heading("Inhoudelijk")
    (True, False)
    """
    return bool(_CONTENTS.match(text.strip()))


def has_leaders(text: str) -> bool:
    """Whether dots lead to a page number at the end of `text`."""
    return bool(_LEADERS.search(text))


def footnote_mark(text: str) -> str | None:
    """The number or sign with which a footnote begins."""
    match = _FOOTNOTE.match(text)
    return match.group() if match else None
