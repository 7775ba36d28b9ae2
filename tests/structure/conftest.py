"""Pages set by hand: lines at a place in points, every character half as wide as its size."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from kb.records import Box, Line, Page, Word

SetLine = Callable[..., Line]
SetColumn = Callable[..., list[Line]]
SetPage = Callable[..., Page]


@pytest.fixture
def line() -> SetLine:
    def set_line(
        text: str,
        x: float = 72,
        top: float = 100,
        size: float = 10,
        **style: Any,
    ) -> Line:
        words, at = [], x
        for part in text.split():
            words.append(
                Word(
                    part,
                    at,
                    top,
                    at + 0.5 * size * len(part),
                    top + size,
                    size,
                    **style,
                )
            )
            at += 0.5 * size * (len(part) + 1)
        return Line(
            text,
            x,
            top,
            at - 0.5 * size,
            top + size,
            size,
            words=tuple(words),
            **style,
        )

    return set_line


@pytest.fixture
def column(line: SetLine) -> SetColumn:
    def set_column(
        texts: Sequence[str],
        x: float = 72,
        top: float = 100,
        pitch: float = 12,
        size: float = 10,
        **style: Any,
    ) -> list[Line]:
        return [
            line(text, x, top + at * pitch, size, **style)
            for at, text in enumerate(texts)
        ]

    return set_column


@pytest.fixture
def page() -> SetPage:
    def set_page(
        lines: Sequence[Line],
        number: int = 1,
        rules: Sequence[Box] = (),
        label: str | None = None,
    ) -> Page:
        return Page(number, 595, 842, label, tuple(lines), tuple(rules))

    return set_page
