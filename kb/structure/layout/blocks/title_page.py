"""Headings that only the whole document tells: its title page, chapters numbered on a line of their own, words in capitals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kb.structure.layout.blocks.draft import Draft
from kb.structure.layout.blocks.paragraphs import numbered_heading
from kb.structure.layout.typography import Typography

_BARE_CHAPTER = re.compile(
    r"^(?:hoofdstuk|deel|bijlage|chapter|part)\s+(?:\d{1,2}|[IVXLC]{1,7}|[A-Z])\s*[.:]?$",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?:samenvatting|inleiding|voorwoord|vooraf|ten geleide|aanleiding|abstract|summary|inhoud|colofon)\b",
    re.IGNORECASE,
)
_RUNNING = 60  # characters of a paragraph that is surely text
_ENOUGH = 4  # headings after the title that show how headings look here

Style = tuple[float, str, bool]


def _style(part: Draft) -> Style:
    line = part.rows[0].line
    return round(line.size * 2) / 2, line.font, line.bold


def with_capitals(parts: Sequence[Draft], usual: Typography) -> list[Draft]:
    """A short word in capitals on a line of its own is a heading where others in its type are."""
    known = Counter(
        _style(part) for part in parts if part.kind == "heading" and part.text.isupper()
    )
    short = Counter(_style(part) for part in parts if _is_short_capitals(part, usual))
    return [
        replace(part, kind="heading")
        if _is_short_capitals(part, usual)
        and known[_style(part)] + short[_style(part)] >= 3
        else part
        for part in parts
    ]


def _is_short_capitals(part: Draft, usual: Typography) -> bool:
    text = part.text.strip()
    letters = sum(c.isalpha() for c in text)
    return (
        part.kind == "paragraph" and len(part.rows) == 1 and text.isupper() and 4 <= letters >= 0.7 * len(text.replace(" ", ""))
        and len(text) <= 70 and not text.endswith((".", ",", ";")) and part.rows[0].line.size > 0.74 * usual.size
    )  # fmt: skip


def chapters_joined(parts: Sequence[Draft]) -> list[Draft]:
    """ "Hoofdstuk 3" on a line of its own and the title of the chapter below it are one heading."""
    found: list[Draft] = []
    for part in parts:
        last = found[-1] if found else None
        bare = (
            last is not None
            and last.kind == part.kind == "heading"
            and bool(_BARE_CHAPTER.match(last.text.strip()))
        )
        if (
            last is not None
            and bare
            and last.rows[0].page == part.rows[0].page
            and not numbered_heading(part.text)
        ):
            found[-1] = replace(last, rows=last.rows + part.rows)
        else:
            found.append(part)
    return found


def title_alone(parts: Sequence[Draft]) -> list[Draft]:
    """What stands below the title in type that no later heading has, subtitle, author or date, is no heading."""
    found = list(parts)
    first = next((at for at, part in enumerate(parts) if part.kind == "heading"), None)
    if first is None or first > 4:
        return found
    title = parts[first].rows[0]
    end = next(
        (
            at
            for at in range(first + 1, len(parts))
            if parts[at].rows[0].page != title.page or _is_running(parts[at])
        ),
        len(parts),
    )
    later = [part for part in parts[end:] if part.kind == "heading"]
    styles = {_style(part) for part in later}
    for at in range(first + 1, end):
        part = parts[at]
        if (
            part.kind != "heading"
            or numbered_heading(part.text)
            or part.rows[0].line.size >= 0.95 * title.line.size
        ):
            continue
        after = (
            parts[at + 1]
            if at + 1 < len(parts) and parts[at + 1].rows[0].page == title.page
            else None
        )
        closes = after is None or after.kind == "heading"  # nothing stands under it
        if closes or not _heads(part, after, styles, len(later)):
            found[at] = replace(part, kind="paragraph")
    return found


def _heads(part: Draft, after: Draft | None, styles: set[Style], later: int) -> bool:
    """Whether a line below the title is the heading of what stands `after` it."""
    return (
        bool(_OPENING.match(part.text))
        or _style(part) in styles
        or (
            after is not None
            and _is_running(after)
            and (later < _ENOUGH or after.kind != "paragraph")
        )
    )


def _is_running(part: Draft) -> bool:
    return part.kind in ("list", "table", "toc") or (
        part.kind == "paragraph" and (len(part.rows) > 2 or len(part.text) > _RUNNING)
    )
