"""What is made of one document: the stages, what each needs, and what its version hangs on.

A stage is a function of records to records. Its product is kept under a key made of the
keys of the stages it needs, of the version of its rooms, and of its own inputs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kb.pipeline.document.products import (
    FileRead,
    Mentions,
    Outline,
    Passages,
    Tags,
)

_RECORDS = ("records.py", "datafiles.py", "pipeline/document/products.py")
_PASSAGES = (
    "passages",
    "structure",
    "dutch",
    "volumes",
    "citations",
    "bibliography",
    "pipeline/document/passages.py",
)
_EDITED = ("curation", "pipeline/document/editing.py")


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of one document; `rooms` are below kb/, `needs` are stages before it.

    A stage that is not `vital` may fail: the document is built without its product.
    """

    name: str
    product: type[Any]
    rooms: tuple[str, ...]
    needs: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    vital: bool = True


STAGES = (
    Stage(
        "read",
        FileRead,
        rooms=(
            "extract",
            "structure",
            "dutch",
            "bibliography/names.py",
            "bibliography/names.toml",
            "bibliography/wordlists.py",
            "passages/card.py",
            "pipeline/document/reading.py",
            "pipeline/document/several.py",
            *_RECORDS,
        ),
        libraries=(
            "pypdfium2",
            "pdfplumber",
            "pypandoc-binary",
            "lxml",
            "wordfreq",
        ),
    ),
    Stage(
        "passages",
        Passages,
        rooms=(*_PASSAGES, *_RECORDS),
        needs=("read",),
        libraries=("wordfreq",),
    ),
    Stage(
        "outline",
        Outline,
        rooms=(*_PASSAGES, *_EDITED, *_RECORDS),
        needs=("read", "passages"),
    ),
    Stage(
        "themes",
        Tags,
        rooms=(
            "themes",
            "dutch",
            "passages",
            "pipeline/document/themes.py",
            *_EDITED,
            *_RECORDS,
        ),
        needs=("passages",),
        libraries=("spacy", "spacy-lookups-data", "numpy"),
        vital=False,
    ),
    Stage(
        "mentions",
        Mentions,
        rooms=(
            "citations",
            "bibliography",
            "volumes",
            "dutch",
            "pipeline/document/mentions.py",
            *_EDITED,
            *_RECORDS,
        ),
        needs=("read", "passages"),
        vital=False,
    ),
)

NAMED: Mapping[str, Stage] = {stage.name: stage for stage in STAGES}
