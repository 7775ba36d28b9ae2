"""What is wrong with corpus, index and settings, and what to do about it?"""

from __future__ import annotations

from kb.checksums import damaged
from kb.corpus import read_corpus
from kb.errors import FrameworkError, KbError
from kb.generations import current, open_store
from kb.pipeline import fingerprint
from kb.records import Problem
from kb.settings import Settings
from kb.site import read_site


def _corpus_problems(settings: Settings) -> list[Problem]:
    if not (settings.corpus_dir / "sources").is_dir():
        return [
            Problem(
                "corpus",
                "no_corpus",
                values={"path": settings.corpus_dir},
                severity="error",
            )
        ]
    corpus = read_corpus(settings.corpus_dir, settings.max_file_mb)
    if not corpus.sources:
        return [
            Problem(
                "corpus",
                "empty_corpus",
                values={"path": settings.corpus_dir / "sources"},
                severity="error",
            )
        ]
    return [
        *corpus.problems,
        *(problem for source in corpus.sources for problem in source.problems),
    ]


def _framework_problems(settings: Settings) -> list[Problem]:
    from kb.themes import load_frameworks

    try:
        load_frameworks(settings.corpus_dir / "frameworks")
    except FrameworkError as error:
        return [
            Problem("frameworks", error.code, values=error.values, severity="error")
        ]
    return []


def _site_problems(settings: Settings) -> list[Problem]:
    return list(read_site(settings.corpus_dir)[1])


def _index_problems(settings: Settings) -> list[Problem]:
    try:
        store = open_store(settings)
    except KbError as error:
        return [Problem("index", error.code, values=error.values, severity="error")]
    try:
        kept = store.problems()
        stale = store.get("fingerprint") != fingerprint(
            settings, read_corpus(settings.corpus_dir, settings.max_file_mb).sources
        )
    finally:
        store.close()
    changed = (
        [Problem("index", "stale_index", values={"path": settings.index_dir})]
        if stale
        else []
    )
    return changed + [p for p in kept if p.severity != "note"]


def _damaged_files(settings: Settings) -> list[Problem]:
    """Files of the index that are not as the build left them: all of it is read."""
    try:
        generation = current(settings.index_dir)
    except KbError:
        return []
    names = damaged(generation)
    if not names:
        return []
    values = {"path": generation, "files": ", ".join(names)}
    return [Problem("index", "damaged_files", values=values, severity="error")]


def _tool_problems(settings: Settings) -> list[Problem]:
    from shutil import which

    missing = [name for name in ("ocrmypdf", "tesseract") if which(name) is None]
    if settings.ocr and missing:
        return [
            Problem(
                "ocr", "no_ocr", values={"missing": ", ".join(missing)}, severity="note"
            )
        ]
    return []


def check(settings: Settings, deep: bool = False) -> list[Problem]:
    """Problems of corpus, frameworks, index and outside programs, gravest first.

    Each sentence says the remedy.

    Args:
        settings: where all that is.
        deep: read every file of the index and compare it with its checksum.
    """
    problems = _corpus_problems(settings)
    if not any(p.severity == "error" and p.document == "corpus" for p in problems):
        problems += _framework_problems(settings) + _index_problems(settings)
        problems += _site_problems(settings)
    if deep:
        problems += _damaged_files(settings)
    problems += _tool_problems(settings)
    unique = {
        (p.document, p.code, p.page, str(sorted(p.values.items()))): p for p in problems
    }
    return sorted(
        unique.values(), key=lambda p: ("error", "warning", "note").index(p.severity)
    )
