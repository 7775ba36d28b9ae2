"""`kb thesaurus check`: is the thesaurus sound, with the words that the corpus adds?"""

from __future__ import annotations

from pathlib import Path

import click

from kb.cli.group import corpus_option, settings_of
from kb.cli.language import text

OWN = "thesaurus.yaml"  # beside sources.bib


def command() -> click.Group:
    """The group of commands."""
    group = click.Group("thesaurus", help=text("cli_thesaurus"))
    group.add_command(_check())
    return group


def _check() -> click.Command:
    @click.command("check", help=text("cli_thesaurus_check"))
    @click.argument("file", required=False, metavar="FILE")
    @corpus_option
    def check(file: str | None, corpus_dir: str | None) -> None:
        from kb.dutch.synonyms import groups_of, shipped_groups
        from kb.dutch.thesaurus_check import flaws

        own = (
            Path(file)
            if file
            else settings_of(corpus_dir=corpus_dir).corpus_dir / OWN
        )
        added = groups_of(own)
        found = flaws(shipped_groups(), reasoned=True) + flaws(added)
        for flaw in found:
            click.echo(text(flaw.code, group=flaw.group, word=flaw.word))
        groups = len(shipped_groups()) + len(added)
        click.echo(text("thesaurus_counted", groups=groups, flaws=len(found)))
        if found:
            raise SystemExit(1)

    return check
