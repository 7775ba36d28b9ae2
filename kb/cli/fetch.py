"""`kb fetch`: records and files of a repository, or files of object storage, into the corpus."""

from __future__ import annotations

from pathlib import Path

import click

from kb.cli.group import corpus_option, option_help, settings_of
from kb.cli.language import text


def command() -> click.Command:
    """The command, worded in the interface language."""

    @click.command("fetch", help=text("cli_fetch"))
    @click.argument("address")
    @corpus_option
    @click.option("--set", "set_", help=option_help("fetch", "set"))
    @click.option(
        "--since",
        type=click.DateTime(["%Y-%m-%d"]),
        help=option_help("fetch", "since"),
    )
    @click.option(
        "--pause",
        type=click.FloatRange(0, 600),
        default=1.0,
        show_default=True,
        help=option_help("fetch", "pause"),
    )
    def fetch(
        address: str,
        corpus_dir: str | None,
        set_: str | None,
        since: object,
        pause: float,
    ) -> None:
        settings = settings_of(corpus_dir=corpus_dir)
        if address.startswith(("http://", "https://")):
            day = f"{since:%Y-%m-%d}" if since else None
            limit = settings.max_file_mb
            _harvest(address, settings.corpus_dir, set_, day, pause, limit)
        else:
            _mirror(address, settings.corpus_dir)

    return fetch


def _harvest(
    address: str,
    corpus_dir: Path,
    set_: str | None,
    since: str | None,
    pause: float,
    most_mb: int,
) -> None:
    from kb.corpus.fetch.harvest import Counts, harvest
    from kb.corpus.fetch.repository import Repository

    def say(counts: Counts) -> None:
        told = text("cli_fetch_page", records=counts.records, new=counts.new)
        click.echo(told, err=True)

    repository = Repository(address, pause)
    try:
        found = harvest(repository, corpus_dir, set_, since, most_mb, say)
    finally:
        repository.close()
    for problem in found.problems:
        click.secho(f"  {problem}", fg="yellow", err=True)
    numbers = {
        name: getattr(found, name)
        for name in ("records", "new", "changed", "known", "deleted", "files")
    }
    click.secho(text("cli_fetch_harvested", **numbers), fg="green", err=True)


def _mirror(address: str, corpus_dir: Path) -> None:
    from kb.corpus.fetch.storage import mirror

    done = mirror(address, corpus_dir)
    for name in done.left:
        click.secho(f"  {text('cli_fetch_left', name=name)}", err=True)
    told = text(
        "cli_fetch_mirrored",
        fetched=done.fetched,
        same=done.same,
        removed=done.removed,
    )
    click.secho(told, fg="green", err=True)
