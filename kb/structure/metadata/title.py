"""The title: what is printed largest on the first page, unless that is the name of a series, a
body or a file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.dutch.hyphens import join
from kb.records import Block, Line
from kb.structure.metadata.front import Front
from kb.structure.metadata.organisations import is_organisation
from kb.structure.metadata.theses import on_thesis_cover
from kb.structure.metadata.words import any_of, word_list

_FILE_NAME = re.compile(
    r"\.(?:docx?|pdf|indd|pptx?|xlsx?|odt|rtf|txt)(?:$|\s|\W)|^microsoft word - ",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,2}(?:\.\d+)*\.?\s")
_COPY = re.compile(r"\(\d\)$")
_SERIAL = re.compile(r"^Nr\.\s*\d+\s+")
_ABBREVIATION = re.compile(r"[A-Z\d]{2,5}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LENGTHS = 4, 250  # characters
_LONG = 12  # characters of a heading that may be the title without being marked as such
_AS_LARGE = 0.92  # of the largest line of a cover: part of the title
_APART = 2.0  # times its size that a line of a title lies below the one before, at most
_LARGE = 1.15  # times the usual size of the cover: set to be a title


def title_of(front: Front) -> str:
    """The title as the document gives it, else as its file does.

    Empty where neither does.
    """
    printed = [
        b.text for b in front.blocks if b.kind == "heading" and b.level == 0
    ]
    # The surest first: a marked title, what a letter says that it is about, what
    # the file declares and the document repeats, the type of the cover.
    candidates = [
        on_thesis_cover(front)[0],
        _labelled(front),
        *(_with_what_it_shortens(text, front) for text in printed[:1]),
        _subject(front),
        _declared(front),
        _on_cover(front),
        _running_on_cover(front),
    ]
    candidates += [
        block.text for block in front.blocks[:6] if _may_be_title(block)
    ]
    general = re.compile(any_of(word_list("general_titles")), re.IGNORECASE)
    candidates += [text for text in front.running if general.search(text)]
    found = (_bare(text) for text in candidates)
    title = next((text for text in found if is_title(text)), "")
    return _completed(title, front)


def _bare(text: str) -> str:
    """A title without the number of its series and the brackets of a form that was filled in."""
    bare = _SERIAL.sub("", text).strip().rstrip(" .")
    filled_in = _FILLED_IN.fullmatch(bare)
    return filled_in[1] if filled_in else bare


_FILLED_IN = re.compile(r"\[([^\[\]]+)\]")
_SHORT_NAME = re.compile(r"[“\"‘(][^“”\"‘’()]{2,40}[”\"’)]")


def _with_what_it_shortens(text: str, front: Front) -> str:
    """A title that is only the short name of one: the title in the same type above it."""
    if not _SHORT_NAME.fullmatch(text):
        return text
    worded = [line for line in front.cover if _WORD.search(line.text)]
    whole = _joined(_as_large_as_any(worded))
    before, found, _behind = whole.partition(text)
    return before.strip() if found and before.strip() else text


def _may_be_title(block: Block) -> bool:
    """Whether a heading of the first page is long and high enough to be the title."""
    if block.kind != "heading" or block.page != 1:
        return False
    return (block.level or 1) <= 2 and len(block.text) > _LONG


def is_title(text: str) -> bool:
    """Whether a text can be the title of a document rather than a file's name or a
    program's default.

    >>> is_title("Samen in de wijk"), is_title("rapport_def.docx"), is_title("Inleiding")
    (True, False, False)
    """
    least, most = _LENGTHS
    if not least <= len(text) <= most or not _WORD.search(text):
        return False
    if (
        "_" in text
        or _FILE_NAME.search(text)
        or _NUMBER.match(text)
        or _COPY.search(text)
    ):
        return False
    if _ABBREVIATION.fullmatch(text):
        return False
    small = " ".join(text.lower().split())
    if small in word_list("not_titles") or small.split(":")[0] in word_list(
        "parts"
    ):
        return False
    return not is_organisation(text)


def _labelled(front: Front) -> str:
    """What a colophon gives behind "Titel:"."""
    label = re.compile(
        rf"^(?:{any_of(word_list('title_labels'))})\s*:\s*(?P<text>.+)$",
        re.IGNORECASE,
    )
    matches = filter(None, map(label.match, front.lines))
    return next((match["text"] for match in matches), "")


def _subject(front: Front) -> str:
    """What a letter is about: behind or below "Betreft" or "Onderwerp"."""
    label = re.compile(
        rf"^(?:{any_of(word_list('subject_labels'))})"
        r"(?:\s[a-z]+(?=:))?\s*:?\s*(?P<text>.*)$",
        re.IGNORECASE,
    )
    for at, line in enumerate(front.lines[:40]):
        match = label.match(line)
        if match is None:
            continue
        after = front.lines[at + 1] if at + 1 < len(front.lines) else ""
        return match["text"] or after
    return ""


def _declared(front: Front) -> str:
    """What the file declares, where the document says it too or its format is made to declare
    it.
    """
    declared = " ".join(str(front.given.get("title", "")).split())
    # A page of a site declares its name behind its title: "Samen | Gemeente X".
    declared = re.split(r"\s+\|\s+", declared)[0]
    if len(declared) > 40:
        declared = re.split(r"\s+[·–]\s+", declared)[0]
    printed = _letters(declared) in _letters(front.text)
    return declared if printed or front.declared else ""


def _letters(text: str) -> str:
    # Without spaces and hyphens, since lines break a title at any place.
    return "".join(c for c in text.casefold() if c.isalnum())


def _on_cover(front: Front) -> str:
    """The largest lines of the first page, where they are clearly larger than the others."""
    if not front.cover:
        return ""
    worded = [line for line in front.cover if _WORD.search(line.text)]
    if not worded:
        return ""
    largest = max(line.size for line in worded)
    usual = sorted(line.size for line in worded)[len(worded) // 2]
    # Of few lines the title may be most, and then its size is the usual one.
    few = len(worded) <= 6
    if largest < _LARGE * usual and not few:
        return ""
    return _joined(_without_gap(_as_large_as_any(worded)))


def _without_gap(lines: Sequence[Line]) -> list[Line]:
    """The first lines that follow each other as those of one title do."""
    kept = list(lines[:1])
    for line in lines[1:]:
        if line.bottom - kept[-1].bottom > _APART * line.size:
            break
        kept.append(line)
    return kept


def _running_on_cover(front: Front) -> str:
    """A running title as the cover writes it."""
    running = {text.casefold() for text in front.running}
    printed = (line.text.strip() for line in front.cover)
    return next((text for text in printed if text.casefold() in running), "")


def _as_large_as_any(lines: Sequence[Line]) -> list[Line]:
    largest = max((line.size for line in lines), default=0.0)
    return [line for line in lines if line.size >= _AS_LARGE * largest]


def _joined(lines: Sequence[Line]) -> str:
    """Lines that follow each other from top to bottom as one text."""
    text = ""
    for line in sorted(lines, key=lambda line: (round(line.bottom), line.x0)):
        text = join(text, line.text.strip(), {})
    return text


def _completed(title: str, front: Front) -> str:
    """A title of one general word ("Verkiezingsprogramma") with what stands beside it.

    The running title says it in full, or the next lines of the cover do.
    """
    general = word_list("general_titles")
    if title.lower() not in general:
        return title
    fuller = [
        text
        for text in front.running
        if title.lower() in text.lower() and len(text) > len(title) + 3
    ]
    if fuller:
        return re.sub(
            r"^\W*\d+\W+(?=\D)|\s+\d{1,3}$", "", min(fuller, key=len)
        )
    after = [line for line in front.lines[:4] if line.lower() != title.lower()]
    return f"{title} {after[0]}" if after and len(after[0]) < 60 else title
