"""How themes lie over one another, over documents and over years: tables of counts with steps of colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from kb.errors import UnknownThemeError
from kb.store import counts
from kb.store.counts import Evidence
from web import language
from web.charts.scale import heat
from web.generation import Generation
from web.pages.cards import chip, documents, slots
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


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of counts: `rows` are (heading, address, cells)."""

    title: str
    columns: tuple[tuple[str, str, str], ...]  # short, full name, address
    rows: tuple[
        tuple[str, str, str, tuple[Cell, ...]], ...
    ]  # short, full name, address, cells


def _cell(
    generation: Generation, evidence: Evidence, n: int, most: int, label: str
) -> Cell:
    return Cell(n, heat(n, most), address(evidence), label)


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
    """Framework `down` × framework `across`: passages that are evidence on both. Raises UnknownThemeError."""
    one, two, pairs = (
        _framework(generation, down),
        _framework(generation, across),
        together(generation),
    )
    rows, columns = [t.code for t in one.themes], [t.code for t in two.themes]
    most = max(
        (pairs.get((r, c), 0) for r in rows for c in columns if r != c), default=0
    )
    said = language.chosen()
    return Grid(
        title=f"{one.name.say(said)} × {two.name.say(said)}",
        columns=_heads(generation, columns),
        rows=tuple(
            (
                *head,
                tuple(
                    _cell(
                        generation,
                        Evidence(head[0], also=c),
                        pairs.get((head[0], c), 0),
                        most,
                        f"{head[0]} × {c}",
                    )
                    for c in columns
                ),
            )
            for head in _heads(generation, rows)
        ),
    )


def document_grid(generation: Generation, key: str, page: int = 1) -> Grid:
    """Themes of a framework × sixty documents, oldest first. Raises UnknownThemeError."""
    framework = _framework(generation, key)
    per = generation.once(
        "themes_per_document", lambda: counts.themes_per_document(generation.store)
    )
    codes = [t.code for t in framework.themes]
    every = sorted(documents(generation).values(), key=lambda d: (d.year or 0, d.title))
    rows = every[(page - 1) * GRID_ROWS : page * GRID_ROWS]
    most = max((per.get((d.id, c), 0) for d in every for c in codes), default=0)
    return Grid(
        title=framework.name.say(language.chosen()),
        columns=_heads(generation, codes),
        rows=tuple(
            (
                value_name(generation, "document", d.id), d.title, url_for("documents.document", id=d.id),
                tuple(_cell(generation, Evidence(c, document=d.id), per.get((d.id, c), 0), most, f"{c}, {d.title}") for c in codes),
            )
            for d in rows
        ),
    )  # fmt: skip


def year_grid(generation: Generation, key: str) -> Grid:
    """Themes of a framework × year of the document. Raises UnknownThemeError."""
    framework = _framework(generation, key)
    per = generation.once(
        "themes_per_year", lambda: counts.themes_per_year(generation.store)
    )
    years = sorted({year for year, _ in per})
    codes = [t.code for t in framework.themes]
    most = max((per.get((y, c), 0) for y in years for c in codes), default=0)
    return Grid(
        title=framework.name.say(language.chosen()),
        columns=tuple((str(y), str(y), url_for("search.page", jaar=y)) for y in years),
        rows=tuple(
            (
                *head,
                tuple(
                    _cell(
                        generation,
                        Evidence(head[0], year=y),
                        per.get((y, head[0]), 0),
                        most,
                        f"{head[0]}, {y}",
                    )
                    for y in years
                ),
            )
            for head in _heads(generation, codes)
        ),
    )


def framework_names(generation: Generation) -> tuple[tuple[str, str, int], ...]:
    """(key, name, colour) of every framework."""
    said = language.chosen()
    order = slots(generation)
    return tuple(
        (f.key, f.name.say(said), order[f.themes[0].code] % 8)
        for f in generation.frameworks
    )
