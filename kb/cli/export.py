"""`kb export`: documents, works and passages to BibTeX, RIS, CSL-JSON, an APA list.

Word or Markdown.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.cli.group import index_option, option_help, settings_of
from kb.cli.language import language, text
from kb.errors import KbError
from kb.generations import open_store
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.export import Selection


class ExportError(KbError):
    """Nothing to export, or a file that belongs in no terminal."""

    code, exit_code = "export_nothing", 1


class TerminalError(KbError):
    code = "export_terminal"


def theme_names(settings: Settings) -> dict[str, str]:
    """Code → name of every theme, in the order of the frameworks."""
    from kb.themes import load_frameworks

    frameworks = load_frameworks(settings.corpus_dir / "frameworks")
    return {
        theme.code: theme.name.say(language())
        for theme in frameworks.themes.values()
    }


def _found(settings: Settings, query: str, most: int) -> Sequence[str]:
    from kb.cli.search import searcher_of
    from kb.search.request import SearchRequest

    request = SearchRequest(
        query, per_page=most, per_document=0, facets=False, snippets=False
    )
    return [hit.passage for hit in searcher_of(settings).search(request).hits]


def write(data: bytes, output: str | None, binary: bool) -> None:
    """To a file, or to standard output; a Word file never to a terminal."""
    if output and output != "-":
        Path(output).write_bytes(data)
        return
    if binary and sys.stdout.isatty():
        raise TerminalError()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the options of the command ask for; the names are those of the options."""

    format: str
    documents: tuple[str, ...] = ()
    works: tuple[str, ...] = ()
    all_works: bool = False
    passages: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    query: str = ""
    limit: int = 20
    title: str = ""

    @property
    def quotes(self) -> bool:
        return self.format in ("docx", "markdown")


def chosen(wanted: Wanted, settings: Settings) -> Selection:
    """The entries and passages asked for.

    Raises UnknownThemeError, and ExportError when there are none.
    """
    from kb.errors import UnknownThemeError
    from kb.export import choose
    from kb.export.cited import with_origins

    names = (
        theme_names(settings)
        if wanted.themes or wanted.passages or wanted.quotes
        else {}
    )
    codes = {code.lower(): code for code in names}
    for code in wanted.themes:
        if code.lower() not in codes:
            raise UnknownThemeError(id=code)
    store = open_store(settings)
    selection = choose(
        store,
        documents=wanted.documents,
        works=wanted.works,
        passages=wanted.passages,
        themes=[codes[code.lower()] for code in wanted.themes],
        query=wanted.query,
        found=lambda asked, most: _found(settings, asked, most),
        theme_names=names,
        all_works=wanted.all_works,
        quotes=wanted.quotes,
        most=wanted.limit,
        title=wanted.title,
        language=language(),
    )
    if not selection.items():
        raise ExportError()
    if wanted.quotes:
        return with_origins(store, selection, store.documents())
    return selection


def command() -> click.Command:
    from kb.export import FORMATS

    @click.command("export", help=text("cli_export"))
    @click.argument("format", type=click.Choice(FORMATS))
    @click.option(
        "--document",
        "documents",
        multiple=True,
        metavar="KEY",
        help=option_help("export", "document"),
    )
    @click.option(
        "--work",
        "works",
        multiple=True,
        metavar="ID",
        help=option_help("export", "work"),
    )
    @click.option(
        "--all-works", is_flag=True, help=option_help("export", "all_works")
    )
    @click.option(
        "--passage",
        "passages",
        multiple=True,
        metavar="ID",
        help=option_help("export", "passage"),
    )
    @click.option(
        "--theme",
        "themes",
        multiple=True,
        metavar="B7",
        help=option_help("export", "theme"),
    )
    @click.option(
        "--query",
        default="",
        metavar="QUERY",
        help=option_help("export", "query"),
    )
    @click.option(
        "--limit",
        type=click.IntRange(1, 1000),
        default=20,
        show_default=True,
        help=option_help("export", "limit"),
    )
    @click.option("--title", default="", help=option_help("export", "title"))
    @click.option("--style", default=None, help=option_help("export", "style"))
    @click.option(
        "--output", "-o", metavar="FILE", help=option_help("export", "output")
    )
    @index_option
    def export(
        style: str | None,
        output: str | None,
        index_dir: str | None,
        **options: Any,
    ) -> None:
        from kb.export import render
        from kb.site import read_site

        settings, wanted = (
            settings_of(index_dir=index_dir, style=style),
            Wanted(**options),
        )
        notice = read_site(settings.corpus_dir)[0].notice
        data = render(
            wanted.format,
            replace(chosen(wanted, settings), notice=notice),
            settings.style,
            language(),
            settings.conventions,
            settings.personal_data,
        )
        write(data, output, wanted.format == "docx")

    return export
