"""Segments of a Tantivy index, each written by itself and moved to where they all are.

Tantivy merges segments from eight on. An index of one segment has nothing to merge; no writer is
opened on the index that holds them all: its `meta.json` is written here.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import tantivy

from kb.search.engines import VALUES, EntriesOf
from kb.search.index.memory import give_back

PLACE_BITS = (
    20  # of a key: the number of a passage in its document, up to a million
)
KEY = "key"

Segment = dict[str, Any]  # as Tantivy describes it in `meta.json`
Parts = dict[str, list[Segment]]

_META = "meta.json"
_ASIDE = "aside"
_TOKENIZER = "kb_space"
_HEAP = 512_000_000  # a group of some 150,000 passages is still one segment


def schema() -> Any:
    """The fields of an index: tokens of ours with their frequencies, and exact values."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(
        "body", tokenizer_name=_TOKENIZER, index_option="position"
    )
    for name in ("parts", "section", "title"):
        builder.add_text_field(
            name, tokenizer_name=_TOKENIZER, index_option="freq"
        )
    for name in VALUES:
        builder.add_text_field(
            name, tokenizer_name="raw", index_option="basic", fast=True
        )
    builder.add_integer_field(KEY, fast=True)
    return builder.build()


def opened(folder: Path) -> Any:
    """An index in a folder; raises ValueError where there is none."""
    return _with_tokenizer(tantivy.Index.open(str(folder)))


def written(
    folder: Path,
    members: Sequence[str],
    entries_of: EntriesOf,
    keys: dict[str, int],
) -> list[Segment]:
    """The passages of some documents, written into a folder as one segment."""
    aside = folder / _ASIDE
    aside.mkdir()
    index = _with_tokenizer(tantivy.Index(schema(), path=str(aside)))
    _write_segment(index, members, entries_of, keys)
    return _taken_over(aside, folder)


def without(
    folder: Path, segments: list[Segment], documents: Iterable[str]
) -> list[Segment]:
    """Delete documents from segments; an index by themselves has nothing to merge them with."""
    aside = folder / _ASIDE
    aside.mkdir()
    shutil.copyfile(folder / _META, aside / _META)
    link(folder, aside, segments)
    name_all(aside, {"": segments})
    for segment in segments:
        for path in _files_of(folder, segment):
            path.unlink()
    writer = opened(aside).writer(_HEAP, 1)
    for document in documents:
        writer.delete_documents_by_term("document", document)
    writer.commit()
    writer.wait_merging_threads()
    return _taken_over(aside, folder)


def link(source: Path, target: Path, segments: list[Segment]) -> None:
    """Link the files of segments into another folder."""
    for segment in segments:
        for path in _files_of(source, segment):
            try:
                os.link(path, target / path.name)
            except OSError:  # another disk, or one without links
                shutil.copyfile(path, target / path.name)


def name_all(folder: Path, parts: Parts) -> None:
    """Have an index know the segments of its parts, and no others."""
    meta = read(folder / _META)
    segments = [one for name in sorted(parts) for one in parts[name]]
    deletes = [one["deletes"] for one in segments if one["deletes"]]
    stamps = [deleted["opstamp"] for deleted in deletes]
    meta["segments"] = segments
    meta["opstamp"] = max([meta["opstamp"], *stamps])
    save(folder / _META, meta)


def read(path: Path) -> dict[str, Any]:
    """What a file of an index tells; nothing when it cannot be read."""
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told


def save(path: Path, told: dict[str, Any]) -> None:
    path.write_text(json.dumps(told), encoding="utf-8")


def as_os_error(error: ValueError) -> OSError:
    """What Tantivy could not write, as the system says it."""
    told = re.search(r"os error (\d+)", str(error))
    if told is None:
        return OSError(errno.EIO, str(error))
    number = int(told[1])
    return OSError(number, os.strerror(number))


def _write_segment(
    index: Any,
    members: Sequence[str],
    entries_of: EntriesOf,
    keys: dict[str, int],
) -> None:
    """Add the passages of some documents as one segment."""
    if not members:
        return
    writer = index.writer(_HEAP, 1)
    for document in members:
        base = keys[document] << PLACE_BITS
        for entry in entries_of(document):
            values = entry._asdict()
            del values["kept"]
            values[KEY] = base + values.pop("place")
            values["theme"] = list(entry.theme)
            values["municipality"] = list(entry.municipality)
            for name in ("figures", "alike"):
                values[name] = [values[name]] if values[name] else []
            writer.add_document(tantivy.Document(document=document, **values))
    writer.commit()
    writer.wait_merging_threads()
    give_back()


def _taken_over(aside: Path, folder: Path) -> list[Segment]:
    """Move the files of an index aside into a folder; its segments."""
    segments: list[Segment] = read(aside / _META)["segments"]
    for segment in segments:
        for path in _files_of(aside, segment):
            path.rename(folder / path.name)
    shutil.rmtree(aside)
    return segments


def _files_of(folder: Path, segment: Segment) -> list[Path]:
    """The files of a segment; of those that tell what is deleted, the last."""
    name = segment["segment_id"].replace("-", "")
    deletes = segment["deletes"]
    valid = f"{name}.{deletes['opstamp']}.del" if deletes else ""
    return [
        path
        for path in sorted(folder.glob(f"{name}.*"))
        if path.suffix != ".del" or path.name == valid
    ]


def _with_tokenizer(index: Any) -> Any:
    """A tokenizer is not kept in the index: it must be registered after every opening."""
    spaces = tantivy.TextAnalyzerBuilder(
        tantivy.Tokenizer.whitespace()
    ).build()
    index.register_tokenizer(_TOKENIZER, spaces)
    return index
