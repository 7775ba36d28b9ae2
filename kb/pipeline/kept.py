"""What was made before and has not changed: the products of stages, kept under a key.

A key stands for all that decides a product: the contents it is made of and the version of
the stage. A file that is cut short, flipped or of another version counts as absent.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import uuid
import zlib
from collections.abc import Collection
from pathlib import Path
from typing import Any, TypeVar

import msgspec

Product = TypeVar("Product")
SUFFIX = ".kept"
_WRITER = uuid.uuid4().hex[
    :8
]  # workers of other machines may have the same process id
_QUICK = 1  # zlib level: three times as quick as the usual one, files a tenth larger


class TooLargeError(Exception):
    """A product is too large to be kept."""


class Kept:
    """A folder of products, a folder a stage, a compressed file a product."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def has(self, stage: str, key: str) -> bool:
        """Whether there is a file; only reading it tells whether it is whole."""
        return self._file(stage, key).is_file()

    def get(self, stage: str, key: str, kind: type[Product]) -> Product | None:
        """The product kept under `key`, or None."""
        try:
            packed = zlib.decompress(self._file(stage, key).read_bytes())
            return msgspec.msgpack.decode(packed, type=kind)
        except (OSError, zlib.error, msgspec.DecodeError):
            return None

    def digest(self, stage: str, key: str) -> str:
        """Changes with what the product says; "" where there is no file."""
        try:
            packed = self._file(stage, key).read_bytes()
        except OSError:
            return ""
        return hashlib.sha256(packed).hexdigest()[:40]

    def put(
        self, stage: str, key: str, product: Any, most: int | None = None
    ) -> None:
        """Keep a product.

        Raises:
            TooLargeError: it takes more than `most` bytes before it is packed.
            OSError: the disk is full.
        """
        written = msgspec.msgpack.encode(product)
        if most is not None and len(written) > most:
            raise TooLargeError(stage)
        packed = zlib.compress(written, _QUICK)
        path = self._file(stage, key)
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f"{key}.{_WRITER}.{os.getpid()}.part")
        try:
            aside.write_bytes(packed)
            os.replace(aside, path)
        except OSError:
            with contextlib.suppress(OSError):
                aside.unlink(missing_ok=True)
            raise

    def forget(self, stage: str, key: str) -> None:
        """Remove a product, such as a damaged one."""
        self._file(stage, key).unlink(missing_ok=True)

    def forget_all(self, stage: str) -> int:
        """Remove all products of a stage, and say how many there were."""
        found = list((self.folder / stage).glob(f"*{SUFFIX}"))
        for path in found:
            path.unlink(missing_ok=True)
        return len(found)

    def keep_only(self, stage: str, keys: Collection[str]) -> None:
        """Remove what no document asks for any more, and what a killed build left."""
        for path in (self.folder / stage).glob("*.*"):
            if path.suffix != SUFFIX or path.stem not in keys:
                path.unlink(missing_ok=True)

    def _file(self, stage: str, key: str) -> Path:
        return self.folder / stage / f"{key}{SUFFIX}"
