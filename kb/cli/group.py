"""The command group: which commands there are, in which language they speak, and how errors end."""

from __future__ import annotations

import gettext
import importlib
import os
from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import Any

import click

from kb import __version__
from kb.errors import KbError, SettingError, sentence
from kb.settings import Settings, load

# Command → module, and its function where that is not `command`; in the order in which they are listed.
COMMANDS = {
    "build": "kb.cli.build",
    "check": "kb.cli.check",
    "search": "kb.cli.search",
    "serve": "kb.cli.serve",
    "export": "kb.cli.export",
    "dump": "kb.cli.dump",
    "extract": "kb.cli.extract",
    "themes": "kb.cli.themes",
    "explain": "kb.cli.themes:explain_command",
    "curate": "kb.cli.themes:curate_command",
    "evaluate": "kb.cli.evaluate",
}
_chosen = {"language": "nl"}


def language() -> str:
    """Interface language of this run."""
    return _chosen["language"]


def text(key: str, **values: Any) -> str:
    """A sentence of the command line in the interface language."""
    return sentence(key, values, language())


def option_help(command: str, name: str) -> str:
    return text(f"cli_{command}_{name}")


def requested_language(arguments: Sequence[str]) -> str:
    """The language asked for by `--lang` (wherever it stands), the environment or kb.toml, before anything is parsed."""
    for at, argument in enumerate(arguments):
        if argument == "--lang" and at + 1 < len(arguments):
            return arguments[at + 1]
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
    try:
        return load().language
    except SettingError:
        return os.environ.get("KB_LANGUAGE", "nl")


def _lang_first(arguments: Sequence[str]) -> list[str]:
    """`kb build --lang en` means `kb --lang en build`."""
    rest, lang = list(arguments), []
    for at, argument in enumerate(arguments):
        width = (
            2 if argument == "--lang" else 1 if argument.startswith("--lang=") else 0
        )
        if width:
            lang, rest = rest[at : at + width], rest[:at] + rest[at + width :]
            break
    return lang + rest


def speak(wanted: str) -> None:
    """Set the language of our own texts and of click's."""
    _chosen["language"] = wanted if wanted in ("nl", "en") else "nl"
    os.environ["LANGUAGE"] = language()
    gettext.textdomain("click")
    gettext.bindtextdomain("click", str(files("kb.cli").joinpath("locale")))


class LazyGroup(click.Group):
    """A group that knows its commands' names and one-line help, and imports one only when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name].partition(":")
        make: Callable[[], click.Command] = getattr(
            importlib.import_module(module), function or "command"
        )
        return make()

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        with formatter.section(text("cli_commands")):
            formatter.write_dl([(name, text(f"cli_{name}_short")) for name in COMMANDS])


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
    return click.option(
        "--corpus", "corpus_dir", metavar="DIR", help=text("cli_corpus")
    )(function)


def index_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--index", "index_dir", metavar="DIR", help=text("cli_index"))(
        function
    )


def settings_of(**options: Any) -> Settings:
    """Settings from kb.toml, the environment and the options given; the interface language with them."""
    return load(**{"language": language(), **options})


def _fail(message: str, code: int) -> int:
    click.secho(message, fg="red", err=True)
    return code


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; errors become a sentence on stderr."""
    speak(requested_language(arguments))
    try:
        plain: dict[str, Any] = {"color": False} if os.environ.get("NO_COLOR") else {}
        return (
            root().main(
                _lang_first(arguments), **plain, prog_name="kb", standalone_mode=False
            )
            or 0
        )
    except click.UsageError as error:
        error.show()
        return 2
    except click.Abort:
        return _fail(text("cli_interrupted"), 130)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except KbError as error:
        return _fail(error.sentence(language()), error.exit_code)
    except OSError as error:
        return _fail(
            text(
                "cli_os_error",
                detail=": ".join(
                    str(part)
                    for part in (error.filename, error.strerror or error)
                    if part
                ),
            ),
            1,
        )
    except MemoryError:
        return _fail(text("cli_memory"), 1)
    except KeyboardInterrupt:
        return _fail(text("cli_interrupted"), 130)
    except Exception as error:
        if os.environ.get("KB_DEBUG"):
            raise
        return _fail(
            sentence(
                "internal", {"detail": f"{type(error).__name__}: {error}"}, language()
            ),
            70,
        )
