"""Two municipalities, documents or years side by side on one theme, figures first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from kb.errors import sentence
from kb.export.draft import PARTS, part_of
from kb.store.evidence import Evidence, EvidenceRow, counted, narrowed
from web import language, parameters
from web.generation import Generation
from web.pages.cards import PassageCard, ThemeChip, cards, chip
from web.pages.figures import FigureRow, figure_count, figure_rows
from web.pages.grids import per_value
from web.pages.query_summary import value_name
from web.pages.themes import address, rows_on

BY = {"gemeente": "municipality", "document": "document", "jaar": "year"}
PER_PART = 3  # passages of a part on each side
FIGURES = 8  # sentences with figures on each side
OFFERED = 200  # values to choose from


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its name, its passages, and the way to all of them."""

    value: str
    name: str
    address: str
    figures: tuple[FigureRow, ...]
    more_figures: int


@dataclass(frozen=True, slots=True)
class Opposite:
    """A part of the theme with the strongest passages of both sides.

    `more` has the addresses of those that are not here; "" where all are.
    """

    title: str
    left: tuple[PassageCard, ...]
    right: tuple[PassageCard, ...]
    counts: tuple[int, int]
    more: tuple[str, str]


@dataclass(frozen=True, slots=True)
class ComparePage:
    """All that the comparison shows; without `sides` there are no two to compare.

    `figures` are (what, left, right): counts, or shares from 0 to 1 where the last
    value says so.
    """

    theme: ThemeChip
    by: str
    values: tuple[tuple[str, str, int], ...]  # value, name, passages
    sides: tuple[Side, ...]
    figures: tuple[tuple[str, float, float, bool], ...]
    parts: tuple[Opposite, ...]
    back: str


def compare_page(
    generation: Generation, code: str, args: MultiDict[str, str]
) -> ComparePage:
    """Raises UnknownThemeError."""
    theme = generation.frameworks.theme(code)
    by = args.get("op", "") if args.get("op", "") in BY else "gemeente"
    facet = BY[by]
    rows = rows_on(generation, theme.code)
    found = counted(rows, facet)[:OFFERED]
    chosen = _chosen(args, [value for value, _n in found])
    evidences = [
        replace(Evidence(theme.code), **{facet: value}) for value in chosen
    ]
    both = [narrowed(rows, evidence) for evidence in evidences]
    return ComparePage(
        theme=chip(generation, theme.code),
        by=by,
        values=tuple(
            (str(v), value_name(generation, facet, str(v)), n)
            for v, n in found
        ),
        sides=tuple(_side(generation, facet, e) for e in evidences),
        figures=_figures(generation, facet, chosen, both) if both else (),
        parts=_parts(generation, evidences, both) if both else (),
        back=address(Evidence(theme.code)),
    )


def _chosen(args: MultiDict[str, str], known: Sequence[Any]) -> list[Any]:
    """The two values asked for, or the two with most passages; none where there is one."""
    by_name = {str(value): value for value in known}
    asked = [
        by_name[name]
        for name in (
            parameters.clean(args.get(n, "")) for n in ("een", "twee")
        )
        if name in by_name
    ]
    two = list(dict.fromkeys([*asked, *known]))[:2]
    return two if len(two) == 2 else []


def _side(generation: Generation, facet: str, evidence: Evidence) -> Side:
    value = str(getattr(evidence, facet))
    count = figure_count(generation, evidence)
    return Side(
        value=value,
        name=value_name(generation, facet, value),
        address=address(evidence),
        figures=figure_rows(generation, evidence, most=FIGURES),
        more_figures=max(0, count - FIGURES),
    )


def _figures(
    generation: Generation,
    facet: str,
    chosen: Sequence[Any],
    both: Sequence[Sequence[EvidenceRow]],
) -> tuple[tuple[str, float, float, bool], ...]:
    totals = [per_value(generation, facet).get(value, 0) for value in chosen]
    left, right = both

    def counts(name: str, of: Any) -> tuple[str, float, float, bool]:
        return name, of(left), of(right), False

    shares = [
        len(rows) / n if n else 0.0
        for rows, n in zip(both, totals, strict=True)
    ]
    fixed = [
        counts(_("Passages over dit thema"), len),
        (_("Passages in totaal"), *totals, False),
        (_("Aandeel van dit thema"), *shares, True),
        counts(_("Documenten"), lambda rows: len({r.document for r in rows})),
    ]
    parts = [_by_part(rows) for rows in both]
    by_part = [
        (_title(part), *(len(side.get(part, ())) for side in parts), False)
        for part in PARTS
        if any(part in side for side in parts)
    ]
    return (*fixed, *by_part)


def _title(part: str) -> str:
    """The heading of a part, as it stands above its passages too."""
    return sentence(f"draft_part_{part}", {}, language.chosen())


def _parts(
    generation: Generation,
    evidences: Sequence[Evidence],
    both: Sequence[Sequence[EvidenceRow]],
) -> tuple[Opposite, ...]:
    left, right = (_by_part(rows) for rows in both)
    known = _cards_of(generation, [*left.values(), *right.values()])

    def more(part: str) -> tuple[str, str]:
        one, other = (
            _rest(evidence, part) if len(side.get(part, ())) > PER_PART else ""
            for evidence, side in zip(evidences, (left, right), strict=True)
        )
        return one, other

    def strongest(ids: Sequence[str]) -> tuple[PassageCard, ...]:
        return tuple(known[id] for id in ids[:PER_PART] if id in known)

    return tuple(
        Opposite(
            title=_title(part),
            left=strongest(left.get(part, [])),
            right=strongest(right.get(part, [])),
            counts=(len(left.get(part, [])), len(right.get(part, []))),
            more=more(part),
        )
        for part in PARTS
        if part in left or part in right
    )


def _rest(evidence: Evidence, part: str) -> str:
    """Where the other passages of a part are, narrowed as far as a theme page can be."""
    if part == "setback":
        return address(replace(evidence, critical=True))
    kinds = PARTS[part]
    return address(replace(evidence, kind=kinds[0]))


def _cards_of(
    generation: Generation, found: Sequence[Sequence[str]]
) -> Mapping[str, PassageCard]:
    """The strongest of every part, by passage."""
    ids = dict.fromkeys(id for part in found for id in part[:PER_PART])
    passages = generation.store.passages(ids=ids)
    return {c.passage.id: c for c in cards(generation, passages)}


def _by_part(rows: Sequence[EvidenceRow]) -> Mapping[str, list[str]]:
    """Ids of the passages of each part, strongest first."""
    found: dict[str, list[str]] = {}
    for row in rows:
        part = part_of(row.kind, row.critical)
        found.setdefault(part, []).append(row.passage)
    return found
