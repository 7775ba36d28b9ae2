"""Which forewords were signed by others than the makers of the report?

A supervisor who looks up "Woord vooraf" finds the alderman's name under it: it is hers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kb.citations.entries.names import NameList
from kb.datafiles import words
from kb.dutch.fold import fold
from kb.records import Block
from kb.volumes.bylines import full_name, is_function, signer
from kb.volumes.found import Found
from kb.volumes.people import people_in

_LAST_LINES = 5  # blocks at the end of a foreword in which it is signed
_LONGEST_LINE = 120  # characters
_PLACE_AND_DATE = re.compile(
    r"(?:[A-Z][\w’' -]{2,40},\s)?(?:\d{1,2}\s)?[a-z]{3,9}\s\d{4}\.?"
)


def signed_forewords(
    blocks: Sequence[Block], authors: Sequence[str]
) -> list[Found]:
    """Forewords signed by people who are not together the authors of the whole.

    Args:
        blocks: of the document.
        authors: family names of those who made the whole.
    """
    found = []
    makers = {fold(family) for family in authors}
    for at, block in enumerate(blocks):
        if not _is_foreword(block):
            continue
        last = _end(blocks, at)
        names = _signed(blocks[at + 1 : last])
        if names and {fold(name["family"]) for name in names} != makers:
            title = block.text.strip(" :.")
            found.append(Found(at, title, names, last=last))
    return found


def _is_foreword(block: Block) -> bool:
    title = fold(block.text).strip(" :.")
    known = words("kb.volumes", "parts.toml", "forewords")
    return block.kind == "heading" and title in known


def _end(blocks: Sequence[Block], at: int) -> int:
    """Behind the last block before the next heading; a name set as one belongs to it."""
    for number in range(at + 1, len(blocks)):
        block = blocks[number]
        if block.kind == "heading" and not (
            signer(block.text) or is_function(block.text)
        ):
            return number
    return len(blocks)


def _signed(body: Sequence[Block]) -> tuple[Mapping[str, str], ...]:
    """Those who sign, in the line under the title or at the end; none where nobody does."""
    lines = [
        block for block in body if block.kind not in ("furniture", "footnote")
    ]
    if len(lines) < 2:  # a name and nothing else is no foreword
        return ()
    under = people_in(lines[0].text)
    if under and under.sure:
        return under.names
    signing: list[Mapping[str, str]] = []
    last = [line.text.strip() for line in lines[1:][-_LAST_LINES:]]
    for at, text in enumerate(last):
        if len(text) > _LONGEST_LINE or _PLACE_AND_DATE.fullmatch(text):
            continue
        following = last[at + 1] if at + 1 < len(last) else ""
        if named := _signer(text, following):
            signing += named.names
    return tuple(signing)


def _signer(text: str, following: str) -> NameList | None:
    """Who signs with a line; an unknown first name only where a function stands below."""
    if found := signer(text):
        return found
    return full_name(text) if following and is_function(following) else None
