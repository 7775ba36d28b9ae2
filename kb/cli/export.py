"""`kb export`: documents, works and passages to BibTeX, RIS, CSL-JSON, an APA list, Word or Markdown."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from kb.cli.group import index_option, language, option_help, settings_of, text
from kb.errors import KbError
from kb.generations import open_store
from kb.settings import Settings

FORMATS = ("bibtex", "ris", "csl-json", "apa", "docx", "markdown")


class ExportError(KbError):
    """Nothing to export, or a file that belongs in no terminal."""

    code, exit_code = "export_nothing", 1


class TerminalError(KbError):
    code = "export_terminal"


def theme_names(settings: Settings) -> dict[str, str]:
    """Code → name of every theme, in the order of the frameworks."""
    from kb.themes import load_frameworks

    frameworks = load_frameworks(settings.corpus_dir / "frameworks")
    return {theme.code: theme.name.say(language()) for theme in frameworks.themes.values()}


def _found(settings: Settings, query: str, most: int) -> Sequence[str]:
    from kb.cli.search import searcher_of
    from kb.search.request import SearchRequest

    request = SearchRequest(query, per_page=most, per_document=0, facets=False, snippets=False)
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


def command() -> click.Command:
    @click.command("export", help=text("cli_export"))
    @click.argument("format", type=click.Choice(FORMATS))
    @click.option("--document", "documents", multiple=True, metavar="KEY", help=option_help("export", "document"))
    @click.option("--work", "works", multiple=True, metavar="ID", help=option_help("export", "work"))
    @click.option("--all-works", is_flag=True, help=option_help("export", "all_works"))
    @click.option("--passage", "passages", multiple=True, metavar="ID", help=option_help("export", "passage"))
    @click.option("--theme", "themes", multiple=True, metavar="B7", help=option_help("export", "theme"))
    @click.option("--query", default="", metavar="QUERY", help=option_help("export", "query"))
    @click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help=option_help("export", "limit"))
    @click.option("--title", default="", help=option_help("export", "title"))
    @click.option("--style", default=None, help=option_help("export", "style"))
    @click.option("--output", "-o", metavar="FILE", help=option_help("export", "output"))
    @index_option
    def export(
        format: str,
        documents: tuple[str, ...],
        works: tuple[str, ...],
        all_works: bool,
        passages: tuple[str, ...],
        themes: tuple[str, ...],
        query: str,
        limit: int,
        title: str,
        style: str | None,
        output: str | None,
        index_dir: str | None,
    ) -> None:
        from kb.errors import UnknownThemeError
        from kb.export import choose, render

        settings = settings_of(index_dir=index_dir, style=style)
        names = theme_names(settings) if themes or passages or format in ("docx", "markdown") else {}
        codes = {code.lower(): code for code in names}
        for code in themes:
            if code.lower() not in codes:
                raise UnknownThemeError(id=code)
        selection = choose(
            open_store(settings),
            documents=documents,
            works=works,
            passages=passages,
            themes=[codes[code.lower()] for code in themes],
            query=query,
            found=lambda asked, most: _found(settings, asked, most),
            theme_names=names,
            all_works=all_works,
            quotes=format in ("docx", "markdown"),
            most=limit,
            title=title,
            language=language(),
        )
        if not selection.items():
            raise ExportError()
        write(render(format, selection, settings.style, language(), settings.conventions), output, format == "docx")

    return export
