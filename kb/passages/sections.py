"""Under which headings does each block stand, and is this document a set of slides?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from kb.datafiles import words as data_words
from kb.passages.sizes import words
from kb.records import Block

SKIPPED = ("furniture", "margin", "figure")  # blocks that never make a passage
_NO_TEXT = ("reference", "toc", "footnote")
_FLOATING = ("figure", "table", "caption", "footnote", "furniture", "margin")
_SENTENCE_END = re.compile(r"[.!?…:;][\"”’»)\]'“*]*(?:\s?[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2})?$")
_NUMBERED = re.compile(r"\W*(?:\d|[IVX]+\b|[A-Za-z][.)]\s)")
# A title that names its source is quoted with it, or the citation would be lost.
_CITES = re.compile(r"\([A-Z][^()]*\b(?:19|20)\d\d[a-z]?\)")
_LONGEST_HEADING = 30  # words; what is longer and ends as a sentence is one
_LEAST = (
    3  # words of what can be a part of a sentence; less is a label or a scrap
)
_CUT = 8  # words from which a text without end is a sentence that was cut
# A document is slides when it has this many headings with little under each.
_SLIDES, _SLIDE_RUNS = 6, 5
_USUAL_SLIDE, _LONGEST_SLIDE = 45, 300  # words


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under one heading, and the path of headings above them."""

    path: tuple[str, ...]
    blocks: tuple[Block, ...]


def sections_of(blocks: Iterable[Block]) -> list[Section]:
    """The sections of a document that hold anything, in reading order."""
    path: list[tuple[int, str]] = []
    held: list[tuple[tuple[str, ...], list[Block]]] = [((), [])]
    for block in with_whole_sentences(blocks):
        if block.kind == "heading":
            path = _with_heading(path, block)
            cites = _CITES.search(block.text) is not None
            own = (
                [replace(block, kind="paragraph", level=None)] if cites else []
            )
            held.append((tuple(title for _, title in path), own))
        elif block.kind not in SKIPPED:
            held[-1][1].append(block)
    return [Section(titles, tuple(run)) for titles, run in held if run]


def _with_heading(
    path: list[tuple[int, str]], block: Block
) -> list[tuple[int, str]]:
    """The path below a heading; the title of the document (level 0) is no part of it."""
    level = 1 if block.level is None else block.level
    above = [(depth, title) for depth, title in path if depth < level]
    return [*above, (level, block.text)] if level else above


def are_slides(sections: Sequence[Section]) -> bool:
    """Whether headings are many and what stands under each is little.

    Only running text counts: short reference lists under each article of a collection
    make no slides of it.
    """
    sizes = [_text_size(section) for section in sections]
    sizes = [size for size in sizes if size]
    headings = {section.path for section in sections} - {()}
    if len(headings) < _SLIDES or len(sizes) < _SLIDE_RUNS:
        return False
    return median(sizes) <= _USUAL_SLIDE and max(sizes) <= _LONGEST_SLIDE


def _text_size(section: Section) -> int:
    """Words of a section that are neither entries, contents nor notes."""
    said = [block for block in section.blocks if block.kind not in _NO_TEXT]
    return sum(words(block.text) for block in said)


# -- sentences over blocks


def with_whole_sentences(blocks: Iterable[Block]) -> list[Block]:
    """`blocks` in which no paragraph begins in mid-sentence, where its beginning is there.

    A sentence may go on behind a figure, a table or a note, and a heading may turn out to
    be its first words (bold type, a name on a line of its own).

    >>> parts = [Block("heading", "De wijkteams"), Block("paragraph", "zijn er voor elk.")]
    >>> [(b.kind, b.text) for b in with_whole_sentences(parts)]
    [('paragraph', 'De wijkteams zijn er voor elk.')]
    """
    found: list[Block] = []
    for block in blocks:
        if block.kind == "heading" and _is_sentence(block.text):
            block = replace(block, kind="paragraph", level=None)
        at = _begun_at(found, block)
        if at is None:
            found.append(block)
        else:
            found[at] = _joined(found[at], block)
    return found


def _is_sentence(text: str) -> bool:
    return words(text) > _LONGEST_HEADING and text.rstrip().endswith(".")


def _begun_at(found: Sequence[Block], block: Block) -> int | None:
    """The place of the block whose sentence `block` completes."""
    if block.kind != "paragraph" or not block.text[:1].islower():
        return None
    for at in range(len(found) - 1, -1, -1):
        before = found[at]
        if before.kind == "paragraph":
            return at if _is_cut(before.text, block.text) else None
        if before.kind == "heading":
            above = at == len(found) - 1
            return (
                at if above and _is_subject(before.text, block.text) else None
            )
        if before.kind not in _FLOATING:
            return None
    return None


def _is_cut(text: str, rest: str) -> bool:
    """Whether a sentence stopped in mid-air and `rest` completes it.

    Answers and names, one a line without stops, look alike: two of them are not joined.
    """
    if words(text) < _LEAST or _SENTENCE_END.search(text.rstrip()):
        return False
    if text.rstrip().endswith(",") or _last_word(text) in _listed(
        "unfinished"
    ):
        return True
    return (
        words(text) >= _CUT and _SENTENCE_END.search(rest.rstrip()) is not None
    )


def _is_subject(title: str, rest: str) -> bool:
    """Whether a heading is the beginning of the sentence that goes on below it."""
    if _NUMBERED.match(title) or _SENTENCE_END.search(title.rstrip()):
        return False
    verb_first = rest.split()[0] in _listed("verbs")
    return verb_first or _last_word(title) in _listed("unfinished")


def _last_word(text: str) -> str:
    return text.split()[-1].lower()


def _listed(key: str) -> frozenset[str]:
    return data_words("kb.dutch", "unfinished.toml", key)


def _joined(before: Block, block: Block) -> Block:
    """Two parts of one paragraph as one block."""
    raw = None
    if before.raw or block.raw:
        raw = f"{before.raw or before.text} {block.raw or block.text}"
    end = block.page_end or block.page
    crosses = end != before.page
    return replace(
        before,
        kind="paragraph",
        level=None,
        text=f"{before.text} {block.text}",
        raw=raw,
        boxes=(*before.boxes, *block.boxes),
        repairs=(*before.repairs, *block.repairs),
        page_end=end if crosses else None,
        label_end=(block.label_end or block.label) if crosses else None,
        language=block.language,
        label_origin=min(before.label_origin, block.label_origin)
        if crosses
        else before.label_origin,
    )
