"""`kb check`: what is wrong with corpus, index and settings and what to do about it."""

from __future__ import annotations

import click

from kb.cli.group import corpus_option, index_option, settings_of
from kb.cli.language import language, text
from kb.errors import problem_sentence

_COLOURS = {"error": "red", "warning": "yellow"}


def command() -> click.Command:
    """The command, worded in the interface language."""

    @click.command("check", help=text("cli_check"))
    @click.option("--deep", is_flag=True, help=text("cli_check_deep"))
    @corpus_option
    @index_option
    @click.pass_context
    def check(
        ctx: click.Context,
        deep: bool,
        corpus_dir: str | None,
        index_dir: str | None,
    ) -> None:
        from kb.check import check as run_check

        settings = settings_of(corpus_dir=corpus_dir, index_dir=index_dir)
        problems = run_check(settings, deep=deep)
        for problem in problems:
            told = problem_sentence(problem, language())
            click.secho(told, fg=_COLOURS.get(problem.severity))
        if not problems:
            click.secho(text("cli_check_fine"), fg="green")
        ctx.exit(1 if any(p.severity == "error" for p in problems) else 0)

    return check
