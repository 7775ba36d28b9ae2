"""Frameworks of themes: what a file holds, and all of them together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec

from kb.errors import UnknownThemeError
from kb.themes.cues.patterns import Pattern, compile_pattern

# Cues that are never counted as much as their author gave: the model weighs them anew.
WEIGHTS = {"core": 3.0, "strong": 2.0, "plain": 1.0, "weak": 0.4}


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in both interface languages; English falls back on Dutch."""

    nl: str
    en: str = ""

    def say(self, language: str = "nl") -> str:
        """The text in a language."""
        return self.en if language == "en" and self.en else self.nl


class Cues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Cues by strength.

    In a theme without training one `core` or two `strong` cues make evidence; `plain` and
    `weak` ones only add.
    """

    core: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()

    def rows(self) -> Iterator[tuple[str, int, str]]:
        """Every cue: (strength, number within it, cue)."""
        for strength in WEIGHTS:
            for at, cue in enumerate(getattr(self, strength)):
                yield strength, at, cue


class Theme(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True
):
    """A theme as a framework file gives it; cues inside `masks` do not count."""

    code: str
    name: Text
    definition: Text
    cues: Cues
    includes: Text | None = None
    excludes: Text | None = None
    masks: tuple[str, ...] = ()

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """Its cues, compiled."""
        rows = self.cues.rows()
        return tuple(
            compile_pattern(cue, WEIGHTS[name]) for name, _, cue in rows
        )

    @cached_property
    def mask_patterns(self) -> tuple[Pattern, ...]:
        """Its masks, compiled; they weigh nothing."""
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
            theme.code: theme for f in self.frameworks for theme in f.themes
        }

    def theme(self, code: str) -> Theme:
        """The theme of a code, capitals or not. Raises UnknownThemeError."""
        for known, theme in self.themes.items():
            if known.lower() == code.lower():
                return theme
        raise UnknownThemeError(id=code)

    def framework_of(self, code: str) -> Framework:
        """The framework that holds a theme. Raises UnknownThemeError."""
        wanted = self.theme(code)
        return next(f for f in self.frameworks if wanted in f.themes)


def load_frameworks(
    extra_dir: Path | None = None, more: Sequence[Path] = ()
) -> Frameworks:
    """The project's frameworks, those of `extra_dir` and the files `more`, checked.

    Raises:
        FrameworkError: with file, line and remedy.
    """
    from kb.themes.framework_files import read_frameworks

    return Frameworks(read_frameworks(extra_dir, more))
