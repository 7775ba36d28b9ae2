"""Lines that say where a list, table, figure or quotation was taken from: part of it."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.passages.unit import Unit
from kb.records import Block, Passage

_UNDER = ("list", "table", "caption", "quote", "figure")
_KINDS = ("paragraph", "caption", "quote", "margin")
_LONGEST = 200  # characters
_YEAR = r"(?:1[89]|20)\d\d"
_SAID = re.compile(
    r"[^\w(]{0,3}\(?(?:bron(?:nen)?|source|naar|ontleend aan|bewerkt naar|bewerking van|"
    r"overgenomen (?:uit|van)|vrij naar|gebaseerd op|adapted from|based on)\b(?P<colon>\s?:)?",
    re.IGNORECASE,
)
# "(Prins, 2014)", "(naar Prins & Vos, 2014, p. 3)" and nothing else.
_BRACKET = re.compile(rf"\([^()]{{3,120}}?{_YEAR}[^()]{{0,30}}\)\.?")


# "(bewoner, Noord)" below a quotation: who said it.
_SPEAKER = re.compile(r"\*?[—–-]?\s?\(?[^().:;]{3,80}\)\.?\*?")
_QUOTED = re.compile(r"[‘“\"'].*[’”\"']\*?$", re.DOTALL)


def names_speaker(unit: Unit, block: Block) -> bool:
    """Whether a line in brackets below a quotation says whose words they are.

    >>> said = Block("quote", "‘Dat wist ik niet.’")
    >>> names_speaker(Unit("quote", said.text, (said,)), Block("paragraph", "(bewoner)"))
    True
    """
    text = block.text.strip()
    bracketed = text.lstrip("*—–- ").startswith("(")
    if block.kind not in _KINDS or not bracketed:
        return False
    quoted = _QUOTED.search(unit.text.strip()) is not None
    return quoted and _SPEAKER.fullmatch(text) is not None


def with_speaker(unit: Unit, block: Block) -> Unit:
    """A quotation with the line below it that says whose it is."""
    raw = None if unit.raw is None else f"{unit.raw} {block.raw or block.text}"
    text = f"{unit.text} {block.text}"
    return replace(unit, text=text, raw=raw, blocks=(*unit.blocks, block))


def tells_source(block: Block) -> bool:
    """Whether a block only says where what stands above it comes from.

    >>> tells_source(Block("paragraph", "Bron: CBS"))
    True
    >>> tells_source(Block("paragraph", "Naar de wijk gaan kost tijd."))
    False
    """
    text = block.text.strip()
    if block.kind not in _KINDS or len(text) > _LONGEST:
        return False
    if _BRACKET.fullmatch(text):
        return True
    said = _SAID.match(text)
    if said is None:
        return False
    dated = re.search(_YEAR, text) is not None and not text.endswith("?")
    return bool(said["colon"]) or (dated and text.count(". ") == 0)


def with_source(unit: Unit, block: Block) -> Unit:
    """A unit with the line below it that tells its source."""
    raw = (
        None if unit.raw is None else f"{unit.raw}\n{block.raw or block.text}"
    )
    rows = (*unit.rows, (block.text,)) if unit.rows else ()
    return replace(
        unit,
        text=f"{unit.text}\n{block.text}",
        blocks=(*unit.blocks, block),
        raw=raw,
        rows=rows,
    )


def source_below(passage: Passage) -> list[tuple[int, int]]:
    """Where in a passage of several lines the last one tells its source; else nothing."""
    above, _break, last = passage.text.rpartition("\n")
    if not above or not tells_source(Block("paragraph", last)):
        return []
    return [(len(above) + 1, len(passage.text))]


def takes_source(unit: Unit) -> bool:
    """Whether a source line below a unit belongs to it."""
    return unit.kind in _UNDER
