"""What is each group of rows: heading, paragraph, item of a list, caption, footnote, entry of a reference list?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.structure.layout.blocks.paragraphs import marker_of, numbered_heading
from kb.structure.layout.typography import Row, Typography

_CAPTION = re.compile(
    r"^(?:figuur|fig\.|tabel|grafiek|afbeelding|table|figure|schema|diagram|foto|kaart|illustratie)\s*\d+(?:[.\-]\d+)*\s*[.:|–-]?\s*",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"(?:\.\s?){4,}\s*(?:\d{1,4}|[ivxl]{1,6})?\s*$|…{2,}")
_REFERENCES = re.compile(
    r"""^(?:(?:(?:hoofdstuk|bijlage|deel)\s+)?(?:\d{1,3}|[IVXLC]{1,7}|[A-Z])(?:\.\d+)*[.:]?\s+[–-]?\s*)?
    (?:geraadpleegde\s+|gebruikte\s+|aangehaalde\s+|lijst\s+van\s+)?
    (?:literatuur(?:lijst|opgave|verwijzingen|overzicht)?|referenties|referentielijst|bronnen(?:lijst|opgave|vermelding)?
      |bibliografie|references|bibliography|literatuur\ en\ bronnen|bronnen\ en\ literatuur
      |aangehaald\ werk|geciteerde\ werken|works\ cited)\s*:?$""",
    re.IGNORECASE | re.VERBOSE,
)
_CONTENTS = re.compile(
    r"^(?:inhoud(?:sopgave)?|inhoud van|table of contents|contents)\s*:?$",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"\b(?:e\.a|etc|e\.d|i\.o|c\.s)\.$")
_DEEP = re.compile(r"^\d{1,2}\.\d{1,2}(?:\.\d{1,2})*\.?\s")
_FOOTNOTE = re.compile(r"^(?:\d{1,3}|[*†‡]{1,3}|[a-z])(?=[\s.)]|[A-Z‘'“\"(])")


def text_of_group(group: Sequence[Row]) -> str:
    """A rough text, for judging only."""
    return " ".join(row.text for row in group)


def is_caption_text(text: str) -> bool:
    """Whether `text` begins as the caption of a table or figure does: a word, a number, a sign or a capital."""
    return bool(_CAPTION.match(text))


def is_caption(group: Sequence[Row]) -> bool:
    return is_caption_text(group[0].text) and sum(len(row.text) for row in group) < 400


def is_reference_heading(text: str) -> bool:
    return bool(_REFERENCES.match(text.strip()))


def is_notes_heading(text: str) -> bool:
    return bool(re.match(r"^(?:eind)?noten\s*:?$", text.strip(), re.IGNORECASE))


def is_contents_heading(text: str) -> bool:
    return bool(_CONTENTS.match(text.strip()))


def has_leaders(text: str) -> bool:
    return bool(_LEADERS.search(text))


def footnote_mark(text: str) -> str | None:
    """The number or sign with which a footnote begins."""
    match = _FOOTNOTE.match(text)
    return match.group() if match else None


def is_heading(group: Sequence[Row], usual: Typography) -> bool:
    """Whether type, length and place make this group a heading."""
    text = text_of_group(group).strip()
    line = group[0].line
    numbered = numbered_heading(text)
    if (
        sum(c.isalpha() for c in text) < 2
        or len(text) > 200
        or len(group) > 4
        or has_leaders(text)
    ):
        return False
    if line.size < 0.92 * usual.size or (
        not any(c.isupper() for c in text[:12])
        and not numbered
        and line.size < 1.3 * usual.size
    ):
        return False
    ends = text.endswith((".", ";", ",")) and not _ABBREVIATION.search(text)
    if line.size > 1.08 * usual.size + 0.2:
        return not (ends and len(text) > 90)
    if ends or (text.endswith(":") and not numbered):
        return False
    if stands_out(group, usual):
        return len(text) < 160
    if (
        text.isupper()
        and len(group) <= 2
        and sum(c.isalpha() for c in text) >= 8
        and len(text) < 80
    ):
        return True
    if numbered and _DEEP.match(text) and len(text) < 110 and len(group) <= 2:
        return True
    slanted = (
        all(row.line.italic for row in group)
        and len(group) == 1
        and line.text[:1].isupper()
    )
    return (
        slanted
        and len(text) < 100
        and (numbered or (line.size > 1.04 * usual.size and len(text) < 70))
    )


def stands_out(group: Sequence[Row], usual: Typography) -> bool:
    """Whether every row is bold, or in a colour and font of its own, where running text is not."""
    line = group[0].line
    bold = all(row.line.bold for row in group) and not usual.bold
    return bold or (line.color not in ("", usual.color) and line.font != usual.font)


def starts_item(group: Sequence[Row]) -> bool:
    return group[0].bullet or marker_of(group[0].text) is not None
