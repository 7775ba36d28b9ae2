"""A document that a curator adds: taken in, built by the same build, told how it went.

The file goes where all sources are, under a name of our own making; its record is decided
like any other. A build of its own process then reads it within the limits of every build.
What that build cannot read is taken out again, and the reason is kept beside its number.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import msgspec

from kb.corpus.sources import SOURCES, SUFFIXES, fingerprint_of, slug_of
from kb.curation import FILE, Log, new_event
from kb.errors import KbError, problem_sentence
from kb.generations import open_store
from kb.settings import Settings
from kb.whole_files import write_whole

FOLDER = "uploads"  # in the index: how each went
ASIDE = ".uploads"  # in the corpus, the same disk as sources/: what is being received
_PIECE = 1 << 20
_LONGEST_STEM = 60
TRIES, PAUSE = 120, 1.0  # seconds that one build waits for another
KEPT = 50  # that are still told of
NICENESS = 10  # of a build that the site begins, as in docs/operating/kb-build.service
WAITING, BUILDING, DONE, FAILED = "waiting", "building", "done", "failed"
UNDER_WAY = (WAITING, BUILDING)
_ONE_BUILD = (
    threading.Lock()
)  # of this process: what is handed in meanwhile waits
LONGEST_TRANSFER = (
    3_600  # seconds; what is older was left by a server that was killed
)


class UploadFormatError(KbError):
    code, status = "upload_format", 415


class UploadEmptyError(KbError):
    code, status = "upload_empty", 400


class UploadTooLargeError(KbError):
    code, status = "upload_too_large", 413


class UploadKnownError(KbError):
    """The same file is in the corpus already."""

    code, status = "upload_known", 409


class Upload(msgspec.Struct, frozen=True):
    """How one document fares; `told` is a sentence where it failed."""

    id: str
    key: str
    file: str
    by: str
    began: float
    state: str = WAITING
    told: str = ""
    ended: float = 0.0


def receive(
    settings: Settings,
    stream: IO[bytes],
    name: str,
    record: Mapping[str, Any],
    by: str,
) -> Upload:
    """Take a file in, with what was typed of its record.

    Args:
        settings: where corpus and index are, and how large a file may be.
        stream: what was sent.
        name: as the sender calls it; only its letters and its ending count.
        record: CSL by field; what is left out the file may say itself.
        by: the curator.

    Raises:
        UploadFormatError, UploadEmptyError, UploadTooLargeError, UploadKnownError: what
            is wrong with it; nothing was kept.
        OSError: the disk is full.
    """
    plain = name.replace("\\", "/").rsplit("/", 1)[-1]
    stem, _dot, ending = plain.rpartition(".")
    suffix = f".{ending.lower()}"
    if suffix not in SUFFIXES or not stem:
        known = ", ".join(one[1:] for one in SUFFIXES)
        raise UploadFormatError(name=plain[:80], known=known)
    folder = settings.corpus_dir / ASIDE
    folder.mkdir(parents=True, exist_ok=True)
    id = secrets.token_hex(8)
    aside = folder / f"{id}.part"
    try:
        _copy(stream, aside, settings.upload_mb)
        _refuse_known(settings, aside, plain)
        target = _free(settings, slug_of(stem[:_LONGEST_STEM]), suffix)
        os.replace(aside, target)
    finally:
        aside.unlink(missing_ok=True)
    found = Upload(id, target.stem, target.name, by, time.time())
    _decide(settings, found, target, record)
    _keep(settings, found)
    return found


def _copy(stream: IO[bytes], path: Path, most_mb: int) -> None:
    size = 0
    with path.open("xb") as file:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > most_mb * 1_000_000:
                raise UploadTooLargeError(max=most_mb)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    if not size:
        raise UploadEmptyError()


def _refuse_known(settings: Settings, path: Path, name: str) -> None:
    """Raises UploadKnownError: a file of the same size says the same."""
    size, own = path.stat().st_size, fingerprint_of(path)
    for other in (settings.corpus_dir / SOURCES).rglob("*"):
        same_size = other.is_file() and other.stat().st_size == size
        if same_size and fingerprint_of(other) == own:
            raise UploadKnownError(name=name[:80], file=other.name)


def _free(settings: Settings, stem: str, suffix: str) -> Path:
    """A name in sources/ that no file and no document has."""
    folder = settings.corpus_dir / SOURCES
    taken = {path.stem.lower() for path in folder.rglob("*")}
    with contextlib.suppress(KbError):
        store = open_store(settings)
        taken |= {id.lower() for id in store.document_ids()}
        store.close()
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return folder / f"{name}{suffix}"


def _decide(
    settings: Settings,
    upload: Upload,
    path: Path,
    record: Mapping[str, Any],
) -> None:
    """The log remembers who added what, and its record."""
    said = {"file": upload.file, "sha256": fingerprint_of(path)}
    events = [new_event("source", upload.key, said, by=upload.by)]
    events += [
        new_event("record", upload.key, value, by=upload.by, field=field)
        for field, value in record.items()
        if value not in ("", [], None)
    ]
    Log(settings.corpus_dir / FILE).add(events)


def uploads(settings: Settings) -> list[Upload]:
    """How the last uploads fare, newest first."""
    folder = settings.index_dir / FOLDER
    found = []
    for path in folder.glob("*.json") if folder.is_dir() else ():
        with contextlib.suppress(OSError, msgspec.DecodeError):
            found.append(msgspec.json.decode(path.read_bytes(), type=Upload))
    found.sort(key=lambda upload: -upload.began)
    return found[:KEPT]


def _keep(settings: Settings, upload: Upload) -> None:
    folder = settings.index_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / f"{upload.id}.json", msgspec.json.encode(upload))


def start(settings: Settings, upload: Upload) -> threading.Thread:
    """Build with it, meanwhile."""
    made = threading.Thread(target=build_with, args=(settings, upload))
    made.daemon = True
    made.start()
    return made


def resume(settings: Settings) -> list[threading.Thread]:
    """Go on with what was under way when the site was stopped or killed."""
    for part in (settings.corpus_dir / ASIDE).glob("*.part"):
        if time.time() - part.stat().st_mtime > LONGEST_TRANSFER:
            part.unlink(missing_ok=True)
    return [
        start(settings, upload)
        for upload in uploads(settings)
        if upload.state in UNDER_WAY
    ]


def _ended(settings: Settings, id: str) -> Upload | None:
    """How it went, where another process of the site has told that already."""
    known = {upload.id: upload for upload in uploads(settings)}
    found = known.get(id)
    return None if found is None or found.state in UNDER_WAY else found


def build_with(settings: Settings, upload: Upload) -> Upload:
    """Build, and say how it went with this document."""
    if other := _ended(settings, upload.id):
        return other
    with _ONE_BUILD:
        _keep(settings, msgspec.structs.replace(upload, state=BUILDING))
        failed = None if _is_shown(settings, upload) else _built(settings)
    if other := _ended(settings, upload.id):
        return other
    told = failed or _told(settings, upload.key)
    if told is None:
        state = DONE
    else:
        state = FAILED
        path = settings.corpus_dir / SOURCES / upload.file
        path.unlink(missing_ok=True)
        _take_back(settings, upload)
    ended = msgspec.structs.replace(
        upload, state=state, told=told or "", ended=time.time()
    )
    _keep(settings, ended)
    return ended


def _is_shown(settings: Settings, upload: Upload) -> bool:
    """Whether a build for another document has taken this one in too."""
    try:
        return _told(settings, upload.key) is None
    except KbError:
        return False  # there is no index yet


def _built(settings: Settings) -> str | None:
    """Build in a process of its own; what went wrong, or None.

    While another build runs, this one waits for its turn.
    """
    command = [sys.executable, "-m", "kb", "--lang", settings.language]
    command += ["build", "--corpus", str(settings.corpus_dir)]
    command += ["--index", str(settings.index_dir)]
    for _ in range(TRIES):
        done = subprocess.run(
            gently(command), capture_output=True, text=True, check=False
        )
        if done.returncode == 0:
            return None
        if not _is_running(settings):
            break
        time.sleep(PAUSE)
    lines = done.stderr.strip().splitlines()
    return lines[-1] if lines else str(done.returncode)


def gently(command: Sequence[str]) -> list[str]:
    """The same command, behind the readers of the site: for the processor and for the disk.

    Linux gives a process of little haste little of the disk too.
    """
    nice = shutil.which("nice")
    return [nice, "-n", str(NICENESS), *command] if nice else [*command]


def _is_running(settings: Settings) -> bool:
    """Whether another process builds here."""
    from kb.errors import BuildRunningError
    from kb.pipeline.lock import only_builder

    try:
        with only_builder(settings.index_dir):
            return False
    except BuildRunningError:
        return True


def _told(settings: Settings, key: str) -> str | None:
    """Why a document is not in the index; None where it is."""
    store = open_store(settings)
    try:
        if key in store.document_ids():
            return None
        problems = store.problems(key)
    finally:
        store.close()
    grave = [p for p in problems if p.severity == "error"] or problems
    if not grave:
        return key
    return problem_sentence(grave[0], settings.language)


def _take_back(settings: Settings, upload: Upload) -> None:
    """What was decided on a document that could not be read holds no more."""
    log = Log(settings.corpus_dir / FILE)
    state = log.follow()
    events = [
        state.undoing(event.id, upload.by)
        for event in state.history(upload.key)
        if event.kind in ("source", "record") and state.holds(event)
    ]
    log.add(events)
