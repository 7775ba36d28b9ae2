"""`kb rollback`: the index from before the last build in use again."""

from __future__ import annotations

import click

from kb.cli.group import index_option, settings_of
from kb.cli.language import text


def command() -> click.Command:
    """The command, worded in the interface language."""

    @click.command("rollback", help=text("cli_rollback"))
    @index_option
    def rollback(index_dir: str | None) -> None:
        from kb.generations import roll_back
        from kb.pipeline.draft import told_in_use
        from kb.pipeline.lock import only_builder

        settings = settings_of(index_dir=index_dir)
        with only_builder(settings.index_dir):
            generation = roll_back(settings.index_dir)
            told_in_use(settings, generation)
        click.echo(text("cli_rollback_done", generation=generation.name))

    return rollback
