"""What a process does for one document: the stages that are not kept yet, one after another."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from kb.corpus.sources import fingerprint_of
from kb.curation.events import Event
from kb.extract.limits import MEGABYTE, Limits
from kb.pipeline.document import NAMED, STAGES
from kb.pipeline.document.editing import edited_passages
from kb.pipeline.document.mentions import mentions_of
from kb.pipeline.document.passages import (
    outline_of,
    passages_of_document,
)
from kb.pipeline.document.products import FileRead, Passages
from kb.pipeline.document.reading import (
    OCR_PATIENCE,
    read,
    wants_ocr,
)
from kb.pipeline.document.several import together
from kb.pipeline.document.themes import tags_of
from kb.pipeline.executor import GivenUpError, Task
from kb.pipeline.kept import Kept, TooLargeError
from kb.pipeline.watching import PAGES, telling
from kb.records import Csl


@dataclass(frozen=True, slots=True)
class File:
    """A file of a document; `contents` is the SHA-256 that it must have."""

    name: str
    path: Path
    contents: str


@dataclass(frozen=True, slots=True)
class Job:
    """One document to be made.

    Attributes:
        document: its id.
        files: what it stands in; mostly one.
        size: in bytes; large ones are begun first.
        keys: under which the products of its stages are kept.
        limits: of one file.
        theme_probability: from which a theme is shown.
        tagging: changes with frameworks, decisions and model.
        parts: CSL of parts of it that have a record.
        makers: family names of authors or editors in its record.
        recognise: read it as the scan that it proved to be.
        without: stages that failed before and are left out.
        edits: decisions of curators on its passages.
    """

    document: str
    files: tuple[File, ...]
    size: int
    keys: Mapping[str, str]
    limits: Limits
    corpus_dir: Path
    kept_dir: Path
    theme_probability: float
    tagging: str = ""
    parts: tuple[Csl, ...] = ()
    makers: tuple[str, ...] = ()
    recognise: bool = False
    without: tuple[str, ...] = ()
    edits: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """That a document was made: seconds of this processor, by stage that was done."""

    seconds: Mapping[str, float] = field(default_factory=dict)
    vanished: bool = False  # the file is gone, or says something else than when it was planned


def task_of(job: Job) -> Task[Job]:
    """The job with its limits: the time of one file to read it, and once more for the rest."""
    patience = OCR_PATIENCE if job.recognise else 1
    seconds = job.limits.seconds * (patience + 1) * len(job.files)
    return Task(job, seconds, job.limits.memory_mb, job.size)


def make(job: Job) -> Made | Task[Job]:
    """Make and keep what is not kept of a document; a scan asks for a longer second try.

    Raises:
        KbError: frameworks or decisions are not in order.
        OSError: the disk is full.
    """
    making = _Making(job)
    try:
        for stage in STAGES:
            if stage.name not in job.without:
                making.see_to(stage.name)
    except _WantsRecognitionError:
        return task_of(replace(job, recognise=True))
    except _VanishedError:
        return Made(vanished=True)
    return Made(making.seconds)


class _WantsRecognitionError(Exception):
    """The file is a scan."""


class _VanishedError(Exception):
    """The file is not the one that was planned any more."""


def _read(job: Job) -> FileRead:
    """What the files say, when they are still those that were planned."""
    told_in = job.kept_dir.parent / PAGES
    limits = replace(job.limits, ocr=job.recognise)
    if job.recognise:
        limits = replace(limits, seconds=limits.seconds * OCR_PATIENCE)
    found = [
        (file.name, _read_file(file, limits, told_in)) for file in job.files
    ]
    lacks_text = any(wants_ocr(read) for _name, read in found)
    if job.limits.ocr and not job.recognise and lacks_text:
        raise _WantsRecognitionError
    return together(found)


def _read_file(file: File, limits: Limits, told_in: Path) -> FileRead:
    try:
        with telling(told_in, file.name):
            found = read(file.path, limits)
        contents = fingerprint_of(file.path)
    except OSError:
        raise _VanishedError from None
    if contents != file.contents:
        raise _VanishedError
    return found


def _not_too_many(made: Passages, limits: Limits) -> Passages:
    if len(made.passages) > limits.max_passages:
        values = {"limit": str(limits.max_passages)}
        raise GivenUpError("stage_passages", values)
    return made


class _Making:
    """The products of a document: kept ones are fetched, others made, when asked for."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.kept = Kept(job.kept_dir)
        self.seconds: dict[str, float] = {}
        self._products: dict[str, Any] = {}

    def see_to(self, stage: str) -> None:
        """Let the product of a stage be there; one that is kept is not even opened."""
        if not self.kept.has(stage, self.job.keys[stage]):
            self._made(stage)

    def read(self) -> FileRead:
        """The product of stage "read"."""
        return cast(FileRead, self._product("read"))

    def passages(self) -> Passages:
        """The product of stage "passages", as curators want it."""
        made = cast(Passages, self._product("passages"))
        return edited_passages(made, self.job.edits)

    def _product(self, stage: str) -> Any:
        if stage not in self._products:
            kind = NAMED[stage].product
            found = self.kept.get(stage, self.job.keys[stage], kind)
            self._products[stage] = (
                self._made(stage) if found is None else found
            )
        return self._products[stage]

    def _made(self, stage: str) -> Any:
        for needed in NAMED[stage].needs:
            self._product(needed)
        began = time.process_time()
        product = _MAKERS[stage](self)
        self.seconds[stage] = time.process_time() - began
        self._keep(stage, product)
        self._products[stage] = product
        return product

    def _keep(self, stage: str, product: Any) -> None:
        most = self.job.limits.max_product
        try:
            self.kept.put(stage, self.job.keys[stage], product, most)
        except TooLargeError:
            values = {"stage": stage, "limit": str(most // MEGABYTE)}
            raise GivenUpError("stage_output", values) from None


_MAKERS: Mapping[str, Callable[[_Making], Any]] = {
    "read": lambda of: _read(of.job),
    "passages": lambda of: _not_too_many(
        passages_of_document(
            of.job.document, of.read(), of.job.parts, of.job.makers
        ),
        of.job.limits,
    ),
    "outline": lambda of: outline_of(of.read(), of.passages()),
    "themes": lambda of: tags_of(of.job, of.passages()),
    "mentions": lambda of: mentions_of(
        of.job.document, of.read(), of.passages()
    ),
}
