"""Under which key each stage of each document would be kept, before anything is made."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kb.corpus import Source
from kb.extract.limits import Limits, limits_of
from kb.pipeline.document import STAGES
from kb.pipeline.versions import version_of
from kb.records import Problem
from kb.settings import Settings

OCR_PROGRAMS = ("ocrmypdf", "tesseract")
MODEL, CURATION, FRAMEWORKS = (
    "themes-model.json",
    "curation.jsonl",
    "frameworks",
)
_OF_PASSAGE = re.compile(r"(.*)-[0-9a-f]{10}(?:-\d+)?")


@dataclass(frozen=True, slots=True)
class Plan:
    """A source that can be read, and the keys of its stages by name."""

    source: Source
    keys: Mapping[str, str] = field(default_factory=dict)


def plans_of(sources: Iterable[Source], settings: Settings) -> list[Plan]:
    """A plan for each readable source, in the order of their ids.

    Raises:
        InputFileError: a line of the curators' decisions is none.
    """
    shared = _Shared.of(settings)
    readable = [source for source in sources if source.readable]
    readable.sort(key=lambda source: source.key)
    return [Plan(source, _keys(source, shared)) for source in readable]


def _keys(source: Source, shared: _Shared) -> dict[str, str]:
    """The key of each stage: of what it is made, by which version of the program.

    The keys of the stages before it are in it, so that a change runs on by itself.
    """
    keys: dict[str, str] = {}
    for stage in STAGES:
        own = shared.inputs(stage.name, source)
        before = [keys[name] for name in stage.needs]
        version = version_of(stage.rooms, stage.libraries)
        keys[stage.name] = digest(stage.name, version, *before, *own)
    return keys


def digest(*parts: str) -> str:
    """Forty hexadecimal digits of all parts together."""
    return hashlib.sha256(
        "\0".join(parts).encode("utf-8", "surrogateescape")
    ).hexdigest()[:40]


@dataclass(frozen=True, slots=True)
class _Shared:
    """What documents have in common: limits, programs, frameworks, decisions."""

    reading: tuple[str, ...]
    themes: str
    decisions: Mapping[str, str]

    @classmethod
    def of(cls, settings: Settings) -> _Shared:
        corpus = settings.corpus_dir
        return cls(
            _reading_inputs(limits_of(settings)),
            f"{files_digest(_theme_files(corpus))} {settings.theme_probability}",
            _decisions(corpus / CURATION),
        )

    def inputs(self, stage: str, source: Source) -> Sequence[str]:
        """What a stage of this document depends on besides the stages it needs."""
        if stage == "read":
            return (source.fingerprint, source.path.name, *self.reading)
        if stage == "passages":
            return (source.key,)
        if stage == "themes":
            return (self.themes, self.decisions.get(source.key, ""))
        return ()


def _reading_inputs(limits: Limits) -> tuple[str, ...]:
    """The limits that change what is read, and whether scans can be recognised."""
    bounds = (
        limits.max_bytes,
        limits.max_pages,
        limits.max_markup,
        limits.max_characters,
    )
    tools = [
        name for name in OCR_PROGRAMS if limits.ocr and shutil.which(name)
    ]
    return (*map(str, bounds), *tools)


def curation_problems(corpus_dir: Path) -> list[Problem]:
    """That the curators' file ends in half a decision."""
    from kb.themes.curation import torn_line

    problem = torn_line(corpus_dir / CURATION)
    return [problem] if problem else []


def _theme_files(corpus_dir: Path) -> list[Path]:
    """What decides the themes of every document."""
    return [
        *sorted((corpus_dir / FRAMEWORKS).glob("*.y*ml")),
        corpus_dir / MODEL,
    ]


def tagging_files(corpus_dir: Path) -> list[Path]:
    """All files that a tagger is made of."""
    return [*_theme_files(corpus_dir), corpus_dir / CURATION]


def files_digest(paths: Iterable[Path]) -> str:
    """Changes with the name or the contents of any of these files; absent ones are nothing."""
    found = hashlib.sha256()
    for path in paths:
        if path.is_file():
            found.update(f"{path.name}\0".encode("utf-8", "surrogateescape"))
            found.update(path.read_bytes())
    return found.hexdigest()


def _decisions(path: Path) -> dict[str, str]:
    """What curators decided on each document, as text to compare."""
    from kb.themes.curation import decided, read_curation

    of_document = defaultdict(list)
    for (passage, theme), evidence in sorted(
        decided(read_curation(path)).items()
    ):
        named = _OF_PASSAGE.fullmatch(passage)
        if named:
            of_document[named.group(1)].append(f"{passage} {theme} {evidence}")
    return {
        document: "\n".join(lines) for document, lines in of_document.items()
    }
