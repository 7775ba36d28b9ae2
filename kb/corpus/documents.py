"""How does a source become a document? Its record speaks.

Where there is none, the file itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kb.bibliography.bibtex_to_csl import keywords_of
from kb.bibliography.csl_fields import authors_of, year_of
from kb.corpus.sources import Source
from kb.records import Csl, Document

# What a file may say of itself, in the order it is shown; ids and internal fields are
# never taken over.
_FOUND = (
    "title",
    "author",
    "editor",
    "issued",
    "publisher",
    "publisher-place",
    "container-title",
    "URL",
    "DOI",
    "ISBN",
    "language",
    "abstract",
    "keyword",
    "genre",
)


# Where there is a record that lacks one of these, its maker meant it so.
_LEFT_OUT_ON_PURPOSE = frozenset(
    [
        "author",
        "editor",
        "publisher",
        "publisher-place",
        "issued",
        "genre",
        "container-title",
        "keyword",
        "abstract",
    ]
)


def title_from(name: str) -> str:
    """A title for want of any.

    The file name without extension, underscores as spaces.
    """
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return re.sub(r"[_\s]+", " ", stem).strip() or name


def _merged(csl: Csl, found: Csl) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The record completed with what the file says of itself, and the fields so added.

    Authors are only taken when no one is named.
    """
    merged, added = dict(csl), []
    for field in _FOUND:
        if not found.get(field) or merged.get(field):
            continue
        if csl and field in _LEFT_OUT_ON_PURPOSE:
            continue
        merged[field] = found[field]
        added.append(field)
    return merged, tuple(added)


def document_of(
    source: Source,
    found_metadata: Csl | None = None,
    *,
    pages: int = 0,
    language: str = "",
    municipalities: Sequence[str] = (),
    card: Mapping[str, Any] | None = None,
) -> Document:
    """The document of `source`.

    `found_metadata` holds CSL fields read from the file itself and fills what no record
    says.
    """
    csl, added = _merged(source.csl, found_metadata or {})
    csl = {"id": source.key, "type": "report"} | csl
    if not csl.get("title"):
        csl["title"], added = title_from(source.name), (*added, "title")
    declared = str(csl.get("language", ""))[:2]
    keywords = keywords_of(source.bib) or tuple(
        k.strip() for k in str(csl.get("keyword", "")).split(",") if k.strip()
    )
    return Document(
        id=source.key,
        source=source.name,
        title=str(csl["title"]),
        authors=authors_of(csl),
        year=year_of(csl),
        type=str(csl["type"]),
        pages=pages,
        language=declared or language or "nl",
        csl=csl,
        bib=dict(source.bib),
        found=added,
        keywords=keywords,
        municipalities=tuple(municipalities),
        fingerprint=source.contents,
        downloadable=source.bib.get("downloadable", "").lower()
        not in ("no", "nee", "false"),
        card=dict(card or {}),
    )
