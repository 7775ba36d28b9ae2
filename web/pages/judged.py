"""What the text of a passage is good for: read once for a generation, not at each page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from kb.passages.figures import figure_sentences
from kb.passages.personal import is_personal
from kb.passages.statements import is_quotable
from kb.records import Passage
from web.generation import Generation

Span = tuple[int, int]
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Judged:
    """What can be taken from a passage.

    Attributes:
        quotable: whether it can stand as a quotation of its own.
        in_rows: whether it is laid out in rows and columns.
    """

    quotable: bool
    in_rows: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """The spans of the sentences of a passage that give figures, and where it stands."""

    position: int  # in its document, in reading order
    spans: tuple[Span, ...]


def judged(generation: Generation, ids: Iterable[str]) -> Mapping[str, Judged]:
    """What is known of these passages, and perhaps of others; unknown ids are left out."""
    return _looked_at(generation, Judged, ids, _judge)


def figures(
    generation: Generation, ids: Iterable[str]
) -> Mapping[str, Figures]:
    """The figures in these passages, and perhaps in others; unknown ids are left out.

    Sentences are looked for, which takes three times as long as judging.
    """

    def count(passage: Passage) -> Figures:
        return Figures(passage.position, _figures(generation, passage))

    return _looked_at(generation, Figures, ids, count)


def _looked_at(
    generation: Generation,
    what: type[Found],
    ids: Iterable[str],
    look: Callable[[Passage], Found],
) -> Mapping[str, Found]:
    """What is found in passages, each looked at once for a generation."""
    known: dict[str, Found] = generation.lasting(("found in", what), dict)
    lacking = [id for id in ids if id not in known]
    for passage in generation.store.passages(ids=lacking):
        known[passage.id] = look(passage)
    return known


def _judge(passage: Passage) -> Judged:
    return Judged(is_quotable(passage), bool(passage.rows))


def _figures(generation: Generation, passage: Passage) -> tuple[Span, ...]:
    """Those of the text that pages other than its own show."""
    if passage.kind == "table":
        return ()
    found = figure_sentences(passage.text)
    shown = generation.settings.personal_data
    if found and not shown and is_personal(passage.text, passage.section):
        return ()
    return tuple((one.start, one.end) for one in found)
