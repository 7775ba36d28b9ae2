"""`kb search`: ask the index from the command line, for people and, with --json, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.cli.group import index_option, option_help, settings_of
from kb.cli.language import language, text
from kb.cli.lines import write_lines
from kb.errors import (
    DamagedIndexError,
    InputFileError,
    NoIndexError,
    NoSuchFileError,
)
from kb.generations import current, leave, open_store
from kb.records import PASSAGE_KINDS, Document
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.search import Searcher
    from kb.search.request import Hit, Reading, Results, SearchRequest

# Option → facet of the request.
FILTERS = {
    "theme": "theme",
    "document": "document",
    "kind": "kind",
    "year": "year",
    "author": "author",
    "municipality": "municipality",
}
QUERY_HITS = 20
SORTS = ("relevance", "year", "page", "theme")


def searcher_of(settings: Settings) -> Searcher:
    """The searcher of the current generation, with the frameworks it was built with."""
    generation = current(settings.index_dir)
    try:
        return _opened(settings, generation)
    except DamagedIndexError:
        if not leave(generation):
            raise
    return _opened(settings, current(settings.index_dir))


def _opened(settings: Settings, generation: Path) -> Searcher:
    """The searcher of one generation. Raises DamagedIndexError."""
    from kb.search import Searcher
    from kb.themes import load_frameworks

    frameworks = load_frameworks(settings.corpus_dir / "frameworks")
    try:
        return Searcher.open(
            generation / "engine",
            open_store(settings, generation),
            frameworks,
            settings.corpus_dir / "thesaurus.yaml",
            settings,
        )
    except (NoIndexError, OSError, ValueError):
        raise DamagedIndexError(path=generation / "engine") from None


def check_filters(
    searcher: Searcher, filters: Mapping[str, tuple[str, ...]]
) -> None:
    """Raises UnknownDocumentError or UnknownThemeError for a filter that nothing can ever meet."""
    for document in filters.get("document", ()):
        searcher.store.document(document)
    for theme in filters.get("theme", ()):
        searcher.frameworks.theme(theme)


def read_queries(path: str) -> list[dict[str, str]]:
    """Queries of a JSON-lines file: objects with "qid" and "query".

    Raises InputFileError, NoSuchFileError.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise NoSuchFileError(path=path) from None
    rows = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            rows.append({"qid": str(row["qid"]), "query": str(row["query"])})
        except (ValueError, KeyError, TypeError):
            raise InputFileError(
                path=path, line=number, reason=text("cli_search_bad_line")
            ) from None
    return rows


def run_queries(
    searcher: Searcher, rows: list[dict[str, str]]
) -> Iterator[dict[str, Any]]:
    """For each query its best passages.

    All documents allowed as often as they deserve.
    """
    from kb.search.request import SearchRequest

    for row in rows:
        request = SearchRequest(
            row["query"],
            per_page=QUERY_HITS,
            per_document=0,
            facets=False,
            snippets=False,
        )
        yield {
            "qid": row["qid"],
            "hits": [hit.passage for hit in searcher.search(request).hits],
        }


def _at_home_only(results: Results, searcher: Searcher) -> Results:
    """The results without words that name who took part or how to reach a person."""
    from kb.passages.personal import away_from_home
    from kb.search.request import Snippet

    found = searcher.store.passages(ids=[hit.passage for hit in results.hits])
    shown = {p.id: away_from_home(p, language()) for p in found}
    hidden = {p.id for p in found if shown[p.id] is not p}
    hits = [
        replace(
            hit,
            text=shown[hit.passage].text,
            snippet=Snippet(shown[hit.passage].text),
        )
        if hit.passage in hidden
        else hit
        for hit in results.hits
    ]
    return replace(results, hits=tuple(hits))


def _json_hit(hit: Any) -> dict[str, Any]:
    import msgspec

    row: dict[str, Any] = msgspec.to_builtins(hit)
    row["snippet"] = hit.snippet.text
    row["marks"] = [list(mark) for mark in hit.snippet.marks]
    return row


def _marked(snippet: Any) -> str:
    parts, at = [], 0
    for start, end in snippet.marks:
        parts += [
            snippet.text[at:start],
            click.style(snippet.text[start:end], bold=True),
        ]
        at = end
    return "".join([*parts, snippet.text[at:]])


def _reading(reading: Reading) -> str:
    """How the query was understood, in words."""
    filters = tuple(
        text(f"cli_search_of_{name}", values=", ".join(values))
        for name, values in reading.filters.items()
    )
    parts = {
        "words": reading.words,
        "phrases": tuple(f"“{phrase}”" for phrase in reading.phrases),
        "excluded": reading.excluded,
        "filters": filters,
        "ignored": reading.ignored,
    }
    said = [
        text(f"cli_search_{name}", values=", ".join(values))
        for name, values in parts.items()
        if values
    ]
    return text("cli_search_read", parts="; ".join(said)) if said else ""


