"""`kb extract FILE`: what one file says, block by block, without building anything."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from kb.cli.group import language, option_help, settings_of, text
from kb.cli.lines import write_lines
from kb.errors import NoSuchFileError, UnreadableFileError, problem_sentence, sentence
from kb.records import Block


def _show(block: Block) -> None:
    where = f"p. {block.label}" if block.label else f"{block.page}"
    click.echo(click.style(f"[{where}] {block.kind}", dim=True) + f"  {block.text}\n")


def command() -> click.Command:
    @click.command("extract", help=text("cli_extract"))
    @click.argument("file", metavar="FILE")
    @click.option("--json", "as_json", is_flag=True, help=option_help("extract", "json"))
    def extract(file: str, as_json: bool) -> None:
        from kb.reading import read_one

        path = Path(file)
        if not path.is_file():
            raise NoSuchFileError(path=file)
        found = read_one(path, settings_of())
        errors = [p for p in found.problems if p.severity == "error"]
        for problem in found.problems:
            if problem not in errors:
                click.secho(problem_sentence(problem, language()), fg="yellow", err=True)
        if errors and not found.blocks:
            raise UnreadableFileError(path=file, reason=sentence(errors[0].code, errors[0].values, language()))
        if as_json:
            write_lines(msgspec.to_builtins(b) for b in found.blocks)
        else:
            for block in found.blocks:
                _show(block)

    return extract
