"""Which pages of a long list are there, and where are they?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pager:
    """Page `page` of `pages`, with the addresses around it."""

    page: int
    pages: int
    previous: str | None
    following: str | None
    near: tuple[tuple[int, str], ...] = ()


def within(page: int, total: int, per_page: int, high: int = 200) -> int:
    """`page`, or the last where it lies beyond."""
    return min(page, max(1, -(-total // per_page)), high)


def pager(
    page: int,
    total: int,
    per_page: int,
    address: Callable[[int], str],
    high: int = 200,
) -> Pager:
    """Pages of `total` things, `per_page` a page.

    `address` gives the address of a page.
    """
    pages = min(max(1, -(-total // per_page)), high)
    wanted = sorted(
        {1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)}
    )
    return Pager(
        page=page,
        pages=pages,
        previous=address(page - 1) if page > 1 else None,
        following=address(page + 1) if page < pages else None,
        near=tuple((n, address(n)) for n in wanted),
    )
