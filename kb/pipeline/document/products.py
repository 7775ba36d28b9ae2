"""What the stages of one document give; each is kept in a file of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kb.records import Block, Citation, Part, Passage, Problem, Reference, Tag


@dataclass(frozen=True, slots=True)
class FileRead:
    """What a file says.

    Attributes:
        blocks: its layout, as printed.
        metadata: the CSL fields it states of itself.
        problems: what is wrong with it.
        card: the figures of its report card that do not need passages.
        begins: the numbers of the blocks with which further files begin.
    """

    blocks: tuple[Block, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    card: Mapping[str, Any] = field(default_factory=dict)
    begins: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages of a document, with kinds and places, and the articles of a collection."""

    passages: tuple[Passage, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """The little that the build must know of every document, changed or not.

    It is read for every document in every build, so it stays small: no text.

    Attributes:
        metadata, problems: as in `FileRead`.
        card: the whole report card.
        municipalities: those that the document is about.
        passages: how many there are.
        parts: the articles of a collection.
    """

    metadata: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    card: Mapping[str, Any] = field(default_factory=dict)
    municipalities: tuple[str, ...] = ()
    passages: int = 0
    parts: tuple[Part, ...] = ()

    @property
    def pages(self) -> int:
        """Physical pages."""
        return int(self.card.get("pages") or 0)

    @property
    def language(self) -> str:
        """The language of most passages."""
        counts: Mapping[str, int] = self.card.get("languages") or {}
        return max(counts, key=lambda code: counts[code], default="")


@dataclass(frozen=True, slots=True)
class Tags:
    """The themes of a document's passages."""

    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a document lists and cites, not yet linked.

    `places` are its passages as linking sees them: where they stand, without what they say.
    """

    references: tuple[Reference, ...] = ()
    citations: tuple[Citation, ...] = ()
    places: tuple[Passage, ...] = ()
