"""What a document says of itself: title, authors, year, publisher, ISBN, DOI, from its
first pages, its colophon and its file.

Only used where no record exists, and marked there as found. Silence is better than a
guess: what is not stated is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kb.dutch.language import main_language
from kb.records import Block, Extraction
from kb.structure.metadata.byline import byline
from kb.structure.metadata.dates import issued
from kb.structure.metadata.front import Front, front_of
from kb.structure.metadata.organisations import corporate_author
from kb.structure.metadata.people import (
    declared_people,
    labelled_body,
    labelled_names,
    printed_authors,
    writer_of_thesis,
)
from kb.structure.metadata.publication import doi_in, isbn_in, publisher_in
from kb.structure.metadata.title import title_of
from kb.structure.metadata.words import word_list

__all__ = ["found_metadata"]

_TEXT = ("paragraph", "list", "quote")


def found_metadata(
    blocks: Sequence[Block], extraction: Extraction
) -> dict[str, Any]:
    """CSL fields that the document or its file states of itself.

    Only those that were found.
    """
    front = front_of(blocks, extraction)
    given = extraction.metadata
    found: dict[str, Any] = {
        "title": title_of(front),
        "author": _authors(front),
        "editor": labelled_names(front.lines, word_list("editor_labels")),
        "issued": issued(front.lines, given),
        "publisher": publisher_in(front.lines)
        or str(given.get("publisher", "")).strip(),
        "ISBN": isbn_in(front.lines) or str(given.get("ISBN", "")),
        "DOI": doi_in(front.lines) or str(given.get("DOI", "")),
        "language": _language(blocks),
    }
    # The same people as both are its editors: a file has but one field for all
    # who made it.
    families = [name.get("family") for name in found["author"]]
    if families == [name.get("family") for name in found["editor"]]:
        found["author"] = []
    return {name: value for name, value in found.items() if value}


def _authors(front: Front) -> list[dict[str, str]]:
    """Who wrote it: people the document names as such, else the body that speaks in it, else
    its file.
    """
    people = printed_authors(front) or writer_of_thesis(front) or byline(front)
    if people:
        return people
    body = labelled_body(front.lines) or corporate_author(front)
    return [{"literal": body}] if body else declared_people(front)


def _language(blocks: Sequence[Block]) -> str:
    texts = [block.text for block in blocks if block.kind in _TEXT]
    return main_language(texts) if blocks else ""
