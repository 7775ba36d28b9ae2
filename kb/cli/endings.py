"""How a command ends that could not do its work: a sentence, and an exit code."""

from __future__ import annotations

import click

from kb.cli.language import language, text
from kb.errors import KbError, sentence

INTERRUPTED = 130  # as a shell counts it: 128 and the number of the signal
INTERNAL = 70  # EX_SOFTWARE of sysexits.h


def ending(error: BaseException) -> tuple[str, int]:
    """The sentence and exit code of an error."""
    if isinstance(error, KbError):
        return error.sentence(language()), error.exit_code
    if isinstance(error, (click.Abort, KeyboardInterrupt)):
        return text("cli_interrupted"), INTERRUPTED
    if isinstance(error, OSError):
        return text("cli_os_error", detail=_said(error)), 1
    if isinstance(error, MemoryError):
        return text("cli_memory"), 1
    detail = f"{type(error).__name__}: {error}"
    return sentence("internal", {"detail": detail}, language()), INTERNAL


def is_ours(error: BaseException) -> bool:
    """Whether an error is a fault of the program: nothing a user can mend."""
    expected = (KbError, click.Abort, KeyboardInterrupt, OSError, MemoryError)
    return not isinstance(error, expected)


def _said(error: OSError) -> str:
    """What the system says, with the file where it names one."""
    parts = (error.filename, error.strerror or error)
    return ": ".join(str(part) for part in parts if part)
