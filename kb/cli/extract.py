"""`kb extract FILE`: what one file says, block by block, without building anything."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
import msgspec

from kb.cli.group import option_help, settings_of
from kb.cli.language import language, text
from kb.cli.lines import write_lines
from kb.errors import (
    NoSuchFileError,
    UnreadableFileError,
    problem_sentence,
    sentence,
)
from kb.records import Block
from kb.whole_files import write_whole


def _show(block: Block) -> None:
    where = f"p. {block.label}" if block.label else f"{block.page}"
    click.echo(
        click.style(f"[{where}] {block.kind}", dim=True) + f"  {block.text}\n"
    )


def _write(blocks: Sequence[Block], path: Path, folder: str) -> None:
    """All blocks of a file as one JSON list, in a file of its name."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    target = Path(folder) / f"{path.stem}.json"
    write_whole(target, msgspec.json.encode(list(blocks)))


def _blocks(path: Path) -> tuple[Block, ...]:
    """The blocks of a file; its problems on stderr.

    Raises NoSuchFileError, UnreadableFileError.
    """
    from kb.pipeline import read_one

    if not path.is_file():
        raise NoSuchFileError(path=path)
    found = read_one(path, settings_of())
    errors = [p for p in found.problems if p.severity == "error"]
    for problem in found.problems:
        if problem not in errors:
            click.secho(
                problem_sentence(problem, language()), fg="yellow", err=True
            )
    if errors and not found.blocks:
        raise UnreadableFileError(
            path=path,
            reason=sentence(errors[0].code, errors[0].values, language()),
        )
    return found.blocks


def command() -> click.Command:
    @click.command("extract", help=text("cli_extract"))
    @click.argument("files", metavar="FILE...", nargs=-1, required=True)
    @click.option(
        "--json", "as_json", is_flag=True, help=option_help("extract", "json")
    )
    @click.option(
        "--to", "folder", metavar="DIR", help=option_help("extract", "to")
    )
    def extract(
        files: tuple[str, ...], as_json: bool, folder: str | None
    ) -> None:
        for path in map(Path, files):
            blocks = _blocks(path)
            if folder:
                _write(blocks, path, folder)
            elif as_json:
                write_lines(msgspec.to_builtins(b) for b in blocks)
            else:
                for block in blocks:
                    _show(block)

    return extract
