"""`kb evaluate`: the quality of the current index against judged examples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from kb.cli.group import index_option, option_help, settings_of
from kb.cli.language import language, text
from kb.errors import InputFileError, NoSuchFileError
from kb.evaluate.naming import keys_named, passages_named
from kb.generations import open_store
from kb.settings import Settings


def _existing(path: str) -> Path:
    if not Path(path).is_file():
        raise NoSuchFileError(path=path)
    return Path(path)


def _show(rows: Iterable[str]) -> None:
    for row in rows:
        click.echo(row)


def evaluate_themes(settings: Settings, gold_path: Path) -> Iterable[str]:
    """Scores per theme and over all, agreement, calibration, confusions, and the ten worst
    errors with their text.
    """
    from kb.evaluate.themes_report import lines
    from kb.themes import load_frameworks

    return lines(
        open_store(settings),
        load_frameworks(settings.corpus_dir / "frameworks"),
        gold_path,
        language(),
    )


def evaluate_search(
    settings: Settings, queries: Path, judgements: Path, paragraphs: Path
) -> Iterable[str]:
    """nDCG@10, recall@20 and reciprocal rank, per kind of query and over all."""
    from kb.cli.search import searcher_of
    from kb.evaluate import search as measure
    from kb.search import search_many

    searcher = searcher_of(settings)
    covered = measure.judged_passages(searcher.store, paragraphs)

    def search(query: str) -> list[str]:
        return search_many(searcher, [query], measure.DEEP)[0]

    questions, grades = (
        measure.read_questions(queries),
        measure.read_judgements(judgements),
    )
    yield from measure.lines(
        measure.evaluate(questions, grades, search, covered)
    )


def evaluate_citations(
    settings: Settings,
    gold_path: Path,
    entries: Path | None = None,
    paragraphs: Path | None = None,
) -> Iterable[str]:
    """References, in-text citations, or links: what the file holds is measured.

    Args:
        settings: where the index is.
        gold_path: judged references, citations or links.
        entries: gold references with their lines; needed for links.
        paragraphs: the texts that links were judged in; needed for links.

    Raises:
        InputFileError: links without `entries` and `paragraphs`.
    """
    from kb.evaluate import citations as measure
    from kb.themes.labelled import read_gold

    kind, gold = measure.read_gold(gold_path)
    store = open_store(settings)
    names = {_doc(row) for row in gold}
    if kind == "references":
        printed = {
            name: [entry for key in keys for entry in store.references(key)]
            for name, keys in keys_named(store, names).items()
        }
        scores = measure.references(gold, printed)
        found = scores.records - len(scores.missed)
        yield f"references: {scores.records} gold records, {found} found"
        yield from (
            f"{name:18}{value:.3f}" for name, value in scores.fields.items()
        )
        yield f"mean of fields {scores.mean:.3f}  whole record {scores.whole:.3f}"
        return
    if kind == "links":
        if entries is None or paragraphs is None:
            raise InputFileError(
                path=gold_path, line=1, reason=text("cli_evaluate_links_need")
            )
        known, texts = (
            measure.read_gold(entries)[1],
            [
                {"pid": p.pid, "doc": p.doc, "text": p.text}
                for p in read_gold(paragraphs)
            ],
        )
        rates = measure.links(
            gold,
            known,
            texts,
            passages_named(store, names),
            store.references(),
            store.citations(),
        )
    else:
        rows = [{**row, "doc": _doc(row)} for row in gold]
        rates = measure.intext(
            rows, passages_named(store, names), store.citations()
        )
    counted = f"tp {rates.tp}, fp {rates.fp}, fn {rates.fn}"
    shares = f"precision {rates.precision:.3f}  recall {rates.recall:.3f}"
    yield f"{shares}  F1 {rates.f1:.3f}  ({counted})"


def _doc(row: Mapping[str, Any]) -> str:
    return str(row.get("doc") or str(row.get("pid", "")).partition(":")[0])


def command() -> click.Group:
    group = click.Group("evaluate", help=text("cli_evaluate"))

    @group.command("themes", help=text("cli_evaluate_themes"))
    @click.argument("gold", metavar="GOLD")
    @index_option
    def themes(gold: str, index_dir: str | None) -> None:
        _show(
            evaluate_themes(settings_of(index_dir=index_dir), _existing(gold))
        )

    @group.command("search", help=text("cli_evaluate_search"))
    @click.argument("queries", metavar="QUERIES")
    @click.argument("qrels", metavar="QRELS")
    @click.argument("paragraphs", metavar="PARAGRAPHS")
    @index_option
    def search(
        queries: str, qrels: str, paragraphs: str, index_dir: str | None
    ) -> None:
        _show(
            evaluate_search(
                settings_of(index_dir=index_dir),
                _existing(queries),
                _existing(qrels),
                _existing(paragraphs),
            )
        )

    @group.command("citations", help=text("cli_evaluate_citations"))
    @click.argument("gold", metavar="GOLD")
    @click.option(
        "--entries", metavar="FILE", help=option_help("evaluate", "entries")
    )
    @click.option(
        "--paragraphs",
        metavar="FILE",
        help=option_help("evaluate", "paragraphs"),
    )
    @index_option
    def citations(
        gold: str,
        entries: str | None,
        paragraphs: str | None,
        index_dir: str | None,
    ) -> None:
        more = (
            _existing(path) if path else None for path in (entries, paragraphs)
        )
        _show(
            evaluate_citations(
                settings_of(index_dir=index_dir), _existing(gold), *more
            )
        )

    return group
