"""`kb check`: what is wrong with corpus, index and settings, and what to do about it."""

from __future__ import annotations

import click

from kb.cli.group import corpus_option, index_option, settings_of
from kb.cli.language import language, text
from kb.errors import problem_sentence


def command() -> click.Command:
    @click.command("check", help=text("cli_check"))
    @corpus_option
    @index_option
    @click.option("--deep", is_flag=True, help=text("cli_check_deep"))
    @click.pass_context
    def check(
        ctx: click.Context, corpus_dir: str | None, index_dir: str | None, deep: bool
    ) -> None:
        from kb.check import check as run_check

        settings = settings_of(corpus_dir=corpus_dir, index_dir=index_dir)
        problems = run_check(settings, deep)
        for problem in problems:
            click.secho(
                problem_sentence(problem, language()),
                fg={"error": "red", "warning": "yellow"}.get(problem.severity),
            )
        if not problems:
            click.secho(text("cli_check_fine"), fg="green")
        ctx.exit(1 if any(p.severity == "error" for p in problems) else 0)

    return check
