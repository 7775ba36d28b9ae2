"""A document: its record, what stands in it, what it cites and who cites it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import format_decimal, format_percent
from markupsafe import Markup

from kb.errors import problem_sentence
from kb.records import Document, Passage, Reference, Work
from kb.store import counts
from web import language, words
from web.charts.strip import Strip, strip
from web.citation_strings import inline_html, strings_of, works_of_documents
from web.formats import RECORD_FORMATS
from web.generation import Generation
from web.pages.addresses import quick
from web.pages.cards import ThemeChip, chip, documents, newest, page_ref, slots
from web.pages.metadata import document_head
from web.pages.pager import Pager, pager, within
from web.sources import source_path

PER_PAGE = 40


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in the list of documents."""

    document: Document
    passages: int
    themes: tuple[ThemeChip, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A passage in the running text: with its page as printed and its strongest themes."""

    passage: Passage
    ref: str
    address: str
    themes: tuple[ThemeChip, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Passages under one section path, with their themes; `level` counts from 1."""

    number: int
    path: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def folded(self) -> bool:
        """Whether the section holds only what a reader skips: a table of contents, a colophon."""
        return all(line.passage.kind in ("contents", "colophon") for line in self.lines)

    @property
    def level(self) -> int:
        return min(max(len(self.path), 1), 4)


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """All that the document template shows."""

    document: Document
    reference: str
    reference_html: Markup
    sections: tuple[Section, ...]
    listed: tuple[str, ...]  # ids of passages that the list of references replaces
    strip: Strip
    themes: tuple[tuple[ThemeChip, int], ...]
    references: tuple[tuple[Reference, Work | None], ...]
    cited_by: tuple[Document, ...]
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


def _best_themes(generation: Generation) -> Mapping[str, Sequence[str]]:
    """Document → codes of its four strongest themes."""
    per = generation.once(
        "themes_per_document", lambda: counts.themes_per_document(generation.store)
    )
    best: dict[str, Counter[str]] = {}
    for (document, theme), count in per.items():
        best.setdefault(document, Counter())[theme] = count
    return {
        document: [code for code, _ in found.most_common(4)]
        for document, found in best.items()
    }


def documents_page(generation: Generation, query: str, page: int) -> DocumentsPage:
    """Documents whose title, authors, year and keywords hold every word of `query`, newest first."""
    n = generation.once(
        "per_document", lambda: counts.passages_per_document(generation.store)
    )
    best = generation.once("best_themes", lambda: _best_themes(generation))
    wanted = query.lower().split()
    every = [
        d for d in newest(generation) if all(word in _haystack(d) for word in wanted)
    ]
    page = within(page, len(every), PER_PAGE)
    shown = every[(page - 1) * PER_PAGE : page * PER_PAGE]
    rows = tuple(
        DocumentRow(
            d,
            n.get(d.id, 0),
            tuple(chip(generation, code) for code in best.get(d.id, ())),
        )
        for d in shown
    )
    near = pager(
        page,
        len(every),
        PER_PAGE,
        lambda at: url_for("documents.index", pagina=at, q=query or None),
    )
    return DocumentsPage(rows, len(every), query, near)


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


def _line(passage: Passage, themes: Mapping[str, tuple[ThemeChip, ...]]) -> Line:
    return Line(
        passage,
        page_ref(passage),
        quick("passages.passage", "id", passage.id),
        themes.get(passage.id, ())[:3],
    )


def _sections(
    passages: list[Passage], themes: Mapping[str, tuple[ThemeChip, ...]]
) -> tuple[Section, ...]:
    found: list[tuple[tuple[str, ...], list[Passage]]] = []
    for passage in passages:
        if not found or found[-1][0] != passage.section:
            found.append((passage.section, []))
        found[-1][1].append(passage)
    return tuple(
        Section(number, path, tuple(_line(p, themes) for p in members))
        for number, (path, members) in enumerate(found, 1)
    )


def _themes(
    generation: Generation, positions: Sequence[tuple[int, str, str, float]]
) -> dict[str, tuple[ThemeChip, ...]]:
    """Passage → its themes, strongest first."""
    known = {
        code: chip(generation, code) for code in {theme for _, theme, _, _ in positions}
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
        w.id: w for w in generation.store.works([r.work for r in listed if r.work])
    }
    return tuple((r, works.get(r.work or "")) for r in listed)


def _card(document: Document) -> tuple[tuple[str, str], ...]:
    """The report card in words, without what was not measured."""
    known = [
        (code, document.card[code])
        for code in words.CARD
        if document.card.get(code) not in (None, "")
    ]
    return tuple(
        (str(words.CARD[code]), format_percent(v) if code in words.SHARES else str(v))
        for code, v in known
    )


def _file(generation: Generation, document: Document) -> str:
    """ "PDF, 1,2 MB" of the source that may be downloaded, else ""."""
    path = source_path(generation.settings, document) if document.downloadable else None
    if path is None:
        return ""
    return f"{path.suffix.lstrip('.').upper()}, {format_decimal(max(round(path.stat().st_size / 1e6, 1), 0.1))} MB"


def document_page(generation: Generation, id: str) -> DocumentPage:
    """Raises UnknownDocumentError."""
    document = documents(generation).get(id) or generation.store.document(id)
    passages, references = (
        generation.store.passages(document=id),
        _references(generation, id),
    )
    listed = (
        tuple(p.id for p in passages if p.kind == "reference") if references else ()
    )
    positions = counts.theme_positions(generation.store, id)
    themes = _themes(generation, positions)
    per_theme = Counter(theme for _, theme, _, _ in positions)
    strings = strings_of(generation, document)
    work = works_of_documents(generation).get(id)
    order, file = slots(generation), _file(generation, document)
    return DocumentPage(
        document=document,
        reference=strings.reference,
        reference_html=inline_html(strings.reference_html),
        sections=_sections([p for p in passages if p.id not in listed], themes),
        listed=listed,
        strip=strip(generation, positions, len(passages)),
        themes=tuple(
            (chip(generation, code), n)
            for code, n in sorted(
                per_theme.items(), key=lambda item: (order.get(item[0], 9), -item[1])
            )
        ),
        references=references,
        cited_by=tuple(
            documents(generation)[d]
            for d in (work.cited_by if work else ())
            if d in documents(generation) and d != id
        ),
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
