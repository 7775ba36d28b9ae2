"""Stage "themes": which themes the passages of one document are evidence on."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kb.pipeline.document.products import Passages, Tags

if TYPE_CHECKING:
    from kb.pipeline.document.work import Job
    from kb.themes import Tagger


def tags_of(job: Job, made: Passages) -> Tags:
    """The tags of a document.

    Args:
        job: tells where frameworks, decisions and an own model may be, and what is shown.
        made: the passages of the document.

    Raises:
        FrameworkError, InputFileError: one of these is not in order.
    """
    tagger = _tagger(job.corpus_dir, job.tagging, job.theme_probability)
    return Tags(tuple(tagger.tag(made.passages)))


@lru_cache(maxsize=1)
def _tagger(corpus_dir: Path, inputs: str, shown: float) -> Tagger:
    """Loaded once a process and not once a document: it takes a second.

    `inputs` changes with what the tagger is made of, so that none is taken for another.
    """
    from kb.themes import Tagger

    return Tagger.of(corpus_dir, shown)
