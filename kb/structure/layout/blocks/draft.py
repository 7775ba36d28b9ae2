"""A block in the making: rows that make one block, and what they are."""

from __future__ import annotations

from dataclasses import dataclass

from kb.structure.layout.typography import Row


@dataclass(frozen=True, slots=True)
class Draft:
    """Rows that make one block, their kind, and the level of a heading."""

    kind: str
    rows: tuple[Row, ...]
    level: int | None = None

    @property
    def text(self) -> str:
        """A rough text, for judging only."""
        return " ".join(row.text for row in self.rows)
