"""What a repository has, into the corpus: records once each, and their files.

After every page all that came is on the disk, with where to go on: a harvest that is broken
off goes on from there, and a later one asks only for what changed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from kb.bibliography import read_literature
from kb.bibliography.bibtex_to_csl import bib_to_csl
from kb.corpus.fetch.dublin_core import (
    csl_of,
    files_of,
    identifiers_of,
    isbn_of,
)
from kb.corpus.fetch.repository import Page, Record, Repository
from kb.corpus.record_files import HARVEST, read_records
from kb.dutch.fold import fold
from kb.errors import InputFileError, RepositoryRefusedError
from kb.records import Csl
from kb.whole_files import write_whole

LITERATURE = (
    "literature.harvest.json"  # records without a file that kb can read
)
STATE = "harvest.state.json"
FOLDER = "harvest"  # below sources/
_MEGABYTE = 1_000_000
_LONGEST_KEY = 40
OnPage = Callable[["Counts"], None]


@dataclass(slots=True)
class Counts:
    """What a harvest did so far."""

    records: int = 0
    new: int = 0
    changed: int = 0
    known: int = 0  # the corpus has them already, from elsewhere
    deleted: int = 0
    files: int = 0
    problems: list[str] = field(default_factory=list)


class Place(msgspec.Struct):
    """Where the harvest of one set of one repository is."""

    token: str = ""
    until: str = ""  # the latest change that was seen
    done_until: str = ""  # of the last harvest that came to its end


class Harvested(msgspec.Struct):
    """A record that came from a repository."""

    csl: dict[str, Any]
    urn: str = ""
    file: str = ""


class State(msgspec.Struct):
    """All that was harvested, by repository and identifier there."""

    places: dict[str, Place] = {}
    records: dict[str, Harvested] = {}


def harvest(
    repository: Repository,
    corpus_dir: Path,
    set_: str | None = None,
    since: str | None = None,
    most_mb: int = 200,
    on_page: OnPage = lambda counts: None,
) -> Counts:
    """Harvest a repository into a corpus.

    Args:
        repository: asked page by page.
        corpus_dir: where records and files go.
        set_: only this set.
        since: only what changed since this day; by default since the last harvest.
        most_mb: a larger file is left.
        on_page: told after every page.

    Raises:
        RepositoryAwayError, RepositoryRefusedError: what came before is kept.
        InputFileError: what was kept of a harvest before cannot be read.
    """
    corpus_dir.mkdir(parents=True, exist_ok=True)
    state = _state_of(corpus_dir)
    place = state.places.setdefault(
        f"{repository.endpoint} {set_ or ''}", Place()
    )
    known = _Known(corpus_dir, state)
    counts = Counts()
    asked = since or place.done_until[:10] or None
    for page in _pages(repository, place, set_, asked):
        for record in page.records:
            _take(
                record, repository, corpus_dir, state, known, counts, most_mb
            )
            place.until = max(place.until, record.changed)
        place.token = page.token
        if not page.token:
            place.done_until = place.until
        _save(corpus_dir, state)
        on_page(counts)
    return counts


def _pages(
    repository: Repository, place: Place, set_: str | None, since: str | None
) -> Iterable[Page]:
    """Pages from where the last harvest was broken off, else from the beginning."""
    if place.token:
        token, place.token = place.token, ""
        try:
            yield from repository.pages(token=token)
        except RepositoryRefusedError as error:
            if "BadResumptionToken" not in str(error):
                raise
        else:
            return
    yield from repository.pages(set_, since)


def _take(
    record: Record,
    repository: Repository,
    corpus_dir: Path,
    state: State,
    known: _Known,
    counts: Counts,
    most_mb: int,
) -> None:
    """Take in one record, unless the corpus has it from elsewhere."""
    counts.records += 1
    at = f"{repository.endpoint} {record.identifier}"
    before = state.records.get(at)
    if record.deleted:
        counts.deleted += before is not None
        state.records.pop(at, None)
        return
    csl = dict(csl_of(record.fields))
    urn = identifiers_of(record.fields).get("URN", "")
    if not csl.get("title"):
        counts.problems.append(f"{record.identifier}: title?")
        return
    if before is None and known.has(csl, urn):
        counts.known += 1
        return
    csl["id"] = before.csl["id"] if before else known.key_for(csl, at)
    file = before.file if before else ""
    if not file:
        file = _fetched(
            record, csl["id"], repository, corpus_dir, counts, most_mb
        )
    now = Harvested(csl, urn, file)
    counts.new += before is None
    counts.changed += before is not None and before != now
    state.records[at] = now
    known.add(csl, urn)


def _fetched(
    record: Record,
    key: str,
    repository: Repository,
    corpus_dir: Path,
    counts: Counts,
    most_mb: int,
) -> str:
    """The name, below sources/, of the first file that could be fetched; else nothing."""
    for url in files_of(record.fields):
        suffix = Path(url.partition("?")[0]).suffix.lower()
        name = f"{FOLDER}/{key}{suffix}"
        target = corpus_dir / "sources" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            repository.download(url, target, most_mb * _MEGABYTE)
        except RepositoryRefusedError as error:
            counts.problems.append(f"{record.identifier}: {error.sentence()}")
            continue
        counts.files += 1
        return name
    return ""


class _Known:
    """What marks out the works that the corpus has: identifiers, and title with year."""

    def __init__(self, corpus_dir: Path, state: State) -> None:
        self._marks: set[str] = set()
        self._keys: set[str] = set()
        for entry in read_records(corpus_dir)[0]:
            csl = bib_to_csl(entry)
            self._keys.add(entry.key)
            self.add(csl, str(entry.fields.get("urn", "")))
        for suffix in ("bib", "ris", "json"):
            path = corpus_dir / f"literature.{suffix}"
            if path.is_file():
                for csl in read_literature(path)[0]:
                    self._keys.add(str(csl.get("id", "")))
                    self.add(csl, "")
        for held in state.records.values():
            self._keys.add(held.csl["id"])
            self.add(held.csl, held.urn)

    def has(self, csl: Csl, urn: str) -> bool:
        """Whether the corpus has this work."""
        return not self._marks.isdisjoint(_marks(csl, urn))

    def add(self, csl: Csl, urn: str) -> None:
        """The corpus has this work now."""
        self._marks.update(_marks(csl, urn))

    def key_for(self, csl: Csl, at: str) -> str:
        """A citekey that nothing else has, the same in every harvest."""
        people = csl.get("author") or csl.get("editor") or [{}]
        name = str(people[0].get("family") or people[0].get("literal") or "")
        year = _year(csl)
        word = next(
            iter(re.findall(r"[a-z]{4,}", fold(str(csl["title"])))), ""
        )
        key = re.sub(r"[^a-z0-9]", "", f"{fold(name)}{year}{word}")
        key = key[:_LONGEST_KEY] or "bron"
        if key in self._keys:
            key = f"{key}-{hashlib.sha256(at.encode()).hexdigest()[:6]}"
        self._keys.add(key)
        return key


def _marks(csl: Csl, urn: str) -> list[str]:
    """What tells a work from all others, each by itself."""
    found = []
    doi = str(csl.get("DOI", "")).lower().removeprefix("https://doi.org/")
    if doi:
        found.append(f"doi {doi}")
    if urn:
        found.append(f"urn {urn.lower()}")
    isbn = isbn_of(str(csl.get("ISBN", "")))
    # A chapter has the ISBN of its book.
    if isbn and csl.get("type") != "chapter":
        found.append(f"isbn {isbn}")
    words = re.findall(r"[a-z0-9]+", fold(str(csl.get("title", ""))))
    if words:
        found.append(f"title {' '.join(words)} {_year(csl)}")
    return found


def _year(csl: Csl) -> str:
    issued = csl.get("issued") or {}
    parts = issued.get("date-parts") or [[""]]
    return str(parts[0][0]) if parts[0] else ""


def _state_of(corpus_dir: Path) -> State:
    path = corpus_dir / STATE
    if not path.is_file():
        return State()
    try:
        return msgspec.json.decode(path.read_bytes(), type=State)
    except msgspec.MsgspecError as error:
        raise InputFileError(path=path, line=1, reason=str(error)) from None


def _save(corpus_dir: Path, state: State) -> None:
    """Write records with a file, those without, and where to go on; the last comes last."""
    held = sorted(state.records.values(), key=lambda one: one.csl["id"])
    with_file = [{**one.csl, "file": one.file} for one in held if one.file]
    without = [one.csl for one in held if not one.file]
    write_whole(corpus_dir / HARVEST, _pretty(with_file).encode())
    write_whole(corpus_dir / LITERATURE, _pretty(without).encode())
    write_whole(corpus_dir / STATE, msgspec.json.encode(state))


def _pretty(records: list[dict[str, Any]]) -> str:
    return json.dumps(records, ensure_ascii=False, indent=1) + "\n"
