"""A theme in figures: every sentence with a share, a sum or a number, with its table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from kb.records import Passage
from kb.store.evidence import Evidence, EvidenceRow, tables_of
from web import parameters
from web.citation_strings import quotation_of, short_name
from web.generation import Generation
from web.pages.addresses import address_of, quick
from web.pages.cards import (
    PassageCard,
    ThemeChip,
    cards,
    chip,
    documents,
)
from web.pages.judged import Span, figures
from web.pages.pager import Pager, pager, within
from web.pages.themes import address, evidence_of, found_rows

PER_PAGE = 40  # sentences
MOST_TABLES = 10  # shown below the sentences
NEAR = 3  # passages between a sentence and the table it speaks of
_ITEM_MARK = re.compile(r"^(?:[•▪◦–*-]|\d{1,2}[.)])\s+")  # of a list
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


@dataclass(frozen=True, slots=True)
class _Said:
    """Where a sentence with a figure stands: cheap to find, without the text itself."""

    row: EvidenceRow
    position: int
    span: Span


def figure_rows(
    generation: Generation,
    evidence: Evidence,
    first: int = 0,
    most: int | None = None,
) -> tuple[FigureRow, ...]:
    """Sentences with a figure among the evidence, newest document first.

    Args:
        generation: the index in use.
        evidence: among which they are looked for.
        first: how many to pass over.
        most: how many to give; None for all.
    """
    last = None if most is None else first + most
    return _shown(generation, _said(generation, evidence)[first:last])


def figure_count(generation: Generation, evidence: Evidence) -> int:
    """How many sentences with a figure there are among the evidence."""
    return len(_said(generation, evidence))


def _said(generation: Generation, evidence: Evidence) -> list[_Said]:
    rows = found_rows(generation, evidence)
    known = figures(generation, [row.passage for row in rows])
    found = [
        _Said(row, known[row.passage].position, span)
        for row in rows
        if row.passage in known
        for span in known[row.passage].spans
    ]
    return sorted(found, key=_newest_first)


def _newest_first(said: _Said) -> tuple[int, str, int, Span]:
    return -(said.row.year or 0), said.row.document, said.position, said.span


def _shown(
    generation: Generation, said: Sequence[_Said]
) -> tuple[FigureRow, ...]:
    ids = dict.fromkeys(one.row.passage for one in said)
    passages = {p.id: p for p in generation.store.passages(ids=ids)}
    near = _tables_by_document(generation, list(passages.values()))
    return tuple(
        _row(generation, passages[one.row.passage], one.span, near)
        for one in said
    )


def without_mark(sentence: str) -> str:
    """A sentence without the bullet or number of the list it stood in.

    >>> without_mark("• 61 procent komt vaker buiten.")
    '61 procent komt vaker buiten.'
    >>> without_mark("12 van de 20 teams hebben een kantoor.")
    '12 van de 20 teams hebben een kantoor.'
    """
    return _ITEM_MARK.sub("", sentence)


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
    span: Span,
    near: Mapping[str, list[Passage]],
) -> FigureRow:
    document = documents(generation)[passage.document]
    text = without_mark(passage.text[slice(*span)])
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
    said = _said(generation, evidence)
    page = within(parameters.number(args, "pagina"), len(said), PER_PAGE)
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
        rows=_shown(generation, said[(page - 1) * PER_PAGE :][:PER_PAGE]),
        total=len(said),
        documents=len({one.row.document for one in said}),
        tables=cards(generation, shown),
        more_tables=max(0, len(tables) - MOST_TABLES),
        pager=pager(page, len(said), PER_PAGE, page_address),
        back=address(evidence),
        narrowed=narrowed,
    )


def _narrowed(args: MultiDict[str, str]) -> Mapping[str, object]:
    kept = ("document", "jaar", "gemeente", "soort")
    return {
        name: parameters.clean(args[name]) for name in kept if args.get(name)
    }
