"""`kb coding`: coded passages to another program, and back."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from kb.cli.group import corpus_option, index_option, settings_of
from kb.cli.language import language, text
from kb.curation import FILE, Log
from kb.errors import NoSuchFileError
from kb.exchange import (
    decisions_of,
    project_of,
    read_project,
    write_codebook,
    write_project,
)
from kb.exchange.corpus import codes_of
from kb.generations import open_store
from kb.site import read_site
from kb.store import Store
from kb.themes import Frameworks, load_frameworks

FORMATS = ("qdpx", "qdc", "csv", "json")
COLUMNS = (
    "document",
    "passage",
    "page",
    "theme",
    "view",
    "score",
    "origin",
    "text",
)
_PATH = click.Path(path_type=Path)


def coded_rows(store: Store) -> Iterator[dict[str, Any]]:
    """A row for each theme on each passage that is evidence, or was decided on."""
    for document in store.document_ids():
        passages = {p.id: p for p in store.passages(document)}
        for tag in store.tags(document=document, shown=False):
            if not tag.evidence and tag.origin != "curator":
                continue
            passage = passages[tag.passage]
            yield {
                "document": document,
                "passage": passage.id,
                "page": passage.label or passage.page,
                "theme": tag.theme,
                "view": "evidence" if tag.evidence else "mention",
                "score": tag.score,
                "origin": tag.origin,
                "text": passage.text,
            }


def as_csv(store: Store) -> str:
    """Coded passages as a table that a spreadsheet opens without running anything."""
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS)
    table.writeheader()
    for row in coded_rows(store):
        table.writerow({name: _harmless(row[name]) for name in COLUMNS})
    return out.getvalue()


def _harmless(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula, marked as text."""
    risky = isinstance(value, str) and value.startswith(("=", "+", "-", "@"))
    return f"'{value}" if risky else value


def rendered(
    store: Store, frameworks: Frameworks, format: str, name: str
) -> bytes:
    """The coding of a store in a format."""
    if format == "qdpx":
        project = project_of(store, frameworks, name, language=language())
        return write_project(project)
    if format == "qdc":
        return write_codebook(codes_of(frameworks, language()))
    if format == "csv":
        return as_csv(store).encode("utf-8-sig")
    lines = (json.dumps(r, ensure_ascii=False) for r in coded_rows(store))
    return "".join(f"{line}\n" for line in lines).encode()


def command() -> click.Command:
    """`kb coding export|import`."""
    group = click.Group("coding", help=text("cli_coding"))
    group.add_command(_export_command())
    group.add_command(_import_command())
    return group


def _export_command() -> click.Command:
    @click.command("export", help=text("coding_export"))
    @click.argument("format", type=click.Choice(FORMATS))
    @click.option("--output", type=_PATH, help=text("coding_output"))
    @corpus_option
    @index_option
    def export(
        format: str,
        output: Path | None,
        corpus_dir: str | None,
        index_dir: str | None,
    ) -> None:
        settings = settings_of(corpus_dir=corpus_dir, index_dir=index_dir)
        frameworks = load_frameworks(settings.corpus_dir / "frameworks")
        name = read_site(settings.corpus_dir)[0].name or "kb"
        store = open_store(settings)
        try:
            made = rendered(store, frameworks, format, name)
        finally:
            store.close()
        if output is None:
            sys.stdout.buffer.write(made)
        else:
            output.write_bytes(made)

    return export


def _import_command() -> click.Command:
    @click.command("import", help=text("coding_import"))
    @click.argument("file", type=_PATH)
    @click.option("--try", "only_try", is_flag=True, help=text("coding_try"))
    @corpus_option
    @index_option
    def take_in(
        file: Path,
        only_try: bool,
        corpus_dir: str | None,
        index_dir: str | None,
    ) -> None:
        if not file.is_file():
            raise NoSuchFileError(path=str(file))
        settings = settings_of(corpus_dir=corpus_dir, index_dir=index_dir)
        frameworks = load_frameworks(settings.corpus_dir / "frameworks")
        store = open_store(settings)
        try:
            project = read_project(file.read_bytes())
            found = decisions_of(project, store, frameworks)
        finally:
            store.close()
        if found.events and not only_try:
            Log(settings.corpus_dir / FILE).add(found.events)
        click.echo(text("coding_imported", count=len(found.events)))
        for name in found.strange_codes:
            click.echo(text("coding_strange_code", name=name), err=True)
        for name in found.strange_sources:
            click.echo(text("coding_strange_source", name=name), err=True)

    return take_in
