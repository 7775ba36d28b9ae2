"""Read frameworks from YAML and refuse a file that is wrong, with its line and a remedy.

Wrong is: an unknown key, a missing name, an empty cue list, a cue that would match nearly
everything, a code or key that another framework already has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import msgspec
import yaml

from kb.errors import FrameworkError, sentence
from kb.themes.cues.patterns import UnknownSetError, compile_pattern, word_sets
from kb.themes.frameworks import Framework, Theme

# libyaml where it is there: ten times faster.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FIRST = (
    "beloften",
    "kwesties",
)  # those a reader meets first; the others by name
Steps = list[str | int]  # the way from the top of a file to a place in it


@dataclass(frozen=True)
class FrameworkFile:
    """A framework with its file, to say where in it something is wrong."""

    framework: Framework
    path: str
    node: yaml.Node | None

    def wrong(
        self, steps: Steps, reason: str, **values: Any
    ) -> FrameworkError:
        """The error of what stands at the end of `steps`."""
        return _wrong(self.path, _line(self.node, steps), reason, **values)


def read_frameworks(
    extra_dir: Path | None, more: Sequence[Path]
) -> tuple[Framework, ...]:
    """All frameworks, checked by themselves and together. Raises FrameworkError."""
    keys: dict[str, str] = {}
    codes: dict[str, str] = {}
    found = []
    for name, text in framework_texts(extra_dir, more):
        read = parse(text, name)
        _claim(read, keys, codes)
        found.append(read.framework)
    return tuple(found)


def framework_texts(
    extra_dir: Path | None, more: Sequence[Path] = ()
) -> Iterator[tuple[str, str]]:
    """(name or path, text) of each file: ours first. Raises FrameworkError."""
    for file in _own_files():
        yield file.name, _text(file)
    for path in _extra_files(extra_dir, more):
        yield str(path), _text(path)


def _own_files() -> list[Traversable]:
    folder = files("kb.themes").joinpath("frameworks")
    found = [file for file in folder.iterdir() if file.name.endswith(".yaml")]
    return sorted(
        found, key=lambda f: (f.name.split(".")[0] not in FIRST, f.name)
    )


def _extra_files(extra_dir: Path | None, more: Sequence[Path]) -> list[Path]:
    """The files of a user's folder and those named beside it, each once."""
    found: list[Path] = []
    if extra_dir is not None and extra_dir.is_dir():
        inside = extra_dir.iterdir()
        found = sorted(
            path for path in inside if path.suffix in (".yaml", ".yml")
        )
    known = {path.resolve() for path in found}
    return [*found, *(path for path in more if path.resolve() not in known)]


def _text(path: Traversable | Path) -> str:
    if isinstance(path, Path) and path.exists() and not path.is_file():
        # Reading a pipe or a device may never end.
        raise _wrong(str(path), 1, "no_file")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise _wrong(str(path), 1, "not_utf8") from None
    except OSError as error:
        raise _wrong(
            str(path), 1, "unreadable", detail=str(error.strerror)
        ) from None


def _claim(
    read: FrameworkFile, keys: dict[str, str], codes: dict[str, str]
) -> None:
    """Note the key and codes of a framework; refuse those another file has."""
    key = read.framework.key
    if key in keys:
        raise read.wrong(["key"], "key_taken", key=key, where=keys[key])
    keys[key] = read.path
    for number, theme in enumerate(read.framework.themes):
        code = theme.code.lower()
        if code in codes:
            steps: Steps = ["themes", number, "code"]
            raise read.wrong(
                steps, "code_taken", code=theme.code, where=codes[code]
            )
        codes[code] = read.path


def parse(text: str, path: str) -> FrameworkFile:
    """A framework from YAML.

    Args:
        text: the YAML.
        path: the name of its file, for errors.

    Raises:
        FrameworkError: with the line and what to do.
    """
    node, data = _yaml(text, path)
    try:
        framework = msgspec.convert(data, Framework)
    except msgspec.ValidationError as error:
        detail = str(error)
        line = _line(node, _steps(detail))
        raise _wrong(path, line, "wrong_form", detail=detail) from None
    read = FrameworkFile(framework, path, node)
    if not framework.themes:
        raise read.wrong(["themes"], "no_themes")
    for number, theme in enumerate(framework.themes):
        _check_cues(read, number, theme)
    return read


def _yaml(text: str, path: str) -> tuple[yaml.Node | None, Any]:
    """(the node, the data) of a YAML text."""
    try:
        loader = LOADER(text)
        node = loader.get_single_node()
        if node is None:
            return None, None
        return node, loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _wrong(
            path, line, "not_yaml", detail=str(error.problem)
        ) from None
    # A date that does not exist is a ValueError, a list in itself a RecursionError.
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise _wrong(path, 1, "not_yaml", detail=str(error)) from None


def _check_cues(read: FrameworkFile, number: int, theme: Theme) -> None:
    """Compile every cue and mask of a theme, and refuse what cannot be a cue."""
    if not list(theme.cues.rows()):
        raise read.wrong(
            ["themes", number, "cues"], "no_cues", code=theme.code
        )
    for inside, cue in _written(theme):
        steps: Steps = ["themes", number, *inside]
        values = {"code": theme.code, "cue": cue}
        try:
            compile_pattern(cue)
        except UnknownSetError:
            known = ", ".join(f"<{name}>" for name in word_sets())
            raise read.wrong(
                steps, "unknown_set", known=known, **values
            ) from None
        except ValueError:
            raise read.wrong(steps, "wide_cue", **values) from None


def _written(theme: Theme) -> Iterator[tuple[Steps, str]]:
    """Every cue and mask of a theme with its place."""
    for strength, at, cue in theme.cues.rows():
        yield ["cues", strength, at], cue
    for at, cue in enumerate(theme.masks):
        yield ["masks", at], cue


def _wrong(path: str, line: int, reason: str, **values: Any) -> FrameworkError:
    key = f"framework_{reason}"
    return FrameworkError(
        path=path,
        line=line,
        reason=sentence(key, values, "nl"),
        reason_en=sentence(key, values, "en"),
    )


def _line(node: yaml.Node | None, steps: Steps) -> int:
    """The line (from 1) of the deepest node that `steps` leads to."""
    line = 1
    for step in steps:
        if node is None:
            return line
        line = node.start_mark.line + 1
        key, node = _below(node, step)
        line = key.start_mark.line + 1 if key is not None else line
    return node.start_mark.line + 1 if node is not None else line


def _below(
    node: yaml.Node, step: str | int
) -> tuple[yaml.Node | None, yaml.Node | None]:
    """(the key, the value) that a node has under `step`."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key, value
        return None, None
    if not isinstance(node, yaml.SequenceNode) or not isinstance(step, int):
        return None, None
    inside = step < len(node.value)
    return (node.value[step], node.value[step]) if inside else (None, None)


def _steps(message: str) -> Steps:
    """The way to the fault in msgspec's message.

    >>> _steps("Expected `array`, got `str` - at `$.themes[0].cues`")
    ['themes', 0, 'cues']
    """
    _, _, path = message.partition("at `$")
    pieces = path.rstrip("`").replace("]", "").replace("[", ".").split(".")
    steps: Steps = [int(p) if p.isdecimal() else p for p in pieces if p]
    if "unknown field `" in message:
        steps.append(message.split("unknown field `")[1].split("`")[0])
    return steps
