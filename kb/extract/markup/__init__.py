"""Formats that know their own structure (DOCX, ODT, EPUB, HTML, Markdown), through pandoc in its sandbox."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from kb.extract.archive import archive_problem
from kb.extract.limits import MEGABYTE, Limits
from kb.extract.markup.pandoc_tree import blocks_of_tree, metadata_of_tree
from kb.records import Extraction, Problem

_FORMATS = {
    "docx": "docx", "odt": "odt", "epub": "epub", "html": "html-smart-tex_math_dollars",
    "markdown": "markdown-smart-tex_math_dollars-fancy_lists+lists_without_preceding_blankline",
}  # fmt: skip
_ZIPPED = ("docx", "odt", "epub")


def read_markup(kind: str, path: Path, limits: Limits) -> Extraction:
    """Blocks in reading order, notes after the paragraph that has their mark. Raises OSError."""
    if kind in _ZIPPED and (problem := archive_problem(path, limits)) is not None:
        return Extraction(problems=(problem,), reader="pandoc")
    metadata: dict[str, Any] = {}
    problems: list[Problem] = []
    data = path.read_bytes()
    if kind == "html":
        from kb.extract.markup.web_page import main_content

        try:
            content, metadata = main_content(data, _encoding(data))
        except ValueError:
            return _failed(path, "no_text")
        data = content.encode()
    elif kind == "markdown":
        from kb.extract.plain_text import clean, decode

        data = clean(decode(data)[0]).replace("\f", "\n\n").encode()
    elif kind == "docx":
        from kb.extract.markup.office import with_page_marks

        data, metadata = with_page_marks(path)
    elif kind == "odt":
        from kb.extract.markup.office import odt_properties

        metadata = odt_properties(path)
    if kind not in _ZIPPED and len(data) > limits.max_markup:
        return _failed(
            path,
            "markup_too_large",
            size=f"{len(data) / MEGABYTE:.0f}",
            limit=f"{limits.max_markup / MEGABYTE:.0f}",
        )
    return _converted(kind, path, data, metadata, limits, problems)


def _converted(
    kind: str,
    path: Path,
    data: bytes,
    metadata: dict[str, Any],
    limits: Limits,
    problems: list[Problem],
) -> Extraction:
    try:
        tree = pandoc_tree(data, _FORMATS[kind], limits)
    except subprocess.TimeoutExpired:
        return _failed(path, "reader_timeout", seconds=f"{limits.seconds:.0f}")
    except subprocess.CalledProcessError as error:
        return (
            _failed(path, "reader_memory", limit=limits.memory_mb)
            if error.returncode in (251, -9)
            else _failed(path, "format_damaged", format=kind)
        )
    except ValueError:
        return _failed(path, "format_damaged", format=kind)
    blocks = blocks_of_tree(
        tree, numbered_pages=bool(metadata.pop("numbered_pages", False))
    )
    if not any(block.text.strip() for block in blocks):
        return _failed(path, "no_text")
    return Extraction(
        blocks=blocks,
        metadata={**metadata, **metadata_of_tree(tree)},
        problems=tuple(problems),
        reader="pandoc",
    )


def _failed(path: Path, code: str, **values: object) -> Extraction:
    return Extraction(
        problems=(Problem(path.name, code, values=values, severity="error"),),
        reader="pandoc",
    )


def _encoding(data: bytes) -> str | None:
    """What an HTML page is in: UTF-8 when it is valid UTF-8, else what the page declares, else the likeliest."""
    from kb.extract.plain_text import declared_encoding, decode

    if declared_encoding(data) is not None and not _is_utf8(data):
        return None
    return decode(data[:2_000_000])[1].replace("-sig", "")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def pandoc_path() -> str:
    """The pandoc that the wheel brings, or the one on the path. Raises OSError when there is none."""
    import pypandoc

    bundled = Path(pypandoc.__file__).parent / "files" / "pandoc"
    for candidate in (bundled, bundled.with_suffix(".exe")):
        if candidate.is_file():
            return str(candidate)
    return str(pypandoc.get_pandoc_path())


def pandoc_tree(data: bytes, source: str, limits: Limits) -> dict[str, Any]:
    """Pandoc's JSON tree of `data`. Raises TimeoutExpired, CalledProcessError (251: out of memory), ValueError."""
    memory = max(256, min(limits.memory_mb, 1536))
    command = [
        pandoc_path(),
        "+RTS",
        f"-M{memory}m",
        "-RTS",
        "--sandbox",
        "--from",
        source,
        "--to",
        "json",
    ]
    seconds = max(5.0, 0.8 * limits.seconds)
    done = subprocess.run(
        command, input=data, capture_output=True, timeout=seconds, check=True
    )
    tree: dict[str, Any] = json.loads(done.stdout)
    return tree
