"""Frameworks of themes: read from YAML, checked, and kept with their compiled cues.

A file that is wrong is refused with its line and what to do: an unknown key, a missing name, an empty cue list, a cue that
would match nearly everything, a code that another theme already has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import msgspec
import yaml

from kb.errors import FrameworkError, UnknownThemeError, sentence
from kb.themes.cues.patterns import Pattern, UnknownSetError, compile_pattern, word_sets

_Loader: Any = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # libyaml where it is there: ten times faster
WEIGHTS = {"core": 3.0, "strong": 2.0, "plain": 1.0, "weak": 0.4}
FIRST = (
    "beloften",
    "kwesties",
)  # frameworks a reader meets first; the others follow by name


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in both interface languages; English falls back on Dutch."""

    nl: str
    en: str = ""

    def say(self, language: str = "nl") -> str:
        return self.en if language == "en" and self.en else self.nl


class Cues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Cues by strength: one `core` or two `strong` cues make evidence, `plain` and `weak` ones only add."""

    core: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()

    def rows(self) -> Iterator[tuple[str, int, str]]:
        for strength in WEIGHTS:
            for at, cue in enumerate(getattr(self, strength)):
                yield strength, at, cue


class Theme(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """A theme as a framework file gives it."""

    code: str
    name: Text
    definition: Text
    cues: Cues
    includes: Text | None = None
    excludes: Text | None = None
    masks: tuple[str, ...] = ()  # phrases in which cues do not count

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        return tuple(
            compile_pattern(cue, WEIGHTS[strength])
            for strength, _, cue in self.cues.rows()
        )

    @cached_property
    def mask_patterns(self) -> tuple[Pattern, ...]:
        return tuple(compile_pattern(cue, 0.0) for cue in self.masks)


class Framework(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named list of themes with where it comes from."""

    key: str
    name: Text
    source: str
    themes: tuple[Theme, ...]
    note: Text | None = None


@dataclass(frozen=True)
class Frameworks:
    """All frameworks in use; codes are unique over them."""

    frameworks: tuple[Framework, ...]

    def __iter__(self) -> Iterator[Framework]:
        return iter(self.frameworks)

    @cached_property
    def themes(self) -> Mapping[str, Theme]:
        """Every theme by code, in order."""
        return {
            theme.code: theme
            for framework in self.frameworks
            for theme in framework.themes
        }

    def theme(self, code: str) -> Theme:
        """Raises UnknownThemeError."""
        for known, theme in self.themes.items():
            if known.lower() == code.lower():
                return theme
        raise UnknownThemeError(id=code)

    def framework_of(self, code: str) -> Framework:
        """Raises UnknownThemeError."""
        wanted = self.theme(code).code
        return next(
            f for f in self.frameworks if any(t.code == wanted for t in f.themes)
        )


def _fail(path: str, line: int, reason: str, **values: Any) -> FrameworkError:
    return FrameworkError(
        path=path,
        line=line,
        reason=sentence(f"framework_{reason}", values, "nl"),
        reason_en=sentence(f"framework_{reason}", values, "en"),
    )


def _line(node: yaml.Node | None, steps: list[str | int]) -> int:
    """The line (from 1) of the deepest node that `steps` leads to."""
    line = 1
    for step in [*steps, None]:
        if node is None:
            break
        line = node.start_mark.line + 1
        following: yaml.Node | None = None
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == step:
                    line, following = key.start_mark.line + 1, value
        elif (
            isinstance(node, yaml.SequenceNode)
            and isinstance(step, int)
            and step < len(node.value)
        ):
            following = node.value[step]
        node = following
    return line


def _steps(message: str) -> list[str | int]:
    """The path in msgspec's message: "... - at `$.themes[0].cues`"."""
    _, _, path = message.partition("at `$")
    pieces = path.rstrip("`").replace("]", "").replace("[", ".").split(".")
    steps: list[str | int] = [int(p) if p.isdigit() else p for p in pieces if p]
    if "unknown field `" in message:
        steps.append(message.split("unknown field `")[1].split("`")[0])
    return steps


