"""All human work of a corpus in one file, and back.

Sources, records, decisions, frameworks, accounts: what stands in the corpus folder. An
index is not kept: `kb build` makes it from them.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

import msgspec

from kb.errors import (
    BadBackupError,
    NoCorpusError,
    NotEmptyError,
)

MANIFEST = "backup.json"
_FORMAT = 1
_FOLDER = "corpus/"  # what stands in the archive below it is the corpus folder
_SOURCES = "sources"
_DAMAGE = (  # what the library raises over an archive with flipped bits
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
_BLOCK = 1_048_576  # bytes read at once
_OWNER_ONLY = 0o600  # accounts are among the files


class Saved(msgspec.Struct, frozen=True):
    """A file of a backup: its name below the corpus folder, size and checksum."""

    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What a backup holds."""

    format: int
    files: tuple[Saved, ...]


class Kept(NamedTuple):
    """What was written or put back: files, and their bytes before packing."""

    files: int
    size: int


def back_up(corpus_dir: Path, target: Path, sources: bool = True) -> Kept:
    """Pack the corpus folder into one file, which only its owner may read.

    Args:
        corpus_dir: the folder; links and files that are not regular stay behind.
        target: where the archive comes; one that is there is replaced when all is well.
        sources: whether the documents themselves are packed too.

    Raises:
        NoCorpusError: there is no such folder.
        OSError: a file cannot be read, or the target not be written; an earlier backup
            of that name is as it was.
    """
    if not corpus_dir.is_dir():
        raise NoCorpusError(path=corpus_dir)
    target.parent.mkdir(parents=True, exist_ok=True)
    paths = list(_files(corpus_dir, sources))
    handle, name = tempfile.mkstemp(prefix=".backup", dir=target.parent)
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            kept = _pack(corpus_dir, out, paths)
            out.flush()
            os.fsync(out.fileno())
        os.replace(aside, target)
    finally:
        aside.unlink(missing_ok=True)
    return kept


def _pack(corpus_dir: Path, out: IO[bytes], paths: Iterable[Path]) -> Kept:
    saved = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in paths:
            name = path.relative_to(corpus_dir).as_posix()
            saved.append(_add(archive, path, name))
        manifest = Manifest(_FORMAT, tuple(saved))
        archive.writestr(MANIFEST, msgspec.json.encode(manifest))
    return Kept(len(saved), sum(file.size for file in saved))


def _files(corpus_dir: Path, sources: bool) -> Iterator[Path]:
    for root, folders, names in os.walk(corpus_dir):
        folders.sort()
        if not sources and Path(root) == corpus_dir and _SOURCES in folders:
            folders.remove(_SOURCES)
        for name in sorted(names):
            path = Path(root) / name
            if path.is_file() and not path.is_symlink():
                yield path


def _add(archive: zipfile.ZipFile, path: Path, name: str) -> Saved:
    digest, size = hashlib.sha256(), 0
    with (
        path.open("rb") as source,
        archive.open(_FOLDER + name, "w", force_zip64=True) as packed,
    ):
        while block := source.read(_BLOCK):
            digest.update(block)
            packed.write(block)
            size += len(block)
    return Saved(name, size, digest.hexdigest())


def restore(archive: Path, corpus_dir: Path) -> Kept:
    """Put a backup back as a corpus folder, whole or not at all.

    Args:
        archive: a file that `back_up` made.
        corpus_dir: a folder that does not exist yet, or is empty.

    Raises:
        BadBackupError: it is no backup, or a file in it is damaged or missing.
        NotEmptyError: something stands in the folder; nothing in it was touched.
        OSError: the disk is full or read-only.
    """
    if corpus_dir.exists() and any(corpus_dir.iterdir()):
        raise NotEmptyError(path=corpus_dir)
    parent = corpus_dir.absolute().parent
    parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".restore", dir=parent))
    try:
        kept = _unpack(archive, aside)
        if corpus_dir.is_dir():
            corpus_dir.rmdir()
        aside.chmod(0o755)
        os.replace(aside, corpus_dir)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return kept


def _unpack(archive: Path, folder: Path) -> Kept:
    """Every file that the manifest names, compared with its checksum."""
    try:
        with zipfile.ZipFile(archive) as opened:
            manifest = _manifest(opened, archive)
            for file in manifest.files:
                _extract(opened, file, folder, archive)
    except _DAMAGE as error:
        raise BadBackupError(path=archive, detail=error) from None
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        # A place before the beginning of the archive, which a damaged one may name.
        raise BadBackupError(path=archive, detail=error) from None
    size = sum(file.size for file in manifest.files)
    return Kept(len(manifest.files), size)


def _manifest(opened: zipfile.ZipFile, archive: Path) -> Manifest:
    try:
        manifest = msgspec.json.decode(opened.read(MANIFEST), type=Manifest)
    except (KeyError, msgspec.DecodeError):
        raise BadBackupError(path=archive, detail=MANIFEST) from None
    if manifest.format != _FORMAT:
        raise BadBackupError(path=archive, detail=f"{MANIFEST}: format")
    return manifest


def _extract(
    opened: zipfile.ZipFile, file: Saved, folder: Path, archive: Path
) -> None:
    """One file to its place below `folder`, no more bytes than the manifest tells."""
    damaged = BadBackupError(path=archive, detail=file.name)
    if not _stays_below(file.name):
        raise damaged
    target = folder / file.name
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, left = hashlib.sha256(), file.size
    try:
        with opened.open(_FOLDER + file.name) as packed:
            descriptor = os.open(
                target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY
            )
            with os.fdopen(descriptor, "wb") as out:
                while left >= 0 and (block := packed.read(_BLOCK)):
                    left -= len(block)
                    digest.update(block)
                    out.write(block)
    except KeyError:
        raise damaged from None
    if left or digest.hexdigest() != file.sha256:
        raise damaged


def _stays_below(name: str) -> bool:
    r"""Whether a name of an archive is a place below the folder it is unpacked in.

    >>> _stays_below("sources/nota.pdf"), _stays_below("../nota.pdf")
    (True, False)
    """
    path = PurePosixPath(name)
    is_odd = path.is_absolute() or ".." in path.parts or "\\" in name
    return bool(name) and not is_odd
