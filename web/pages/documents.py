"""A document: its record, what stands in it, what it cites and who cites it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from flask import url_for
from flask_babel import format_decimal, format_percent
from markupsafe import Markup

from kb.errors import problem_sentence
from kb.records import Document, Passage, Reference, Work
from kb.store import counts
from web import language, words
from web.charts.strip import Strip, strip
from web.citation_strings import (
    inline_html,
    short_name,
    strings_of,
    works_of_documents,
)
from web.formats import RECORD_FORMATS
from web.generation import Generation
from web.pages.addresses import quick
from web.pages.cards import (
    ThemeChip,
    chip,
    documents,
    newest,
    page_ref,
    silent,
    slots,
    themes_per_document,
)
from web.pages.metadata import document_head
from web.pages.pager import Pager, pager, within
from web.sources import source_path

PER_PAGE = 40
THEMES_IN_LIST = 4
THEMES_OF_A_LINE = 3
PART_BYTES = (
    60_000  # of passages on a page; with its frame it stays under 120 kB
)
LINE_BYTES = 500  # of markup around a passage
LEVELS = 4  # of headings on the page
FOLDED_KINDS = ("contents", "colophon")  # what a reader skips


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in the list of documents."""

    document: Document
    passages: int
    themes: tuple[ThemeChip, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A passage in the running text, with its page as printed and its strongest themes."""

    passage: Passage
    ref: str
    address: str
    themes: tuple[ThemeChip, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Passages under one section path, with their themes; `level` counts from 1.

    `opened` are the chapters that begin here and hold no passage of their own, with their
    level.
    """

    number: int
    path: tuple[str, ...]
    lines: tuple[Line, ...]
    opened: tuple[tuple[int, str], ...] = ()

    @property
    def folded(self) -> bool:
        """Whether the section holds only what a reader skips.

        A table of contents, a colophon.
        """
        return all(line.passage.kind in FOLDED_KINDS for line in self.lines)

    @property
    def level(self) -> int:
        return min(max(len(self.path), 1), LEVELS)


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A section in the contents: where choosing it leads."""

    title: str
    level: int
    address: str


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """All that the document template shows."""

    document: Document
    reference: str
    reference_html: Markup
    outline: tuple[OutlineEntry, ...]
    sections: tuple[Section, ...]  # those of this part
    pager: Pager
    last: bool  # whether this part ends the document
    ending: str  # address of that part
    listed: tuple[
        str, ...
    ]  # ids of passages that the list of references replaces
    strip: Strip
    themes: tuple[tuple[ThemeChip, int], ...]
    references: tuple[tuple[Reference, Work | None], ...]
    cited_by: tuple[Document, ...]
    volume: Document | None  # the collection this is a part of
    articles: tuple[
        tuple[Document, str], ...
    ]  # of this collection, with their short name
    work: Work | None
    problems: tuple[str, ...]
    card: tuple[tuple[str, str], ...]
    images: bool
    kinds: tuple[tuple[str, int], ...]
    file: str
    head: Markup
    exports: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    """A page of the list of documents."""

    rows: tuple[DocumentRow, ...]
    total: int
    query: str
    pager: Pager


def best_themes(generation: Generation) -> Mapping[str, Sequence[str]]:
    """Document → codes of its four strongest themes."""
    return generation.once("best_themes", lambda: _best_themes(generation))


def passages_in(generation: Generation) -> Mapping[str, int]:
    """Document → how many passages it has."""
    return generation.lasting(
        "per_document", lambda: counts.passages_per_document(generation.store)
    )


def _best_themes(generation: Generation) -> Mapping[str, Sequence[str]]:
    per = themes_per_document(generation)
    best: dict[str, Counter[str]] = {}
    for (document, theme), count in per.items():
        best.setdefault(document, Counter())[theme] = count
    strongest = {}
    for document, found in best.items():
        strongest[document] = [
            code for code, _ in found.most_common(THEMES_IN_LIST)
        ]
    return strongest


def documents_page(
    generation: Generation, query: str, page: int
) -> DocumentsPage:
    """Documents whose title, authors, year and keywords hold every word of `query`.

    Newest first.
    """
    every = found_documents(generation, query)
    page = within(page, len(every), PER_PAGE)
    shown = every[(page - 1) * PER_PAGE : page * PER_PAGE]

    def address(at: int) -> str:
        return url_for("documents.index", pagina=at, q=query or None)

    near = pager(page, len(every), PER_PAGE, address)
    return DocumentsPage(_rows(generation, shown), len(every), query, near)


def found_documents(generation: Generation, query: str) -> list[Document]:
    """Documents that hold every word of `query` in their record, newest first."""
    wanted = query.lower().split()

    def holds_all(document: Document) -> bool:
        haystack = _haystack(document)
        return all(word in haystack for word in wanted)

    return [document for document in newest(generation) if holds_all(document)]


def _rows(
    generation: Generation, shown: Sequence[Document]
) -> tuple[DocumentRow, ...]:
    passages, best = passages_in(generation), best_themes(generation)
    rows = []
    for document in shown:
        themes = tuple(
            chip(generation, code) for code in best.get(document.id, ())
        )
        rows.append(
            DocumentRow(document, passages.get(document.id, 0), themes)
        )
    return tuple(rows)


def _haystack(document: Document) -> str:
    return " ".join(
        (
            document.title,
            *document.authors,
            str(document.year or ""),
            *document.keywords,
            *document.municipalities,
        )
    ).lower()


def _line(
    passage: Passage, themes: Mapping[str, tuple[ThemeChip, ...]]
) -> Line:
    return Line(
        passage,
        page_ref(passage),
        quick("passages.passage", "id", passage.id),
        themes.get(passage.id, ())[:THEMES_OF_A_LINE],
    )


def _sections(
    passages: list[Passage], themes: Mapping[str, tuple[ThemeChip, ...]]
) -> tuple[Section, ...]:
    found: list[tuple[tuple[str, ...], list[Passage]]] = []
    for passage in passages:
        if not found or found[-1][0] != passage.section:
            found.append((passage.section, []))
        found[-1][1].append(passage)
    sections = []
    before: tuple[str, ...] = ()
    for number, (path, members) in enumerate(found, 1):
        lines = tuple(_line(p, themes) for p in members)
        sections.append(Section(number, path, lines, _opened(before, path)))
        before = path
    return tuple(sections)


def _opened(
    before: Sequence[str], path: Sequence[str]
) -> tuple[tuple[int, str], ...]:
    """The chapters between two section paths that only have sections in them.

    >>> _opened(("1 Vraag",), ("2 Baten", "2.1 Geld"))
    ((1, '2 Baten'),)
    >>> _opened(("2 Baten", "2.1 Geld"), ("2 Baten", "2.2 Tijd"))
    ()
    """
    pairs = zip(before, path, strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return tuple(enumerate(path[:-1], 1))[shared:]


def _themes(
    generation: Generation, positions: Sequence[tuple[int, str, str, float]]
) -> dict[str, tuple[ThemeChip, ...]]:
    """Passage → its themes, strongest first."""
    known = {
        code: chip(generation, code)
        for code in {theme for _, theme, _, _ in positions}
    }
    found: dict[str, list[ThemeChip]] = {}
    for _, theme, passage, _ in positions:
        found.setdefault(passage, []).append(known[theme])
    return {passage: tuple(members) for passage, members in found.items()}


def _references(
    generation: Generation, document: str
) -> tuple[tuple[Reference, Work | None], ...]:
    listed = generation.store.references(document=document)
    works = {
        w.id: w
        for w in generation.store.works([r.work for r in listed if r.work])
    }
    return tuple((r, works.get(r.work or "")) for r in listed)


def _card(document: Document) -> tuple[tuple[str, str], ...]:
    """The report card in words, without what was not measured."""
    rows = []
    for code, name in words.CARD.items():
        value = document.card.get(code)
        if value in (None, ""):
            continue
        rows.append((str(name), _measured(code, value)))
    return tuple(rows)


def _measured(code: str, value: object) -> str:
    """A value of the report card as people write it: "99%", "1.475", "ja"."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        share = code in words.SHARES
        return str(format_percent(value) if share else format_decimal(value))
    return str(value)


def _file(generation: Generation, document: Document) -> str:
    """ "PDF, 1,2 MB" of the source that may be downloaded, else ""."""
    path = (
        source_path(generation.settings, document)
        if document.downloadable
        else None
    )
    if path is None:
        return ""
    kind = path.suffix.lstrip(".").upper()
    megabytes = max(round(path.stat().st_size / 1e6, 1), 0.1)
    return f"{kind}, {format_decimal(megabytes)} MB"


def _counted_themes(
    generation: Generation, positions: Sequence[tuple[int, str, str, float]]
) -> tuple[tuple[ThemeChip, int], ...]:
    """Themes with their number of passages: by framework, then the most frequent."""
    counted = Counter(theme for _, theme, _, _ in positions)
    order = slots(generation)
    last = len(order)

    def rank(code: str) -> tuple[int, int]:
        return order.get(code, last), -counted[code]

    return tuple(
        (chip(generation, code), counted[code])
        for code in sorted(counted, key=rank)
    )


def _articles(
    generation: Generation, id: str
) -> tuple[tuple[Document, str], ...]:
    """The parts of a collection in the order of their pages, with their short names."""
    parts = [d for d in documents(generation).values() if d.volume == id]

    def first_page(part: Document) -> tuple[int, str]:
        number = re.match(r"\d+", str(part.csl.get("page", "")))
        return (int(number[0]) if number else 0), part.id

    ordered = sorted(parts, key=first_page)
    return tuple((part, short_name(generation, part)) for part in ordered)


def _cited_by(
    generation: Generation, work: Work | None, id: str
) -> tuple[Document, ...]:
    """The other documents of the corpus that cite this one."""
    known = documents(generation)
    citing = work.cited_by if work else ()
    return tuple(known[d] for d in citing if d in known and d != id)


def _weight(section: Section) -> int:
    """Bytes a section takes on the page, roughly."""
    return sum(len(line.passage.text) + LINE_BYTES for line in section.lines)


def _parts(sections: Sequence[Section]) -> tuple[tuple[Section, ...], ...]:
    """The document in parts that load quickly: whole sections, in order.

    A section that is too long by itself is cut between passages; what comes after the
    cut keeps number and path.
    """
    parts: list[list[Section]] = [[]]
    room = PART_BYTES
    for section in sections:
        for piece in _pieces(section):
            weight = _weight(piece)
            if weight > room and parts[-1]:
                parts.append([])
                room = PART_BYTES
            parts[-1].append(piece)
            room -= weight
    return tuple(tuple(part) for part in parts)


def _pieces(section: Section) -> Iterator[Section]:
    """A section, cut between passages where it is longer than a part."""
    lines: list[Line] = []
    room = PART_BYTES
    for line in section.lines:
        weight = len(line.passage.text) + LINE_BYTES
        if weight > room and lines:
            yield replace(section, lines=tuple(lines))
            section = replace(section, opened=())
            lines, room = [], PART_BYTES
        lines.append(line)
        room -= weight
    yield replace(section, lines=tuple(lines))


def _part_with(parts: Sequence[Sequence[Section]], passage: str) -> int | None:
    """Which part (from 1) holds a passage."""
    for number, part in enumerate(parts, 1):
        for section in part:
            if any(line.passage.id == passage for line in section.lines):
                return number
    return None


def _outline(
    parts: Sequence[Sequence[Section]],
    shown: int,
    address: Callable[[int], str],
) -> tuple[OutlineEntry, ...]:
    """Every chapter and section once, with the way to the part where it begins."""
    entries: list[OutlineEntry] = []
    last = 0
    for number, part in enumerate(parts, 1):
        base = "" if number == shown else address(number)
        for section in part:
            if section.path and section.number > last:
                entries += _entries(section, f"{base}#s{section.number}")
            last = section.number
    return tuple(entries)


def _entries(section: Section, address: str) -> Iterator[OutlineEntry]:
    """A section in the contents, after the chapters that begin with it."""
    for level, title in section.opened:
        yield OutlineEntry(title, min(level, LEVELS), address)
    yield OutlineEntry(section.path[-1], section.level, address)


def _stating(
    generation: Generation, positions: Iterable[tuple[int, str, str, float]]
) -> list[tuple[int, str, str, float]]:
    """The evidence but for captions and the like, as the maps count it."""
    silence = silent(generation)
    return [place for place in positions if place[2] not in silence]


def document_page(
    generation: Generation, id: str, part: int = 1, passage: str = ""
) -> DocumentPage:
    """A part of a document with its record.

    Args:
        generation: the index in use.
        id: citekey.
        part: which part, from 1; beyond the last shows the last.
        passage: shows the part that holds this passage, where one does.

    Raises:
        UnknownDocumentError: no document has this id.
    """
    document = documents(generation).get(id) or generation.store.document(id)
    passages = generation.store.passages(document=id)
    references = _references(generation, id)
    listed: tuple[str, ...] = ()
    if references:
        listed = tuple(p.id for p in passages if p.kind == "reference")
    positions = counts.theme_positions(generation.store, id)
    themes = _themes(generation, positions)
    stating = _stating(generation, positions)
    strings = strings_of(generation, document)
    work = works_of_documents(generation).get(id)
    file = _file(generation, document)
    parts = _parts(
        _sections([p for p in passages if p.id not in listed], themes)
    )
    shown = _part_with(parts, passage) or min(part, len(parts))

    def address(number: int) -> str:
        return url_for("documents.document", id=id, deel=number)

    return DocumentPage(
        document=document,
        reference=strings.reference,
        reference_html=inline_html(strings.reference_html),
        outline=_outline(parts, shown, address),
        sections=parts[shown - 1],
        pager=pager(shown, len(parts), 1, address, high=len(parts)),
        last=shown == len(parts),
        ending="" if shown == len(parts) else address(len(parts)),
        listed=listed,
        strip=strip(generation, stating, len(passages)),
        themes=_counted_themes(generation, stating),
        references=references,
        cited_by=_cited_by(generation, work, id),
        volume=documents(generation).get(document.volume or ""),
        articles=_articles(generation, id),
        work=work,
        problems=tuple(
            problem_sentence(p, language.chosen())
            for p in generation.store.problems(document=id)
        ),
        card=_card(document),
        images=document.source.lower().endswith(".pdf"),
        kinds=tuple(Counter(p.kind for p in passages).most_common()),
        file=file,
        head=document_head(document, file.startswith("PDF")),
        exports=RECORD_FORMATS,
    )
