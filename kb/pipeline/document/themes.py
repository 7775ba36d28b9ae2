"""Stage "themes": which themes the passages of one document are evidence on."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kb.pipeline.document.products import Passages, Tags

if TYPE_CHECKING:
    from kb.themes import Tagger


def tags_of(corpus_dir: Path, made: Passages) -> Tags:
    """The tags of a document. Raises FrameworkError, InputFileError."""
    return Tags(tuple(_tagger(corpus_dir).tag(made.passages)))


@cache
def _tagger(corpus_dir: Path) -> Tagger:
    """Loaded once a process; the processes of a build end with it."""
    from kb.themes import Tagger

    return Tagger.of(corpus_dir)
