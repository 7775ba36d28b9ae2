"""Which rows of a column begin an entry: terms beside their definitions, dashes glued to text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kb.structure.layout.typography import Row
from kb.structure.layout.wording import BULLETS, marker_of

_GLUED = re.compile(r"^-(?=[^\W\d_])")
_SIGNS = frozenset(BULLETS) - frozenset("–—›»→➔⇒")
_FEWEST_BULLETS = 2  # that stand alone in a column
_BELOW = (
    2.5  # sizes of type between a bullet and the line it belongs to, at most
)
_FEWEST_DASHES = 2  # lines of a column that begin so at one place
_FEWEST_TERMS = 4  # rows of a column whose definitions begin at one place
_APART = 1.2  # sizes of type of white between a term and its definition
_EVEN = 1.0  # points between edges that are one
_LONGEST_TERM = 28  # characters


def with_starts(rows: Sequence[Row]) -> list[Row]:
    """`rows` of one page, those told which begin an entry that only their place shows."""
    found: list[Row] = []
    for column in _columns(rows):
        found += _with_terms(_with_dashes(_with_lone_bullets(column)))
    return found


def _columns(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Runs of rows of running text in one column, and each other row by itself."""
    edges = [
        at
        for at, (one, other) in enumerate(pairwise(rows), 1)
        if one.column != other.column or one.zone != other.zone
    ]
    for start, end in pairwise([0, *edges, len(rows)]):
        yield list(rows[start:end])


def _with_lone_bullets(rows: Sequence[Row]) -> list[Row]:
    """`rows`, bullets on lines of their own set before the lines below them."""
    lone = [at for at, row in enumerate(rows[:-1]) if _is_bullet(row)]
    if len(lone) < _FEWEST_BULLETS:
        return list(rows)
    below = {at + 1 for at in lone if _is_right_below(rows[at], rows[at + 1])}
    return [
        replace(row, bullet=True) if at in below else row
        for at, row in enumerate(rows)
        if at + 1 not in below or at in below
    ]


def _is_bullet(row: Row) -> bool:
    return row.zone == "body" and row.text.strip() in _SIGNS


def _is_right_below(row: Row, other: Row) -> bool:
    step = other.line.bottom - row.line.bottom
    near = 0 < step < _BELOW * row.line.size
    return near and abs(other.line.x0 - row.line.x0) < _BELOW * row.line.size


def _with_dashes(rows: Sequence[Row]) -> list[Row]:
    """`rows`, a dash glued to the first word parted from it where several lines begin so.

    One alone goes on where a word is left out: "statiegeldblikjes en -flesjes".
    """
    glued = [row for row in rows if _begins_with_dash(row)]
    places = Counter(round(row.line.x0) for row in glued)
    often = {place for place, n in places.items() if n >= _FEWEST_DASHES}
    marked = {id(row) for row in glued if round(row.line.x0) in often}
    return [_parted(row) if id(row) in marked else row for row in rows]


def _begins_with_dash(row: Row) -> bool:
    return row.zone == "body" and bool(_GLUED.match(row.text))


def _parted(row: Row) -> Row:
    return replace(
        row, line=replace(row.line, text=_GLUED.sub("- ", row.text))
    )


# -- terms beside their definitions


def _with_terms(rows: Sequence[Row]) -> list[Row]:
    """`rows`, each term that stands before its definition the beginning of an entry."""
    places = [_definition_at(row) for row in rows]
    counts = Counter(round(place) for place in places if place is not None)
    edge, count = next(iter(counts.most_common(1)), (0, 0))
    if count < _FEWEST_TERMS:
        return list(rows)
    terms = [
        at
        for at, place in enumerate(places)
        if place is not None and abs(place - edge) <= _EVEN
    ]
    return [
        replace(row, starts=_starts(row, at in terms, edge))
        if terms[0] <= at <= terms[-1] + 1
        else row
        for at, row in enumerate(rows)
    ]


def _starts(row: Row, is_term: bool, edge: float) -> bool | None:
    """Whether a row among definitions begins an entry or goes on in one."""
    if is_term:
        return True
    return False if abs(row.line.x0 - edge) <= _EVEN else row.starts


def _definition_at(row: Row) -> float | None:
    """Where the definition begins in a row of a term and a definition with white between."""
    if row.zone != "body" or row.bullet or row.starts is not None:
        return None
    gaps = [
        at
        for at, (one, other) in enumerate(pairwise(row.line.words), 1)
        if other.x0 - one.x1 > _APART * row.line.size
    ]
    if len(gaps) != 1:
        return None
    words = row.line.words
    term = " ".join(word.text for word in words[: gaps[0]])
    named = any(c.isalpha() for c in term) and len(term) <= _LONGEST_TERM
    if not named or marker_of(f"{term} X") is not None:
        return None
    return words[gaps[0]].x0
