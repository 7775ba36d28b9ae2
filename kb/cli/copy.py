"""`kb copy`: the records of the generation in use into another database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.group import index_option, settings_of
from kb.cli.language import text
from kb.errors import StoreTakenError

if TYPE_CHECKING:
    from kb.settings import Settings
    from kb.store import Store

FILE = "sqlite"  # what is typed for the file in the generation


def command() -> click.Command:
    """The command, worded in the interface language."""

    @click.command("copy", help=text("cli_copy"))
    @click.argument("to", metavar="URL")
    @index_option
    def copy(to: str, index_dir: str | None) -> None:
        from kb.generations import current, open_store
        from kb.pipeline.lock import only_builder
        from kb.store.copying import copy as copy_records

        settings = settings_of(index_dir=index_dir)
        url = "" if to == FILE else to
        there = replace(settings, database_url=url)
        with only_builder(settings.index_dir):
            generation = current(settings.index_dir)
            source = open_store(settings, generation)
            try:
                target = _empty(there, generation)
                try:
                    copied = copy_records(source, target)
                except BaseException:
                    target.abandon()
                    raise
                target.close()
            finally:
                source.close()
        where = to.rpartition("@")[2]
        click.echo(text("cli_copy_done", records=copied.total, where=where))

    return copy


def _empty(settings: Settings, generation: Path) -> Store:
    """A store for a generation that is not there yet. Raises StoreTakenError."""
    from sqlalchemy.exc import IntegrityError, ProgrammingError

    from kb.generations import RECORDS, create_store

    where = settings.database_url.rpartition("@")[2] or generation / RECORDS
    if not settings.database_url and (generation / RECORDS).exists():
        raise StoreTakenError(where=where)
    try:
        return create_store(settings, generation)
    except (IntegrityError, ProgrammingError):
        raise StoreTakenError(where=where) from None
