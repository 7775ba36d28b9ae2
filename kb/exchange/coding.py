"""A coded project as any program for qualitative analysis knows it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

# Every id is made of what it names, so that a file made again has the same ids.
_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "https://kb.invalid/refi-qda")


def guid(kind: str, name: str) -> str:
    """The id of a thing in an exchange file.

    >>> guid("theme", "B7") == guid("theme", "B7") != guid("theme", "B8")
    True
    """
    return str(uuid.uuid5(_OURS, f"{kind}:{name}"))


@dataclass(frozen=True, slots=True)
class Code:
    """A code; one with `codes` below it may itself not be used for coding."""

    guid: str
    name: str
    description: str = ""
    codes: tuple[Code, ...] = ()
    codable: bool = True


@dataclass(frozen=True, slots=True)
class Coded:
    """That somebody gave a code to a selection; `code` and `by` are ids."""

    code: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """A stretch of a source's text, in characters, with its codes."""

    start: int
    end: int
    codings: tuple[Coded, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A text that was coded."""

    guid: str
    name: str
    text: str
    selections: tuple[Selection, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """Codes, sources and the people who coded, by id."""

    name: str
    codes: tuple[Code, ...] = ()
    sources: tuple[Source, ...] = ()
    users: tuple[tuple[str, str], ...] = ()