def _check_cues(framework: Framework, path: str, node: yaml.Node | None) -> None:
    for number, theme in enumerate(framework.themes):
        rows = list(theme.cues.rows())
        if not rows:
            raise _fail(
                path,
                _line(node, ["themes", number, "cues"]),
                "no_cues",
                code=theme.code,
            )
        places: list[tuple[list[str | int], str]] = [
            (["themes", number, "cues", s, at], cue) for s, at, cue in rows
        ]
        places += [
            (["themes", number, "masks", at], cue) for at, cue in enumerate(theme.masks)
        ]
        for steps, cue in places:
            try:
                compile_pattern(cue)
            except UnknownSetError:
                known = ", ".join(f"<{name}>" for name in word_sets())
                raise _fail(
                    path,
                    _line(node, steps),
                    "unknown_set",
                    code=theme.code,
                    cue=cue,
                    known=known,
                ) from None
            except ValueError:
                raise _fail(
                    path, _line(node, steps), "wide_cue", code=theme.code, cue=cue
                ) from None


def parse(text: str, path: str) -> tuple[Framework, yaml.Node | None]:
    """A framework from YAML, with its node for the lines. Raises FrameworkError."""
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        data = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _fail(path, line, "not_yaml", detail=str(error.problem)) from None
    except yaml.YAMLError as error:
        raise _fail(path, 1, "not_yaml", detail=str(error)) from None
    try:
        framework = msgspec.convert(data, Framework)
    except msgspec.ValidationError as error:
        raise _fail(
            path, _line(node, _steps(str(error))), "wrong_form", detail=str(error)
        ) from None
    if not framework.themes:
        raise _fail(path, _line(node, ["themes"]), "no_themes")
    _check_cues(framework, path, node)
    return framework, node


def _read(path: Traversable | Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise _fail(str(path), 1, "not_utf8") from None
    except OSError as error:
        raise _fail(str(path), 1, "unreadable", detail=str(error.strerror)) from None


def _own_files() -> list[Traversable]:
    folder = files("kb.themes").joinpath("frameworks")
    found = (file for file in folder.iterdir() if file.name.endswith(".yaml"))
    return sorted(
        found,
        key=lambda file: (file.name.removesuffix(".yaml") not in FIRST, file.name),
    )


def _extra_files(extra_dir: Path | None, more: Sequence[Path]) -> list[Path]:
    """The files of a user's folder and those named beside it, each once."""
    found = (
        sorted(p for p in extra_dir.iterdir() if p.suffix in (".yaml", ".yml"))
        if extra_dir is not None and extra_dir.is_dir()
        else []
    )
    return [
        *found,
        *(file for file in more if file.resolve() not in {p.resolve() for p in found}),
    ]


def load_frameworks(
    extra_dir: Path | None = None, more: Sequence[Path] = ()
) -> Frameworks:
    """The project's frameworks, those of `extra_dir` and the files `more`, checked.

    Raises FrameworkError with file, line and remedy.
    """
    found: list[Framework] = []
    codes: dict[str, str] = {}
    keys: dict[str, str] = {}
    own = _own_files()
    for file in [*own, *_extra_files(extra_dir, more)]:
        name = str(file) if isinstance(file, Path) and file not in own else file.name
        framework, node = parse(_read(file), name)
        if framework.key in keys:
            raise _fail(
                name,
                _line(node, ["key"]),
                "key_taken",
                key=framework.key,
                where=keys[framework.key],
            )
        keys[framework.key] = name
        for number, theme in enumerate(framework.themes):
            if theme.code.lower() in codes:
                raise _fail(
                    name,
                    _line(node, ["themes", number, "code"]),
                    "code_taken",
                    code=theme.code,
                    where=codes[theme.code.lower()],
                )
            codes[theme.code.lower()] = name
        found.append(framework)
    return Frameworks(tuple(found))
