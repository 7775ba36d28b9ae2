"""The command group.

Which commands there are, in which language they speak, and how errors end.
"""

from __future__ import annotations

import gettext
import importlib
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import click

from kb import __version__
from kb.cli.endings import ending, is_ours
from kb.cli.language import choose_language, language, text
from kb.errors import (
    KbError,
    SettingError,
    SettingsFileError,
    called,
    sentence,
)
from kb.settings import Settings, load

# Command → module, and its function where that is not `command`; in the order in which
# they are listed.
COMMANDS = {
    "build": "kb.cli.build",
    "fetch": "kb.cli.fetch",
    "check": "kb.cli.check",
    "upgrade": "kb.cli.upgrade",
    "rollback": "kb.cli.rollback",
    "backup": "kb.cli.backup:backup_command",
    "restore": "kb.cli.backup:restore_command",
    "search": "kb.cli.search",
    "serve": "kb.cli.serve",
    "copy": "kb.cli.copy",
    "worker": "kb.cli.worker",
    "export": "kb.cli.export",
    "dump": "kb.cli.dump",
    "extract": "kb.cli.extract",
    "themes": "kb.cli.themes",
    "explain": "kb.cli.themes:explain_command",
    "curate": "kb.cli.curation:curate_command",
    "curation": "kb.cli.curation",
    "curator": "kb.cli.curator",
    "learn": "kb.cli.learn",
    "coding": "kb.cli.coding",
    "evaluate": "kb.cli.evaluate",
    "thesaurus": "kb.cli.thesaurus",
}


def option_help(command: str, name: str) -> str:
    """What `--help` says of an option of a command."""
    return text(f"cli_{command}_{name}")


def requested_language(arguments: Sequence[str]) -> str:
    """The language asked for, before anything is parsed, by `--lang`, wherever it stands, else
    by the environment or kb.toml.
    """
    for at, argument in enumerate(arguments):
        if argument == "--lang" and at + 1 < len(arguments):
            return arguments[at + 1]
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
    try:
        return load().language
    except (SettingError, SettingsFileError):
        return os.environ.get("KB_LANGUAGE", "nl")


def _lang_first(arguments: Sequence[str]) -> list[str]:
    """`kb build --lang en` means `kb --lang en build`."""
    for at, argument in enumerate(arguments):
        if argument == "--lang" or argument.startswith("--lang="):
            width = 2 if argument == "--lang" else 1
            lang, after = arguments[at : at + width], arguments[at + width :]
            return [*lang, *arguments[:at], *after]
    return list(arguments)


def speak(wanted: str) -> None:
    """Set the language of our own texts and of click's."""
    choose_language(wanted)
    os.environ["LANGUAGE"] = language()
    gettext.textdomain("click")
    gettext.bindtextdomain("click", str(files("kb.cli").joinpath("locale")))


class LazyGroup(click.Group):
    """A group that knows its commands by name and a line of help.

    A command is imported only when it runs.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(
        self, ctx: click.Context, cmd_name: str
    ) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name, _, function = COMMANDS[cmd_name].partition(":")
        module = importlib.import_module(name)
        make: Callable[[], click.Command] = getattr(
            module, function or "command"
        )
        return make()

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        with formatter.section(text("cli_commands")):
            formatter.write_dl(
                [(name, text(f"cli_{name}_short")) for name in COMMANDS]
            )


def root() -> click.Group:
    """The group `kb`, with its texts in the interface language."""
    group = LazyGroup(
        "kb",
        help=text("cli_kb"),
        epilog=text("cli_kb_epilog"),
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    group.params = [
        click.Option(
            ["--lang"],
            type=click.Choice(["nl", "en"]),
            expose_value=False,
            help=text("cli_lang"),
        ),
        _version_option(),
    ]
    return group


def _version_option() -> click.Option:
    def show(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
        if value:
            click.echo(f"kb {__version__}")
            ctx.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help=text("cli_version"),
    )


def corpus_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--corpus DIR`."""
    option = click.option(
        "--corpus", "corpus_dir", metavar="DIR", help=text("cli_corpus")
    )
    return option(function)


def index_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--index DIR`."""
    option = click.option(
        "--index", "index_dir", metavar="DIR", help=text("cli_index")
    )
    return option(function)


def settings_of(builds: bool = False, **options: Any) -> Settings:
    """Settings from kb.toml, the environment and the options given, with the language.

    Where an index is named and no corpus, it is that from which the index was built, so
    that no other corpus gives it its words, themes or decisions; not for what builds.
    Where an older index must answer, this says so.
    """
    settings = load(**{"language": language(), **options})
    if options.get("index_dir") and not builds:
        settings = _with_its_corpus(settings)
    if "index_dir" in options:
        _tell_older(settings.index_dir)
    return settings


def _with_its_corpus(settings: Settings) -> Settings:
    from kb.generations import corpus_of

    own = corpus_of(settings.index_dir)
    if own is None or settings.corpus_dir != Settings().corpus_dir:
        return settings
    return replace(settings, corpus_dir=own)


def _tell_older(index_dir: Path) -> None:
    """Say on stderr that the index in use is damaged and which one answers."""
    from kb.generations import in_use

    with suppress(KbError):
        if problem := in_use(index_dir).problem():
            said = sentence(problem.code, problem.values, language())
            click.secho(said, fg="yellow", err=True)


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; errors become a sentence on stderr."""
    called(_typed())
    speak(requested_language(arguments))
    plain: dict[str, Any] = (
        {"color": False} if os.environ.get("NO_COLOR") else {}
    )
    group, rest = root(), _lang_first(arguments)
    try:
        code = group.main(rest, **plain, prog_name="kb", standalone_mode=False)
    except (Exception, KeyboardInterrupt) as error:
        if isinstance(error, click.ClickException):
            error.show()  # click words its own, in our language
            return error.exit_code
        if is_ours(error) and os.environ.get("KB_DEBUG"):
            raise
        message, code = ending(error)
        click.secho(message, fg="red", err=True)
    return code or 0


def _typed() -> str:
    """The program as it was called, so that advice can be typed over.

    "kb" where it is known.
    """
    called_as = Path(sys.argv[0])
    found = shutil.which("kb")
    if called_as.name != "kb" or (found and Path(found).samefile(called_as)):
        return "kb"
    try:
        return str(called_as.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(called_as)
