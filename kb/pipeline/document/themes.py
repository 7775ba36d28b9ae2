"""Stage "themes": which themes the passages of one document are evidence on."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kb.pipeline.document.products import Passages, Tags

if TYPE_CHECKING:
    from kb.themes import Tagger


def tags_of(corpus_dir: Path, inputs: str, made: Passages) -> Tags:
    """The tags of a document.

    Args:
        corpus_dir: where frameworks, decisions and an own model may be.
        inputs: changes with these, so that none is taken for another.
        made: the passages of the document.

    Raises:
        FrameworkError, InputFileError: one of these is not in order.
    """
    return Tags(tuple(_tagger(corpus_dir, inputs).tag(made.passages)))


@lru_cache(maxsize=1)
def _tagger(corpus_dir: Path, inputs: str) -> Tagger:
    """Loaded once a process and not once a document: it takes a second."""
    from kb.themes import Tagger

    return Tagger.of(corpus_dir)
