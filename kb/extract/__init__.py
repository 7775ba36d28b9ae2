"""What does this file say.

Page by page? `extract` finds out what the file is and hands it to its reader.
"""

from __future__ import annotations

from pathlib import Path

from kb.extract.limits import MEGABYTE, Limits
from kb.extract.sniff import EXTENSIONS, READABLE, sniff
from kb.records import Extraction, Problem

__all__ = ["extract"]

# What each format that is not read is called in the messages.
_UNREADABLE = {
    "empty": "file_empty",
    "word97": "format_word97",
    "rtf": "format_rtf",
    "image": "format_image",
    "spreadsheet": "format_spreadsheet",
    "presentation": "format_presentation",
    "archive": "format_archive",
    "broken_archive": "archive_broken",
    "xml": "format_xml",
    "binary": "format_binary",
}


def _failed(path: Path, code: str, **values: object) -> Extraction:
    return Extraction(
        problems=(Problem(path.name, code, values=values, severity="error"),)
    )


def extract(path: Path, limits: Limits) -> Extraction:
    """Everything `path` says.

    Never raises for a bad file: what is wrong stands in `problems`, as one sentence.
    """
    try:
        size = path.stat().st_size
        if size > limits.max_bytes:
            return _failed(
                path,
                "file_too_large",
                size=f"{size / MEGABYTE:.0f}",
                limit=f"{limits.max_bytes / MEGABYTE:.0f}",
            )
        kind = sniff(path) if size else "empty"
        if kind in _UNREADABLE:
            return _failed(
                path,
                _UNREADABLE[kind],
                promised=EXTENSIONS.get(path.suffix.lower(), ""),
            )
        found = _read(kind, path, limits)
    except OSError as error:
        return _failed(
            path,
            "file_unreadable",
            detail=error.strerror or type(error).__name__,
        )
    except MemoryError:
        return _failed(path, "reader_memory", limit=limits.memory_mb)
    except RecursionError:
        return _failed(path, "reader_failed", detail="nesting")
    return _with_extension_note(found, path, kind)


def _read(kind: str, path: Path, limits: Limits) -> Extraction:
    if kind == "pdf":
        from kb.extract.pdf import read_pdf

        return read_pdf(path, limits)
    if kind == "text":
        from kb.extract.plain_text import read_text

        return read_text(path, limits)
    from kb.extract.markup import read_markup

    return read_markup(kind, path, limits)


def _with_extension_note(
    found: Extraction, path: Path, kind: str
) -> Extraction:
    """A note when the name promises another format than the file has."""
    from dataclasses import replace

    promised = EXTENSIONS.get(path.suffix.lower())
    plain = {"text", "markdown"}
    if (
        promised is None
        or promised == kind
        or {promised, kind} <= plain
        or kind not in READABLE
    ):
        return found
    note = Problem(
        path.name,
        "wrong_extension",
        values={"extension": path.suffix, "format": kind},
        severity="note",
    )
    return replace(found, problems=(*found.problems, note))
