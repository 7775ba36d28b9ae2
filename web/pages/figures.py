"""A theme in figures: every sentence with a share, a sum or a number, with its table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from kb.passages.figures import figure_sentences
from kb.records import Passage
from kb.store.evidence import Evidence, tables_of
from web import language, parameters
from web.citation_strings import quotation_of, short_name
from web.generation import Generation
from web.pages.addresses import address_of, quick
from web.pages.cards import (
    PassageCard,
    ThemeChip,
    cards,
    chip,
    documents,
    elsewhere,
)
from web.pages.pager import Pager, pager, within
from web.pages.themes import address, evidence_of, found_rows

PER_PAGE = 40  # sentences
MOST_TABLES = 10  # shown below the sentences
NEAR = 3  # passages between a sentence and the table it speaks of
_NAMED = re.compile(r"\btabel (\d+(?:[.\s]*\d+)*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A sentence with a figure, where it stands, and the table it speaks of."""

    text: str
    passage: Passage
    short: str
    locator: str
    address: str
    year: int | None
    table: str  # address of the passage with the table; "" where none is near


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """All that the template of a theme in figures shows."""

    theme: ThemeChip
    rows: tuple[FigureRow, ...]
    total: int
    documents: int
    tables: tuple[PassageCard, ...]
    more_tables: int
    pager: Pager
    back: str
    narrowed: Mapping[str, object]


def figure_rows(
    generation: Generation, evidence: Evidence
) -> tuple[FigureRow, ...]:
    """Every sentence with a figure among the evidence, newest document first."""
    said = _said(generation, evidence)
    near = _tables_by_document(generation, [passage for passage, _ in said])
    rows = [_row(generation, *one, near) for one in said]
    return tuple(sorted(rows, key=_newest_first))


def _said(
    generation: Generation, evidence: Evidence
) -> list[tuple[Passage, str]]:
    """Passages with each of their sentences that give figures.

    Those of a whole theme are looked for once.
    """

    def make() -> list[tuple[Passage, str]]:
        known = documents(generation)
        ids = [row.passage for row in found_rows(generation, evidence)]
        return [
            (passage, sentence.text)
            for passage in generation.store.passages(ids=ids)
            if passage.kind != "table" and passage.document in known
            for sentence in figure_sentences(
                elsewhere(generation, passage).text
            )
        ]

    is_whole = evidence == Evidence(evidence.theme)
    key = ("figures", evidence.theme, language.chosen())
    return generation.once(key, make) if is_whole else make()


def _newest_first(row: FigureRow) -> tuple[int, str, int]:
    return -(row.year or 0), row.passage.document, row.passage.position


def _tables_by_document(
    generation: Generation, passages: Sequence[Passage]
) -> Mapping[str, list[Passage]]:
    ids = dict.fromkeys(passage.document for passage in passages)
    found: dict[str, list[Passage]] = {}
    for table in tables_of(generation.store, ids):
        found.setdefault(table.document, []).append(table)
    return found


def _row(
    generation: Generation,
    passage: Passage,
    text: str,
    near: Mapping[str, list[Passage]],
) -> FigureRow:
    document = documents(generation)[passage.document]
    table = _table_of(passage, text, near.get(passage.document, []))
    return FigureRow(
        text=text,
        passage=passage,
        short=short_name(generation, document),
        locator=quotation_of(generation, passage, document).locator,
        address=quick("passages.passage", "id", passage.id),
        year=document.year,
        table=quick("passages.passage", "id", table.id) if table else "",
    )


def _table_of(
    passage: Passage, text: str, tables: Sequence[Passage]
) -> Passage | None:
    """The table that a sentence names, or else the nearest of its section."""
    if named := _NAMED.search(text):
        number = re.sub(r"\s", "", named[1])
        for table in tables:
            if (
                re.sub(r"\s", "", table.text)
                .lower()
                .startswith(f"tabel{number}")
            ):
                return table
    beside = [
        table
        for table in tables
        if table.section == passage.section
        and abs(table.position - passage.position) <= NEAR
    ]
    return min(
        beside,
        key=lambda table: abs(table.position - passage.position),
        default=None,
    )


def figures_page(
    generation: Generation, code: str, args: MultiDict[str, str]
) -> FiguresPage:
    """Raises UnknownThemeError."""
    theme = generation.frameworks.theme(code)
    evidence = evidence_of(theme.code, args, generation.frameworks.themes)
    rows = figure_rows(generation, evidence)
    page = within(parameters.number(args, "pagina"), len(rows), PER_PAGE)
    tables = [
        row.passage
        for row in found_rows(generation, evidence)
        if row.kind == "table"
    ]
    shown = generation.store.passages(ids=tables[:MOST_TABLES])
    narrowed = _narrowed(args)

    def page_address(number: int) -> str:
        asked = {"code": theme.code, "pagina": number, **narrowed}
        return address_of("themes.figures", asked)

    return FiguresPage(
        theme=chip(generation, theme.code),
        rows=rows[(page - 1) * PER_PAGE : page * PER_PAGE],
        total=len(rows),
        documents=len({row.passage.document for row in rows}),
        tables=cards(generation, shown),
        more_tables=max(0, len(tables) - MOST_TABLES),
        pager=pager(page, len(rows), PER_PAGE, page_address),
        back=address(evidence),
        narrowed=narrowed,
    )


def _narrowed(args: MultiDict[str, str]) -> Mapping[str, object]:
    kept = ("document", "jaar", "gemeente", "soort")
    return {
        name: parameters.clean(args[name]) for name in kept if args.get(name)
    }
