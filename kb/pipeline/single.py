"""One file read as a build reads it, for `kb extract`; nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from kb.extract.limits import Limits, limits_of
from kb.pipeline.document.products import FileRead
from kb.pipeline.document.reading import OCR_PATIENCE, read, wants_ocr
from kb.pipeline.executor import Failure, LocalExecutor, Task
from kb.settings import Settings


@dataclass(frozen=True, slots=True)
class Single:
    """A file and its limits; `recognise` as in a build."""

    path: Path
    limits: Limits
    recognise: bool = False


def read_one(path: Path, settings: Settings) -> FileRead:
    """Read one file in a process with limits; what went wrong stands in its problems."""
    limits = limits_of(settings)
    task = _task(Single(path, limits))
    for _, found in LocalExecutor(1).run(_read, [task]):
        if isinstance(found, Failure):
            return FileRead(problems=(found.problem(path.name),))
        return found
    return FileRead()


def _task(single: Single) -> Task[Single]:
    return Task(single, single.limits.seconds, single.limits.memory_mb)


def _read(single: Single) -> FileRead | Task[Single]:
    found = read(single.path, replace(single.limits, ocr=single.recognise))
    if single.limits.ocr and not single.recognise and wants_ocr(found):
        seconds = single.limits.seconds * OCR_PATIENCE
        patient = replace(single.limits, seconds=seconds)
        return _task(replace(single, limits=patient, recognise=True))
    return found
