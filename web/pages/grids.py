"""How themes lie over one another, over documents and over years.

Tables of counts with steps of colour.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from kb.errors import UnknownThemeError
from kb.records import Document
from kb.store import Store, counts
from kb.store.evidence import (
    Evidence,
    counted,
    passages_per_municipality,
)
from web import language
from web.charts.scale import heat
from web.generation import Generation
from web.pages.cards import (
    chip,
    documents,
    silent,
    themes_per_document,
)
from web.pages.home import framework_entries, occurring
from web.pages.query_summary import value_name
from web.pages.themes import address, rows_on, together
from web.parameters import PARAMETERS

GRID_ROWS = 60
FEW = 10  # passages of which a share says little: it gets no dark colour
FULL_SHARE = 0.5  # a share that gets the darkest colour
LEAST = 0.005  # a smaller share is said to be less than one per cent


@dataclass(frozen=True, slots=True)
class Cell:
    """A count with its step of colour and its passages.

    `share` is the part of all passages of its row or column, None where it is not asked.
    """

    count: int
    step: int
    address: str
    label: str
    share: float | None = None

    @property
    def shown(self) -> str:
        """The count, or the share in whole per cents."""
        if self.share is None:
            return str(self.count)
        return f"{round(100 * self.share)}%" if self.share >= LEAST else "<1%"


Row = tuple[
    str, str, str, tuple[Cell, ...]
]  # short, full name, address, cells


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of counts: `rows` are (heading, address, cells)."""

    title: str
    columns: tuple[tuple[str, str, str], ...]  # short, full name, address
    rows: tuple[Row, ...]
    few: int = FEW


def _cell(evidence: Evidence, count: int, most: int, label: str) -> Cell:
    return Cell(count, heat(count, most), address(evidence), label)


def _share_cell(cell: Cell, total: int) -> Cell:
    """The cell as a share of `total`; its colour goes by the share."""
    share = cell.count / total if total else 0.0
    step = heat(round(1000 * share), round(1000 * FULL_SHARE))
    if total < FEW:
        step = min(step, 1)
    return replace(cell, share=share, step=step)


def _of(name: str, total: int, shares: bool) -> str:
    """The name of a row or column, with how many passages its shares are of.

    >>> _of("Zwolle", 117, True), _of("Zwolle", 117, False)
    ('Zwolle (117)', 'Zwolle')
    """
    return f"{name} ({total})" if shares else name


def _framework(generation: Generation, key: str) -> Any:
    for framework in generation.frameworks:
        if framework.key == key:
            return framework
    raise UnknownThemeError(id=key)


def _heads(
    generation: Generation, codes: Sequence[str]
) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (code, chip(generation, code).name, url_for("themes.theme", code=code))
        for code in codes
    )


def map_grid(generation: Generation, down: str, across: str) -> Grid:
    """Framework `down` × framework `across`: passages that are evidence on both.

    Raises UnknownThemeError.
    """
    one, two = _framework(generation, down), _framework(generation, across)
    pairs = together(generation)
    rows = [theme.code for theme in one.themes]
    columns = [theme.code for theme in two.themes]
    # The diagonal says how large a theme is; it would make all other steps pale.
    apart = [
        (row, column) for row in rows for column in columns if row != column
    ]
    most = max((pairs.get(pair, 0) for pair in apart), default=0)
    chosen = language.chosen()

    def cell(row: str, column: str) -> Cell:
        count = pairs.get((row, column), 0)
        return _cell(
            Evidence(row, also=column), count, most, f"{row} × {column}"
        )

    return Grid(
        title=f"{one.name.say(chosen)} × {two.name.say(chosen)}",
        columns=_heads(generation, columns),
        rows=tuple(
            (*head, tuple(cell(head[0], column) for column in columns))
            for head in _heads(generation, rows)
        ),
    )


def document_grid(
    generation: Generation, key: str, page: int = 1, shares: bool = False
) -> Grid:
    """Themes of a framework × sixty documents, oldest first.

    Raises UnknownThemeError.
    """
    framework = _framework(generation, key)
    totals = per_value(generation, "document")
    per = themes_per_document(generation)
    codes = [theme.code for theme in framework.themes]
    every = sorted(
        documents(generation).values(), key=lambda d: (d.year or 0, d.title)
    )
    shown = every[(page - 1) * GRID_ROWS : page * GRID_ROWS]
    # Over all pages, so that a step means the same on each.
    most = max(
        (per.get((d.id, c), 0) for d in every for c in codes), default=0
    )

    def cell(document: Document, code: str) -> Cell:
        count = per.get((document.id, code), 0)
        evidence = Evidence(code, document=document.id)
        cell = _cell(evidence, count, most, f"{code}, {document.title}")
        total = totals.get(document.id, 0)
        return _share_cell(cell, total) if shares else cell

    def row(document: Document) -> Row:
        return (
            _of(
                value_name(generation, "document", document.id),
                totals.get(document.id, 0),
                shares,
            ),
            document.title,
            url_for("documents.document", id=document.id),
            tuple(cell(document, code) for code in codes),
        )

    return Grid(
        title=framework.name.say(language.chosen()),
        columns=_heads(generation, codes),
        rows=tuple(row(document) for document in shown),
    )


