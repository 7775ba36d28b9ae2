"""A page of a PDF as image, with the passages that stand on it marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.citing import has_certain_page
from kb.records import Box, Document, Passage
from web import sources
from web.citation_strings import short_name
from web.generation import Generation
from web.pages.cards import documents


@dataclass(frozen=True, slots=True)
class PageView:
    """Page `number` of a document; `marks` are (passage, box), `size` in points."""

    document: Document
    short: str
    number: int
    label: str
    passages: tuple[Passage, ...]
    marks: tuple[tuple[Passage, Box], ...]
    chosen: str
    width: float
    height: float
    image: bool
    previous: int | None
    following: int | None


def _standing_on(
    number: int, passages: Iterable[Passage]
) -> tuple[Passage, ...]:
    """The passages of which a part stands on page `number`."""
    found = []
    for passage in passages:
        last = passage.page_end or passage.page
        if passage.page <= number <= last:
            found.append(passage)
    return tuple(found)


def _label(number: int, passages: Iterable[Passage]) -> str:
    """The printed number of the page, as the first passage that begins on it knows it."""
    for passage in passages:
        if passage.label and passage.page == number:
            return (
                passage.label
                if has_certain_page(passage)
                else f"≈ {passage.label}"
            )
    return ""


def _marks(
    number: int, passages: Iterable[Passage]
) -> tuple[tuple[Passage, Box], ...]:
    found = [(passage, box) for passage in passages for box in passage.boxes]
    return tuple(
        (passage, box) for passage, box in found if box.page == number
    )


def page_view(
    generation: Generation, id: str, number: int, chosen: str = ""
) -> PageView:
    """Raises UnknownDocumentError; a number beyond the last page shows the last."""
    document = documents(generation).get(id) or generation.store.document(id)
    last = max(document.pages, 1)
    number = min(max(number, 1), last)
    on_page = _standing_on(number, generation.store.passages(document=id))
    size = sources.page_size(generation.settings, document, number)
    width, height = size or (0.0, 0.0)
    return PageView(
        document=document,
        short=short_name(generation, document),
        number=number,
        label=_label(number, on_page),
        passages=on_page,
        marks=_marks(number, on_page),
        chosen=chosen,
        width=width,
        height=height,
        image=size is not None,
        previous=number - 1 if number > 1 else None,
        following=number + 1 if number < last else None,
    )
