"""Is this zipped document safe to unpack? Asked before any reader opens it."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from kb.extract.limits import MEGABYTE, Limits
from kb.records import Problem

_MEMBERS = 20_000
_RATIO = (
    250  # unpacked bytes for each packed byte; real documents stay under 100
)
_SUSPECT = (
    5 * MEGABYTE
)  # smaller members may be packed as tightly as they like
_MARKUP = (".xml", ".rels", ".html", ".xhtml", ".htm", ".opf", ".ncx")


def archive_problem(path: Path, limits: Limits) -> Problem | None:
    """What is wrong with a zipped document, or None. Raises OSError."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _size_problem(path, archive, limits) or _entity_problem(
                path, archive
            )
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError):
        return _problem(path, "archive_broken")
    except RuntimeError:  # zipfile says so of an encrypted member
        return _problem(path, "archive_encrypted")
    except zlib.error:
        return _problem(path, "archive_broken")


def _problem(path: Path, code: str, **values: object) -> Problem:
    return Problem(path.name, code, values=values, severity="error")


def _size_problem(
    path: Path, archive: zipfile.ZipFile, limits: Limits
) -> Problem | None:
    members = archive.infolist()
    total = sum(member.file_size for member in members)
    swollen = any(
        m.file_size > _SUSPECT
        and m.file_size > _RATIO * max(1, m.compress_size)
        for m in members
    )
    if swollen or total > limits.max_unpacked or len(members) > _MEMBERS:
        return _problem(
            path,
            "archive_bomb",
            unpacked=f"{total / MEGABYTE:.0f}",
            limit=f"{limits.max_unpacked / MEGABYTE:.0f}",
        )
    largest = max(
        (m.file_size for m in members if m.filename.lower().endswith(_MARKUP)),
        default=0,
    )
    if largest > 2 * limits.max_markup:
        return _problem(
            path,
            "markup_too_large",
            size=f"{largest / MEGABYTE:.0f}",
            limit=f"{2 * limits.max_markup / MEGABYTE:.0f}",
        )
    return None


def _entity_problem(path: Path, archive: zipfile.ZipFile) -> Problem | None:
    """Documents define no entities of their own; who does, wants them to multiply."""
    for member in archive.infolist():
        if member.filename.lower().endswith(_MARKUP):
            tail = b""
            with archive.open(member) as part:
                while block := part.read(MEGABYTE):
                    if b"<!ENTITY" in tail + block:
                        return _problem(path, "entity_bomb")
                    tail = block[-16:]
    return None
