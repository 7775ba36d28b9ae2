"""What is on a page as a table to take along: grids, lists, figures, a comparison."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from kb.export.tables import Table, Value
from kb.records import Passage
from web import language, parameters, words
from web.citation_strings import quotation_of, short_name, strings_of
from web.generation import Generation, site
from web.pages import grids
from web.pages.addresses import public
from web.pages.cards import chips, documents, elsewhere, newest
from web.pages.compare import compare_page
from web.pages.figures import figure_rows
from web.pages.themes import evidence_of, found_rows
from web.pages.timeline import timeline_page
from web.pages.works import found_works, most_cited, work_rows
from web.readinglist import notes_of, own, shared, with_notes

Args = MultiDict[str, str]


def framework_key(
    generation: Generation, args: Args, name: str, at: int
) -> str:
    """The framework that a parameter names, or else the one at a place."""
    keys = [key for key, _name, _slot in grids.framework_names(generation)]
    wanted = parameters.clean(args.get(name, ""))
    return wanted if wanted in keys else keys[min(at, len(keys) - 1)]


def as_shares(args: Args) -> bool:
    """Whether shares are asked instead of counts."""
    return args.get("als") == "aandeel"


def grid_of(generation: Generation, name: str, args: Args) -> grids.Grid:
    """The grid of a page by its name.

    Raises KeyError for another name, UnknownThemeError.
    """
    key = framework_key(generation, args, "kader", 0)
    shares = as_shares(args)
    if name == "kaart":
        down = framework_key(generation, args, "rijen", 0)
        across = framework_key(generation, args, "kolommen", 1)
        return grids.map_grid(generation, down, across)
    if name == "documenten":
        page = parameters.number(args, "pagina")
        return grids.document_grid(generation, key, page, shares)
    if name == "jaren":
        return grids.year_grid(generation, key, shares)
    facet = {"gemeenten": "municipality", "soorten": "kind"}[name]
    return grids.facet_grid(generation, key, facet, shares)


def grid_table(grid: grids.Grid) -> Table:
    """A grid with the full names of its rows and columns."""
    shares = any(
        cell.share is not None for row in grid.rows for cell in row[3]
    )

    def head(short: str, name: str) -> str:
        return name if name == short else f"{short} {name}"

    def value(cell: grids.Cell) -> Value:
        return round(cell.share, 4) if cell.share is not None else cell.count

    columns = tuple(head(short, name) for short, name, _a in grid.columns)
    rows = tuple(
        (head(short, name), *map(value, cells))
        for short, name, _a, cells in grid.rows
    )
    whole = frozenset(range(1, len(columns) + 1)) if shares else frozenset()
    return Table(grid.title, ("", *columns), rows, whole, _remarks())


def _remarks() -> tuple[str, ...]:
    return (site().notice,) if site().notice else ()


PASSAGE_COLUMNS = (
    "document",
    "bron",
    "jaar",
    "plaats",
    "soort",
    "paragraaf",
    "gemeenten",
    "thema's",
    "tekst",
    "adres",
)


def _names(*codes: str) -> tuple[str, ...]:
    said = {
        "document": _("Document"),
        "bron": _("Bron"),
        "jaar": _("Jaar"),
        "plaats": _("Bladzijde of paragraaf"),
        "soort": _("Soort passage"),
        "paragraaf": _("Paragraaf"),
        "gemeenten": _("Gemeenten"),
        "thema's": _("Thema’s"),
        "tekst": _("Tekst"),
        "adres": _("Adres"),
        "verwijzing": _("Verwijzing"),
        "passages": _("Passages"),
        "documenten": _("Documenten"),
        "vermeldingen": _("Verwijzingen in de tekst"),
        "zin": _("Zin"),
        "notitie": _("Notitie"),
        "titel": _("Titel"),
        "gevonden": _("Wat is gevonden"),
        "geciteerd": _("Geciteerd werk"),
    }
    return tuple(str(said[code]) for code in codes)


def passage_rows(
    generation: Generation, passages: Iterable[Passage]
) -> Iterable[tuple[Value, ...]]:
    """A row for each passage, as PASSAGE_COLUMNS names them."""
    listed = [elsewhere(generation, passage) for passage in passages]
    themes = chips(
        generation, generation.store.tags(passages=[p.id for p in listed])
    )
    known = documents(generation)
    for passage in listed:
        document = known[passage.document]
        named = [f"{t.code} {t.name}" for t in themes.get(passage.id, ())]
        yield (
            document.title,
            short_name(generation, document),
            document.year,
            quotation_of(generation, passage, document).locator,
            words.name(words.KINDS, passage.kind),
            " › ".join(passage.section),
            "; ".join(passage.municipalities),
            "; ".join(named),
            passage.text,
            public(url_for("passages.passage", id=passage.id)),
        )


def theme_table(generation: Generation, args: Args) -> Table:
    """The passages of a theme. Raises UnknownThemeError."""
    theme = generation.frameworks.theme(args.get("thema", ""))
    evidence = evidence_of(theme.code, args, generation.frameworks.themes)
    ids = [row.passage for row in found_rows(generation, evidence)]
    rows = passage_rows(generation, generation.store.passages(ids=ids))
    title = f"{theme.code} {theme.name.say(language.chosen())}"
    return Table(
        title, _names(*PASSAGE_COLUMNS), tuple(rows), remarks=_remarks()
    )


def figures_table(generation: Generation, args: Args) -> Table:
    """The sentences with figures of a theme. Raises UnknownThemeError."""
    theme = generation.frameworks.theme(args.get("thema", ""))
    evidence = evidence_of(theme.code, args, generation.frameworks.themes)
    rows = tuple(
        (row.short, row.year, row.locator, row.text, public(row.address))
        for row in figure_rows(generation, evidence)
    )
    columns = _names("bron", "jaar", "plaats", "zin", "adres")
    return Table(theme.code, columns, rows, remarks=_remarks())


def timeline_table(generation: Generation, args: Args) -> Table:
    """What was found on a theme, a statement a row. Raises UnknownThemeError."""
    page = timeline_page(generation, args.get("thema", ""))
    rows = tuple(
        (year.year, year.count, year.documents, s.short, s.locator, s.text)
        for year in page.years
        for s in year.statements
    )
    columns = _names(
        "jaar", "passages", "documenten", "bron", "plaats", "gevonden"
    )
    return Table(page.theme.code, columns, rows, remarks=_remarks())


def compare_table(generation: Generation, args: Args) -> Table:
    """The figures of a comparison. Raises UnknownThemeError."""
    page = compare_page(generation, args.get("thema", ""), args)
    names = tuple(side.name for side in page.sides)
    rows = tuple(
        _compared(name, left, right, share)
        for name, left, right, share in page.figures
    )
    return Table(page.theme.code, ("", *names), rows, remarks=_remarks())


def _compared(
    name: str, left: float, right: float, share: bool
) -> tuple[Value, ...]:
    """A row of a comparison; a share in per cents, for its column holds counts too."""
    if share:
        return f"{name} (%)", round(100 * left, 1), round(100 * right, 1)
    return name, left, right


def documents_table(generation: Generation, args: Args) -> Table:
    """Every document with its reference, newest first."""
    per = grids.per_value(generation, "document")
    rows = tuple(
        (
            strings_of(generation, document).reference,
            document.title,
            document.year,
            words.name(words.TYPES, document.type),
            per.get(document.id, 0),
            public(url_for("documents.document", id=document.id)),
        )
        for document in newest(generation)
    )
    columns = _names(
        "verwijzing", "titel", "jaar", "soort", "passages", "adres"
    )
    return Table(_("Documenten"), columns, rows, remarks=_remarks())


def works_table(generation: Generation, args: Args) -> Table:
    """Cited works, most cited first; those that a question on the page leaves."""
    found = found_works(generation, parameters.clean(args.get("q", "")))
    rows = tuple(
        (
            row.html.striptags(),
            len(row.work.cited_by),
            row.work.mentions,
            public(url_for("works.work", id=row.work.id)),
        )
        for row in work_rows(generation, found)
    )
    columns = _names("verwijzing", "documenten", "vermeldingen", "adres")
    return Table(_("Werken"), columns, rows, remarks=_remarks())


def network_table(generation: Generation, args: Args) -> Table:
    """Who cites what: a document and a work a row."""
    known = documents(generation)
    rows = tuple(
        (
            short_name(generation, known[id]),
            known[id].year,
            row.html.striptags(),
        )
        for row in work_rows(generation, list(most_cited(generation)))
        for id in row.work.cited_by
        if id in known
    )
    columns = _names("bron", "jaar", "geciteerd")
    return Table(_("Wie citeert wat"), columns, rows, remarks=_remarks())


def list_table(generation: Generation, args: Args) -> Table:
    """The passages of the reading list."""
    items = own() if (given := shared()) is None else given
    items = with_notes(items, notes_of(args))
    notes = {item.id: item.note for item in items}
    found = generation.store.passages(ids=list(notes))
    rows = tuple(
        (*row, notes[passage.id])
        for passage, row in zip(
            found, passage_rows(generation, found), strict=True
        )
    )
    columns = _names(*PASSAGE_COLUMNS, "notitie")
    return Table(_("Leeslijst"), columns, rows, remarks=_remarks())


GRIDS = ("kaart", "documenten", "jaren", "gemeenten", "soorten")
MAKERS: Mapping[str, Callable[[Generation, Args], Table]] = {
    "passages": theme_table,
    "cijfers": figures_table,
    "tijdlijn": timeline_table,
    "vergelijking": compare_table,
    "alle-documenten": documents_table,
    "werken": works_table,
    "netwerk": network_table,
    "leeslijst": list_table,
}


def table_of(generation: Generation, name: str, args: Args) -> Table | None:
    """The table of a name; None where there is none.

    Raises UnknownThemeError.
    """
    if name in GRIDS:
        return grid_table(grid_of(generation, name, args))
    maker: Any = MAKERS.get(name)
    return maker(generation, args) if maker else None
