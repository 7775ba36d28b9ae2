"""Formats that know their own structure: DOCX, ODT, EPUB, HTML, Markdown.

A reader a format makes the file ready: what nobody sees goes out, what pandoc would lose
(text boxes, fields, printed numbers, pages) is put where it keeps it. Pandoc then reads
it in its sandbox, and its tree becomes blocks.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kb.extract.archive import archive_problem
from kb.extract.limits import MEGABYTE, Limits
from kb.extract.markup.pandoc import OUT_OF_MEMORY, pandoc_path, pandoc_tree
from kb.extract.markup.prepared import Prepared
from kb.extract.markup.tree import Walk, metadata_of_tree
from kb.records import Block, Extraction, Problem

__all__ = ["pandoc_path", "read_markup"]

_ZIPPED = ("docx", "odt", "epub")
_MOST_INSERTS = 200


def read_markup(kind: str, path: Path, limits: Limits) -> Extraction:
    """Blocks in reading order, notes after the paragraph that has their mark.

    Raises:
        OSError: the file cannot be read.
    """
    if (
        kind in _ZIPPED
        and (problem := archive_problem(path, limits)) is not None
    ):
        return Extraction(problems=(problem,), reader="pandoc")
    try:
        return _read(kind, path, limits)
    except subprocess.TimeoutExpired:
        return _failed(path, "reader_timeout", seconds=f"{limits.seconds:.0f}")
    except subprocess.CalledProcessError as error:
        if error.returncode in OUT_OF_MEMORY:
            return _failed(path, "reader_memory", limit=limits.memory_mb)
        return _failed(path, "format_damaged", format=kind)
    except ValueError:
        return _failed(path, "format_damaged", format=kind)


def _read(kind: str, path: Path, limits: Limits) -> Extraction:
    prepared = _reader(kind)(path)
    if prepared is None:
        return _failed(path, "no_text")
    if kind not in _ZIPPED and len(prepared.data) > limits.max_markup:
        return _failed(
            path,
            "markup_too_large",
            size=f"{len(prepared.data) / MEGABYTE:.0f}",
            limit=f"{limits.max_markup / MEGABYTE:.0f}",
        )
    blocks, metadata = _converted(prepared, limits)
    if not any(block.text.strip() for block in blocks):
        return _failed(path, "no_text")
    return Extraction(blocks=blocks, metadata=metadata, reader="pandoc")


def _reader(kind: str) -> Callable[[Path], Prepared | None]:
    """What makes a file of this format ready; None from it means that it says nothing."""
    if kind == "docx":
        from kb.extract.markup.docx import prepared_docx

        return prepared_docx
    if kind == "odt":
        from kb.extract.markup.odt import prepared_odt

        return prepared_odt
    if kind == "epub":
        from kb.extract.markup.epub import prepared_epub

        return prepared_epub
    if kind == "html":
        from kb.extract.markup.web_page import prepared_page

        return prepared_page
    from kb.extract.markup.markdown import prepared_markdown

    return prepared_markdown


def _converted(
    prepared: Prepared, limits: Limits
) -> tuple[tuple[Block, ...], dict[str, Any]]:
    """The blocks of a file with those of the files inserted in it, and its metadata."""
    tree = pandoc_tree(prepared.data, prepared.kind, limits)
    walk = Walk(numbered=prepared.numbered_pages, set_apart=prepared.notes)
    for insert in prepared.inserts[:_MOST_INSERTS]:
        walk.inserts.append(_converted(insert, limits)[0])
    walk.through(tree)
    return tuple(walk.blocks), {**prepared.metadata, **metadata_of_tree(tree)}


def _failed(path: Path, code: str, **values: object) -> Extraction:
    problem = Problem(path.name, code, values=values, severity="error")
    return Extraction(problems=(problem,), reader="pandoc")
