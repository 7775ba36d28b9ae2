"""What the text of a passage is good for: read once for a generation, not at each page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.passages.figures import figure_sentences
from kb.passages.personal import is_personal
from kb.passages.statements import is_quotable
from kb.records import Passage
from web.generation import Generation

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """Where a passage stands in its document, and what can be taken from it.

    Attributes:
        position: in reading order, from 0.
        quotable: whether it can stand as a quotation of its own.
        in_rows: whether it is laid out in rows and columns.
        figures: the spans of its sentences that give figures.
    """

    position: int
    quotable: bool
    in_rows: bool
    figures: tuple[Span, ...]


def judged(generation: Generation, ids: Iterable[str]) -> Mapping[str, Judged]:
    """What is known of these passages, and perhaps of others; unknown ids are left out."""
    known: dict[str, Judged] = generation.once("judged", dict)
    lacking = [id for id in ids if id not in known]
    for passage in generation.store.passages(ids=lacking):
        known[passage.id] = _judge(generation, passage)
    return known


def _judge(generation: Generation, passage: Passage) -> Judged:
    return Judged(
        passage.position,
        is_quotable(passage),
        bool(passage.rows),
        _figures(generation, passage),
    )


def _figures(generation: Generation, passage: Passage) -> tuple[Span, ...]:
    """Those of the text that pages other than its own show."""
    if passage.kind == "table":
        return ()
    found = figure_sentences(passage.text)
    shown = generation.settings.personal_data
    if found and not shown and is_personal(passage.text, passage.section):
        return ()
    return tuple((one.start, one.end) for one in found)