def _where(hit: Hit, document: Document | None) -> str:
    """Title and page; a physical page in square brackets, and none where the file has no
    pages.
    """
    title = document.title if document else hit.document
    if hit.label:
        return f"{title}, p. {hit.label}"
    return (
        f"{title}, [p. {hit.page}]"
        if document and document.pages > 1
        else title
    )


def show(results: Results, documents: dict[str, Document]) -> None:
    """Hits for a person at a terminal, under how the question was read."""
    if said := _reading(results.reading):
        click.secho(said, dim=True)
    click.secho(
        text(
            "cli_search_total",
            total=results.total,
            documents=results.searched_documents,
        ),
        dim=True,
    )
    if results.did_you_mean:
        click.echo(text("cli_search_mean", query=results.did_you_mean))
    if results.loosened:
        click.echo(text("cli_search_loosened", query=results.loosened))
    elif not results.hits:
        click.echo(text("cli_search_nothing"))
    for number, hit in enumerate(results.hits, 1):
        click.echo(
            f"\n{number:2}. "
            + click.style(_where(hit, documents.get(hit.document)), fg="cyan")
            + f"  {hit.passage}"
        )
        click.echo(f"    {_marked(hit.snippet)}")


def _years(
    context: click.Context, option: click.Parameter, typed: tuple[str, ...]
) -> tuple[str, ...]:
    """Years and ranges of years as filters have them. Raises click.BadParameter."""
    from kb.search.question.fields import read_value

    found: list[str] = []
    for value in typed:
        years = read_value("year", value)[1]
        if not years:
            said = text("cli_search_no_year", value=value)
            raise click.BadParameter(said, context, option)
        found += years
    return tuple(found)


def command() -> click.Command:
    @click.command("search", help=text("cli_search"))
    @click.argument("query", required=False, default="", metavar="QUERY")
    @click.option(
        "--queries", metavar="FILE", help=option_help("search", "queries")
    )
    @click.option(
        "--json", "as_json", is_flag=True, help=option_help("search", "json")
    )
    @click.option(
        "--limit",
        type=click.IntRange(1, 1000),
        default=10,
        show_default=True,
        help=option_help("search", "limit"),
    )
    @click.option(
        "--sort",
        type=click.Choice(SORTS),
        default="relevance",
        help=option_help("search", "sort"),
    )
    @click.option(
        "--theme", multiple=True, help=option_help("search", "theme")
    )
    @click.option(
        "--document", multiple=True, help=option_help("search", "document")
    )
    @click.option(
        "--kind",
        multiple=True,
        type=click.Choice(PASSAGE_KINDS),
        help=option_help("search", "kind"),
    )
    @click.option(
        "--year",
        multiple=True,
        callback=_years,
        metavar="YEAR|FROM..TO",
        help=option_help("search", "year"),
    )
    @click.option(
        "--author", multiple=True, help=option_help("search", "author")
    )
    @click.option(
        "--municipality",
        multiple=True,
        help=option_help("search", "municipality"),
    )
    @click.option(
        "--figures", is_flag=True, help=option_help("search", "figures")
    )
    @click.option(
        "--per-document",
        type=click.IntRange(0, 1000),
        default=0,
        help=option_help("search", "per_document"),
    )
    @index_option
    def search(
        query: str,
        queries: str | None,
        as_json: bool,
        limit: int,
        sort: str,
        figures: bool,
        per_document: int,
        index_dir: str | None,
        **given: tuple[Any, ...],
    ) -> None:
        from kb.search.request import SearchRequest

        query = query.encode("utf-8", "surrogateescape").decode(
            "utf-8", "replace"
        )
        rows = read_queries(queries) if queries else []
        settings = settings_of(index_dir=index_dir)
        searcher = searcher_of(settings)
        if queries:
            write_lines(run_queries(searcher, rows))
            return
        filters = {
            FILTERS[name]: tuple(map(str, values))
            for name, values in given.items()
            if values
        }
        if figures:
            filters["figures"] = ("yes",)
        check_filters(searcher, filters)
        request: SearchRequest = SearchRequest(
            query,
            filters,
            sort,
            per_page=limit,
            per_document=per_document,
            facets=False,
        )
        results = searcher.search(request)
        if not settings.personal_data:
            results = _at_home_only(results, searcher)
        if as_json:
            write_lines(map(_json_hit, results.hits))
        else:
            show(results, {d.id: d for d in searcher.store.documents()})

    return search
