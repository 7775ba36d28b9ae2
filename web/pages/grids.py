"""How themes lie over one another, over documents and over years.

Tables of counts with steps of colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from kb.errors import UnknownThemeError
from kb.records import Document
from kb.store import counts
from kb.store.evidence import Evidence
from web import language
from web.charts.scale import heat
from web.generation import Generation
from web.pages.cards import chip, documents, silent, slots
from web.pages.query_summary import value_name
from web.pages.themes import address, together

GRID_ROWS = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """A count with its step of colour and its passages."""

    count: int
    step: int
    address: str
    label: str


Row = tuple[
    str, str, str, tuple[Cell, ...]
]  # short, full name, address, cells


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of counts: `rows` are (heading, address, cells)."""

    title: str
    columns: tuple[tuple[str, str, str], ...]  # short, full name, address
    rows: tuple[Row, ...]


def _cell(evidence: Evidence, count: int, most: int, label: str) -> Cell:
    return Cell(count, heat(count, most), address(evidence), label)


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


def document_grid(generation: Generation, key: str, page: int = 1) -> Grid:
    """Themes of a framework × sixty documents, oldest first.

    Raises UnknownThemeError.
    """
    framework = _framework(generation, key)
    per = generation.once(
        "themes_per_document",
        lambda: counts.themes_per_document(
            generation.store, silent(generation)
        ),
    )
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
        return _cell(evidence, count, most, f"{code}, {document.title}")

    def row(document: Document) -> Row:
        return (
            value_name(generation, "document", document.id),
            document.title,
            url_for("documents.document", id=document.id),
            tuple(cell(document, code) for code in codes),
        )

    return Grid(
        title=framework.name.say(language.chosen()),
        columns=_heads(generation, codes),
        rows=tuple(row(document) for document in shown),
    )


def year_grid(generation: Generation, key: str) -> Grid:
    """Themes of a framework × year of the document. Raises UnknownThemeError."""
    framework = _framework(generation, key)
    per = generation.once(
        "themes_per_year",
        lambda: counts.themes_per_year(generation.store, silent(generation)),
    )
    years = sorted({year for year, _ in per})
    codes = [theme.code for theme in framework.themes]
    most = max((per.get((y, c), 0) for y in years for c in codes), default=0)

    def cell(code: str, year: int) -> Cell:
        count = per.get((year, code), 0)
        return _cell(Evidence(code, year=year), count, most, f"{code}, {year}")

    return Grid(
        title=framework.name.say(language.chosen()),
        columns=tuple(
            (str(y), str(y), url_for("search.page", jaar=y)) for y in years
        ),
        rows=tuple(
            (*head, tuple(cell(head[0], year) for year in years))
            for head in _heads(generation, codes)
        ),
    )


def framework_names(
    generation: Generation,
) -> tuple[tuple[str, str, int], ...]:
    """(key, name, colour) of every framework."""
    said = language.chosen()
    order = slots(generation)
    return tuple(
        (f.key, f.name.say(said), order[f.themes[0].code] % 8)
        for f in generation.frameworks
    )
