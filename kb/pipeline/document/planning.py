"""Under which key each stage of each document would be kept, before anything is made."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kb.bibliography.csl_fields import families_of
from kb.corpus import Source
from kb.curation import OfDocument, State, by_document, withdrawn
from kb.curation.by_document import NONE, digest_of_events
from kb.extract.limits import Limits, limits_of
from kb.pipeline.document import STAGES
from kb.pipeline.versions import version_of
from kb.records import Csl
from kb.settings import Settings

OCR_PROGRAMS = ("ocrmypdf", "tesseract")
MODEL, FRAMEWORKS = "themes-model.json", "frameworks"


@dataclass(frozen=True, slots=True)
class Plan:
    """A source that can be read, the keys of its stages, and what was decided on it."""

    source: Source
    keys: Mapping[str, str] = field(default_factory=dict)
    decided: OfDocument = NONE


def plans_of(
    sources: Iterable[Source], settings: Settings, state: State | None = None
) -> list[Plan]:
    """A plan for each source that can be read and is not kept out, in the order of ids.

    Args:
        sources: the files and their records.
        settings: how to build.
        state: what curators decided.
    """
    state = state or State()
    shared = _Shared.of(settings, by_document(state))
    out = withdrawn(state)
    wanted = [s for s in sources if s.readable and s.key not in out]
    wanted.sort(key=lambda source: source.key)
    return [
        Plan(source, _keys(source, shared), shared.decided(source.key))
        for source in wanted
    ]


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
    decisions: Mapping[str, OfDocument]

    @classmethod
    def of(
        cls, settings: Settings, decisions: Mapping[str, OfDocument]
    ) -> _Shared:
        files = files_digest(tagging_files(settings.corpus_dir))
        return cls(
            _reading_inputs(limits_of(settings)),
            f"{files} {settings.theme_probability}",
            decisions,
        )

    def decided(self, document: str) -> OfDocument:
        """What was decided on a document and its passages."""
        return self.decisions.get(document, NONE)

    def inputs(self, stage: str, source: Source) -> Sequence[str]:
        """What a stage of this document depends on besides the stages it needs."""
        if stage == "read":
            files = (source, *source.more)
            named = [f"{f.fingerprint} {f.name}" for f in files]
            return (*named, *self.reading)
        if stage == "passages":
            makers = families_of(source.csl)
            return (source.key, *makers, *map(_as_text, source.parts))
        edits = digest_of_events(self.decided(source.key).edits)
        return (self.themes, edits) if stage == "themes" else (edits,)


def _as_text(record: Csl) -> str:
    return json.dumps(record, sort_keys=True, ensure_ascii=False)


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


def tagging_files(corpus_dir: Path) -> list[Path]:
    """All files that a tagger is made of."""
    return [
        *sorted((corpus_dir / FRAMEWORKS).glob("*.y*ml")),
        corpus_dir / MODEL,
    ]


def files_digest(paths: Iterable[Path]) -> str:
    """Changes with the name or the contents of any of these files; absent ones are nothing."""
    found = hashlib.sha256()
    for path in paths:
        if path.is_file():
            found.update(f"{path.name}\0".encode("utf-8", "surrogateescape"))
            found.update(path.read_bytes())
    return found.hexdigest()
