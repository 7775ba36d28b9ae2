"""A page of a PDF as image, with the passages that stand on it marked."""

from __future__ import annotations

from dataclasses import dataclass

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


def page_view(
    generation: Generation, id: str, number: int, chosen: str = ""
) -> PageView:
    """Raises UnknownDocumentError; a number beyond the last page shows the last."""
    document = documents(generation).get(id) or generation.store.document(id)
    last = max(document.pages, 1)
    number = min(max(number, 1), last)
    on_page = [
        p
        for p in generation.store.passages(document=id)
        if p.page <= number <= (p.page_end or p.page)
    ]
    path = sources.page_image(generation.settings, document, number)
    size = sources.page_size(generation.settings, document, number) if path else None
    labels = [p.label for p in on_page if p.label and p.page == number]
    return PageView(
        document=document,
        short=short_name(generation, document),
        number=number,
        label=labels[0] if labels else "",
        passages=tuple(on_page),
        marks=tuple((p, box) for p in on_page for box in p.boxes if box.page == number),
        chosen=chosen,
        width=size[0] if size else 0.0,
        height=size[1] if size else 0.0,
        image=path is not None and size is not None,
        previous=number - 1 if number > 1 else None,
        following=number + 1 if number < last else None,
    )
