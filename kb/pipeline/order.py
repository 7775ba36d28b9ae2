"""In what order? From corpus to generation; the only module that knows every room."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from kb import __version__
from kb.corpus import Corpus, Source, document_of, read_corpus
from kb.errors import (
    LANGUAGES,
    BuildRunningError,
    EmptyCorpusError,
    KbError,
    NoCorpusError,
)
from kb.generations import (
    create_store,
    current,
    drop_old_records,
    new_generation,
    open_store,
    publish,
)
from kb.pipeline.reading import Reading, read_all
from kb.records import Citation, Csl, Document, Passage, Problem, Reference, Tag, Work
from kb.settings import Settings
from kb.store import Formatted, Store
from kb.store.schema import FORMAT

if TYPE_CHECKING:
    from kb.citations import Resolved

ENGINE = "engine"
COUNTS = (
    "sources",
    "documents",
    "passages",
    "tags",
    "references",
    "citations",
    "linked",
    "works",
    "problems",
)
SETTINGS_THAT_MATTER = ("engine", "style", "conventions", "ocr", "database_url")


class OnProgress(Protocol):
    """Called with the stage (read, themes, citations, works, index), how far it is, and what it is at."""

    def __call__(self, stage: str, done: int, total: int, what: str = "") -> None: ...


def silent(stage: str, done: int, total: int, what: str = "") -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """The outcome of a build; also kept in the generation as "report"."""

    generation: str
    counts: Mapping[str, int]
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0
    stages: Mapping[str, float] = field(default_factory=dict)
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Built:
    """The records of one document on their way to the store."""

    document: Document
    passages: tuple[Passage, ...]
    reading: Reading


@contextmanager
def _only_builder(index_dir: Path) -> Iterator[None]:
    """One build at a time; the lock ends with the process, however it ends. Raises BuildRunningError."""
    index_dir.mkdir(parents=True, exist_ok=True)
    with (index_dir / ".lock").open("a+", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            handle.seek(0)
            raise BuildRunningError(
                path=index_dir, pid=handle.read().strip() or "?"
            ) from None
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        yield


def _literature_files(corpus_dir: Path) -> list[Path]:
    """Records of works that are cited: BibTeX, RIS or CSL-JSON."""
    return [
        path
        for suffix in ("bib", "ris", "json")
        if (path := corpus_dir / f"literature.{suffix}").is_file()
    ]


def _files_beside(corpus_dir: Path) -> list[Path]:
    """What a build depends on besides sources and their records."""
    return [
        *_literature_files(corpus_dir),
        corpus_dir / "curation.jsonl",
        corpus_dir / "themes-model.json",
        *sorted((corpus_dir / "frameworks").glob("*.y*ml")),
    ]


def program_stamp() -> str:
    """Changes with every change of the program and its data, also in a working copy: sizes and times of its files."""
    root = Path(__file__).parent.parent
    files = sorted(
        p for p in root.rglob("*") if p.is_file() and p.suffix not in (".pyc", ".mo")
    )
    return hashlib.sha256(
        repr(
            [
                (str(p.relative_to(root)), p.stat().st_size, p.stat().st_mtime_ns)
                for p in files
            ]
        ).encode()
    ).hexdigest()


def fingerprint(settings: Settings, sources: Sequence[Source]) -> str:
    """Changes when anything changes that a build depends on: sources, records, data files, program, settings that matter."""
    digest = hashlib.sha256()
    own = (__version__, FORMAT, program_stamp())
    for part in (*own, *(getattr(settings, name) for name in SETTINGS_THAT_MATTER)):
        digest.update(f"{part}\0".encode())
    for source in sources:
        digest.update(
            msgspec.json.encode(
                [
                    source.key,
                    source.name,
                    source.fingerprint,
                    source.size,
                    source.csl,
                    source.bib,
                ]
            )
        )
    for path in _files_beside(settings.corpus_dir):
        digest.update(
            path.name.encode() + (path.read_bytes() if path.is_file() else b"\0")
        )
    return digest.hexdigest()


def _unchanged(settings: Settings, wanted: str) -> BuildReport | None:
    """The report of the current generation when it was built from just this."""
    try:
        generation = current(settings.index_dir)
        store = open_store(settings, generation)
        store.check()
        kept = (
            store.get("report")
            if store.get("fingerprint") == wanted
            and any((generation / ENGINE).glob("*/*"))
            else None
        )
        store.close()
    except KbError:
        return None
    if kept is None:
        return None
    report = msgspec.convert(kept, BuildReport)
    return replace(report, unchanged=True)


def build(
    settings: Settings, on_progress: OnProgress = silent, force: bool = False
) -> BuildReport:
    """Build a generation from the corpus, or say that nothing changed.

    Raises NoCorpusError, EmptyCorpusError, BuildRunningError. Faults of single sources are in the report.
    """
    began = time.perf_counter()
    if not settings.corpus_dir.is_dir():
        raise NoCorpusError(path=settings.corpus_dir)
    with _only_builder(settings.index_dir):
        corpus = read_corpus(settings.corpus_dir, settings.max_file_mb)
        if not corpus.sources:
            raise EmptyCorpusError(path=settings.corpus_dir / "sources")
        wanted = fingerprint(settings, corpus.sources)
        _check_style(settings)
        report = None if force else _unchanged(settings, wanted)
        if report is None:
            report = _Run(settings, on_progress).run(corpus, wanted)
    return replace(report, seconds=time.perf_counter() - began)


class _Run:
    """One build under way: its stages in order, and the time each took."""

    def __init__(self, settings: Settings, on_progress: OnProgress) -> None:
        self.settings = settings
        self.on_progress = on_progress
        self.stages: dict[str, float] = {}
        self.problems: list[Problem] = []

    @contextmanager
    def _stage(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.stages[name] = round(time.perf_counter() - began, 3)

    def run(self, corpus: Corpus, wanted: str) -> BuildReport:
        name = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        folder = new_generation(self.settings.index_dir, name)
        store = create_store(self.settings, folder)
        with self._stage("read"):
            self.problems += corpus.problems
            built = self._read(corpus.sources)
        if not built:
            return self._nothing(corpus, store, folder)
        with self._stage("themes"):
            tags = self._tag(built)
        with self._stage("citations"):
            resolved = self._cite(built)
        self._keep(store, built, tags, resolved)
        with self._stage("works"):
            self._format(store, built, resolved.works)
        with self._stage("index"):
            engine = self._index(store, folder)
        counts = self._counts(corpus.sources, built, tags, resolved)
        report = BuildReport(name, counts, tuple(self.problems), stages=self.stages)
        store.add(self.problems)
        built_at = datetime.now(UTC).isoformat(timespec="seconds")
        facts = {
            "report": msgspec.to_builtins(report),
            "fingerprint": wanted,
            "built": built_at,
            "engine": engine,
        }
        for key, value in facts.items():
            store.put(key, value)
        publish(self.settings.index_dir, folder, self.settings.keep_generations)
        drop_old_records(self.settings, store)
        store.close()
        return report

    def _nothing(self, corpus: Corpus, store: Store, folder: Path) -> BuildReport:
        """No source could be built: what stood stays in use."""
        store.close()
        shutil.rmtree(folder, ignore_errors=True)
        return BuildReport(
            "",
            dict.fromkeys(COUNTS, 0) | {"sources": len(corpus.sources)},
            tuple(self.problems),
            stages=self.stages,
        )

    def _read(self, sources: Sequence[Source]) -> list[Built]:
        """Read every source; those that failed leave only their problem."""
        from kb.passages import passages_of
        from kb.passages.kinds import with_kinds
        from kb.passages.places import with_places

        usable = []
        for source in sources:
            self.problems += source.problems
            if source.readable:
                usable.append(source)

        def on_progress(done: int, total: int, what: str) -> None:
            self.on_progress("read", done, total, what)

        readings = read_all(
            [s.path for s in usable],
            self.settings,
            self.settings.index_dir / "cache",
            on_progress,
        )
        built = []
        for source in usable:
            reading = readings[source.path]
            self.problems += [replace(p, document=source.key) for p in reading.problems]
            if any(
                p.severity == "error" for p in reading.problems
            ):  # a file that says nothing lends no title either
                self.problems = [
                    p
                    for p in self.problems
                    if (p.document, p.code) != (source.key, "no_record")
                ]
            passages = with_places(with_kinds(passages_of(source.key, reading.blocks)))
            if not passages:
                if not any(p.severity == "error" for p in reading.problems):
                    self.problems.append(
                        Problem(
                            source.key,
                            "no_passages",
                            values={"file": source.name},
                            severity="error",
                        )
                    )
                continue
            document = document_of(
                source,
                reading.metadata,
                pages=reading.pages,
                language=reading.language,
                municipalities=_places_of(passages),
                card=_card(reading, passages),
            )
            built.append(Built(document, tuple(passages), reading))
        return built

    def _tag(self, built: Sequence[Built]) -> list[Tag]:
        from kb.themes import Tagger

        tagger = Tagger.of(self.settings.corpus_dir)
        tags: list[Tag] = []
        for done, item in enumerate(built, 1):
            tags += tagger.tag(item.passages)
            self.on_progress("themes", done, len(built), item.document.id)
        return tags

    def _cite(self, built: Sequence[Built]) -> Resolved:
        from kb.bibliography import read_literature
        from kb.citations import citations_of, references_of, resolve

        literature: list[Csl] = []
        for path in _literature_files(self.settings.corpus_dir):
            records, problems = read_literature(path)
            literature += records
            self.problems += problems
        references: list[Reference] = []
        citations: list[Citation] = []
        for done, item in enumerate(built, 1):
            references += references_of(item.document.id, item.reading.blocks)
            for passage in item.passages:
                citations += citations_of(passage)
            self.on_progress("citations", done, len(built), item.document.id)
        passages = [p for item in built for p in item.passages]
        return resolve(
            [item.document for item in built],
            passages,
            references,
            citations,
            literature,
        )

    def _keep(
        self,
        store: Store,
        built: Sequence[Built],
        tags: Sequence[Tag],
        resolved: Resolved,
    ) -> None:
        from kb.passages.duplicates import near_duplicates

        passages = [p for item in built for p in item.passages]
        for records in (
            [item.document for item in built],
            passages,
            tags,
            resolved.references,
            resolved.citations,
            resolved.works,
        ):
            store.add(records)
        store.add(near_duplicates(passages))
        self.problems += _open_citations(passages, resolved.citations)

    def _format(
        self, store: Store, built: Sequence[Built], works: Sequence[Work]
    ) -> None:
        """The strings of every work and every document in both languages, made now so that no page waits for them."""
        from kb.citing import format_works

        items = {work.id: {**work.csl, "id": work.id} for work in works}
        items |= {
            item.document.id: {**item.document.csl, "id": item.document.id}
            for item in built
        }
        style, conventions, cache = (
            self.settings.style,
            self.settings.conventions,
            self.settings.index_dir / "cache",
        )
        self.on_progress("works", 0, len(LANGUAGES))

        def formatted(language: str) -> list[Formatted]:
            return format_works(
                list(items.values()), style, language, conventions, cache_dir=cache
            )

        with ThreadPoolExecutor(len(LANGUAGES)) as pool:
            for done, records in enumerate(pool.map(formatted, LANGUAGES), 1):
                store.add(records)
                self.on_progress("works", done, len(LANGUAGES))

    def _index(self, store: Store, folder: Path) -> str:
        from kb.search import build_index

        def on_progress(done: int, total: int) -> None:
            self.on_progress("index", done, total)

        return build_index(store, folder / ENGINE, self.settings.engine, on_progress)

    def _counts(
        self,
        sources: Sequence[Source],
        built: Sequence[Built],
        tags: Sequence[Tag],
        resolved: Resolved,
    ) -> dict[str, int]:
        return {
            "sources": len(sources),
            "documents": len(built),
            "passages": sum(len(item.passages) for item in built),
            "tags": sum(tag.evidence for tag in tags),
            "references": len(resolved.references),
            "citations": len(resolved.citations),
            "linked": sum(c.work is not None for c in resolved.citations),
            "works": len(resolved.works),
            "problems": len(self.problems),
        }


def _check_style(settings: Settings) -> None:
    """Raises UnknownStyleError before an hour of reading rather than after it."""
    from kb.citing.style import style_xml

    style_xml(settings.style)


def _open_citations(
    passages: Sequence[Passage], citations: Sequence[Citation]
) -> Iterator[Problem]:
    """For each document how many citations have no work, and which are cited most."""
    documents = {p.id: p.document for p in passages}
    left: dict[str, Counter[str]] = defaultdict(Counter)
    for citation in citations:
        if citation.work is None:
            name = (
                citation.authors[0]
                if citation.authors
                else citation.title or citation.surface
            )
            left[documents[citation.passage]][
                f"{name} {citation.year or ''}".strip()
            ] += 1
    for document, names in left.items():
        most = ", ".join(
            name if times == 1 else f"{name} ({times}×)"
            for name, times in names.most_common(3)
        )
        yield Problem(
            document,
            "open_citations",
            values={"count": names.total(), "most": most},
            severity="note",
        )


def _places_of(passages: Sequence[Passage]) -> tuple[str, ...]:
    """Municipalities of a document: those named in at least two passages, most frequent first; else the one named."""
    counts: dict[str, int] = defaultdict(int)
    for passage in passages:
        for place in passage.municipalities:
            counts[place] += 1
    often = sorted((p for p in counts if counts[p] > 1), key=lambda p: (-counts[p], p))
    return tuple(often or sorted(counts)[:3])


def _card(reading: Reading, passages: Sequence[Passage]) -> dict[str, Any]:
    return dict(reading.card) | {
        "seconds": round(reading.seconds, 2),
        "reader": reading.reader,
        "passages": len(passages),
    }
