"""One class per situation a user can meet; each builds its own sentence.

A sentence says what, which, and what to do next. The sentences stand in `messages/` in both
interface languages. The command line and the site print them at one place each; nothing
else turns an error into text.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from kb.records import Problem

LANGUAGES = ("nl", "en")
_program = {"name": "kb"}


@cache
def _messages() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for entry in files("kb").joinpath("messages").iterdir():
        if entry.name.endswith(".toml"):
            found |= tomllib.loads(entry.read_text(encoding="utf-8"))
    return found


class _Values(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return _Text("?")


class _Text(str):
    """A text where a sentence counts: what is no number is many."""

    def __format__(self, spec: str) -> str:
        _one, counts, more = spec.partition("|")
        return f"{self!s} {more}" if counts else str.__format__(self, spec)


class _Number(int):
    """A number that a sentence may count with: "{n:passage|passages}"."""

    def __format__(self, spec: str) -> str:
        one, counts, more = spec.partition("|")
        if not counts:
            return int(self).__format__(spec)
        return f"{int(self)} {one if self == 1 else more}"


def _countable(value: Any) -> Any:
    if isinstance(value, str):
        return _Text(value)
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return _Number(value) if is_number else value


def called(program: str) -> None:
    """How the command is typed here, for the commands that sentences advise."""
    _program["name"] = program


def sentence(
    code: str, values: Mapping[str, Any] | None = None, language: str = "nl"
) -> str:
    """The sentence of a situation.

    Args:
        code: its key in `messages/`.
        values: what is filled in; what is missing shows as "?".
        language: "nl" or "en".

    A whole number may be told with what it counts: "{documents:document|documenten}".
    """
    texts = _messages()[code]
    text = texts.get(language) or texts["nl"]
    advised = text.replace("`kb ", f"`{_program['name']} ")
    given = {name: _countable(v) for name, v in (values or {}).items()}
    return advised.format_map(_Values(given))


def problem_sentence(problem: Problem, language: str = "nl") -> str:
    """The sentence of a collected problem, led by its document and page."""
    page = "" if problem.page is None else f", p. {problem.page}"
    where = f"{problem.document}{page}"
    return f"{where}: {sentence(problem.code, problem.values, language)}"


class KbError(Exception):
    """A situation a user can do something about.

    `exit_code` and `status` serve the two edges.
    """

    code = "internal"
    exit_code = 2
    status = 400

    def __init__(self, **values: Any) -> None:
        self.values = values
        super().__init__(self.sentence("en"))

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes with the values, from which the sentence is made."""
        return _raised, (type(self), self.values)

    def sentence(self, language: str = "nl") -> str:
        """What a user is told."""
        return sentence(self.code, self.values, language)


def _raised(kind: type[KbError], values: Mapping[str, Any]) -> KbError:
    return kind(**values)


class UnknownDocumentError(KbError):
    code, status = "unknown_document", 404


class UnknownPassageError(KbError):
    code, status = "unknown_passage", 404


class UnknownThemeError(KbError):
    code, status = "unknown_theme", 404


class UnknownWorkError(KbError):
    code, status = "unknown_work", 404


class UnknownFormatError(KbError):
    code = "unknown_format"


class NoCorpusError(KbError):
    code, exit_code, status = "no_corpus", 1, 503


class EmptyCorpusError(KbError):
    code, exit_code, status = "empty_corpus", 1, 503


class NoIndexError(KbError):
    code, exit_code, status = "no_index", 1, 503


class OldIndexError(KbError):
    code, exit_code, status = "old_index", 1, 503


class NoOlderIndexError(KbError):
    code, exit_code = "no_older_index", 1


class BadBackupError(KbError):
    code, exit_code = "bad_backup", 1


class NotEmptyError(KbError):
    code, exit_code = "not_empty", 1


class DamagedIndexError(KbError):
    code, exit_code, status = "damaged_index", 1, 503


class BuildMemoryError(KbError):
    """The building process itself asked for more memory than it may have."""

    code, exit_code = "build_memory", 1


class MissingLibraryError(KbError):
    """An extra of the package that was not installed."""

    code = "missing_library"


class EngineError(KbError):
    """The search engine on other machines does not do what it is asked."""

    code, exit_code, status = "engine_failed", 1, 503


class EngineAwayError(EngineError):
    code = "engine_away"


class EngineDeniedError(EngineError):
    code = "engine_denied"


class EngineUntrustedError(EngineError):
    code = "engine_untrusted"


class EngineFullError(EngineError):
    code = "engine_full"


class EngineIndexGoneError(EngineError):
    code = "engine_index_gone"


class EngineFailedError(EngineError):
    code = "engine_failed"


class StoreAwayError(KbError):
    """The database server with the records does not answer."""

    code, exit_code, status = "store_away", 1, 503


class SchedulerAwayError(KbError):
    """The scheduler of a cluster of workers does not answer."""

    code, exit_code = "scheduler_away", 1


class NoWorkersError(KbError):
    """A cluster has no workers, or none any more."""

    code, exit_code = "no_workers", 1


class WorkerVersionError(KbError):
    """A worker has another version of kb."""

    code, exit_code = "worker_version", 1


class RepositoryAwayError(KbError):
    """A repository does not answer."""

    code, exit_code = "repository_away", 1


class RepositoryRefusedError(KbError):
    """A repository does not give what is asked, or is not to be asked."""

    code, exit_code = "repository_refused", 1


class StorageAwayError(KbError):
    """Object storage does not answer, or refuses."""

    code, exit_code = "storage_away", 1


class CopyDiffersError(KbError):
    """Copied records are not what they were."""

    code, exit_code = "copy_differs", 1


class StoreTakenError(KbError):
    """Records are to be copied to where there are some."""

    code, exit_code = "store_taken", 1


class BuildRunningError(KbError):
    code, exit_code, status = "build_running", 1, 503


class SourcesVanishedError(KbError):
    """Sources that were there when the build began are gone, or were changed since."""

    code, exit_code = "sources_vanished", 1


class NothingBuiltError(KbError):
    code, exit_code = "nothing_built", 1


class PortInUseError(KbError):
    code, exit_code = "port_in_use", 1


class SettingError(KbError):
    code = "bad_setting"


class SettingsFileError(KbError):
    code = "bad_settings_file"


class NoSuchFileError(KbError):
    code = "no_such_file"


class UnreadableFileError(KbError):
    """A file that `kb extract` could not read; its problem has the sentence."""

    code, exit_code = "unreadable_file", 1


class FrameworkError(KbError):
    code = "bad_framework"


class InputFileError(KbError):
    code = "bad_input_file"
