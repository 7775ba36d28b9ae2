"""What was read before and has not changed: results kept by the content of the file and the version of the readers."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import zlib
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from kb.extract.limits import Limits

Result = TypeVar("Result")

_ROOMS = (
    "dutch",
    "extract",
    "structure",
    "passages",
)  # whatever these do shows in a reading
_LIBRARIES = ("pypdfium2", "pdfplumber", "pypandoc-binary", "lxml", "wordfreq")


@cache
def reader_version() -> str:
    """Changes with every change of the readers, their data and the libraries they stand on."""
    root = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for room in _ROOMS:
        for path in sorted((root / room).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.name.encode() + path.read_bytes())
    digest.update((root / "records.py").read_bytes())
    for library in _LIBRARIES:
        with contextlib.suppress(metadata.PackageNotFoundError):
            digest.update(metadata.version(library).encode())
    return digest.hexdigest()[:16]


class ReadingCache(Generic[Result]):
    """A folder with one compressed file for each result of class `record`. A damaged one counts as absent."""

    def __init__(self, folder: Path, record: type[Result]) -> None:
        self.folder = folder
        self.record = record
        folder.mkdir(parents=True, exist_ok=True)

    def key(self, path: Path, limits: Limits) -> str:
        """Content, extension, limits that change the result, readers and OCR programs in one digest. Raises OSError."""
        with path.open("rb") as handle:
            content = hashlib.file_digest(handle, "sha256").hexdigest()
        tools = [
            bool(limits.ocr and shutil.which(name))
            for name in ("ocrmypdf", "tesseract")
        ]
        bounds = (
            limits.max_bytes,
            limits.max_pages,
            limits.max_markup,
            limits.max_characters,
        )
        own = (
            content,
            path.name,
            reader_version(),
            tools,
            bounds,
            self.record.__qualname__,
        )
        return hashlib.sha256(repr(own).encode()).hexdigest()[:40]

    def get(self, key: str) -> Result | None:
        """The result kept under `key`, or None."""
        try:
            return msgspec.msgpack.decode(
                zlib.decompress(self._file(key).read_bytes()), type=self.record
            )
        except (OSError, zlib.error, msgspec.DecodeError):
            return None

    def put(self, key: str, result: Result) -> None:
        """Keep a result; a full disk only means that it is read again next time."""
        packed = zlib.compress(msgspec.msgpack.encode(result), 1)
        aside = self.folder / f"{key}.{os.getpid()}.part"
        try:
            aside.write_bytes(packed)
            os.replace(aside, self._file(key))
        except OSError:
            with contextlib.suppress(OSError):
                aside.unlink(missing_ok=True)

    def keep_only(self, keys: set[str]) -> None:
        """Remove what no source of now asks for."""
        for path in self.folder.glob("*.reading"):
            if path.stem not in keys:
                path.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}.reading"
