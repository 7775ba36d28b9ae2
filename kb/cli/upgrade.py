"""`kb upgrade`: the index of an earlier version in use, without building it anew."""

from __future__ import annotations

import click

from kb.cli.group import index_option, settings_of
from kb.cli.language import text


def command() -> click.Command:
    """The command, worded in the interface language."""

    @click.command("upgrade", help=text("cli_upgrade"))
    @index_option
    def upgrade(index_dir: str | None) -> None:
        from kb.pipeline.lock import only_builder
        from kb.pipeline.upgrading import upgrade as upgraded

        settings = settings_of(index_dir=index_dir)
        with only_builder(settings.index_dir):
            generation = upgraded(settings)
        if generation is None:
            click.echo(text("cli_upgrade_nothing"))
        else:
            click.echo(text("cli_upgrade_done", generation=generation.name))

    return upgrade
