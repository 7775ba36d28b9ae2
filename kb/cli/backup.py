"""`kb backup` and `kb restore`: all human work in one file, and back."""

from __future__ import annotations

from pathlib import Path

import click

from kb.cli.group import corpus_option, option_help, settings_of
from kb.cli.language import text


def backup_command() -> click.Command:
    """The command, worded in the interface language."""

    @click.command("backup", help=text("cli_backup"))
    @click.argument("target", metavar="FILE", type=click.Path(path_type=Path))
    @click.option(
        "--without-sources",
        is_flag=True,
        help=option_help("backup", "without_sources"),
    )
    @corpus_option
    def backup(
        target: Path, without_sources: bool, corpus_dir: str | None
    ) -> None:
        from kb.backup import back_up

        settings = settings_of(corpus_dir=corpus_dir)
        kept = back_up(settings.corpus_dir, target, not without_sources)
        megabytes = f"{kept.size / 1e6:.1f}"
        click.echo(
            text(
                "cli_backup_done",
                files=kept.files,
                megabytes=megabytes,
                path=target,
            )
        )

    return backup


def restore_command() -> click.Command:
    """The command, worded in the interface language."""

    @click.command("restore", help=text("cli_restore"))
    @click.argument(
        "archive",
        metavar="FILE",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
    )
    @corpus_option
    def restore(archive: Path, corpus_dir: str | None) -> None:
        from kb.backup import restore as put_back

        folder = settings_of(corpus_dir=corpus_dir).corpus_dir
        kept = put_back(archive, folder)
        click.echo(text("cli_restore_done", files=kept.files, path=folder))

    return restore
