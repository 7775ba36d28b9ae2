"""Did anything change that a build depends on?"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from kb import __version__
from kb.corpus import Corpus
from kb.curation import FILE
from kb.pipeline.document.planning import tagging_files
from kb.pipeline.versions import program_stamp
from kb.pipeline.whole.linking import literature_files
from kb.settings import Settings
from kb.store.schema import FORMAT

SETTINGS_THAT_MATTER = (
    "engine",
    "style",
    "conventions",
    "ocr",
    "database_url",
    "max_file_mb",
    "max_pages",
    "theme_probability",
)


def fingerprint(settings: Settings, corpus: Corpus) -> str:
    """Changes with sources, records, data files, program and settings that matter, also with
    what is wrong in the records of no source, which a build tells.
    """
    digest = hashlib.sha256()
    chosen = [getattr(settings, name) for name in SETTINGS_THAT_MATTER]
    for part in (__version__, FORMAT, program_stamp(), *chosen):
        digest.update(f"{part}\0".encode())
    digest.update(msgspec.json.encode(corpus.problems))
    for source in corpus.sources:
        known = (source.contents, source.csl, source.bib, source.parts)
        names = [source.name, *(further.name for further in source.more)]
        digest.update(msgspec.json.encode([source.key, *names, *known]))
    for path in _files_beside(settings.corpus_dir):
        digest.update(path.name.encode())
        digest.update(path.read_bytes() if path.is_file() else b"\0")
    return digest.hexdigest()


def _files_beside(corpus_dir: Path) -> list[Path]:
    """What a build depends on besides sources and their records."""
    return [
        *literature_files(corpus_dir),
        *tagging_files(corpus_dir),
        corpus_dir / FILE,
    ]
