"""`kb curator`: who may decide on the site."""

from __future__ import annotations

import click

from kb.cli.group import corpus_option, settings_of
from kb.cli.language import text
from kb.curators.accounts import Accounts
from kb.settings import Settings

BEGIN = "/redactie/begin/"  # below the address of the site


def command() -> click.Command:
    """`kb curator add|link|list|remove`."""
    group = click.Group("curator", help=text("cli_curator"))
    group.add_command(_add_command())
    group.add_command(_link_command())
    group.add_command(_list_command())
    group.add_command(_remove_command())
    return group


def _tell_link(settings: Settings, name: str, secret: str) -> None:
    here = f"http://{settings.host}:{settings.port}{settings.site_path}"
    site = settings.site_url or here
    click.echo(text("curator_link_for", name=name))
    click.echo(f"  {site.rstrip('/')}{BEGIN}{secret}")
    if not settings.curation:
        click.echo(text("curator_setting"), err=True)


def _add_command() -> click.Command:
    @click.command("add", help=text("curator_add"))
    @click.argument("name")
    @corpus_option
    def add(name: str, corpus_dir: str | None) -> None:
        settings = settings_of(corpus_dir=corpus_dir)
        secret = Accounts(settings.corpus_dir).add(name)
        _tell_link(settings, name, secret)

    return add


def _link_command() -> click.Command:
    @click.command("link", help=text("curator_link_help"))
    @click.argument("name")
    @corpus_option
    def link(name: str, corpus_dir: str | None) -> None:
        settings = settings_of(corpus_dir=corpus_dir)
        secret = Accounts(settings.corpus_dir).invite(name)
        _tell_link(settings, name, secret)

    return link


def _list_command() -> click.Command:
    @click.command("list", help=text("curator_list"))
    @corpus_option
    def list_curators(corpus_dir: str | None) -> None:
        settings = settings_of(corpus_dir=corpus_dir)
        for name in Accounts(settings.corpus_dir).names():
            click.echo(name)

    return list_curators


def _remove_command() -> click.Command:
    @click.command("remove", help=text("curator_remove"))
    @click.argument("name")
    @corpus_option
    def remove(name: str, corpus_dir: str | None) -> None:
        settings = settings_of(corpus_dir=corpus_dir)
        Accounts(settings.corpus_dir).remove(name)
        click.echo(text("curator_removed", name=name))

    return remove