def year_grid(generation: Generation, key: str, shares: bool = False) -> Grid:
    """Themes of a framework × year of the document; `shares` of the passages of a year.

    Raises UnknownThemeError.
    """
    framework = _framework(generation, key)
    totals = per_value(generation, "year")
    per = themes_per_year(generation)
    years = sorted({year for year, _ in per})
    codes = [theme.code for theme in framework.themes]
    most = max((per.get((y, c), 0) for y in years for c in codes), default=0)

    def cell(code: str, year: int) -> Cell:
        count = per.get((year, code), 0)
        cell = _cell(Evidence(code, year=year), count, most, f"{code}, {year}")
        return _share_cell(cell, totals.get(year, 0)) if shares else cell

    return Grid(
        title=framework.name.say(language.chosen()),
        columns=tuple(
            _year_head(_of(str(year), totals.get(year, 0), shares), year)
            for year in years
        ),
        rows=tuple(
            (*head, tuple(cell(head[0], year) for year in years))
            for head in _heads(generation, codes)
        ),
    )


def _year_head(name: str, year: int) -> tuple[str, str, str]:
    return name, name, url_for("search.page", jaar=year)


def facet_grid(
    generation: Generation, key: str, facet: str, shares: bool = False
) -> Grid:
    """Themes of a framework × the values of a facet, the most frequent first.

    Args:
        generation: the index in use.
        key: of the framework.
        facet: "municipality" or "kind".
        shares: of all passages of a value.

    Raises:
        UnknownThemeError: there is no such framework.
    """
    framework = _framework(generation, key)
    totals = per_value(generation, facet)
    per = themes_per_value(generation, facet)
    codes = [theme.code for theme in framework.themes]
    found = {value for value, _ in per}
    values = sorted(found, key=lambda v: (-totals.get(v, 0), str(v)))
    shown = values[:GRID_ROWS]
    most = max((per.get((v, c), 0) for v in shown for c in codes), default=0)

    def cell(value: Any, code: str, name: str) -> Cell:
        count = per.get((value, code), 0)
        evidence = replace(Evidence(code), **{facet: value})
        cell = _cell(evidence, count, most, f"{code}, {name}")
        return _share_cell(cell, totals.get(value, 0)) if shares else cell

    def row(value: Any) -> Row:
        known = value_name(generation, facet, str(value))
        name = _of(known, totals.get(value, 0), shares)
        asked = {PARAMETERS[facet]: value}
        cells = tuple(cell(value, code, name) for code in codes)
        return name, name, url_for("search.page", **asked), cells

    return Grid(
        title=framework.name.say(language.chosen()),
        columns=_heads(generation, codes),
        rows=tuple(row(value) for value in shown),
    )


def per_value(generation: Generation, facet: str) -> Mapping[Any, int]:
    """How many passages there are of each year, kind, document or municipality."""
    count: Mapping[str, Callable[[Store], Mapping[Any, int]]] = {
        "year": counts.passages_per_year,
        "kind": counts.passages_per_kind,
        "document": counts.stating_per_document,
        "municipality": passages_per_municipality,
    }
    return generation.lasting(
        ("all of", facet), lambda: count[facet](generation.store)
    )


def themes_per_year(
    generation: Generation,
) -> Mapping[tuple[int, str], int]:
    """(year of the document, theme) → evidence passages."""
    return generation.once(
        "themes_per_year",
        lambda: counts.themes_per_year(generation.store, silent(generation)),
    )


def themes_per_value(
    generation: Generation, facet: str
) -> Mapping[tuple[Any, str], int]:
    """(value of the facet, theme) → passages."""

    def make() -> dict[tuple[Any, str], int]:
        return {
            (value, code): n
            for code in generation.frameworks.themes
            for value, n in counted(rows_on(generation, code), facet)
        }

    return generation.once(("per theme", facet), make)


def framework_names(
    generation: Generation,
) -> tuple[tuple[str, str, int], ...]:
    """(key, name, colour) of every framework on which something was found, or else of all."""
    entries = framework_entries(generation)
    return tuple(
        (entry.key, entry.name, entry.slot)
        for entry in occurring(entries) or entries
    )
